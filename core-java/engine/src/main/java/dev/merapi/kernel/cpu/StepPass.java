package dev.merapi.kernel.cpu;

import dev.merapi.device.Workers;
import dev.merapi.kernel.Loop;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;

/// One step of training over all elements of a variable, tile by tile, so that memory is gone
/// through once: formulas after the first find their operands in the cache.
///
/// Each thread keeps one pass and uses it again, so that a step allocates nothing.
final class StepPass implements Workers.Task {
  /// What a step computes, as its formulas in their order.
  enum Rule {
    DESCENT(Formula.DESCEND),
    MOMENTUM(Formula.ACCUMULATE, Formula.DESCEND),
    NESTEROV(Formula.ACCUMULATE, Formula.LEAD, Formula.AHEAD, Formula.MINUS),
    KERAS_MOMENTUM(Formula.SCALE, Formula.KERAS_SLOT, Formula.ADD),
    KERAS_NESTEROV(Formula.SCALE, Formula.KERAS_SLOT, Formula.KERAS_STEP, Formula.PLUS),
    ADAM(Formula.MEAN, Formula.MEAN_SQUARE, Formula.ROOT, Formula.RATIO, Formula.MINUS),
    NADAM(
        Formula.MEAN,
        Formula.MEAN_SQUARE,
        Formula.ROOT,
        Formula.LOOK,
        Formula.LOOK_RATIO,
        Formula.MINUS);

    private final Formula[] formulas;

    Rule(Formula... formulas) {
      this.formulas = formulas;
    }
  }

  /// Elements of a tile: the seven float32 tiles of Adam take 28 KiB of the first-level cache.
  private static final int TILE = 1024;

  private static final int WIDEST_BYTES = 16;
  private static final ThreadLocal<StepPass> PASS = ThreadLocal.withInitial(StepPass::new);

  /// Two tiles for what passes from formula to formula, and one number.
  private final MemorySegment scratch = Scratch.forever(2L * TILE * WIDEST_BYTES + 64);

  private MemorySegment x = MemorySegment.NULL;
  private MemorySegment newX = MemorySegment.NULL;
  private MemorySegment slot1 = MemorySegment.NULL;
  private MemorySegment newSlot1 = MemorySegment.NULL;
  private MemorySegment slot2 = MemorySegment.NULL;
  private MemorySegment newSlot2 = MemorySegment.NULL;
  MemorySegment grad = MemorySegment.NULL;
  MemorySegment rate = MemorySegment.NULL;
  MemorySegment beta1 = MemorySegment.NULL;
  MemorySegment beta2 = MemorySegment.NULL;
  MemorySegment epsilon = MemorySegment.NULL;

  private Rule rule = Rule.DESCENT;
  private DType type = DType.F32;
  private long size;
  private long chunk;

  private StepPass() {}

  /// Returns this thread's pass. The caller fills in what its rule reads.
  static StepPass take() {
    return PASS.get();
  }

  void var(Tensor from, Tensor to) {
    x = from.segment();
    newX = to.segment();
  }

  void slot1(Tensor from, Tensor to) {
    slot1 = from.segment();
    newSlot1 = to.segment();
  }

  void slot2(Tensor from, Tensor to) {
    slot2 = from.segment();
    newSlot2 = to.segment();
  }

  /// Returns a place for one number that all threads may read during the pass.
  MemorySegment number() {
    return scratch;
  }

  void run(Rule r, DType t, long n) {
    rule = r;
    type = t;
    size = n;
    long cost = 0;
    for (Formula f : r.formulas) {
      cost += f.of(t).cost();
    }
    try {
      if (Elementwise.isWorthSharing(n, cost)) {
        chunk = Math.max(TILE, Elementwise.chunk(cost));
        Workers.run((int) ((n + chunk - 1) / chunk), this);
      } else {
        chunk = n;
        run(0);
      }
    } finally {
      forget();
    }
  }

  /// Lets go of the variables' memory, which this object would otherwise keep from the collector.
  private void forget() {
    x = newX = slot1 = newSlot1 = slot2 = newSlot2 = MemorySegment.NULL;
    grad = rate = beta1 = beta2 = epsilon = MemorySegment.NULL;
  }

  @Override
  public void run(int i) {
    MemorySegment s = PASS.get().scratch;
    long end = Math.min(size, (i + 1) * chunk);
    for (long e = i * chunk; e < end; e += TILE) {
      tile(e * type.bytes(), Math.min(TILE, end - e), s);
    }
  }

  /// Runs the rule's formulas over `n` elements from byte `at` on; `s` is this thread's scratch.
  private void tile(long at, long n, MemorySegment s) {
    long first = 64;
    long second = first + (long) TILE * WIDEST_BYTES;
    for (Formula f : rule.formulas) {
      Loop l = f.of(type);
      switch (f) {
        case DESCEND -> {
          boolean slot = rule == Rule.MOMENTUM;
          l.run(x, at, rate, 0, slot ? newSlot1 : grad, at, newX, at, n);
        }
        case ACCUMULATE -> l.run(slot1, at, beta1, 0, grad, at, newSlot1, at, n);
        case LEAD -> l.run(newSlot1, at, beta1, 0, rate, 0, s, first, n);
        case AHEAD -> l.run(grad, at, rate, 0, s, first, s, first, n);
        case MINUS -> l.run(x, at, s, first, s, 0, newX, at, n);
        case PLUS -> l.run(x, at, s, first, s, 0, newX, at, n);
        case ADD -> l.run(x, at, newSlot1, at, s, 0, newX, at, n);
        case SCALE -> l.run(grad, at, rate, 0, s, 0, s, first, n);
        case KERAS_SLOT -> l.run(slot1, at, beta1, 0, s, first, newSlot1, at, n);
        case KERAS_STEP -> l.run(newSlot1, at, beta1, 0, s, first, s, first, n);
        case MEAN -> l.run(slot1, at, grad, at, beta1, 0, newSlot1, at, n);
        case MEAN_SQUARE -> l.run(slot2, at, grad, at, beta2, 0, newSlot2, at, n);
        case ROOT -> l.run(newSlot2, at, epsilon, 0, s, 0, s, first, n);
        case RATIO -> l.run(rate, 0, newSlot1, at, s, first, s, first, n);
        case LOOK -> l.run(beta1, 0, newSlot1, at, grad, at, s, second, n);
        case LOOK_RATIO -> l.run(rate, 0, s, second, s, first, s, first, n);
      }
    }
  }
}
