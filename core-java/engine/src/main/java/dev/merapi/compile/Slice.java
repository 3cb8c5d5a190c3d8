package dev.merapi.compile;

import dev.merapi.say.Message;
import dev.merapi.tensor.Storage;
import java.lang.foreign.MemorySegment;

/// A stretch of an activation's memory; the activation owns it, so claims do not count.
final class Slice extends Storage {
  private final MemorySegment segment;
  private final String device;

  Slice(MemorySegment segment, String device) {
    this.segment = segment;
    this.device = device;
  }

  @Override
  public MemorySegment segment() {
    return segment;
  }

  @Override
  public byte[][] strings() {
    throw Message.what("a tensor of numbers holds no strings").typeError();
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public void retain() {}

  @Override
  public void release() {}

  @Override
  public String device() {
    return device;
  }
}
