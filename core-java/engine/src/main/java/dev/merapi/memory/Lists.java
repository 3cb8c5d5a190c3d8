package dev.merapi.memory;

import dev.merapi.say.Message;
import dev.merapi.tensor.Storage;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// The one element of a tensor that is a list of tensors; gives the list up with the last claim.
final class Lists extends Storage {
  private final class Count extends Counted {
    @Override
    void free() {
      TensorList l = list;
      list = null;
      if (l != null) {
        l.release();
      }
    }
  }

  private final Count count = new Count();
  private @Nullable TensorList list;

  /// Takes over the claim on the list.
  Lists(TensorList list) {
    this.list = list;
  }

  @Override
  public MemorySegment segment() {
    throw Message.what("a list of tensors has no numbers in native memory")
        .expected("a tensor of numbers or truth values")
        .fix("stack its elements")
        .typeError();
  }

  @Override
  public byte[][] strings() {
    throw Message.what("a list of tensors holds no strings").typeError();
  }

  @Override
  public Object[] handles() {
    TensorList l = list;
    if (l == null) {
      throw Message.what("this list of tensors was given back")
          .given("a list that was made inside a tensor scope, or by the engine for itself")
          .expected("use inside that scope only")
          .closedError();
    }
    return new Object[] {l};
  }

  @Override
  public void retain() {
    count.retain();
  }

  @Override
  public void release() {
    count.release();
  }

  @Override
  public String device() {
    return "/job:localhost/replica:0/task:0/device:CPU:0";
  }
}
