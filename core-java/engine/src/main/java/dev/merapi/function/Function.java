package dev.merapi.function;

import dev.merapi.eager.Variable;
import dev.merapi.function.intercept.Interception;
import dev.merapi.function.intercept.Declaration;
import dev.merapi.function.intercept.EagerSwitch;
import dev.merapi.function.intercept.Entry;
import dev.merapi.graph.Builder;
import dev.merapi.graph.Nest;
import dev.merapi.graph.Tracer;
import dev.merapi.op.Context;
import dev.merapi.op.Literals;
import dev.merapi.say.Message;
import dev.merapi.say.SymbolError;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A function that is traced once for each signature of its arguments and then runs as a graph.
///
/// `tf.function(f)` makes one from a lambda, `@GraphFunction` from a method. Tensors are told by
/// type and shape, numbers and strings by value, variables, models and other objects by identity.
/// Results may be tensors, nested in lists, maps, arrays, records and data classes.
public final class Function implements Entry {
  /// Code to be traced.
  @FunctionalInterface
  public interface Code {
    @Nullable Object run(@Nullable Object[] args) throws Throwable;
  }

  /// Wishes about tracing.
  ///
  /// @param signature types and shapes of the tensor arguments, null to take them from the calls
  /// @param reduceRetracing whether axes that have differed are left open
  public record Options(@Nullable List<Spec> signature, boolean reduceRetracing) {
    public static final Options DEFAULT = new Options(null, false);
  }

  private final String name;
  private final List<String> params;
  private final Code code;
  private final Options options;
  private final Retraces retraces = new Retraces();
  private final Map<Signature, ConcreteFunction> traces = new LinkedHashMap<>();
  private final List<Variable> variables = new ArrayList<>();

  /// The trace of the last call, tried first.
  private volatile @Nullable ConcreteFunction latest;

  public Function(String name, List<String> params, Code code, Options options) {
    this.name = name;
    this.params = List.copyOf(params);
    this.code = code;
    this.options = options;
  }

  /// Makes the function of an annotated method.
  public static Function of(Declaration d) {
    List<Spec> signature =
        d.signature().isEmpty() ? null : d.signature().stream().map(SpecText::parse).toList();
    List<String> names = new ArrayList<>(d.parameterNames());
    if (d.hasReceiver()) {
      names.addFirst("this");
    }
    MethodHandle body =
        d.body().asFixedArity().asSpreader(Object[].class, d.body().type().parameterCount());
    MethodHandle generic =
        body.asType(MethodType.methodType(Object.class, Object[].class));
    return new Function(
        d.name(),
        names,
        args -> generic.invokeExact(args),
        new Options(signature, d.reduceRetracing()));
  }

  public String name() {
    return name;
  }

  /// Returns how often the body has been traced.
  public int traces() {
    return retraces.traces();
  }

  /// Returns in words why each trace was made: the argument that changed, from what to what.
  public String explain() {
    return retraces.explain();
  }

  /// Returns the variables that the first trace made.
  public List<Variable> variables() {
    return List.copyOf(variables);
  }

  @Override
  public @Nullable Object enter(@Nullable Object[] args) {
    return EagerSwitch.on() ? PASS : call(args);
  }

  @Override
  public @Nullable Object enter1(@Nullable Object a) {
    ConcreteFunction f = latest;
    if (f != null && f.args == 1) {
      Tensor[] in = f.inputs();
      if (f.takes(in, 0, a)) {
        retraces.called();
        return f.run(in);
      }
    }
    return enter(new @Nullable Object[] {a});
  }

  @Override
  public @Nullable Object enter2(@Nullable Object a, @Nullable Object b) {
    ConcreteFunction f = latest;
    if (f != null && f.args == 2) {
      Tensor[] in = f.inputs();
      if (f.takes(in, 0, a) && f.takes(in, 1, b)) {
        retraces.called();
        return f.run(in);
      }
    }
    return enter(new @Nullable Object[] {a, b});
  }

  @Override
  public @Nullable Object enter3(@Nullable Object a, @Nullable Object b, @Nullable Object c) {
    ConcreteFunction f = latest;
    if (f != null && f.args == 3) {
      Tensor[] in = f.inputs();
      if (f.takes(in, 0, a) && f.takes(in, 1, b) && f.takes(in, 2, c)) {
        retraces.called();
        return f.run(in);
      }
    }
    return enter(new @Nullable Object[] {a, b, c});
  }

  /// Runs the function as a graph; traces it first if there is no trace for these arguments.
  public @Nullable Object call(@Nullable Object... args) {
    if (EagerSwitch.on()) {
      return unchecked(args);
    }
    ConcreteFunction f = latest;
    if (f != null && f.args == args.length) {
      Tensor[] in = f.inputs();
      boolean fits = true;
      for (int i = 0; i < args.length && fits; i++) {
        fits = f.takes(in, i, args[i]);
      }
      if (fits) {
        retraces.called();
        return f.run(in);
      }
    }
    Object[] converted = options.signature() == null ? args : converted(args);
    return concrete(converted).call(Nest.tensors(Arrays.asList(converted)).toArray(Tensor[]::new));
  }

