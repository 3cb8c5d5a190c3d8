package dev.merapi.nn.layer;

import dev.merapi.eager.Variable;
import dev.merapi.nn.init.GlorotUniform;
import dev.merapi.nn.init.Initializer;
import dev.merapi.nn.init.Zeros;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Connects every input to every output: `activation(x · kernel + bias)`.
///
/// Shapes: input `(…, n)`, kernel `(n, units)`, bias `(units,)`, output `(…, units)`.
public final class Dense extends Layer {
  private static final OpRef MATMUL = OpRef.to("MatMul");
  private static final OpRef BIAS_ADD = OpRef.to("BiasAdd");
  private static final OpRef RESHAPE = OpRef.to("Reshape");

  private final int units;
  private final UnaryOperator<Tensor> activation;
  private final Initializer kernelInitializer;
  private @Nullable Variable kernel;
  private @Nullable Variable bias;

  public Dense(int units) {
    this(units, "linear", new GlorotUniform());
  }

  public Dense(int units, String activation) {
    this(units, activation, new GlorotUniform());
  }

  public Dense(int units, String activation, Initializer kernelInitializer) {
    super(null, Dense.class);
    this.units = Conv2D.positive("Dense", "units", units);
    this.activation = Activation.of(activation);
    this.kernelInitializer = kernelInitializer;
  }

  @Override
  protected void build(Shape input) {
    int n = lastAxis(input, 2);
    kernel = addWeight("kernel", Shape.of(n, units), dtype(), kernelInitializer, true);
    bias = addWeight("bias", Shape.of(units), dtype(), new Zeros(), true);
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    Shape s = x.shape();
    Tensor flat =
        s.rank() == 2 ? x : RESHAPE.of(x, Sizes.vector(Values.scalar(-1), Sizes.axis(x, -1)));
    Tensor y = BIAS_ADD.of(MATMUL.of(flat, weight(kernel).value()), weight(bias).value());
    if (s.rank() != 2) {
      Tensor[] dims = new Tensor[s.rank()];
      for (int i = 0; i < dims.length; i++) {
        dims[i] = i < dims.length - 1 ? Sizes.axis(x, i) : Values.scalar(units);
      }
      y = RESHAPE.of(y, Sizes.vector(dims));
    }
    return activation.apply(y);
  }
}
