package dev.merapi.kernel.cpu;

import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;

/// Follows axes from one layout, such as NHWC, to another.
public final class LayoutCpu {
  private LayoutCpu() {}

  /// Gives axes of the first layout their numbers in the second; negative ones count from the end.
  public static void axes(Call c) {
    String from = c.attrs.s("src_format");
    String to = c.attrs.s("dst_format");
    Tensor x = c.in(0);
    DType d = x.dtype();
    for (long i = 0; i < x.size(); i++) {
      long v = Numbers.get(x.segment(), d, i);
      long axis = v < 0 ? v + from.length() : v;
      if (axis < 0 || axis >= from.length()) {
        throw c.fault("axis " + v + " is outside layout '" + from + "'")
            .expected("an axis from " + -from.length() + " to " + (from.length() - 1))
            .valueError();
      }
      Numbers.put(c.out(0).segment(), d, i, to.indexOf(from.charAt((int) axis)));
    }
  }

  /// Puts entries into the second layout's order; lists two short hold the spatial axes alone.
  public static void entries(Call c) {
    String from = c.attrs.s("src_format");
    String to = c.attrs.s("dst_format");
    Tensor x = c.in(0);
    int n = x.shape().dim(0);
    if (n == from.length() - 2) {
      from = from.replaceAll("[NC]", "");
      to = to.replaceAll("[NC]", "");
    }
    if (n != from.length()) {
      throw c.fault("x has " + n + " entries, the layout '" + from + "' others")
          .expected("an entry for each axis")
          .shapeError();
    }
    long bytes = n == 0 ? 0 : x.size() / n * x.dtype().bytes();
    MemorySegment y = c.out(0).segment();
    for (int i = 0; i < n; i++) {
      int axis = from.indexOf(to.charAt(i));
      MemorySegment.copy(x.segment(), axis * bytes, y, i * bytes, bytes);
    }
  }
}
