package dev.merapi.op;

import dev.merapi.kernel.Expr;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The declaration of one operation: everything a reader may ask about it, in one place.
///
/// Eager calls, the tape, traces, graph files, the façades, the documentation and the derived test
/// suite all read it. Made with [OpBuilder]; complete by construction: a gradient or a reason, a
/// kernel or a reason.
public final class OpDef {
  /// What a call does besides giving results that follow from its inputs.
  public enum Effect {
    NONE,
    /// Gives numbers that differ from call to call.
    DRAWS,
    /// Reads a state that others change, so its place among them counts.
    READS,
    /// Changes a state, prints, or stops the program.
    WRITES
  }

  /// What a declared output promises of its numbers: units in the last place for float32 and
  /// float64 against the exact result; 0 is exact, a negative number says that sums are compared
  /// relative to what was summed.
  public record Accuracy(double float32Ulps, double float64Ulps) {}

  /// Interval of real inputs where the function is smooth; gradient checks draw from it.
  public record Domain(double low, double high) {}

  /// Inputs (all zeros) that must be refused, with a part of the message.
  public record Refusal(String messagePart, Map<String, Object> attrs, List<Spec> inputs) {}

  /// A line of code a user would write, and what it prints.
  public record Example(String code, String prints) {}

  /// Recorded cases (a regular expression of their names) whose results differ from TensorFlow's on
  /// purpose, and why.
  public record Deviation(String cases, String reason, boolean gradientOnly) {}

  final String name;
  final String says;
  final String formula;
  final String source;
  final List<ArgDef> inputs;
  final List<ArgDef> outputs;
  final List<TypeVar> types;
  final List<AttrDef> attrs;
  final Infer infer;
  final @Nullable Gradient gradient;
  final String noGradient;
  final boolean[] keepInput;
  final boolean[] keepOutput;
  final @Nullable Expr scalar;
  final Kernel cpu;
  final boolean alias;
  final @Nullable Function<Attrs, Kernel> cpuOf;
  final String cuda;
  final Effect effect;
  final Accuracy accuracy;
  final Domain domain;
  final List<Double> specials;
  final List<Refusal> refusals;
  final List<Deviation> deviations;
  final List<Example> examples;
  final List<String> api;
  private final Attrs defaults;
  final int outs;
  final int fixedInputs;
  final int listInputs;

  /// What the inputs may be if all of them share one type variable and none is a list, else null.
  final @Nullable Types onlyTypes;

  OpDef(OpBuilder b) {
    name = b.name;
    says = b.says;
    formula = b.formula;
    source = b.source;
    inputs = List.copyOf(b.inputs);
    outputs = List.copyOf(b.outputs);
    outs = outputs.size();
    types = List.copyOf(b.types);
    attrs = List.copyOf(b.attrs);
    infer = b.infer();
    gradient = b.gradient;
    noGradient = b.noGradient;
    scalar = b.scalar;
    cpu = b.cpu();
    alias = b.alias;
    cpuOf = b.cpuOf;
    cuda = b.cuda;
    boolean seeded = attrs.stream().anyMatch(a -> a.name().equals("seed2"));
    effect = seeded && b.effect == Effect.WRITES ? Effect.DRAWS : b.effect;
    accuracy = b.accuracy;
    domain = b.domain;
    specials = List.copyOf(b.specials);
    refusals = List.copyOf(b.refusals);
    deviations = List.copyOf(b.deviations);
    examples = List.copyOf(b.examples);
    api = List.copyOf(b.api);
    keepInput = new boolean[inputs.size()];
    keepOutput = new boolean[outputs.size()];
    for (String k : b.keep) {
      int in = find(inputs, k);
      int out = find(outputs, k);
      if (in < 0 && out < 0) {
        throw new IllegalStateException(
            name + ": keeps '" + k + "', which is neither input nor output");
      }
      if (in >= 0) {
        keepInput[in] = true;
      } else {
        keepOutput[out] = true;
      }
    }
    int lists = 0;
    for (ArgDef a : inputs) {
      lists += a.list() ? 1 : 0;
    }
    listInputs = lists;
    fixedInputs = inputs.size() - lists;
    Object[] values = new Object[attrs.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = attrs.get(i).otherwise();
    }
    defaults = new Attrs(this, values);
    boolean one = types.size() == 1 && lists == 0 && !inputs.isEmpty();
    onlyTypes =
        one && inputs.stream().allMatch(a -> a.typeVar() != null) ? types.get(0).types() : null;
  }

