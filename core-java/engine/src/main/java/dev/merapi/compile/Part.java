package dev.merapi.compile;

import dev.merapi.say.Message;
import dev.merapi.tensor.Storage;
import java.lang.foreign.MemorySegment;

/// Some rows of a place of an activation that holds another storage in each run; the claims are
/// those of the place.
final class Part extends Storage {
  private final Storage whole;
  private final long from;
  private final long bytes;

  /// The bytes seen last, and the part of them.
  private MemorySegment seen = MemorySegment.NULL;

  private MemorySegment part = MemorySegment.NULL;

  Part(Storage whole, long from, long bytes) {
    this.whole = whole;
    this.from = from;
    this.bytes = bytes;
  }

  @Override
  public MemorySegment segment() {
    MemorySegment now = whole.segment();
    if (now != seen) {
      part = now.asSlice(from, bytes);
      seen = now;
    }
    return part;
  }

  @Override
  public byte[][] strings() {
    throw Message.what("a tensor of numbers holds no strings").typeError();
  }

  @Override
  public void retain() {
    whole.retain();
  }

  @Override
  public void release() {
    whole.release();
  }

  @Override
  public String device() {
    return whole.device();
  }
}
