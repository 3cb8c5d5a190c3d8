package dev.merapi.memory;

import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Storage;
import java.lang.foreign.MemorySegment;

/// The elements of a tensor of handles: objects on the Java heap, left to the collector.
final class Handles extends Storage {
  private final DType type;
  private final Object[] objects;

  Handles(DType type, Object[] objects) {
    this.type = type;
    this.objects = objects;
  }

  @Override
  public MemorySegment segment() {
    throw Message.what("a tensor of " + type + " has no numbers in native memory")
        .expected("a tensor of numbers or truth values")
        .typeError();
  }

  @Override
  public byte[][] strings() {
    throw Message.what("a tensor of " + type + " holds no strings").typeError();
  }

  @Override
  public Object[] handles() {
    return objects;
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
