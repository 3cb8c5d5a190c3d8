package dev.merapi.kernel.cpu;

import dev.merapi.device.Workers;
import dev.merapi.memory.Cell;
import dev.merapi.op.Call;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Half;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Carries out one step of training by a [StepRule]: locks the places, finds where to write, and
/// runs the rule's loops once over memory, in place where nobody else looks.
///
/// All places of a step stay locked while it runs, always in the same order, so that steps of
/// several threads do not mix and never wait for each other in a circle. Each thread keeps one of
/// these and uses it again, so that a step allocates nothing.
public final class StepCpu implements Workers.Task {
  private static final int MOST_PLACES = 8;
  private static final int MOST_INPUTS = 24;
  private static final int BLOCK = 1 << 24;
  private static final ThreadLocal<StepCpu> MINE = ThreadLocal.withInitial(StepCpu::new);

  private final @Nullable Cell[] cells = new Cell[MOST_PLACES];
  private final @Nullable Cell[] order = new Cell[MOST_PLACES];
  private final @Nullable Tensor[] from = new Tensor[MOST_PLACES];
  private final @Nullable Tensor[] to = new Tensor[MOST_PLACES];

  /// Segment, first byte, and bytes from one element to the next, of each input and then of each
  /// output.
  private final MemorySegment[] segment = new MemorySegment[MOST_INPUTS];

  private final long[] offset = new long[MOST_INPUTS];
  private final int[] move = new int[MOST_INPUTS];

  /// A whole number that comes as int64, in the type of the others.
  private final MemorySegment converted = Scratch.forever(64);

  private StagePlan plan = new StagePlan(new Stage[0], 0, 0, 1);
  private int operands;
  private long size;
  private long chunk;

  private StepCpu() {
    forget();
  }

  /// Steps along `grad`; the operation's inputs are called as the rule's, and the gradient `grad`
  /// or `delta`.
  public static void run(Call c, StepRule rule) {
    MINE.get().step(c, rule, false);
  }

  /// Steps in the rows that the input `indices` names, one after the other; a row named twice steps
  /// twice.
  public static void runRows(Call c, StepRule rule) {
    MINE.get().step(c, rule, true);
  }

  /// Steps along input 0 with the numbers in input 1; the other inputs are the places.
  public static void runPacked(Call c, StepRule rule) {
    MINE.get().step(c, rule, 2, 0, false);
  }

