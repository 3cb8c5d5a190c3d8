package dev.merapi.op;

import dev.merapi.tensor.Storage;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Stands behind a tensor that no value or trace has yet, such as the output of a layer in a model
/// that is being put together; operations on it are remembered by whoever made it.
public abstract class Deferred extends Storage {
  /// Returns the outputs of a call, one or more inputs of which are deferred.
  public abstract Tensor[] call(OpDef op, Attrs attrs, Tensor[] inputs);

  /// Returns the deferred storage among the inputs, or null.
  public static @Nullable Deferred among(Tensor[] inputs) {
    for (Tensor t : inputs) {
      if (t.storage() instanceof Deferred d) {
        return d;
      }
    }
    return null;
  }

  @Override
  public final boolean isSymbolic() {
    return true;
  }

  @Override
  public final void retain() {}

  @Override
  public final void release() {}

  @Override
  public final String device() {
    return "";
  }
}
