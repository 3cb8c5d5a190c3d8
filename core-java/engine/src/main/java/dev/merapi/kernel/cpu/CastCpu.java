package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Expr;
import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Half;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Converts between element types; a conversion to the same type shares the elements.
public final class CastCpu {
  private static final LoopTable[] TO = tables();

  private CastCpu() {}

  private static LoopTable[] tables() {
    DType[] all = DType.values();
    LoopTable[] t = new LoopTable[all.length];
    for (DType d : all) {
      if (d.bytes() > 0) {
        t[d.ordinal()] = LoopTable.to(d, Expr.in(0).cast(d));
      }
    }
    return t;
  }

  public static void run(Call c) {
    Tensor x = c.in(0);
    DType to = c.outSpec(0).dtype();
    if (to == x.dtype()) {
      c.giveAlias(0, 0);
      return;
    }
    Tensor y = c.out(0);
    if (c.attrs.b("Truncate") && to == DType.BF16 && x.dtype() == DType.F32) {
      cut(x.segment(), y.segment(), x.size());
      return;
    }
    Elementwise.run(
        TO[to.ordinal()],
        x.dtype(),
        x.segment(),
        x.shape().rawDims(),
        y.segment(),
        y.shape().rawDims());
  }

  /// Keeps the upper half of each float32, without rounding; NaN stays NaN.
  private static void cut(MemorySegment x, MemorySegment y, long n) {
    for (long i = 0; i < n; i++) {
      float v = x.getAtIndex(ValueLayout.JAVA_FLOAT, i);
      short bits = v != v ? Half.toBf16(v) : (short) (Float.floatToRawIntBits(v) >>> 16);
      y.setAtIndex(ValueLayout.JAVA_SHORT, i, bits);
    }
  }
}
