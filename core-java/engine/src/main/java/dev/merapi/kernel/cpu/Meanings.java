package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Expr;
import dev.merapi.op.Attrs;
import dev.merapi.op.OpDef;
import org.jspecify.annotations.Nullable;

/// Tells which operations can be part of a [dev.merapi.kernel.Fusion], and what they mean there.
public final class Meanings {
  private Meanings() {}

  /// Returns what an operation computes for one element of numbers or bools, or null if it does not
  /// compute each element of its one result from those at the same position of its inputs.
  ///
  /// The result is to be converted to the dtype that the operation infers
  /// ([dev.merapi.kernel.Fusion.Builder#applyTo]). Of strings, no operation is element-wise in this
  /// sense.
  public static @Nullable Expr of(OpDef op, Attrs attrs) {
    if (op.scalar() != null) {
      return op.scalar();
    }
    if (op.cpu() instanceof ElementwiseKernel.ByAttribute by) {
      return by.meaning().apply(attrs.f(by.attribute()));
    }
    if (op.name().equals("Cast") && !attrs.b("Truncate")) {
      return Expr.in(0).cast(attrs.type("DstT"));
    }
    return null;
  }
}
