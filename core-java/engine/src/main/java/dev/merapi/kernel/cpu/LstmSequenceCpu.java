package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Expr;
import dev.merapi.memory.Scope;
import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import java.lang.foreign.MemorySegment;

/// Keras's LSTM over whole sequences; slots and columns of weights are in the order input gate,
/// forget gate, candidate, output gate.
public final class LstmSequenceCpu extends SequenceCpu {
  private static final Expr X = Expr.in(0);
  private static final Expr Y = Expr.in(1);
  private static final Expr Z = Expr.in(2);
  private static final Expr U = Expr.in(3);
  private static final Expr ONE = Expr.c(1);

  private static final Expr GATE = X.add(Y).sigmoid();
  private static final Expr CANDIDATE = X.add(Y).tanh();
  private static final Expr STATE = X.mul(Y).add(Z.mul(U));
  private static final Expr OUTPUT = X.mul(Y.tanh());

  /// What arrives before a sigmoid whose result is x, of what arrives at it, y·z.
  private static final Expr BEFORE_SIGMOID = ONE.sub(X).mul(X).mul(Y.mul(Z));

  private static final Expr BEFORE_TANH = ONE.sub(X.mul(X)).mul(Y.mul(Z));

  /// What arrives at the state (its tanh, what arrives at the output, output gate, what arrived).
  private static final Expr AT_STATE = ONE.sub(X.mul(X)).mul(Y.mul(Z)).add(U);

  private static final int SLOTS = 4;

  private MemorySegment bias = MemorySegment.NULL;

  /// State before each step `(batch, time, units)`.
  private MemorySegment cells = MemorySegment.NULL;

  private MemorySegment lastCells = MemorySegment.NULL;
  private MemorySegment dc = MemorySegment.NULL;
  private final SteadyProduct product;
  private final RowLoop forward;
  private final RowLoop back;

  private LstmSequenceCpu(Call c, boolean goesBack) {
    super(c, SLOTS);
    int n = 4 * units;
    product =
        goesBack
            ? SteadyProduct.of(math.type, 0, true, n, units, recurrent, 0, n)
            : SteadyProduct.of(math.type, 0, false, units, n, recurrent, 0, n);
    forward = forward(math.type);
    back = back(math.type);
  }

  /// Inputs: four slots, their biases, state before. Writes the gates, the state and the output.
  private static RowLoop forward(DType t) {
    RowLoop.Builder b = RowLoop.of(t, 9);
    int i = b.apply(GATE, 0, 4);
    int f = b.apply(GATE, 1, 5);
    int g = b.apply(CANDIDATE, 2, 6);
    int o = b.apply(GATE, 3, 7);
    int c = b.apply(STATE, i, g, f, 8);
    int h = b.apply(OUTPUT, o, c);
    return b.writes(i, f, g, o, c, h);
  }

  /// Inputs: four gates, state before, what arrives at the state, at the output from the next step
  /// and from outside. Writes what arrives before the gates and at the state before.
  private static RowLoop back(DType t) {
    RowLoop.Builder b = RowLoop.of(t, 8);
    int c = b.apply(STATE, 0, 2, 1, 4);
    int bent = b.apply(X.tanh(), c);
    int dh = b.apply(X.add(Y), 6, 7);
    int dOut = b.apply(BEFORE_SIGMOID, 3, dh, bent);
    int dc = b.apply(AT_STATE, bent, dh, 3, 5);
    int dIn = b.apply(BEFORE_SIGMOID, 0, dc, 2);
    int dForget = b.apply(BEFORE_SIGMOID, 1, dc, 4);
    int dCandidate = b.apply(BEFORE_TANH, 2, dc, 0);
    int dBefore = b.apply(X.mul(Y), dc, 1);
    return b.writes(dIn, dForget, dCandidate, dOut, dBefore);
  }

  /// Outputs: outputs, last output, last state; gates, outputs before, states before.
  public static void forward(Call c) {
    for (int i = 0; i < c.outs(); i++) {
      c.out(i);
    }
    try (Scope _ = Scope.open()) {
      new LstmSequenceCpu(c, false).forward();
    }
  }

