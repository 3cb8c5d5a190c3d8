package dev.merapi.tensor;

import dev.merapi.say.Message;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Owns the bytes behind one or more tensors.
///
/// Lives as long as a tensor refers to it, or until every claim on it has been given back,
/// whichever comes first. Claims are counted so that the engine can give memory back at once where
/// it knows that nobody looks any more.
public abstract class Storage {
  /// Returns the bytes; for strings there are none.
  ///
  /// Fails: `ClosedError` when the storage has been released.
  public abstract MemorySegment segment();

  /// Returns the strings in row-major order; only for storages of strings.
  public abstract byte[][] strings();

  /// Returns the objects in row-major order; only for storages of handles.
  ///
  /// Fails: `TypeError` when the elements are no handles.
  public Object[] handles() {
    throw Message.what("a tensor of numbers or strings holds no handles")
        .expected("a tensor of resource or variant")
        .typeError();
  }

  /// Tells whether anybody but one owner may look at the elements, so that they must stay as they
  /// are. Storages that do not count their claims say yes.
  public boolean isShared() {
    return true;
  }

  /// Tells whether the bytes belong to somebody who will write other values there; who wants to
  /// keep an element longer than a call copies it.
  public boolean isBorrowed() {
    return false;
  }

  /// Adds a claim.
  public abstract void retain();

  /// Gives a claim back; with the last one the bytes return to their pool.
  public abstract void release();

  /// Returns the name of the device that the bytes are on, as TensorFlow spells it.
  public abstract String device();

  /// Tells whether this stands for a value that a graph will compute; then there are no bytes yet.
  public boolean isSymbolic() {
    return false;
  }

  /// Returns a symbolic value's name in its graph, `MatMul:0`; null for values that exist.
  public @Nullable String symbol() {
    return null;
  }

  /// Returns a symbolic value that is known before its graph runs, or null.
  public @Nullable Tensor constant() {
    return null;
  }
}
