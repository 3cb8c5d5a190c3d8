package dev.merapi.kernel.cpu;

import dev.merapi.op.Attrs;
import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.PrintFormat;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Looks at values in passing: demands conditions, searches for what is not a finite number,
/// prints.
public final class PassCpu {
  private static final int NAN = 1;
  private static final int PLUS = 2;
  private static final int MINUS = 4;

  /// How often prints that are limited have printed. Equal attributes share a count, as they share
  /// a kernel in TensorFlow's eager mode.
  private static final Map<Attrs, AtomicLong> PRINTED = new ConcurrentHashMap<>();

  private PassCpu() {}

  /// Fails unless the first input is true.
  public static void demand(Call c) {
    if (c.in(0).booleanValue()) {
      return;
    }
    StringBuilder data = new StringBuilder();
    append(data, c, " ");
    throw c.fault("assertion failed: " + data)
        .expected("a condition that is true")
        .fix("look at the data above: the graph asserts something about them")
        .valueError();
  }

  /// Appends all inputs but the first, each in brackets.
  private static void append(StringBuilder s, Call c, String between) {
    for (int i = 1; i < c.ins(); i++) {
      s.append(i == 1 ? "" : between)
          .append('[')
          .append(PrintFormat.brief(c.in(i), c.attrs.i("summarize")))
          .append(']');
    }
  }

  /// Writes message and data to standard error, at most as often as `first_n` says.
  public static void print(Call c) {
    c.giveAlias(0, 0);
    long most = c.attrs.l("first_n");
    if (most >= 0
        && PRINTED.computeIfAbsent(c.attrs, _ -> new AtomicLong()).getAndIncrement() >= most) {
      return;
    }
    StringBuilder line = new StringBuilder(c.attrs.s("message"));
    append(line, c, "");
    byte[] text = line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    synchronized (System.err) {
      System.err.writeBytes(text);
      System.err.flush();
    }
  }

  /// Fails if an element is NaN or infinite.
  public static void finite(Call c, boolean signed) {
    Tensor x = c.in(0);
    int found = kinds(x.segment(), x.dtype(), x.size());
    if (found == 0) {
      c.giveAlias(0, 0);
      return;
    }
    throw c.fault(c.attrs.s("message") + " : Tensor had " + names(found, signed) + " values")
        .expected("finite numbers")
        .fix("look for a division by 0, the logarithm of 0 or a step too large before this place")
        .valueError();
  }

  private static String names(int found, boolean signed) {
    List<String> names = new ArrayList<>();
    if (signed) {
      for (int kind : new int[] {MINUS, PLUS}) {
        if ((found & kind) != 0) {
          names.add(kind == MINUS ? "-Inf" : "+Inf");
        }
      }
    } else if ((found & (MINUS | PLUS)) != 0) {
      names.add("Inf");
    }
    if ((found & NAN) != 0) {
      names.add("NaN");
    }
    int last = names.size() - 1;
    return last < 2
        ? String.join(" and ", names)
        : String.join(", ", names.subList(0, last)) + ", and " + names.get(last);
  }

  private static int kinds(MemorySegment s, DType d, long n) {
    double[] panel = new double[(int) Math.min(Panel.SIZE, Math.max(n, 1))];
    int found = 0;
    for (long i = 0; i < n; i += panel.length) {
      int k = (int) Math.min(panel.length, n - i);
      Panel.load(s, d, i, panel, k);
      double zeros = 0;
      for (int j = 0; j < k; j++) {
        zeros += panel[j] * 0;
      }
      // A sum of zeros is NaN if one of the factors was not finite.
      for (int j = 0; zeros != zeros && j < k; j++) {
        double v = panel[j];
        found |= v != v ? NAN : Double.isInfinite(v) ? v > 0 ? PLUS : MINUS : 0;
      }
    }
    return found;
  }
}
