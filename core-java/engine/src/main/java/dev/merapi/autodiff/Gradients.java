package dev.merapi.autodiff;

import dev.merapi.op.IndexedSlices;
import dev.merapi.op.Registry;
import dev.merapi.op.Values;
import dev.merapi.tensor.Tensor;
import java.util.AbstractList;
import org.jspecify.annotations.Nullable;

/// Gradients in the order of the sources that were asked for; null where a source is not connected.
///
/// A gradient that touches only some rows reads as a whole tensor through [#get]; [#raw] gives it
/// as it is.
public final class Gradients extends AbstractList<@Nullable Tensor> {
  private final @Nullable Object[] raw;

  Gradients(@Nullable Object[] raw) {
    this.raw = raw;
  }

  @Override
  public @Nullable Tensor get(int i) {
    Object g = raw[i];
    if (g instanceof IndexedSlices s) {
      Tensor whole = dense(s);
      raw[i] = whole;
      return whole;
    }
    return (Tensor) g;
  }

  /// Returns a `Tensor`, an `IndexedSlices`, or null.
  public @Nullable Object raw(int i) {
    return raw[i];
  }

  @Override
  public int size() {
    return raw.length;
  }

  /// Adds the rows up into a tensor of the whole shape.
  public static Tensor dense(IndexedSlices s) {
    Tensor rows = s.rows();
    return Registry.find("UnsortedSegmentSum")
        .of(s.values(), s.indices(), rows == null ? Values.scalar(s.denseShape().dim(0)) : rows);
  }
}
