package dev.merapi.nn.metric;

import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;
import java.util.List;

/// Says what metrics of bare values are not for.
final class One {
  private One() {}

  static void only(Metric m, List<Tensor> values) {
    if (values.size() != 1) {
      throw Message.what(
              m.getClass().getSimpleName()
                  + ": labels and predictions were given, but it is for values")
          .given(values.stream().map(t -> t.spec().toString()).toList().toString())
          .expected("one tensor, and weights perhaps")
          .fix("use a metric that compares, such as MeanSquaredError")
          .valueError();
    }
  }
}
