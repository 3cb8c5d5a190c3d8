package dev.merapi.kernel.cpu;

import dev.merapi.device.Workers;
import dev.merapi.kernel.Philox;
import dev.merapi.op.Call;
import dev.merapi.op.Kernel;
import dev.merapi.op.Seeds;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;

/// Random permutations and draws from given probabilities.
public final class SampleCpu {
  private SampleCpu() {}

  /// Permutes the rows; as many numbers are used as there are exchanges.
  public static void shuffle(Call c) {
    shuffle(c, () -> Seeds.reserve(c, (c.shape(0).dim(0) + 2) / 4));
  }

  /// Permutes the rows by the inputs `key` and `counter`.
  public static void statelessShuffle(Call c) {
    shuffle(c, () -> RandomCpu.counted(c));
  }

  private static void shuffle(Call c, Supplier<Philox> start) {
    Tensor x = c.in(0);
    int rows = x.rank() == 0 ? 1 : x.shape().dim(0);
    if (rows <= 1 || x.size() <= 1) {
      c.giveAlias(0, 0);
      return;
    }
    int[] from = permutation(new Philox.Reader(start.get()), rows);
    if (x.dtype() == DType.STRING) {
      byte[][] in = x.strings();
      byte[][] out = c.out(0).strings();
      int width = in.length / rows;
      for (int i = 0; i < rows; i++) {
        System.arraycopy(in, from[i] * width, out, i * width, width);
      }
      return;
    }
    MemorySegment in = x.segment();
    MemorySegment out = c.out(0).segment();
    long bytes = x.spec().bytes() / rows;
    int perChunk = (int) Math.max(1, (1 << 17) / bytes);
    Workers.run(
        (rows + perChunk - 1) / perChunk,
        chunk -> {
          int end = Math.min(rows, (chunk + 1) * perChunk);
          for (int i = chunk * perChunk; i < end; i++) {
            MemorySegment.copy(in, from[i] * bytes, out, i * bytes, bytes);
          }
        });
  }

  /// Source: Fisher, Yates, "Statistical tables" (1938), as Durstenfeld's exchanges in place.
  private static int[] permutation(Philox.Reader bits, int n) {
    int[] p = new int[n];
    for (int i = 0; i < n; i++) {
      p[i] = i;
    }
    for (int i = 0; i < n - 1; i++) {
      int j = i + Integer.remainderUnsigned(bits.nextInt(), n - i);
      int t = p[i];
      p[i] = p[j];
      p[j] = t;
    }
    return p;
  }

  /// Draws class numbers of a row's logits, for every row.
  public static Kernel multinomial(boolean stateful) {
    return c -> {
      int rows = c.outSpec(0).shape().dim(0);
      int samples = c.outSpec(0).shape().dim(1);
      int classes = c.shape(0).dim(1);
      if (c.outSpec(0).shape().size() == 0) {
        c.out(0);
        return;
      }
      // TensorFlow sets aside two numbers a draw, in whole groups of samples.
      long reserved = (samples + 3L) / 4 * 4 * 2 * rows * RandomCpu.RESERVED;
      Philox.Reader bits =
          new Philox.Reader(stateful ? Seeds.reserve(c, reserved) : RandomCpu.stateless(c));
      double[] logits = c.in(0).toDoubleArray();
      double[] sums = new double[classes];
      MemorySegment out = c.out(0).segment();
      DType d = c.outSpec(0).dtype();
      for (int r = 0; r < rows; r++) {
        double total = cumulate(logits, r * classes, sums);
        for (int j = 0; j < samples; j++) {
          int k = above(sums, bits.nextDouble() * total);
          long at = (long) r * samples + j;
          if (d == DType.I64) {
            out.setAtIndex(java.lang.foreign.ValueLayout.JAVA_LONG, at, k);
          } else {
            out.setAtIndex(java.lang.foreign.ValueLayout.JAVA_INT, at, k);
          }
        }
      }
    };
  }

  /// Writes the running sums of exp(logit − largest); what is not finite counts as impossible.
  /// Returns the total.
  private static double cumulate(double[] logits, int from, double[] sums) {
    double max = -Double.MAX_VALUE;
    for (int j = 0; j < sums.length; j++) {
      double x = logits[from + j];
      if (Double.isFinite(x)) {
        max = Math.max(max, x);
      }
    }
    double total = 0;
    for (int j = 0; j < sums.length; j++) {
      double x = logits[from + j];
      if (Double.isFinite(x)) {
        total += Math.exp(x - max);
      }
      sums[j] = total;
    }
    return total;
  }

  /// Returns the first position whose sum is larger than `x`.
  private static int above(double[] sums, double x) {
    int low = 0;
    int high = sums.length;
    while (low < high) {
      int mid = low + high >>> 1;
      if (sums[mid] > x) {
        high = mid;
      } else {
        low = mid + 1;
      }
    }
    return low;
  }
}