  /// Returns a scalar input as a number.
  public static double number(Call c, String name) {
    Tensor n = c.in(name);
    MemorySegment s = n.segment();
    return switch (n.dtype()) {
      case F64 -> s.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, 0);
      case F32 -> s.get(ValueLayout.JAVA_FLOAT_UNALIGNED, 0);
      case BF16 -> Half.fromBf16(s.get(ValueLayout.JAVA_SHORT_UNALIGNED, 0));
      default -> Half.fromF16(s.get(ValueLayout.JAVA_SHORT_UNALIGNED, 0));
    };
  }

  private void step(Call c, StepRule rule, boolean rows) {
    int grad = rule.places().size();
    while (!isGradient(c, grad)) {
      grad++;
    }
    step(c, rule, 0, grad, rows);
  }

  private static boolean isGradient(Call c, int i) {
    String name = c.op.inputs().get(i).name();
    return name.equals("grad") || name.equals("delta");
  }

  private void step(Call c, StepRule rule, int first, int grad, boolean rows) {
    int places = rule.places().size();
    for (int i = 0; i < places; i++) {
      cells[i] = c.cell(first + i);
      order[i] = cells[i];
      for (int k = 0; k < i; k++) {
        if (cells[k] == cells[i]) {
          throw c.fault("variable '" + c.cell(first + i).name() + "' is its own slot")
              .expected("a variable of its own for each slot")
              .valueError();
        }
      }
      for (int k = i; k > 0 && Cell.first(order[k - 1], order[k]) == order[k]; k--) {
        Cell later = order[k - 1];
        order[k - 1] = order[k];
        order[k] = later;
      }
    }
    try {
      locked(0, places, c, rule, first, grad, rows);
    } finally {
      forget();
    }
    Reference.reachabilityFence(c);
  }

  private void locked(int i, int places, Call c, StepRule rule, int first, int grad, boolean rows) {
    if (i == places) {
      change(c, rule, first, grad, rows);
      return;
    }
    synchronized (order[i]) {
      locked(i + 1, places, c, rule, first, grad, rows);
    }
  }

  private void change(Call c, StepRule rule, int first, int grad, boolean rows) {
    int places = rule.places().size();
    Tensor var = cells[0].peek();
    from[0] = var;
    for (int i = 1; i < places; i++) {
      from[i] = cells[i].peek();
      if (!from[i].spec().equals(var.spec())) {
        throw c.fault(
                "var and "
                    + rule.places().get(i)
                    + " do not have the same shape "
                    + var.shape().brackets()
                    + " "
                    + from[i].shape().brackets())
            .expected(var.spec().toString())
            .shapeError();
      }
    }
    DType t = var.dtype();
    int[] at = rows ? GatherCpu.checked(c, c.in("indices"), var.shape().dim(0)) : null;
    DType numberType = first > 0 ? c.in(1).dtype() : t;
    StepRule.Form form = rule.form(t, numberType);
    if (at == null && form.readsGrad) {
      StateCpu.like(c, grad, var);
    }
    for (int i : form.changed) {
      to[i] = cells[i].target();
      if (at != null && to[i] != from[i]) {
        Mover.copy(from[i], 0, to[i], 0, from[i].size());
        from[i] = to[i];
      }
    }
    operands = 0;
    for (int i = 0; i < places; i++) {
      operand(from[i].segment(), 0, t.bytes());
    }
    operand(c.in(grad).segment(), 0, t.bytes());
    for (int i = 0; i < rule.numbers().size(); i++) {
      if (first > 0) {
        operand(c.in(1).segment(), (long) i * numberType.bytes(), 0);
      } else {
        operand(number(c.in(rule.numbers().get(i)), t), 0, 0);
      }
    }
    for (int i : form.changed) {
      operand(to[i].segment(), 0, t.bytes());
    }
    if (at == null) {
      over(form, var.size());
    } else {
      rows(form, at, var.size() / Math.max(1, var.shape().dim(0)), places, t.bytes());
    }
    for (int i : form.changed) {
      cells[i].settle(to[i]);
    }
  }

  private void operand(MemorySegment s, long at, int bytes) {
    segment[operands] = s;
    offset[operands] = at;
    move[operands++] = bytes;
  }

  private MemorySegment number(Tensor n, DType t) {
    if (n.dtype() == t) {
      return n.segment();
    }
    Values.put(converted, t, 0, n.segment().get(ValueLayout.JAVA_LONG_UNALIGNED, 0));
    return converted;
  }

  private void over(StepRule.Form form, long n) {
    size = n;
    plan = form.code.plan(n);
    long cost = form.code.cost();
    if (Elementwise.isWorthSharing(n, cost)) {
      chunk = Elementwise.chunk(cost);
      Workers.run((int) ((n + chunk - 1) / chunk), this);
    } else {
      chunk = n;
      run(0);
    }
  }

  private void rows(StepRule.Form form, int[] at, long inner, int places, int bytes) {
    for (int i = 0; i < at.length; i++) {
      for (int k = 0; k < operands; k++) {
        if (k == places) {
          offset[k] = i * inner * bytes;
        } else if (move[k] > 0) {
          offset[k] = at[i] * inner * bytes;
        }
      }
      over(form, inner);
    }
  }

  @Override
  public void run(int i) {
    Lane lane = plan.lane(0);
    try {
      long end = Math.min(size, (i + 1) * chunk);
      for (long e = i * chunk; e < end; e += BLOCK) {
        for (int k = 0; k < operands; k++) {
          lane.segment[k] = segment[k];
          lane.offset[k] = offset[k] + e * move[k];
        }
        plan.run(lane, (int) Math.min(BLOCK, end - e));
      }
    } finally {
      lane.clear();
    }
  }

  /// Lets go of the variables' memory, which this object would otherwise keep from the collector.
  private void forget() {
    Arrays.fill(cells, null);
    Arrays.fill(order, null);
    Arrays.fill(from, null);
    Arrays.fill(to, null);
    Arrays.fill(segment, MemorySegment.NULL);
  }
}
