package dev.merapi.kernel.cpu;

import dev.merapi.memory.LookupTable;
import dev.merapi.op.Call;
import dev.merapi.op.Values;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Joins neighbouring strings.
public final class NGramsCpu {
  private final byte[][] data;
  private final byte[] separator;
  private final byte[] left;
  private final byte[] right;
  private final List<byte[]> found = new ArrayList<>();

  private NGramsCpu(Call c) {
    data = c.in(0).strings();
    separator = bytes(c, "separator");
    left = bytes(c, "left_pad");
    right = bytes(c, "right_pad");
  }

  private static byte[] bytes(Call c, String attr) {
    return c.attrs.s(attr).getBytes(StandardCharsets.UTF_8);
  }

  public static void join(Call c) {
    NGramsCpu k = new NGramsCpu(c);
    Tensor splits = c.in(1);
    int rows = Math.toIntExact(splits.size()) - 1;
    check(c, splits, k.data.length);
    int pad = c.attrs.i("pad_width");
    long[] ends = new long[rows + 1];
    for (int r = 0; r < rows; r++) {
      int from = (int) LookupTable.whole(splits, r);
      int n = (int) LookupTable.whole(splits, r + 1) - from;
      int before = k.found.size();
      for (int width : c.attrs.ints("ngram_widths")) {
        int around = pad < 0 ? width - 1 : Math.min(pad, width - 1);
        k.runs(from, n, width, around);
      }
      if (c.attrs.b("preserve_short_sequences") && k.found.size() == before && n > 0) {
        k.runs(from, n, n + 2 * Math.max(pad, 0), Math.max(pad, 0));
      }
      ends[r + 1] = k.found.size();
    }
    byte[][] y = c.out(0, Shape.of(k.found.size())).strings();
    for (int i = 0; i < y.length; i++) {
      y[i] = k.found.get(i);
    }
    Tensor s = c.out(1);
    for (int r = 0; r <= rows; r++) {
      Values.put(s.segment(), s.dtype(), r, ends[r]);
    }
  }

  private static void check(Call c, Tensor splits, int n) {
    long before = 0;
    for (int r = 0; r < splits.size(); r++) {
      long at = LookupTable.whole(splits, r);
      if (at < before || at > n || r == 0 && at != 0) {
        throw c.fault("Invalid split value " + at + ", must be in [" + before + ", " + n + "]")
            .expected("row splits that begin with 0 and never fall")
            .valueError();
      }
      before = at;
    }
    if (before != n) {
      throw c.fault("Last split value must be data size. Expected " + n + ", got " + before)
          .expected("row splits that end with the number of strings")
          .valueError();
    }
  }

  /// Adds all runs of `width` strings of a row that has `around` paddings at each end.
  private void runs(int from, int n, int width, int around) {
    for (int i = 0; i + width <= n + 2 * around; i++) {
      ByteArrayOutputStream run = new ByteArrayOutputStream();
      for (int k = 0; k < width; k++) {
        int at = i + k - around;
        if (k > 0) {
          run.writeBytes(separator);
        }
        run.writeBytes(at < 0 ? left : at < n ? data[from + at] : right);
      }
      found.add(run.toByteArray());
    }
  }
}
