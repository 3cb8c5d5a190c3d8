package dev.merapi.function.autograph;

import dev.merapi.function.autograph.Symbolic.Num;
import dev.merapi.function.autograph.Symbolic.Ops;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import dev.merapi.tensor.TensorLike;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Carries out calls and accesses to fields for the interpreter: by method handles with the rights of
/// the class whose code is interpreted.
final class Calls {
  /// Stands for an object between `new` and its constructor.
  static final class Raw {
    final ClassDesc type;

    Raw(ClassDesc type) {
      this.type = type;
    }
  }

  private Calls() {}

  static void invoke(State s, InvokeInstruction v, Code code) throws Throwable {
    MethodTypeDesc type = v.typeSymbol();
    int n = type.parameterCount();
    boolean hasReceiver = v.opcode() != Opcode.INVOKESTATIC;
    Object[] args = new Object[n + (hasReceiver ? 1 : 0)];
    for (int i = args.length - 1; i >= 0; i--) {
      args[i] = s.pop();
    }
    if (hasReceiver && args[0] instanceof Raw raw) {
      construct(s, v, code, raw, args);
      return;
    }
    Object known = symbolic(v, args);
    if (known != null) {
      s.push(known);
      return;
    }
    if (mayTakeTicket(type, args)) {
      Ticket t = Ticket.offer(v, args, hasReceiver, code);
      if (t != null) {
        try {
          call(s.at, v, code, t.plain());
        } finally {
          t.withdraw();
        }
        if (!t.isUsed()) {
          throw new IllegalStateException("This is a bug in Merapi: " + v + " was not converted");
        }
        if (!type.returnType().equals(ConstantDescs.CD_void)) {
          s.push(t.result());
        }
        return;
      }
    }
    String use = "passed to " + v.name().stringValue();
    Object result = call(s.at, v, code, hosted(args, hasReceiver, type, code, s.at, use));
    if (!type.returnType().equals(ConstantDescs.CD_void)) {
      s.push(
          result instanceof Iterator<?> it
                  && !(it instanceof Rows)
                  && !(it instanceof Replay)
                  && type.returnType().descriptorString().equals("Ljava/util/Iterator;")
              ? new Replay(it)
              : interpreted(result, TypeKind.from(type.returnType())));
    }
  }

  /// Answers reads of single values from tensors that have none yet; null for all other calls.
  private static @Nullable Object symbolic(InvokeInstruction v, @Nullable Object[] args) {
    if (args.length == 0) {
      return null;
    }
    Object x = args[0];
    if (x instanceof Rows r && r.isSymbolic() && v.name().equalsString("hasNext")) {
      return Ops.truth(r.more());
    }
    if (Conditions.isTensor(v) && Conditions.reads(v.name().stringValue())) {
      return x instanceof Tensor t && t.isSymbolic() ? read(t, v.name().stringValue()) : null;
    }
    if (!Conditions.isHere(v)) {
      return null;
    }
    if (v.name().equalsString("truth")) {
      Tensor t = ((TensorLike) x).asTensor();
      return t.isSymbolic() ? Ops.truth(t) : null;
    }
    Tensor a = x instanceof TensorLike t ? t.asTensor() : null;
    Tensor b = args[1] instanceof TensorLike t ? t.asTensor() : null;
    if (a != null && a.isSymbolic() || b != null && b.isSymbolic()) {
      DType d = a == null ? b.dtype() : a.dtype();
      Tensor p = Ops.scalar(a == null ? Merge.number(x, d) : a);
      Tensor q = Ops.scalar(b == null ? Merge.number(args[1], d) : b);
      return new Symbolic.Order(p, q, 0);
    }
    return null;
  }

  private static @Nullable Object read(Tensor t, String name) {
    if (name.equals("booleanValue")) {
      return Ops.truth(t);
    }
    if (t.storage().constant() != null) {
      return null;
    }
    TypeKind k =
        switch (name) {
          case "floatValue" -> TypeKind.FLOAT;
          case "intValue" -> TypeKind.INT;
          case "longValue" -> TypeKind.LONG;
          default -> TypeKind.DOUBLE;
        };
    return new Num(Ops.cast(Ops.scalar(t), Arithmetic.dtype(k)), k);
  }

  /// A call can hand over symbolic values, or bring one back, only to a method that is interpreted
  /// too.
  private static boolean mayTakeTicket(MethodTypeDesc type, @Nullable Object[] args) {
    ClassDesc r = type.returnType();
    if (r.isPrimitive() && !r.equals(ConstantDescs.CD_void)) {
      return true;
    }
    for (Object a : args) {
      if (a instanceof Symbolic) {
        return true;
      }
    }
    return false;
  }

