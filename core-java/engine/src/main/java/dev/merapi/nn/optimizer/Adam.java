package dev.merapi.nn.optimizer;

import dev.merapi.eager.Variable;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;

/// Adam: steps scaled by running means of gradients and their squares.
///
/// Source: Kingma and Ba 2015, in the form at the end of section 2, where epsilon is added to the
/// uncorrected root (as TensorFlow does; PyTorch adds it to the corrected one).
public final class Adam extends Optimizer {
  private static final OpRef STEP = OpRef.to("ResourceApplyAdam");
  private static final OpRef MUL = OpRef.to("Mul");
  private static final OpRef DIV = OpRef.to("RealDiv");
  private static final OpRef SUB = OpRef.to("Sub");
  private static final OpRef POW = OpRef.to("Pow");
  private static final OpRef SQRT = OpRef.to("Sqrt");

  private final double beta1;
  private final double beta2;
  private final double epsilon;

  public Adam() {
    this(0.001);
  }

  public Adam(double learningRate) {
    this(learningRate, 0.9, 0.999, 1e-7);
  }

  /// @param beta1 share of the old mean that stays, 0 to 1
  /// @param beta2 the same for squares
  /// @param epsilon keeps the divisor from 0; Keras's default is 1e-7, TensorFlow 1's 1e-8
  public Adam(double learningRate, double beta1, double beta2, double epsilon) {
    super(learningRate);
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
  }

  @Override
  protected void step(Variable v, Tensor g, Rate rate) {
    Variable[] slots = slots(v, 0, "m", "v");
    // The rate is corrected already, in float64; powers of 0 tell the operation so.
    Tensor zero = number(v, 0);
    STEP.all(
        STEP.get().defaults(),
        v.handle(),
        slots[0].handle(),
        slots[1].handle(),
        zero,
        zero,
        rate.as(v.dtype()),
        number(v, beta1),
        number(v, beta2),
        number(v, epsilon),
        g);
  }

  /// Takes the bias of the first steps out: α·√(1 − β₂ᵗ) / (1 − β₁ᵗ).
  @Override
  protected double rate(double learningRate, long t) {
    return learningRate * Math.sqrt(1 - Math.pow(beta2, t)) / (1 - Math.pow(beta1, t));
  }

  @Override
  protected Tensor rate(Tensor learningRate, Tensor t) {
    return DIV.of(MUL.of(learningRate, SQRT.of(rest(beta2, t))), rest(beta1, t));
  }

  /// Returns 1 − βᵗ.
  private static Tensor rest(double beta, Tensor t) {
    Spec scalar = Spec.of(DType.F64);
    return SUB.of(Values.filled(scalar, 1), POW.of(Values.filled(scalar, beta), t));
  }
}
