package dev.merapi.op;

import dev.merapi.kernel.Expr;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Collects the declaration of one operation; [#declare()] checks that nothing is missing.
public final class OpBuilder {
  final String name;
  String says = "";
  String formula = "";
  String source = "";
  final List<ArgDef> inputs = new ArrayList<>();
  final List<ArgDef> outputs = new ArrayList<>();
  final List<TypeVar> types = new ArrayList<>();
  final List<AttrDef> attrs = new ArrayList<>();
  private @Nullable Infer infer;
  @Nullable Gradient gradient;
  String noGradient = "";
  final List<String> keep = new ArrayList<>();
  @Nullable Expr scalar;
  private @Nullable Kernel cpu;
  boolean alias;
  @Nullable Function<Attrs, Kernel> cpuOf;
  String cuda = "";
  OpDef.Effect effect = OpDef.Effect.NONE;
  OpDef.Accuracy accuracy = new OpDef.Accuracy(0, 0);
  OpDef.Domain domain = new OpDef.Domain(-2, 2);
  final List<Double> specials = new ArrayList<>();
  final List<OpDef.Refusal> refusals = new ArrayList<>();
  final List<OpDef.Deviation> deviations = new ArrayList<>();
  final List<OpDef.Example> examples = new ArrayList<>();
  final List<String> api = new ArrayList<>();

  OpBuilder(String name) {
    this.name = name;
  }

  /// Says in one sentence what the operation does.
  public OpBuilder says(String text) {
    says = text;
    return this;
  }

  public OpBuilder formula(String text) {
    formula = text;
    return this;
  }

  /// Names the paper, standard or book behind the formula.
  public OpBuilder source(String text) {
    source = text;
    return this;
  }

  /// Adds an input whose element type is that of a type variable.
  public OpBuilder in(String argument, String typeVar) {
    inputs.add(new ArgDef(argument, typeVar, null, false));
    return this;
  }

  public OpBuilder in(String argument, DType fixed) {
    inputs.add(new ArgDef(argument, null, fixed, false));
    return this;
  }

  /// Adds a list of inputs of one element type.
  public OpBuilder ins(String argument, String typeVar) {
    inputs.add(new ArgDef(argument, typeVar, null, true));
    return this;
  }

  public OpBuilder ins(String argument, DType fixed) {
    inputs.add(new ArgDef(argument, null, fixed, true));
    return this;
  }

  /// Adds a list of inputs, each of a type of its own; graph files list the types in the attribute
  /// `types`.
  public OpBuilder insOfAnyType(String argument, String types) {
    inputs.add(new ArgDef(argument, null, null, true));
    attrs.add(new AttrDef(types, AttrDef.Kind.TYPES, new DType[0], List.of()));
    return this;
  }

  public OpBuilder out(String argument, String typeVar) {
    outputs.add(new ArgDef(argument, typeVar, null, false));
    return this;
  }

  public OpBuilder out(String argument, DType fixed) {
    outputs.add(new ArgDef(argument, null, fixed, false));
    return this;
  }

  /// Adds a list of outputs; their number follows from an attribute or an input.
  public OpBuilder outs(String argument, String typeVar) {
    outputs.add(new ArgDef(argument, typeVar, null, true));
    return this;
  }

  /// Adds a list of outputs of the types of the inputs that [#insOfAnyType] has added.
  public OpBuilder outsOfAnyType(String argument) {
    outputs.add(new ArgDef(argument, null, null, true));
    return this;
  }

  /// Adds a list of outputs, each of a type of its own; graph files list the types in the attribute
  /// `types`.
  public OpBuilder outsOfAnyType(String argument, String types) {
    outputs.add(new ArgDef(argument, null, null, true));
    attrs.add(new AttrDef(types, AttrDef.Kind.TYPES, new DType[0], List.of()));
    return this;
  }

  /// Declares a type variable that an input decides; it is also an attribute in graph files.
  public OpBuilder type(String variable, Types range) {
    types.add(new TypeVar(variable, range, null));
    attrs.add(new AttrDef(variable, AttrDef.Kind.TYPE, null, List.of()));
    return this;
  }

  /// Declares a type variable that an attribute decides, with its default.
  public OpBuilder type(String variable, Types range, DType otherwise) {
    types.add(new TypeVar(variable, range, otherwise));
    attrs.add(new AttrDef(variable, AttrDef.Kind.TYPE, null, List.of()));
    return this;
  }

  /// Declares an attribute with its default (`Long`, `Double`, `Boolean`, `String`, `int[]`, …); a
  /// string may be limited to `words`.
  public OpBuilder attr(String attribute, Object otherwise, String... words) {
    Object v = otherwise instanceof Integer i ? (Object) (long) i : otherwise;
    attrs.add(new AttrDef(attribute, AttrDef.Kind.of(v), v, List.of(words)));
    return this;
  }

  /// Declares an attribute that must be given.
  public OpBuilder attr(String attribute, AttrDef.Kind kind, String... words) {
    attrs.add(new AttrDef(attribute, kind, null, List.of(words)));
    return this;
  }

  /// Gives the only shape and type rule there is.
  public OpBuilder infer(Infer rule) {
    infer = rule;
    return this;
  }

  /// Gives the gradient, and names the inputs and outputs whose values it needs; all else is
  /// forgotten early.
  public OpBuilder grad(List<String> keeps, Gradient rule) {
    keep.addAll(keeps);
    gradient = rule;
    return this;
  }

  /// Says why no gradient flows.
  public OpBuilder noGrad(String reason) {
    noGradient = reason;
    return this;
  }

  /// Gives the meaning for one element; loops on every device come from it.
  public OpBuilder scalar(Expr meaning) {
    scalar = meaning;
    return this;
  }

  public OpBuilder cpu(Kernel kernel) {
    cpu = kernel;
    return this;
  }

  /// Gives a kernel that is made from the attributes once and then runs often.
  public OpBuilder cpuOf(Function<Attrs, Kernel> maker) {
    cpuOf = maker;
    cpu = c -> maker.apply(c.attrs).run(c);
    return this;
  }

  /// Says that output i is input i under the inferred type and shape: nothing is computed or
  /// copied.
  public OpBuilder alias() {
    alias = true;
    cpu =
        c -> {
          for (int i = 0; i < c.outs(); i++) {
            c.giveAlias(i, i);
          }
        };
    return this;
  }

  /// Names the family of CUDA kernels, or the reason for having none: `none: strings stay on the
  /// host`.
  public OpBuilder cuda(String family) {
    cuda = family;
    return this;
  }

  /// Marks an operation that changes a state, prints or may stop the program: calls keep their
  /// order and are never dropped. One with an attribute `seed2` only draws numbers.
  public OpBuilder stateful() {
    effect = OpDef.Effect.WRITES;
    return this;
  }

  /// Marks an operation that reads a state which others change.
  public OpBuilder reads() {
    effect = OpDef.Effect.READS;
    return this;
  }

  public OpBuilder accurate(double float32Ulps, double float64Ulps) {
    accuracy = new OpDef.Accuracy(float32Ulps, float64Ulps);
    return this;
  }

  public OpBuilder probe(double low, double high) {
    domain = new OpDef.Domain(low, high);
    return this;
  }

  public OpBuilder special(double... values) {
    for (double v : values) {
      specials.add(v);
    }
    return this;
  }

  /// Adds inputs (zeros of these types and shapes) that must be refused with a message that holds
  /// `messagePart`.
  public OpBuilder mustFail(String messagePart, Spec... zeros) {
    return mustFail(messagePart, Map.of(), zeros);
  }

  public OpBuilder mustFail(String messagePart, Map<String, Object> attributes, Spec... zeros) {
    refusals.add(new OpDef.Refusal(messagePart, attributes, List.of(zeros)));
    return this;
  }

  /// Says where results differ from TensorFlow's on purpose: a regular expression of the names of
  /// recorded cases, and the reason. The derived suite checks that some such case really differs.
  public OpBuilder differs(String cases, String reason) {
    deviations.add(new OpDef.Deviation(cases, reason, false));
    return this;
  }

  /// Says the same of gradients alone: results are TensorFlow's.
  public OpBuilder gradientDiffers(String cases, String reason) {
    deviations.add(new OpDef.Deviation(cases, reason, true));
    return this;
  }

  public OpBuilder example(String code, String prints) {
    examples.add(new OpDef.Example(code, prints));
    return this;
  }

  /// Lists the names under `tf` that call the operation.
  public OpBuilder api(String... names) {
    api.addAll(List.of(names));
    return this;
  }

  Infer infer() {
    if (infer == null) {
      throw silent("a shape rule", ".infer(…)");
    }
    return infer;
  }

  Kernel cpu() {
    if (cpu == null) {
      throw silent("a CPU kernel", ".cpu(…)");
    }
    return cpu;
  }

  private IllegalStateException silent(String about, String cure) {
    return new IllegalStateException(
        "operation " + name + " says nothing about " + about + "; add " + cure);
  }

  /// Ends the declaration and enters it into the registry.
  ///
  /// Fails: `IllegalStateException` when the declaration is silent about its meaning, its shape
  /// rule, its gradient or a device.
  public OpDef declare() {
    if (says.isEmpty()) {
      throw silent("what it does", ".says(…)");
    }
    if ((gradient == null) == noGradient.isEmpty()) {
      throw silent("its gradient", "either .grad(…) or .noGrad(reason)");
    }
    if (cuda.isEmpty()) {
      throw silent("CUDA", ".cuda(family) or .cuda(\"none: reason\")");
    }
    OpDef d = new OpDef(this);
    Registry.enter(d);
    return d;
  }
}