  private static void construct(
      State s, InvokeInstruction v, Code code, Raw raw, @Nullable Object[] args) throws Throwable {
    MethodTypeDesc type = v.typeSymbol();
    MethodHandle h = (MethodHandle) code.linked[s.at];
    if (h == null) {
      MethodHandles.Lookup l = code.lookup();
      Class<?> c = l.findClass(binaryName(raw.type));
      h = spread(l.findConstructor(c, type.resolveConstantDesc(l)));
      code.linked[s.at] = h;
    }
    Object[] all = hosted(args, true, type, code, s.at, "passed to a constructor");
    Object[] rest = Arrays.copyOfRange(all, 1, all.length);
    Object made = h.invokeExact(rest);
    for (int i = 0; i < s.depth; i++) {
      if (s.stack[i] == raw) {
        s.stack[i] = made;
      }
    }
    for (int i = 0; i < s.locals.length; i++) {
      if (s.locals[i] == raw) {
        s.locals[i] = made;
      }
    }
  }

  private static String binaryName(ClassDesc c) {
    String d = c.descriptorString();
    return d.substring(1, d.length() - 1).replace('/', '.');
  }

  private static @Nullable Object call(
      int at, InvokeInstruction v, Code code, @Nullable Object[] args) throws Throwable {
    MethodHandle h = (MethodHandle) code.linked[at];
    if (h == null) {
      h = spread(find(v, code.lookup()));
      code.linked[at] = h;
    }
    return h.invokeExact(args);
  }

  private static MethodHandle find(InvokeInstruction v, MethodHandles.Lookup l)
      throws ReflectiveOperationException {
    Class<?> owner = (Class<?>) v.owner().asSymbol().resolveConstantDesc(l);
    MethodType type = v.typeSymbol().resolveConstantDesc(l);
    String name = v.name().stringValue();
    return switch (v.opcode()) {
      case INVOKESTATIC -> l.findStatic(owner, name, type);
      case INVOKESPECIAL -> l.findSpecial(owner, name, type, l.lookupClass());
      default -> l.findVirtual(owner, name, type);
    };
  }

  private static MethodHandle spread(MethodHandle h) {
    MethodHandle fixed = h.asFixedArity();
    int n = fixed.type().parameterCount();
    return fixed
        .asType(fixed.type().generic())
        .asSpreader(Object[].class, n);
  }

  static void dynamic(State s, InvokeDynamicInstruction v, Code code) throws Throwable {
    MethodHandle h = (MethodHandle) code.linked[s.at];
    MethodTypeDesc type = v.typeSymbol();
    if (h == null) {
      h = spread(link(v.invokedynamic().asSymbol(), code.lookup()).dynamicInvoker());
      code.linked[s.at] = h;
    }
    Object[] args = new Object[type.parameterCount()];
    for (int i = args.length - 1; i >= 0; i--) {
      args[i] = s.pop();
    }
    Object[] host = hosted(args, false, type, code, s.at, "used");
    s.push(interpreted(h.invokeExact(host), TypeKind.from(type.returnType())));
  }

  /// Links a call site. `DynamicCallSiteDesc.resolveCallSiteDesc` hands the bootstrap method
  /// descriptions instead of its arguments (JDK 25).
  private static CallSite link(DynamicCallSiteDesc d, MethodHandles.Lookup l) throws Throwable {
    MethodHandle bootstrap = d.bootstrapMethod().resolveConstantDesc(l);
    List<Object> args = new ArrayList<>();
    args.add(l);
    args.add(d.invocationName());
    args.add(d.invocationType().resolveConstantDesc(l));
    for (ConstantDesc a : d.bootstrapArgs()) {
      args.add(a.resolveConstantDesc(l));
    }
    return (CallSite) bootstrap.invokeWithArguments(args);
  }

  static void field(State s, FieldInstruction f, Code code) throws Throwable {
    MethodHandle h = (MethodHandle) code.linked[s.at];
    if (h == null) {
      MethodHandles.Lookup l = code.lookup();
      Class<?> owner = (Class<?>) f.owner().asSymbol().resolveConstantDesc(l);
      Class<?> type = (Class<?>) f.typeSymbol().resolveConstantDesc(l);
      String name = f.name().stringValue();
      h =
          spread(
              switch (f.opcode()) {
                case GETSTATIC -> l.findStaticGetter(owner, name, type);
                case PUTSTATIC -> l.findStaticSetter(owner, name, type);
                case GETFIELD -> l.findGetter(owner, name, type);
                default -> l.findSetter(owner, name, type);
              });
      code.linked[s.at] = h;
    }
    TypeKind kind = TypeKind.from(f.typeSymbol());
    switch (f.opcode()) {
      case GETSTATIC -> s.push(interpreted(h.invokeExact(new Object[0]), kind));
      case GETFIELD -> s.push(interpreted(h.invokeExact(new Object[] {s.pop()}), kind));
      case PUTSTATIC -> {
        Object x = stored(s, f, code, kind);
        Object ignored = h.invokeExact(new Object[] {x});
      }
      default -> {
        Object x = stored(s, f, code, kind);
        Object ignored = h.invokeExact(new Object[] {s.pop(), x});
      }
    }
  }

