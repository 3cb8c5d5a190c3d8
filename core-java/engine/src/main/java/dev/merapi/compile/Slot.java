package dev.merapi.compile;

import dev.merapi.tensor.Storage;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A place in an activation that holds another storage in each run, so that the calls prepared
/// around it never change: arguments, values of variables, outputs.
final class Slot extends Storage {
  /// What is in the place during a run.
  @Nullable Tensor held;

  /// Whether the run has a claim on it that it must give back.
  boolean owned;

  private Storage target() {
    Tensor t = held;
    if (t == null) {
      throw new IllegalStateException("This is a bug in Merapi: a place of a plan is empty");
    }
    return t.storage();
  }

  /// Returns the tensor in the place.
  Tensor get() {
    Tensor t = held;
    if (t == null) {
      throw new IllegalStateException("This is a bug in Merapi: a place of a plan is empty");
    }
    return t;
  }

  void put(Tensor t, boolean claimed) {
    held = t;
    owned = claimed;
  }

  /// Empties the place and gives the claim back.
  void clear() {
    Tensor t = held;
    held = null;
    if (owned && t != null) {
      owned = false;
      t.storage().release();
    }
  }

  @Override
  public MemorySegment segment() {
    return target().segment();
  }

  @Override
  public byte[][] strings() {
    return target().strings();
  }

  @Override
  public Object[] handles() {
    return target().handles();
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public void retain() {
    target().retain();
  }

  @Override
  public void release() {
    target().release();
  }

  @Override
  public String device() {
    return target().device();
  }
}
