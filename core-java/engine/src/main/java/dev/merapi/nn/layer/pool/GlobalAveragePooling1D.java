package dev.merapi.nn.layer.pool;

import static dev.merapi.nn.Ops.cast;
import static dev.merapi.nn.Ops.div;
import static dev.merapi.nn.Ops.expand;
import static dev.merapi.nn.Ops.mul;
import static dev.merapi.nn.Ops.sum;

import dev.merapi.nn.Ops;
import dev.merapi.nn.layer.Mode;
import dev.merapi.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the mean of each channel of sequences `(batch, steps, channels)`: `(batch, channels)`.
public final class GlobalAveragePooling1D extends GlobalPooling
    implements GlobalPoolArguments<GlobalAveragePooling1D> {
  public GlobalAveragePooling1D() {
    super();
  }

  @Override
  int rank() {
    return 1;
  }

  @Override
  Tensor over(Tensor x, boolean keep, int[] axes) {
    return Ops.mean(x, keep, axes);
  }

  /// Steps that a mask leaves out do not count.
  @Override
  protected List<Tensor> call(List<Tensor> inputs, Mode mode) {
    Tensor mask = mode.mask(0);
    if (mask == null) {
      return super.call(inputs, mode);
    }
    Tensor x = inputs.getFirst();
    int steps = channelsFirst() ? 2 : 1;
    Tensor counts = cast(expand(mask, channelsFirst() ? 1 : 2), x.dtype());
    return List.of(div(sum(mul(x, counts), keeps(), steps), sum(counts, keeps(), steps)));
  }

  @Override
  protected List<@Nullable Tensor> computeMask(
      List<Tensor> inputs, List<@Nullable Tensor> masks, List<Tensor> outputs) {
    return List.of();
  }
}