  private void forward() {
    bias = math.in(call.in("bias"));
    lastCells = math.out(call.out(2));
    long rows = (long) batch * time;
    cells = kept(5, rows * units);
    MemorySegment c0 = math.in(call.in("c"));
    if (time == 0) {
      lastCells.copyFrom(c0);
    } else {
      for (int b = 0; b < batch; b++) {
        copy(c0, (long) b * units, cells, stateAt(b, 0), units);
      }
    }
    forward(SLOTS);
    math.finish(lastCells, call.out(2));
    if (call.out(5).size() > 0) {
      math.finish(cells, call.out(5));
    }
  }

  @Override
  int gatesOut() {
    return 3;
  }

  private MemorySegment cellsTo(int t) {
    return t + 1 < time ? cells : lastCells;
  }

  @Override
  void step(int t, int r0, int r1) {
    long at = gateAt(r0, t);
    product.multiply(r1 - r0, before, stateAt(r0, t), stateStride(), gates, at, gateStride(), true);
    RowLoop.Use u = forward.use((long) (r1 - r0) * units);
    for (int k = 0; k < SLOTS; k++) {
      u.in(4 + k, bias, (long) k * units);
    }
    for (int b = r0; b < r1; b++) {
      if (isMasked(b, t)) {
        continue;
      }
      for (int k = 0; k < SLOTS; k++) {
        u.in(k, gates, gateAt(b, t) + (long) k * units);
        u.out(k, gates, gateAt(b, t) + (long) k * units);
      }
      u.in(8, cells, stateAt(b, t));
      u.out(4, cellsTo(t), stateToAt(b, t));
      u.out(5, stateTo(t), stateToAt(b, t));
      u.run(units);
    }
    u.end();
  }

  @Override
  void keepState(int t, int b) {
    copy(cells, stateAt(b, t), cellsTo(t), stateToAt(b, t), units);
  }

  /// Outputs: gradients of input, first output, first state, kernel, recurrent kernel and bias.
  public static void backward(Call c) {
    for (int i = 0; i < c.outs(); i++) {
      c.out(i);
    }
    try (Scope _ = Scope.open()) {
      new LstmSequenceCpu(c, true).backward();
    }
  }

  private void backward() {
    cells = math.in(call.in("cells_before"));
    dc = math.out(call.out(2));
    dc.copyFrom(math.in(call.in("dc")));
    backward(SLOTS, 1);
    math.finish(dc, call.out(2));
    if (needsInput()) {
      MemorySegment dx = math.out(call.out(0));
      inputGradient(dx, 0, SLOTS, 0, SLOTS, false);
      math.finish(dx, call.out(0));
    }
    MemorySegment dw = math.out(call.out(3));
    kernelGradient(dw, 0, SLOTS, 0, SLOTS);
    math.finish(dw, call.out(3));
    MemorySegment dr = math.out(call.out(4));
    weightGradient(before, 0, units, units, dr, 0, SLOTS, 0, SLOTS);
    math.finish(dr, call.out(4));
    MemorySegment db = math.out(call.out(5));
    db.copyFrom(sums());
    math.finish(db, call.out(5));
  }

  @Override
  void stepBack(int t, int r0, int r1) {
    RowLoop.Use u = back.use((long) (r1 - r0) * units);
    for (int b = r0; b < r1; b++) {
      if (isMasked(b, t)) {
        continue;
      }
      long row = (long) b * units;
      for (int k = 0; k < SLOTS; k++) {
        u.in(k, gates, gateAt(b, t) + (long) k * units);
        u.out(k, dGates, dGateAt(b, t) + (long) k * units);
      }
      u.in(4, cells, stateAt(b, t));
      u.in(5, dc, row);
      u.in(6, dh, row);
      placeArriving(u, 7, b, t);
      u.out(4, dc, row);
      u.run(units);
      arrived(b);
      fill(dh, row, units);
    }
    u.end();
    product.multiply(
        r1 - r0, dGates, dGateAt(r0, t), gateStride(), dh, (long) r0 * units, units, true);
  }
}
