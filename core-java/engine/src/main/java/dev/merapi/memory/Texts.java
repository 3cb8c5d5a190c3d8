package dev.merapi.memory;

import dev.merapi.say.Message;
import dev.merapi.tensor.Storage;
import java.lang.foreign.MemorySegment;

/// The elements of a string tensor: byte sequences on the Java heap, left to the collector.
final class Texts extends Storage {
  private final byte[][] strings;

  Texts(byte[][] strings) {
    this.strings = strings;
  }

  @Override
  public MemorySegment segment() {
    throw Message.what("a string tensor has no numbers in native memory").typeError();
  }

  @Override
  public byte[][] strings() {
    return strings;
  }

  @Override
  public void retain() {}

  @Override
  public void release() {}

  @Override
  public String device() {
    return "/job:localhost/replica:0/task:0/device:CPU:0";
  }
}
