package dev.merapi.nn.layer;

import dev.merapi.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a layer is being called, beside its inputs.
///
/// @param training whether to behave as in training: dropout, batch statistics
/// @param masks for each input, which of its steps count, or null if all do: bool `(batch, time)`
public record Mode(boolean training, List<@Nullable Tensor> masks) {
  /// Returns the mask of input `i`, or null.
  public @Nullable Tensor mask(int i) {
    return i < masks.size() ? masks.get(i) : null;
  }

  /// Returns the same without masks.
  public Mode unmasked() {
    return new Mode(training, List.of());
  }
}
