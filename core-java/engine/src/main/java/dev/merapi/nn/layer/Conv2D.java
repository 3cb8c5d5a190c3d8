package dev.merapi.nn.layer;

import dev.merapi.eager.Variable;
import dev.merapi.nn.activation.Activations;
import dev.merapi.nn.init.GlorotUniform;
import dev.merapi.nn.init.Initializer;
import dev.merapi.nn.init.Zeros;
import dev.merapi.op.OpRef;
import dev.merapi.say.Message;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Slides learned windows over pictures: `activation(conv2d(x, kernel) + bias)`.
///
/// Shapes: input `(batch, height, width, channels)`, kernel `(kernelSize, kernelSize, channels,
/// filters)`.
public final class Conv2D extends Layer {
  private static final OpRef CONV = OpRef.to("Conv2D");
  private static final OpRef BIAS_ADD = OpRef.to("BiasAdd");

  private final int filters;
  private final int kernelSize;
  private final int strides;
  private final String padding;
  private final UnaryOperator<Tensor> activation;
  private final Initializer kernelInitializer;
  private @Nullable Variable kernel;
  private @Nullable Variable bias;

  public Conv2D(int filters, int kernelSize, String padding, String activation) {
    this(filters, kernelSize, 1, padding, activation, new GlorotUniform());
  }

  /// @param kernelSize height and width of the window in pixels
  /// @param strides steps of the window in pixels
  /// @param padding `same` keeps height and width (at stride 1), `valid` lets windows only lie
  ///   inside
  public Conv2D(
      int filters,
      int kernelSize,
      int strides,
      String padding,
      String activation,
      Initializer kernelInitializer) {
    super();
    this.filters = positive("Conv2D", "filters", filters);
    this.kernelSize = positive("Conv2D", "kernelSize", kernelSize);
    this.strides = positive("Conv2D", "strides", strides);
    this.padding = padding("Conv2D", padding);
    this.activation = Activations.of(activation)::apply;
    this.kernelInitializer = kernelInitializer;
  }

  static int positive(String layer, String what, int value) {
    if (value <= 0) {
      throw Message.what(layer + ": " + what + " is " + value)
          .expected(what + " of 1 or more")
          .valueError();
    }
    return value;
  }

  static String padding(String layer, String padding) {
    String p = padding.toUpperCase(Locale.ROOT);
    if (!p.equals("SAME") && !p.equals("VALID")) {
      throw Message.what(layer + ": padding knows no '" + padding + "'")
          .expected("'same' or 'valid'")
          .valueError();
    }
    return p;
  }

  @Override
  protected void build(Shape input) {
    int channels = lastAxis(input, 4);
    kernel =
        addWeight(
            "kernel",
            Shape.of(kernelSize, kernelSize, channels, filters),
            kernelInitializer);
    bias = addWeight("bias", Shape.of(filters), new Zeros());
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    Tensor y =
        CONV.with(
            CONV.attrs("strides", new int[] {1, strides, strides, 1}, "padding", padding),
            x,
            weight(kernel).value());
    return activation.apply(BIAS_ADD.of(y, weight(bias).value()));
  }
}
