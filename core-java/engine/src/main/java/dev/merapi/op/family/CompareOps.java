package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.broadcast;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.ALL;
import static dev.merapi.op.Types.FLOATS;
import static dev.merapi.op.Types.REALS;
import static dev.merapi.op.family.Grads.select;
import static dev.merapi.op.family.Grads.unbroadcast;
import static dev.merapi.op.family.Grads.zeros;
import static dev.merapi.op.family.Scalars.X;
import static dev.merapi.op.family.Scalars.Y;
import static dev.merapi.op.family.Scalars.Z;
import static dev.merapi.op.family.Scalars.c;
import static dev.merapi.op.family.Scalars.compare;
import static dev.merapi.op.family.Scalars.test;

import dev.merapi.kernel.Expr;
import dev.merapi.kernel.cpu.ElementwiseKernel;
import dev.merapi.kernel.cpu.SelectCpu;
import dev.merapi.kernel.cpu.TextCompareCpu;
import dev.merapi.op.Call;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Rules;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;

/// Comparisons, tests and choices, element by element. Neighbours: BitOps (logic on bits), MathOps
/// (maximum, minimum).
public final class CompareOps {
  private static final OpRef SELECT_OF = OpRef.to("Select");
  private static final String NO_SLOPE = "a truth value is piecewise constant";

  private static OpDef equality(
      String name, Expr meaning, boolean equal, String says, String... api) {
    return op(name)
        .says(says)
        .in("x", "T")
        .in("y", "T")
        .out("z", DType.BOOL)
        .type("T", ALL)
        .attr("incompatible_shape_error", true)
        .infer(CompareOps::inferEquality)
        .scalar(meaning)
        .cpu(TextCompareCpu.or(ElementwiseKernel.of(meaning), equal))
        .cuda("binary")
        .noGrad(NO_SLOPE)
        .special(Double.NaN, 0, -0.0)
        .api(api)
        .declare();
  }

  /// Shapes that do not fit are an error, or (by attribute) simply not equal: one answer for the
  /// whole.
  private static void inferEquality(Call c) {
    Shape y;
    if (c.attrs.b("incompatible_shape_error")) {
      y = broadcastOf(c);
    } else if (!c.shape(0).isKnown() || !c.shape(1).isKnown()) {
      y = Shape.UNKNOWN;
    } else {
      y = Rules.fit(c.shape(0), c.shape(1)) ? broadcastOf(c) : Shape.SCALAR;
    }
    c.out(0, DType.BOOL, y);
  }

  private static Shape broadcastOf(Call c) {
    return Rules.broadcast(c, c.shape(0), c.shape(1));
  }

  public static final OpDef EQUAL =
      equality(
          "Equal",
          X.eq(Y),
          true,
          "Tells where two tensors are equal; NaN equals nothing.",
          "equal",
          "math.equal");

  public static final OpDef NOT_EQUAL =
      equality(
          "NotEqual",
          X.ne(Y),
          false,
          "Tells where two tensors differ.",
          "notEqual",
          "math.notEqual");

  public static final OpDef LESS =
      compare("Less", REALS, X.lt(Y)).says("Tells where x < y.").api("less", "math.less").declare();

  public static final OpDef LESS_EQUAL =
      compare("LessEqual", REALS, X.le(Y))
          .says("Tells where x ≤ y.")
          .api("lessEqual", "math.lessEqual")
          .declare();

  public static final OpDef GREATER =
      compare("Greater", REALS, X.gt(Y))
          .says("Tells where x > y.")
          .api("greater", "math.greater")
          .declare();

  public static final OpDef GREATER_EQUAL =
      compare("GreaterEqual", REALS, X.ge(Y))
          .says("Tells where x ≥ y.")
          .api("greaterEqual", "math.greaterEqual")
          .declare();

  public static final OpDef APPROXIMATE_EQUAL =
      op("ApproximateEqual")
          .says("Tells where |x − y| is below a tolerance.")
          .in("x", "T")
          .in("y", "T")
          .out("z", DType.BOOL)
          .type("T", REALS)
          .attr("tolerance", 9.999999747378752e-06)
          .infer(broadcast(DType.BOOL))
          .cpu(ElementwiseKernel.by("tolerance", t -> X.sub(Y).abs().lt(c(t))))
          .cuda("binary")
          .noGrad(NO_SLOPE)
          .api("math.approximateEqual")
          .declare();

  private static OpDef logical(String name, Expr meaning, String says, String... api) {
    return op(name)
        .says(says)
        .in("x", DType.BOOL)
        .in("y", DType.BOOL)
        .out("z", DType.BOOL)
        .infer(broadcast(DType.BOOL))
        .scalar(meaning)
        .cpu(ElementwiseKernel.of(meaning))
        .cuda("binary")
        .noGrad(NO_SLOPE)
        .api(api)
        .declare();
  }

  public static final OpDef LOGICAL_AND =
      logical(
          "LogicalAnd", X.and(Y), "Tells where both are true.", "logicalAnd", "math.logicalAnd");

  public static final OpDef LOGICAL_OR =
      logical(
          "LogicalOr", X.or(Y), "Tells where at least one is true.", "logicalOr", "math.logicalOr");

  public static final OpDef LOGICAL_NOT =
      op("LogicalNot")
          .says("Turns every truth value around.")
          .in("x", DType.BOOL)
          .out("y", DType.BOOL)
          .infer(Rules.like())
          .scalar(X.not())
          .cpu(ElementwiseKernel.of(X.not()))
          .cuda("unary")
          .noGrad(NO_SLOPE)
          .api("logicalNot", "math.logicalNot")
          .declare();

  public static final OpDef IS_NAN =
      test("IsNan", FLOATS, X.isNan())
          .says("Tells which elements are not a number.")
          .noGrad(NO_SLOPE)
          .special(Double.NaN, Double.POSITIVE_INFINITY)
          .api("math.isNan")
          .declare();

