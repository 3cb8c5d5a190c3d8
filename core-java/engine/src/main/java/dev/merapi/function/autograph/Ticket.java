package dev.merapi.function.autograph;

import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/// Carries arguments and a result past a call of one interpreted method by another, for the JVM can
/// not pass a truth value that is not known yet.
///
/// It is good for exactly the method that the call arrives at: the first thing that this method does
/// is to take it.
final class Ticket {
  private static final ThreadLocal<@Nullable Ticket> OFFERED = new ThreadLocal<>();

  private final Class<?> owner;
  private final String name;
  private final MethodTypeDesc type;
  private final @Nullable Object[] args;
  private final boolean hasReceiver;
  private boolean used;
  private @Nullable Object result;

  private Ticket(
      Class<?> owner, String name, MethodTypeDesc type, @Nullable Object[] args, boolean hasReceiver) {
    this.owner = owner;
    this.name = name;
    this.type = type;
    this.args = args;
    this.hasReceiver = hasReceiver;
  }

  /// Offers the arguments of a call to the method it arrives at; null if that is not interpreted.
  static @Nullable Ticket offer(
      InvokeInstruction v, @Nullable Object[] args, boolean hasReceiver, Code code) {
    Method m = Calls.target(v, args, code.lookup().lookupClass().getClassLoader());
    if (m == null
        || Modifier.isStatic(m.getModifiers()) == hasReceiver
        || !Sources.isDirect(m.getDeclaringClass(), m.getName(), v.type().stringValue())) {
      return null;
    }
    Ticket t = new Ticket(m.getDeclaringClass(), m.getName(), v.typeSymbol(), args, hasReceiver);
    OFFERED.set(t);
    return t;
  }

  /// Takes the ticket that is offered to this method, if there is one.
  static @Nullable Ticket take(Class<?> owner, Code code) {
    Ticket t = OFFERED.get();
    if (t == null
        || t.owner != owner
        || !t.name.equals(code.name)
        || !t.type.equals(code.type)) {
      return null;
    }
    OFFERED.remove();
    t.used = true;
    return t;
  }

  void withdraw() {
    if (OFFERED.get() == this) {
      OFFERED.remove();
    }
  }

  boolean isUsed() {
    return used;
  }

  @Nullable Object[] args() {
    return args;
  }

  void setResult(@Nullable Object r) {
    result = r;
  }

  @Nullable Object result() {
    return result;
  }

  /// Returns arguments that the JVM can pass: zeros in place of what is symbolic.
  @Nullable Object[] plain() {
    Object[] all = new Object[args.length];
    int first = hasReceiver ? 1 : 0;
    for (int i = 0; i < all.length; i++) {
      if (i < first) {
        all[i] = args[i];
        continue;
      }
      TypeKind k = TypeKind.from(type.parameterType(i - first));
      all[i] = args[i] instanceof Symbolic ? zero(k) : Calls.host(args[i], k);
    }
    return all;
  }

  static @Nullable Object zero(TypeKind k) {
    return switch (k) {
      case BOOLEAN -> false;
      case BYTE -> (byte) 0;
      case SHORT -> (short) 0;
      case CHAR -> (char) 0;
      case INT -> 0;
      case LONG -> 0L;
      case FLOAT -> 0f;
      case DOUBLE -> 0.0;
      default -> null;
    };
  }
}
