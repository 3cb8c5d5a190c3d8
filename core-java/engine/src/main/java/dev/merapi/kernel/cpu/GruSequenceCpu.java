package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Expr;
import dev.merapi.memory.Scope;
import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Keras's GRU over whole sequences; columns of weights are in the order update gate, reset gate,
/// candidate.
///
/// The reset gate works on the product of the last output with its weights (`reset_after`), or on
/// the last output before that product. Slots are the gates, the candidate, and what the reset gate
/// worked on in the first case, the product, or its result in the second.
public final class GruSequenceCpu extends SequenceCpu {
  private static final Expr X = Expr.in(0);
  private static final Expr Y = Expr.in(1);
  private static final Expr Z = Expr.in(2);
  private static final Expr U = Expr.in(3);
  private static final Expr ONE = Expr.c(1);

  private static final Expr PLUS = X.add(Y);
  private static final Expr TIMES = X.mul(Y);
  private static final Expr GATE = PLUS.sigmoid();

  /// Candidate (input, its bias, reset gate, product with the last output).
  private static final Expr RESET_AFTER = X.add(Y).add(Z.mul(U)).tanh();

  private static final Expr CANDIDATE = PLUS.tanh();

  /// Output (update gate, last output, candidate).
  private static final Expr OUTPUT = X.mul(Y).add(ONE.sub(X).mul(Z));

  /// What arrives before a sigmoid whose result is x, of what arrives at it, y·z.
  private static final Expr BEFORE_SIGMOID = ONE.sub(X).mul(X).mul(Y.mul(Z));

  /// What arrives before the update gate x of what arrives at the output, last output, candidate.
  private static final Expr BEFORE_UPDATE = ONE.sub(X).mul(X).mul(Y.mul(Z.sub(U)));

  /// What arrives before the candidate x of the update gate and what arrives at the output.
  private static final Expr BEFORE_TANH = ONE.sub(X.mul(X)).mul(ONE.sub(Y).mul(Z));

  private static final int UPDATE = 0;
  private static final int RESET = 1;
  private static final int CANDIDATE_SLOT = 2;
  private static final int MIDDLE = 3;

  private final boolean after;

  /// Biases of the three slots, those of the gates with the recurrent ones added.
  private MemorySegment bias = MemorySegment.NULL;

  /// Bias of the product with the last output.
  private MemorySegment middleBias = MemorySegment.NULL;

  private final SteadyProduct ofGates;

  /// Of the columns of the candidate alone; going back with `reset_after` nothing needs it.
  private final @Nullable SteadyProduct ofCandidate;

  /// What arrives at the result of the reset gate.
  private MemorySegment dMiddle = MemorySegment.NULL;

  private final RowLoop first;
  private final RowLoop second;
  private final RowLoop lastBack;
  private final RowLoop firstBack;

  private GruSequenceCpu(Call c, boolean goesBack) {
    super(c, 4);
    after = c.attrs.b("reset_after");
    DType t = math.type;
    int n = units;
    // Going back with reset_after, what arrives at all three products comes at once.
    boolean atOnce = goesBack && after;
    int both = atOnce ? 3 * n : 2 * n;
    ofGates =
        goesBack
            ? SteadyProduct.of(t, 0, true, both, n, recurrent, 0, 3 * n)
            : SteadyProduct.of(t, 0, false, n, both, recurrent, 0, 3 * n);
    ofCandidate = atOnce ? null : SteadyProduct.of(t, 1, goesBack, n, n, recurrent, 2L * n, 3 * n);
    first = after ? wholeStep(t) : gatesOf(t);
    second = candidateOf(t);
    lastBack = after ? wholeBack(t) : candidateBack(t);
    firstBack = gatesBack(t);
  }

  /// Inputs: four slots, three biases, that of the product, last output. Writes the slots and the
  /// output.
  private static RowLoop wholeStep(DType t) {
    RowLoop.Builder b = RowLoop.of(t, 9);
    int z = b.apply(GATE, 0, 4);
    int r = b.apply(GATE, 1, 5);
    int middle = b.apply(PLUS, 3, 7);
    int candidate = b.apply(RESET_AFTER, 2, 6, r, middle);
    int h = b.apply(OUTPUT, z, 8, candidate);
    return b.writes(z, r, candidate, middle, h);
  }

  /// Inputs: slots of the gates, their biases, last output. Writes gates and the reset output.
  private static RowLoop gatesOf(DType t) {
    RowLoop.Builder b = RowLoop.of(t, 5);
    int z = b.apply(GATE, 0, 2);
    int r = b.apply(GATE, 1, 3);
    return b.writes(z, r, b.apply(TIMES, r, 4));
  }

  /// Inputs: slot of the candidate, its bias, update gate, last output. Writes candidate and
  /// output.
  private static RowLoop candidateOf(DType t) {
    RowLoop.Builder b = RowLoop.of(t, 4);
    int candidate = b.apply(CANDIDATE, 0, 1);
    return b.writes(candidate, b.apply(OUTPUT, 2, 3, candidate));
  }

