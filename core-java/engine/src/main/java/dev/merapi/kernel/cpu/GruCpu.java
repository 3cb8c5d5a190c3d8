package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Expr;
import dev.merapi.kernel.cpu.CellMath.Block;
import dev.merapi.memory.Scope;
import dev.merapi.op.Call;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;

/// One step of a gated recurrent unit, and its gradient.
public final class GruCpu {
  private static final Expr X = Expr.in(0);
  private static final Expr Y = Expr.in(1);
  private static final Expr Z = Expr.in(2);
  private static final Expr U = Expr.in(3);
  private static final Expr ONE = Expr.c(1);

  private static final Expr GATE = X.add(Y).sigmoid();
  private static final Expr CANDIDATE = X.add(Y).tanh();
  private static final Expr TIMES = X.mul(Y);

  /// The new state of (u, h, c).
  private static final Expr BLEND = X.mul(Y).add(ONE.sub(X).mul(Z));

  /// What arrives before the candidate's function: (dh, u, c).
  private static final Expr AT_CANDIDATE = X.mul(ONE.sub(Y)).mul(ONE.sub(Z.mul(Z)));

  /// What arrives before the update gate's function: (dh, h, c, u).
  private static final Expr AT_UPDATE = X.mul(Y.sub(Z)).mul(U).mul(ONE.sub(U));

  /// What arrives before the reset gate's function: (what arrives at r·h, h, r).
  private static final Expr AT_RESET = X.mul(Y).mul(Z).mul(ONE.sub(Z));

  /// Adds a direct way to the state before: (so far, what arrives, the gate on the way).
  private static final Expr PLUS_TIMES = X.add(Y.mul(Z));

  private final Call call;
  private final CellMath math;
  private final int batch;
  private final int inputs;
  private final int cells;
  private final MemorySegment x;
  private final MemorySegment h;
  private final MemorySegment wRu;
  private final MemorySegment wC;

  private GruCpu(Call c) {
    call = c;
    math = new CellMath(c.dtype(0));
    batch = c.shape(0).dim(0);
    inputs = c.shape(0).dim(1);
    cells = c.shape(1).dim(1);
    x = math.in(c.in(0));
    h = math.in(c.in(1));
    wRu = math.in(c.in(2));
    wC = math.in(c.in(3));
  }

  private Block block(MemorySegment s) {
    return new Block(s, 0, cells);
  }

  /// Returns the weights of the input, or of the last output, for reset gate 0 or update gate 1.
  private Block gate(int gate, boolean last) {
    return new Block(wRu, (last ? inputs * 2L * cells : 0) + (long) gate * cells, 2 * cells);
  }

  private Block candidate(boolean last) {
    return new Block(wC, last ? (long) inputs * cells : 0, cells);
  }

  /// Outputs are reset gate, update gate, candidate and the new state.
  public static void forward(Call c) {
    for (int i = 0; i < 4; i++) {
      c.out(i);
    }
    try (Scope _ = Scope.open()) {
      new GruCpu(c).forward();
    }
  }

  private void forward() {
    MemorySegment[] y = new MemorySegment[4];
    for (int i = 0; i < 4; i++) {
      y[i] = math.out(call.out(i));
    }
    MemorySegment bias = math.in(call.in(4));
    for (int i = 0; i < 2; i++) {
      join(x, h, gate(i, false), gate(i, true), y[i]);
      math.apply(GATE, cells, y[i], y[i], math.part(bias, (long) i * cells, cells));
    }
    MemorySegment reset = math.room((long) batch * cells);
    math.apply(TIMES, cells, reset, y[0], h);
    join(x, reset, candidate(false), candidate(true), y[2]);
    math.apply(CANDIDATE, cells, y[2], y[2], math.in(call.in(5)));
    math.apply(BLEND, cells, y[3], y[1], h, y[2]);
    for (int i = 0; i < 4; i++) {
      math.finish(y[i], call.out(i));
    }
  }

  /// Computes input times its weights plus state times its weights.
  private void join(MemorySegment a, MemorySegment s, Block ofA, Block ofS, MemorySegment y) {
    Block from = new Block(a, 0, inputs);
    math.product(false, false, batch, cells, inputs, from, ofA, block(y), false);
    math.product(false, false, batch, cells, cells, block(s), ofS, block(y), true);
  }

  /// Outputs are the gradients of the input and the state before, and what arrives before the
  /// functions of the candidate and of both gates.
  public static void backward(Call c) {
    for (int i = 0; i < 4; i++) {
      c.out(i);
    }
    try (Scope _ = Scope.open()) {
      new GruCpu(c).backward();
    }
  }

  private void backward() {
    MemorySegment r = math.in(call.in("r"));
    MemorySegment u = math.in(call.in("u"));
    MemorySegment c = math.in(call.in("c"));
    MemorySegment dh = math.in(call.in("d_h"));
    long n = (long) batch * cells;
    MemorySegment dc = math.room(n);
    MemorySegment du = math.room(n);
    MemorySegment dr = math.room(n);
    MemorySegment dReset = math.room(n);
    math.apply(AT_CANDIDATE, cells, dc, dh, u, c);
    math.apply(AT_UPDATE, cells, du, dh, h, c, u);
    back(dc, candidate(true), dReset, cells, false);
    math.apply(AT_RESET, cells, dr, dReset, h, r);
    MemorySegment dx = math.room((long) batch * inputs);
    MemorySegment last = math.room(n);
    back(dc, candidate(false), dx, inputs, false);
    back(dr, gate(0, false), dx, inputs, true);
    back(du, gate(1, false), dx, inputs, true);
    back(dr, gate(0, true), last, cells, false);
    back(du, gate(1, true), last, cells, true);
    math.apply(PLUS_TIMES, cells, last, last, dReset, r);
    math.apply(PLUS_TIMES, cells, last, last, dh, u);
    give(0, dx);
    give(1, last);
    give(2, dc);
    MemorySegment both = math.out(call.out(3));
    for (int row = 0; row < batch; row++) {
      math.part(both, row * 2L * cells, cells).copyFrom(math.part(dr, (long) row * cells, cells));
      math.part(both, (row * 2L + 1) * cells, cells)
          .copyFrom(math.part(du, (long) row * cells, cells));
    }
    math.finish(both, call.out(3));
  }

  /// Sends what arrives before a function back through weights.
  private void back(MemorySegment d, Block weights, MemorySegment to, int columns, boolean more) {
    Block y = new Block(to, 0, columns);
    math.product(false, true, batch, columns, cells, block(d), weights, y, more);
  }

  private void give(int i, MemorySegment s) {
    Tensor t = call.out(i);
    MemorySegment y = math.out(t);
    y.copyFrom(s);
    math.finish(y, t);
  }
}
