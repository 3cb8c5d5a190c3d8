package dev.merapi.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// A thing that counts who refers to it; made with one claim.
abstract class Counted {
  private static final VarHandle CLAIMS;

  static {
    try {
      CLAIMS = MethodHandles.lookup().findVarHandle(Counted.class, "claims", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private int claims = 1;

  final void retain() {
    CLAIMS.getAndAdd(this, 1);
  }

  final void release() {
    if ((int) CLAIMS.getAndAdd(this, -1) == 1) {
      free();
    }
  }

  /// Gives up the claims on others; called when nobody refers to this any more.
  abstract void free();
}