  /// Inputs: four slots, last output, what arrives at the output from the next step and from
  /// outside. Writes what arrives before the gates, at the product, before the candidate, and at
  /// the last output directly.
  private static RowLoop wholeBack(DType t) {
    RowLoop.Builder b = RowLoop.of(t, 7);
    int dh = b.apply(PLUS, 5, 6);
    int dz = b.apply(BEFORE_UPDATE, 0, dh, 4, 2);
    int dCandidate = b.apply(BEFORE_TANH, 2, 0, dh);
    int dr = b.apply(BEFORE_SIGMOID, 1, dCandidate, 3);
    int dProduct = b.apply(TIMES, dCandidate, 1);
    int direct = b.apply(TIMES, dh, 0);
    return b.writes(dz, dr, dProduct, dCandidate, direct);
  }

  /// Inputs: update gate, candidate, last output, what arrives at the output twice. Writes what
  /// arrives before the update gate, before the candidate, and at the last output directly.
  private static RowLoop candidateBack(DType t) {
    RowLoop.Builder b = RowLoop.of(t, 5);
    int dh = b.apply(PLUS, 3, 4);
    int dz = b.apply(BEFORE_UPDATE, 0, dh, 2, 1);
    int dCandidate = b.apply(BEFORE_TANH, 1, 0, dh);
    return b.writes(dz, dCandidate, b.apply(TIMES, dh, 0));
  }

  /// Inputs: reset gate, last output, what arrives at their product and at the last output so far.
  /// Writes what arrives before the reset gate and at the last output.
  private static RowLoop gatesBack(DType t) {
    RowLoop.Builder b = RowLoop.of(t, 4);
    int dr = b.apply(BEFORE_SIGMOID, 0, 2, 1);
    return b.writes(dr, b.apply(X.mul(Y).add(Z), 0, 2, 3));
  }

  /// Outputs: outputs, last output; slots, outputs before.
  public static void forward(Call c) {
    for (int i = 0; i < c.outs(); i++) {
      c.out(i);
    }
    try (Scope _ = Scope.open()) {
      GruSequenceCpu g = new GruSequenceCpu(c, false);
      g.biases();
      g.forward(3);
    }
  }

  /// Sums up the two biases of a gate, which are only ever seen together.
  private void biases() {
    MemorySegment given = math.in(call.in("bias"));
    if (!after) {
      bias = given;
      return;
    }
    bias = math.room(3L * units);
    bias.copyFrom(math.part(given, 0, 3L * units));
    MemorySegment gatesOnly = math.part(bias, 0, 2L * units);
    math.apply(PLUS, 2 * units, gatesOnly, gatesOnly, math.part(given, 3L * units, 2L * units));
    middleBias = math.part(given, 5L * units, units);
  }

  @Override
  int gatesOut() {
    return 2;
  }

  private SteadyProduct candidate() {
    return Objects.requireNonNull(ofCandidate);
  }

  private long slot(int b, int t, int k) {
    return gateAt(b, t) + (long) k * units;
  }

  private long dSlot(int b, int t, int k) {
    return dGateAt(b, t) + (long) k * units;
  }

  @Override
  void step(int t, int r0, int r1) {
    int m = r1 - r0;
    long h = stateAt(r0, t);
    ofGates.multiply(m, before, h, stateStride(), gates, gateAt(r0, t), gateStride(), true);
    if (after) {
      long middle = slot(r0, t, MIDDLE);
      candidate().multiply(m, before, h, stateStride(), gates, middle, gateStride(), false);
      whole(t, r0, r1);
    } else {
      resetBefore(t, r0, r1);
      long candidate = slot(r0, t, CANDIDATE_SLOT);
      long middle = slot(r0, t, MIDDLE);
      candidate().multiply(m, gates, middle, gateStride(), gates, candidate, gateStride(), true);
      candidates(t, r0, r1);
    }
  }

  private void whole(int t, int r0, int r1) {
    RowLoop.Use u = first.use((long) (r1 - r0) * units);
    for (int k = 0; k < 3; k++) {
      u.in(4 + k, bias, (long) k * units);
    }
    u.in(7, middleBias, 0);
    for (int b = r0; b < r1; b++) {
      if (!isMasked(b, t)) {
        for (int k = 0; k < slots; k++) {
          u.in(k, gates, slot(b, t, k));
          u.out(k, gates, slot(b, t, k));
        }
        u.in(8, before, stateAt(b, t));
        u.out(4, stateTo(t), stateToAt(b, t));
        u.run(units);
      }
    }
    u.end();
  }

  private void resetBefore(int t, int r0, int r1) {
    RowLoop.Use u = first.use((long) (r1 - r0) * units);
    u.in(2, bias, 0);
    u.in(3, bias, units);
    for (int b = r0; b < r1; b++) {
      if (isMasked(b, t)) {
        fill(gates, slot(b, t, MIDDLE), units);
        continue;
      }
      u.in(0, gates, slot(b, t, UPDATE));
      u.in(1, gates, slot(b, t, RESET));
      u.in(4, before, stateAt(b, t));
      u.out(0, gates, slot(b, t, UPDATE));
      u.out(1, gates, slot(b, t, RESET));
      u.out(2, gates, slot(b, t, MIDDLE));
      u.run(units);
    }
    u.end();
  }

