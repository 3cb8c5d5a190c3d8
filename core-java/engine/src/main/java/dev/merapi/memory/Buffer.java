package dev.merapi.memory;

import dev.merapi.say.Message;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Storage;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// A tensor's claim on a block of the pool.
///
/// The block goes back either when the last claim is given back by the engine, or when the
/// collector finds the buffer unreachable: [Claim] sees to it that this happens once.
final class Buffer extends Storage {
  private static final VarHandle CLAIMS;

  static {
    try {
      CLAIMS = MethodHandles.lookup().findVarHandle(Buffer.class, "claims", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private @Nullable MemorySegment segment;
  private int claims = 1;
  private final @Nullable Claim claim;

  /// Keeps the page alive that a small buffer lies on.
  private final Nursery.@Nullable Page page;

  Buffer(Block block, Spec spec) {
    segment = block.slice(spec.bytes());
    claim = new Claim(this, block, spec);
    page = null;
  }

  /// Takes a small piece of a page; pieces go back together with their page.
  Buffer(Nursery.Page page, MemorySegment segment) {
    this.segment = segment;
    this.claim = null;
    this.page = page;
  }

  @Override
  public MemorySegment segment() {
    MemorySegment s = segment;
    if (s == null) {
      throw Message.what("this tensor's memory was given back")
          .given("a tensor that was made inside a tensor scope, or by the engine for itself")
          .expected("use inside that scope only")
          .fix("hand it out of the scope with scope.keep(tensor)")
          .closedError();
    }
    return s;
  }

  @Override
  public byte[][] strings() {
    throw Message.what("a tensor of numbers holds no strings").typeError();
  }

  @Override
  public void retain() {
    CLAIMS.getAndAdd(this, 1);
  }

  @Override
  public void release() {
    int left = (int) CLAIMS.getAndAdd(this, -1) - 1;
    if (left == 0) {
      segment = null;
      if (claim != null) {
        claim.free();
      }
    }
  }

  @Override
  public boolean isShared() {
    return (int) CLAIMS.getAcquire(this) != 1;
  }

  @Override
  public String device() {
    return "/job:localhost/replica:0/task:0/device:CPU:0";
  }
}