  private static int find(List<ArgDef> args, String name) {
    for (int i = 0; i < args.size(); i++) {
      if (args.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /// Starts the declaration of the operation that TensorFlow calls `name`.
  public static OpBuilder op(String name) {
    return new OpBuilder(name);
  }

  /// Carries the operation out with default attributes; returns the first output.
  public Tensor of(Tensor x) {
    return with(defaults, x);
  }

  public Tensor of(Tensor x, Tensor y) {
    return with(defaults, x, y);
  }

  public Tensor of(Tensor... in) {
    return Context.get().executor().run(this, defaults, in)[0];
  }

  /// Carries the operation out; returns the first output.
  public Tensor with(Attrs a, Tensor x) {
    Context c = Context.get();
    return c.executor().run(c, this, a, x);
  }

  public Tensor with(Attrs a, Tensor x, Tensor y) {
    Context c = Context.get();
    return c.executor().run(c, this, a, x, y);
  }

  public Tensor with(Attrs a, Tensor... in) {
    return Context.get().executor().run(this, a, in)[0];
  }

  /// Carries the operation out; returns all outputs.
  public Tensor[] all(Attrs a, Tensor... in) {
    return Context.get().executor().run(this, a, in);
  }

  /// Returns the attribute values that hold when none is given.
  public Attrs defaults() {
    return defaults;
  }

  /// Returns attribute values: names and values in turn; what is not named keeps its default.
  ///
  /// Fails: `AttrError` on an unknown name or a value of the wrong kind.
  public Attrs attrs(Object... namesAndValues) {
    @Nullable Object[] values = new Object[attrs.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = attrs.get(i).otherwise();
    }
    for (int i = 0; i < namesAndValues.length; i += 2) {
      put(values, (String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Attrs(this, values);
  }

  /// Returns attribute values from a map; what is not named keeps its default.
  public Attrs attrs(Map<String, ?> named) {
    @Nullable Object[] values = new Object[attrs.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = attrs.get(i).otherwise();
    }
    named.forEach((k, v) -> put(values, k, v));
    return new Attrs(this, values);
  }

  private void put(@Nullable Object[] values, String key, Object value) {
    for (int i = 0; i < values.length; i++) {
      if (attrs.get(i).name().equals(key)) {
        values[i] = attrs.get(i).accept(name, value);
        return;
      }
    }
    throw Message.what(name + ": there is no attribute '" + key + "'")
        .given(key + " = " + value)
        .expected("one of " + attrs.stream().map(AttrDef::name).toList())
        .attrError();
  }

  /// Tells whether an attribute of the given name is declared.
  public boolean hasAttr(String attribute) {
    for (AttrDef a : attrs) {
      if (a.name().equals(attribute)) {
        return true;
      }
    }
    return false;
  }

  /// Returns the type variable of the given name, or null.
  @Nullable TypeVar type(String variable) {
    for (TypeVar t : types) {
      if (t.name().equals(variable)) {
        return t;
      }
    }
    return null;
  }

  public String name() {
    return name;
  }

  public String says() {
    return says;
  }

  public String formula() {
    return formula;
  }

  public String source() {
    return source;
  }

  public List<ArgDef> inputs() {
    return inputs;
  }

  public List<ArgDef> outputs() {
    return outputs;
  }

  public List<TypeVar> types() {
    return types;
  }

  public List<AttrDef> attrs() {
    return attrs;
  }

  /// Returns the gradient, or null; then [#noGradient()] says why.
  public @Nullable Gradient gradient() {
    return gradient;
  }

  public String noGradient() {
    return noGradient;
  }

  /// Returns the scalar meaning of an element-wise operation, or null for structural ones.
  public @Nullable Expr scalar() {
    return scalar;
  }

  /// Returns the CUDA family, or the reason why there is none after the words `none:`.
  public String cuda() {
    return cuda;
  }

  public Kernel cpu() {
    return cpu;
  }

  /// Returns the kernel for calls with these attributes, for one who makes many of them.
  public Kernel cpu(Attrs a) {
    return cpuOf == null ? cpu : cpuOf.apply(a);
  }

  /// Tells whether output i is input i under another type or shape.
  public boolean isAlias() {
    return alias;
  }

  public Infer infer() {
    return infer;
  }

  /// Tells whether a call's results may differ from those of another call with the same inputs:
  /// calls are neither merged nor computed ahead.
  public boolean isStateful() {
    return effect != Effect.NONE;
  }

  /// Tells whether calls do more than give results: they keep their order and are never dropped.
  public boolean hasEffect() {
    return effect == Effect.WRITES;
  }

  public Effect effect() {
    return effect;
  }

  public Accuracy accuracy() {
    return accuracy;
  }

  public Domain domain() {
    return domain;
  }

  public List<Double> specials() {
    return specials;
  }

  public List<Refusal> refusals() {
    return refusals;
  }

  /// Returns where results differ from TensorFlow's on purpose.
  public List<Deviation> deviations() {
    return deviations;
  }

  public List<Example> examples() {
    return examples;
  }

  /// Returns the names under `tf` that call this operation, for example `tanh` and `math.tanh`.
  public List<String> api() {
    return api;
  }

  /// Tells whether the gradient needs the value of input argument `i`.
  public boolean keepsInput(int i) {
    return keepInput[i];
  }

  /// Tells whether the gradient needs the value of output argument `i`.
  public boolean keepsOutput(int i) {
    return keepOutput[i];
  }

  /// Tells whether input `i` accepts element type `d`.
  public boolean accepts(int i, DType d) {
    ArgDef a = inputs.get(i);
    String v = a.typeVar();
    if (v == null) {
      return a.fixed() == null || a.fixed() == d;
    }
    TypeVar t = type(v);
    return t != null && t.types().has(d);
  }

  @Override
  public String toString() {
    return name;
  }
}
