package dev.merapi.nn.regularize;

import dev.merapi.nn.config.HasSettings;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.config.Settings;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;

/// Adds `factor` times the mean of `|cos|` over all pairs of rows of a matrix, or of columns, so
/// that they become orthogonal.
public final class OrthogonalRegularizer implements Regularizer, HasSettings {
  private static final OpRef MATMUL = OpRef.to("MatMul");
  private static final OpRef SQUARE = OpRef.to("Square");
  private static final OpRef SUM = OpRef.to("Sum");
  private static final OpRef RSQRT = OpRef.to("Rsqrt");
  private static final OpRef MAXIMUM = OpRef.to("Maximum");
  private static final OpRef MUL = OpRef.to("Mul");

  private final Settings settings = new Settings("OrthogonalRegularizer");
  private final Setting<Double> factor = settings.add("factor", Penalty.WEIGHT, 0.01);
  private final Setting<String> mode = settings.add("mode", Kinds.oneOf("rows", "columns"), "rows");

  public OrthogonalRegularizer() {}

  /// @param factor 0 or more
  /// @param mode `rows` or `columns`
  public OrthogonalRegularizer(double factor, String mode) {
    this.factor.set(factor);
    this.mode.set(mode);
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public Tensor apply(Tensor x) {
    if (x.rank() != 2) {
      throw Message.what("Inputs to OrthogonalRegularizer must have rank 2")
          .given("inputs of shape " + x.shape())
          .expected("a matrix")
          .shapeError();
    }
    boolean rows = mode.get().equals("rows");
    int n = x.shape().dim(rows ? 0 : 1);
    Tensor squares =
        SUM.with(SUM.attrs("keep_dims", true), SQUARE.of(x), Values.ints(rows ? 1 : 0));
    // As in Keras's normalize: a vector shorter than 1e-7 is not stretched to length 1.
    Tensor unit = MUL.of(x, RSQRT.of(MAXIMUM.of(squares, Penalty.number(x, 1e-14))));
    Tensor cosines =
        MATMUL.with(MATMUL.attrs("transpose_a", !rows, "transpose_b", rows), unit, unit);
    Tensor pairs = MUL.of(cosines, allButDiagonal(n, x.dtype()));
    return Penalty.sizes(pairs, factor.get() * 0.5 / (n * (n - 1.0) / 2));
  }

  private static Tensor allButDiagonal(int n, DType dtype) {
    Tensor t = Values.filled(Spec.of(dtype, n, n), 1);
    for (long i = 0; i < n; i++) {
      Values.put(t.segment(), dtype, i * (n + 1), 0);
    }
    return t;
  }
}
