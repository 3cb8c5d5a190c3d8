package dev.merapi.nn.loss;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Computes one minus the overlap of labels and predictions, where missed and wrongly found parts
/// weigh `alpha` and `beta`.
///
/// Source: Salehi et al., "Tversky loss function for image segmentation", 2017.
public final class Tversky extends Elementwise {
  private final Setting<Double> alpha = setting("alpha", Kinds.NUMBER, 0.5);
  private final Setting<Double> beta = setting("beta", Kinds.NUMBER, 0.5);
  private final Setting<int @Nullable []> axis = setting("axis", Kinds.AXES.orNone(), null);

  public Tversky() {
    super("tversky");
  }

  public Tversky(double alpha, double beta) {
    this();
    this.alpha.set(alpha);
    this.beta.set(beta);
  }

  @Override
  public Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.tversky(yTrue, yPred, alpha.get(), beta.get(), axis.get());
  }
}