  /// Returns the trace for these arguments, made if there is none; tensors may be given by their
  /// [Spec].
  public ConcreteFunction concreteFunction(@Nullable Object... args) {
    Builder stand = new Builder("specs");
    Object[] all = new Object[args.length];
    for (int i = 0; i < all.length; i++) {
      all[i] =
          Nest.map(args[i], (leaf, path) -> leaf instanceof Spec s ? stand.input("x", s) : leaf);
    }
    return concrete(options.signature() == null ? all : converted(all));
  }

  private synchronized ConcreteFunction concrete(@Nullable Object[] args) {
    Signature now = Signature.of(args, params);
    ConcreteFunction f = traces.get(now);
    if (f == null) {
      for (ConcreteFunction c : traces.values()) {
        if (c.signature.serves(now)) {
          f = c;
          break;
        }
      }
    }
    if (f != null) {
      retraces.called();
      latest = f;
      return f;
    }
    Signature nearest = null;
    for (Signature s : traces.keySet()) {
      if (nearest == null || now.difference(s) <= now.difference(nearest)) {
        nearest = s;
      }
    }
    Signature traced = now;
    if (options.signature() != null) {
      traced = now.withSpecs(options.signature());
    } else if (options.reduceRetracing() && nearest != null) {
      Signature wide = now.relaxed(nearest);
      traced = wide == null ? now : wide;
    }
    boolean first = traces.isEmpty() && variables.isEmpty();
    retraces.traced(name, now, nearest);
    Tracing t = new Tracing(name, params, this::unchecked);
    f = converted(t, args, traced);
    if (!t.made().isEmpty()) {
      if (!first) {
        throw singleton(t.made());
      }
      variables.addAll(t.made());
      // As in TensorFlow: a second trace shows whether the variables are made only once.
      Tracing again = new Tracing(name, params, this::unchecked);
      f = again.trace(args, traced);
      if (!again.made().isEmpty()) {
        throw singleton(again.made());
      }
    }
    if (!f.isLocal()) {
      traces.put(traced, f);
      latest = f;
    }
    return f;
  }

  /// Traces the body. If it reads a tensor that has no value yet, it may branch on it: in a program
  /// without annotated methods nobody has converted its control flow so far.
  private ConcreteFunction converted(Tracing t, @Nullable Object[] args, Signature traced) {
    try {
      return t.trace(args, traced);
    } catch (SymbolError e) {
      if (Interception.installed() || !Interception.installOnDemand()) {
        throw e;
      }
      return t.trace(args, traced);
    }
  }

  private RuntimeException singleton(List<Variable> made) {
    return Message.what(
            "tf.function only supports singleton tf.Variables created on the first call. Make sure"
                + " the tf.Variable is only created once or created outside tf.function.")
        .given(
            "function '"
                + name
                + "' made "
                + made.stream().map(v -> "'" + v.name() + "' " + v.shape()).toList()
                + " again")
        .expected("variables that exist already from the second call on")
        .fix("keep the variable in a field and make it only if it is null")
        .valueError();
  }

  /// Brings arguments into the form of the input signature.
  private Object[] converted(@Nullable Object[] args) {
    List<Spec> want = options.signature();
    Object[] all = new Object[args.length];
    int[] at = {0};
    for (int i = 0; i < all.length; i++) {
      String arg = Signature.name(params, i);
      all[i] =
          Nest.map(
              args[i],
              (leaf, path) ->
                  leaf instanceof Variable || !isTensorable(leaf) || at[0] >= want.size()
                      ? leaf
                      : fitting(leaf, want.get(at[0]++), arg + path));
    }
    if (at[0] != want.size()) {
      throw Message.what(
              name + ": the input signature has " + want.size() + " tensors, " + at[0] + " were given")
          .expected(want.toString())
          .valueError();
    }
    return all;
  }

  private static boolean isTensorable(@Nullable Object o) {
    return o instanceof Tensor
        || o instanceof Number
        || o instanceof Boolean
        || o != null && o.getClass().isArray() && o.getClass().getComponentType().isPrimitive();
  }

  private Object fitting(Object leaf, Spec want, String path) {
    Tensor t = leaf instanceof Tensor x ? x : Literals.of(leaf, want.dtype());
    if (t.dtype() != want.dtype() || !want.shape().accepts(t.shape())) {
      throw Message.what(
              name
                  + ": argument '"
                  + path
                  + "' does not fit the input signature (inputs incompatible with input_signature)")
          .given(path + " " + t.spec())
          .expected(want.repr())
          .fix("convert the argument, or widen the signature")
          .typeError();
    }
    return t;
  }

  /// Runs the body on this thread as it stands.
  private @Nullable Object unchecked(@Nullable Object[] args) {
    try {
      return code.run(args);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw Sneaky.raise(e);
    }
  }

  /// Throws checked exceptions of a body as they are: the body's method declares them.
  private static final class Sneaky {
    @SuppressWarnings("unchecked")
    static <E extends Throwable> RuntimeException raise(Throwable e) throws E {
      throw (E) e;
    }
  }

  /// Returns all traces, in the order in which they were made.
  public synchronized List<ConcreteFunction> concreteFunctions() {
    return List.copyOf(traces.values());
  }

  /// Tells whether this thread is inside a trace.
  public static boolean isTracing() {
    return Context.get().executor() instanceof Tracer;
  }

  @Override
  public String toString() {
    return "tf.function " + name + params;
  }
}
