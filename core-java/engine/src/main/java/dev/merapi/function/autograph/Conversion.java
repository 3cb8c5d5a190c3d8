package dev.merapi.function.autograph;

import dev.merapi.graph.Tracer;
import java.lang.classfile.TypeKind;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/// What the prologue of a converted method calls.
public final class Conversion {
  private static final MethodHandle RUN;

  static {
    try {
      RUN =
          MethodHandles.lookup()
              .findVirtual(
                  Conversion.class,
                  "run",
                  MethodType.methodType(Object.class, Object[].class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Class<?> owner;
  private final String name;
  private final String descriptor;
  private final MethodHandles.Lookup lookup;
  private @Nullable Code code;

  private Conversion(MethodHandles.Lookup lookup, String name, String descriptor) {
    this.owner = lookup.lookupClass();
    this.name = name;
    this.descriptor = descriptor;
    this.lookup = lookup;
  }

  /// Tells whether the method is to be interpreted now: this thread traces a graph.
  public static boolean isOn() {
    return Tracer.isAnyOpen() && Tracer.current() != null;
  }

  /// Makes the call site by which a prologue hands the call over: `(receiver?, arguments…) → result`.
  public static CallSite link(
      MethodHandles.Lookup lookup, String name, MethodType type, String descriptor) {
    Conversion c = new Conversion(lookup, name, descriptor);
    return new ConstantCallSite(
        RUN.bindTo(c).asCollector(Object[].class, type.parameterCount()).asType(type));
  }

  private synchronized Code code() {
    Code c = code;
    if (c == null) {
      c = Sources.code(owner, name, descriptor);
      c.setLookup(lookup);
      code = c;
    }
    return c;
  }

  private @Nullable Object run(@Nullable Object[] given) throws Throwable {
    Code c = code();
    Ticket t = Ticket.take(owner, c);
    int first = c.isStatic ? 0 : 1;
    Object[] args = given;
    if (t != null) {
      args = t.args();
    } else {
      for (int i = first; i < args.length; i++) {
        args[i] = Calls.interpreted(args[i], TypeKind.from(c.type.parameterType(i - first)));
      }
    }
    Object result = new Activation(c).call(args);
    TypeKind kind = TypeKind.from(c.type.returnType());
    if (t != null) {
      t.setResult(result);
      return Ticket.zero(kind);
    }
    if (result instanceof Symbolic s) {
      throw Refusal.hostUse(s, "returned from " + name + " to code that is not converted", c.place(c.last()));
    }
    return kind == TypeKind.VOID ? null : Calls.host(result, kind);
  }
}