  private void candidates(int t, int r0, int r1) {
    RowLoop.Use u = second.use((long) (r1 - r0) * units);
    u.in(1, bias, 2L * units);
    for (int b = r0; b < r1; b++) {
      if (!isMasked(b, t)) {
        u.in(0, gates, slot(b, t, CANDIDATE_SLOT));
        u.in(2, gates, slot(b, t, UPDATE));
        u.in(3, before, stateAt(b, t));
        u.out(0, gates, slot(b, t, CANDIDATE_SLOT));
        u.out(1, stateTo(t), stateToAt(b, t));
        u.run(units);
      }
    }
    u.end();
  }

  /// Outputs: gradients of input, first output, kernel, recurrent kernel and bias.
  public static void backward(Call c) {
    for (int i = 0; i < c.outs(); i++) {
      c.out(i);
    }
    try (Scope _ = Scope.open()) {
      new GruSequenceCpu(c, true).backward();
    }
  }

  private void backward() {
    int n = units;
    // Slots are update gate, reset gate, product, candidate; or as the columns of the kernel.
    int candidate = after ? 3 : 2;
    dMiddle = after ? dMiddle : math.room((long) batch * n);
    backward(candidate + 1, 1);
    if (needsInput()) {
      MemorySegment dx = math.out(call.out(0));
      inputGradient(dx, 0, 2, 0, 3, false);
      inputGradient(dx, candidate, 1, 2, 3, true);
      math.finish(dx, call.out(0));
    }
    MemorySegment dw = math.out(call.out(2));
    kernelGradient(dw, 0, 2, 0, 3);
    kernelGradient(dw, candidate, 1, 2, 3);
    math.finish(dw, call.out(2));
    MemorySegment dr = math.out(call.out(3));
    if (after) {
      weightGradient(before, 0, n, n, dr, 0, 3, 0, 3);
    } else {
      weightGradient(before, 0, n, n, dr, 0, 2, 0, 3);
      weightGradient(gates, (long) MIDDLE * n, n, slots * n, dr, 2, 1, 2, 3);
    }
    math.finish(dr, call.out(3));
    MemorySegment db = math.out(call.out(4));
    MemorySegment sums = sums();
    copy(sums, 0, db, 0, 2L * n);
    copy(sums, (long) candidate * n, db, 2L * n, n);
    if (after) {
      copy(sums, 0, db, 3L * n, 3L * n);
    }
    math.finish(db, call.out(4));
  }

  @Override
  void stepBack(int t, int r0, int r1) {
    int m = r1 - r0;
    long h = (long) r0 * units;
    int stride = Math.multiplyExact(Math.multiplyExact(time, dSlots), units);
    RowLoop.Use u = lastBack.use((long) m * units);
    for (int b = r0; b < r1; b++) {
      if (isMasked(b, t)) {
        continue;
      }
      if (after) {
        wholeBack(u, t, b);
      } else {
        candidateBack(u, t, b);
      }
      arrived(b);
    }
    u.end();
    if (!after) {
      long candidate = dSlot(r0, t, 2);
      candidate().multiply(m, dGates, candidate, stride, dMiddle, h, units, false);
      gatesBack(t, r0, r1);
    }
    ofGates.multiply(m, dGates, dGateAt(r0, t), stride, dh, h, units, true);
  }

  private void wholeBack(RowLoop.Use u, int t, int b) {
    for (int k = 0; k < slots; k++) {
      u.in(k, gates, slot(b, t, k));
      u.out(k, dGates, dSlot(b, t, k));
    }
    u.in(4, before, stateAt(b, t));
    u.in(5, dh, (long) b * units);
    placeArriving(u, 6, b, t);
    u.out(4, dh, (long) b * units);
    u.run(units);
  }

  private void candidateBack(RowLoop.Use u, int t, int b) {
    u.in(0, gates, slot(b, t, UPDATE));
    u.in(1, gates, slot(b, t, CANDIDATE_SLOT));
    u.in(2, before, stateAt(b, t));
    u.in(3, dh, (long) b * units);
    placeArriving(u, 4, b, t);
    u.out(0, dGates, dSlot(b, t, 0));
    u.out(1, dGates, dSlot(b, t, 2));
    u.out(2, dh, (long) b * units);
    u.run(units);
  }

  private void gatesBack(int t, int r0, int r1) {
    RowLoop.Use u = firstBack.use((long) (r1 - r0) * units);
    for (int b = r0; b < r1; b++) {
      if (!isMasked(b, t)) {
        u.in(0, gates, slot(b, t, RESET));
        u.in(1, before, stateAt(b, t));
        u.in(2, dMiddle, (long) b * units);
        u.in(3, dh, (long) b * units);
        u.out(0, dGates, dSlot(b, t, 1));
        u.out(1, dh, (long) b * units);
        u.run(units);
      }
    }
    u.end();
  }
}