  public static final OpDef IS_INF =
      test("IsInf", FLOATS, X.isInf())
          .says("Tells which elements are infinite.")
          .noGrad(NO_SLOPE)
          .special(Double.NaN, Double.NEGATIVE_INFINITY)
          .api("math.isInf")
          .declare();

  public static final OpDef IS_FINITE =
      test("IsFinite", FLOATS, X.isFinite())
          .says("Tells which elements are neither infinite nor NaN.")
          .noGrad(NO_SLOPE)
          .special(Double.NaN, Double.NEGATIVE_INFINITY)
          .api("math.isFinite")
          .declare();

  public static final OpDef SELECT_V2 =
      op("SelectV2")
          .says("Takes t where the condition holds, else e; all three stretch to one shape.")
          .in("condition", DType.BOOL)
          .in("t", "T")
          .in("e", "T")
          .out("output", "T")
          .type("T", ALL)
          .infer(c -> c.out(0, c.dtype(1), three(c)))
          .scalar(X.select(Y, Z))
          .cpu(TextCompareCpu.orSelect(ElementwiseKernel.select(X.select(Y, Z))))
          .cuda("ternary")
          .grad(
              keep("condition"),
              (g, dy) -> {
                Tensor none = zeros(dy);
                if (g.needs("t")) {
                  g.to("t", unbroadcast(select(g.kept("condition"), dy, none), g, "t"));
                }
                if (g.needs("e")) {
                  g.to("e", unbroadcast(select(g.kept("condition"), none, dy), g, "e"));
                }
              })
          .api("where")
          .declare();

  private static Shape three(Call c) {
    return Rules.broadcast(c, Rules.broadcast(c, c.shape(0), c.shape(1)), c.shape(2));
  }

  public static final OpDef SELECT =
      op("Select")
          .says(
              "Takes t where the condition holds, else e; one condition may stand for all or for a"
                  + " row each.")
          .in("condition", DType.BOOL)
          .in("t", "T")
          .in("e", "T")
          .out("output", "T")
          .type("T", ALL)
          .infer(CompareOps::inferSelect)
          .cpu(SelectCpu::run)
          .cuda("ternary")
          .grad(
              keep("condition"),
              (g, dy) -> {
                Tensor none = Sizes.zerosLike(dy);
                if (g.needs("t")) {
                  g.to("t", SELECT_OF.of(g.kept("condition"), dy, none));
                }
                if (g.needs("e")) {
                  g.to("e", SELECT_OF.of(g.kept("condition"), none, dy));
                }
              })
          .mustFail(
              "must have the same size and shape",
              Spec.of(DType.BOOL, 2),
              Spec.of(DType.F32, 2),
              Spec.of(DType.F32, 3))
          .mustFail(
              "condition (2,) does not fit",
              Spec.of(DType.BOOL, 2),
              Spec.of(DType.F32, 3, 2),
              Spec.of(DType.F32, 3, 2))
          .declare();

  private static void inferSelect(Call c) {
    Shape x = c.shape(1);
    Shape y = c.shape(2);
    if (x.isKnown() && y.isKnown() && !x.equals(y)) {
      throw c.fault(
              "Inputs to operation Select of type Select must have the same size and shape.  Input"
                  + " 0: "
                  + x.brackets()
                  + " != input 2: "
                  + y.brackets())
          .expected("t and e of one shape")
          .fix("use tf.where, which stretches shapes")
          .shapeError();
    }
    Shape condition = c.shape(0);
    boolean rows = condition.isKnown() && condition.rank() == 1;
    if (x.isKnown()
        && condition.isKnown()
        && condition.rank() > 0
        && !condition.equals(x)
        && !(rows && x.rank() > 0 && x.dim(0) == condition.dim(0))) {
      throw c.fault("condition " + condition + " does not fit " + x)
          .expected("a condition of the shape of t, a scalar, or one value for each row of t")
          .shapeError();
    }
    c.out(0, c.dtype(1), x.isKnown() ? x : y);
  }

  public static final OpDef CLIP_BY_VALUE =
      op("ClipByValue")
          .says("Limits every element to the range between two bounds.")
          .in("t", "T")
          .in("clip_value_min", "T")
          .in("clip_value_max", "T")
          .out("output", "T")
          .type("T", REALS)
          .infer(c -> {
            Shape s = three(c);
            if (!s.equals(c.shape(0))) {
              throw c.fault("the bounds do not stretch to the shape of t")
                  .expected("bounds that are scalars or stretch to " + c.shape(0))
                  .shapeError();
            }
            c.out(0, c.in(0).spec());
          })
          .scalar(X.min(Z).max(Y))
          .cpu(ElementwiseKernel.of(X.min(Z).max(Y)))
          .cuda("ternary")
          .grad(
              keep("t", "clip_value_min", "clip_value_max"),
              (g, dy) -> {
                Tensor x = g.kept("t");
                Tensor low = LESS.of(x, g.kept("clip_value_min"));
                Tensor high = GREATER.of(x, g.kept("clip_value_max"));
                Tensor none = zeros(dy);
                g.to("t", select(LOGICAL_OR.of(low, high), none, dy));
                if (g.needs("clip_value_min")) {
                  g.to("clip_value_min", unbroadcast(select(low, dy, none), g, "clip_value_min"));
                }
                if (g.needs("clip_value_max")) {
                  g.to("clip_value_max", unbroadcast(select(high, dy, none), g, "clip_value_max"));
                }
              })
          .differs(
              "complex.*", "complex numbers have no order; TensorFlow compares their real parts")
          .api("clipByValue")
          .declare();

  private CompareOps() {}

  static void load() {}
}