  private static @Nullable Object stored(State s, FieldInstruction f, Code code, TypeKind kind) {
    Object x = s.pop();
    if (x instanceof Symbolic y) {
      throw Refusal.hostUse(y, "put into the field '" + f.name() + "'", code.place(s.at));
    }
    return host(x, kind);
  }

  /// Brings values into the form in which method handles take them.
  private static @Nullable Object[] hosted(
      @Nullable Object[] args,
      boolean hasReceiver,
      MethodTypeDesc type,
      Code code,
      int at,
      String use) {
    Object[] all = new Object[args.length];
    int first = hasReceiver ? 1 : 0;
    for (int i = 0; i < all.length; i++) {
      Object a = args[i];
      if (a instanceof Symbolic y) {
        Tensor c = y instanceof Symbolic.Order ? null : y.tensor().storage().constant();
        if (c == null) {
          throw Refusal.hostUse(y, use, code.place(at));
        }
        a = c.dtype() == DType.BOOL ? (Object) (c.booleanValue() ? 1 : 0) : interpreted(c.numpy(), TypeKind.INT);
      }
      all[i] = i < first ? a : host(a, TypeKind.from(type.parameterType(i - first)));
    }
    return all;
  }

  /// Turns a value of the interpreter into what Java calls it.
  static @Nullable Object host(@Nullable Object x, TypeKind kind) {
    return switch (kind) {
      case BOOLEAN -> ((Integer) x & 1) != 0;
      case BYTE -> ((Integer) x).byteValue();
      case SHORT -> ((Integer) x).shortValue();
      case CHAR -> (char) (int) (Integer) x;
      case LONG -> ((Wide.J) x).value();
      case DOUBLE -> ((Wide.D) x).value();
      default -> x;
    };
  }

  /// Turns a Java value into the interpreter's.
  static @Nullable Object interpreted(@Nullable Object x, TypeKind kind) {
    return switch (kind) {
      case BOOLEAN -> (Boolean) x ? 1 : 0;
      case BYTE, SHORT -> ((Number) x).intValue();
      case CHAR -> (int) (Character) x;
      case LONG -> new Wide.J((Long) x);
      case DOUBLE -> new Wide.D((Double) x);
      default -> x;
    };
  }

  /// Returns the method that a call arrives at if it may be converted, or null.
  static @Nullable Method target(InvokeInstruction v, @Nullable Object[] args, ClassLoader loader) {
    try {
      boolean dispatched =
          v.opcode() == Opcode.INVOKEVIRTUAL || v.opcode() == Opcode.INVOKEINTERFACE;
      if (dispatched && args[0] == null) {
        return null;
      }
      Class<?> from =
          dispatched
              ? args[0].getClass()
              : Class.forName(v.owner().asInternalName().replace('/', '.'), false, loader);
      if (!Sources.anyOf(from)) {
        return null;
      }
      MethodType type = MethodType.fromMethodDescriptorString(v.type().stringValue(), loader);
      String name = v.name().stringValue();
      for (Class<?> c = from; c != null; c = c.getSuperclass()) {
        Method m = declared(c, name, type);
        if (m != null) {
          return m;
        }
      }
      return defaulted(from, name, type);
    } catch (ClassNotFoundException | TypeNotPresentException | LinkageError e) {
      return null;
    }
  }

  /// Finds an interface's default method if there is but one.
  private static @Nullable Method defaulted(Class<?> from, String name, MethodType type) {
    Method found = null;
    for (Class<?> c = from; c != null; c = c.getSuperclass()) {
      for (Class<?> i : c.getInterfaces()) {
        Method m = declared(i, name, type);
        m = m == null ? defaulted(i, name, type) : m;
        if (m != null && found != null && !m.equals(found)) {
          return null;
        }
        found = m == null ? found : m;
      }
    }
    return found;
  }

  private static @Nullable Method declared(Class<?> c, String name, MethodType type) {
    for (Method m : c.getDeclaredMethods()) {
      if (m.getName().equals(name)
          && m.getReturnType() == type.returnType()
          && Arrays.equals(m.getParameterTypes(), type.parameterArray())
          && !Modifier.isAbstract(m.getModifiers())) {
        return m;
      }
    }
    return null;
  }
}
