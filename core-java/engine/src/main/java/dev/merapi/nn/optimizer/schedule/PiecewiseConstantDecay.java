package dev.merapi.nn.optimizer.schedule;

import dev.merapi.facade.TfApi;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;

/// Changes the rate at given steps and keeps it between: up to and with the first boundary the
/// first value, up to the second the second, …
public final class PiecewiseConstantDecay extends LearningRateSchedule {
  private final Setting<double[]> boundaries = required("boundaries", Kinds.NUMBERS);
  private final Setting<double[]> values = required("values", Kinds.NUMBERS);
  private final Setting<String> name = setting("name", Kinds.TEXT, "PiecewiseConstant");

  private PiecewiseConstantDecay() {}

  /// @param boundaries ascending numbers of steps
  /// @param values one more than boundaries
  public PiecewiseConstantDecay(double[] boundaries, double[] values) {
    this.boundaries.set(boundaries);
    this.values.set(values);
    check();
  }

  /// Sets the name.
  public PiecewiseConstantDecay name(String value) {
    name.set(value);
    return this;
  }

  private void check() {
    if (boundaries.get().length != values.get().length - 1) {
      throw Message.what(
              "The length of boundaries should be 1 less than the length of values. Received: "
                  + boundaries.get().length
                  + " boundaries and "
                  + values.get().length
                  + " values")
          .valueError();
    }
  }

  @Override
  protected Tensor call(Tensor step) {
    check();
    double[] b = boundaries.get();
    double[] v = values.get();
    Tensor rate = constant(v[v.length - 1]);
    for (int i = b.length - 1; i >= 0; i--) {
      rate = TfApi.where(TfApi.lessEqual(step, constant(b[i])), constant(v[i]), rate);
    }
    return rate;
  }
}
