package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Expr;
import dev.merapi.kernel.cpu.CellMath.Block;
import dev.merapi.memory.Scope;
import dev.merapi.op.Call;
import dev.merapi.tensor.Shape;
import java.lang.foreign.MemorySegment;

/// Long short-term memory: one step, or all steps of a sequence, and gradients.
///
/// Each gate's columns of the weights are multiplied into the gate's own output, for all steps at
/// once where the input is concerned.
public final class LstmCpu {
  private static final Expr X = Expr.in(0);
  private static final Expr Y = Expr.in(1);
  private static final Expr Z = Expr.in(2);
  private static final Expr U = Expr.in(3);
  private static final Expr V = Expr.in(4);
  private static final Expr ONE = Expr.c(1);

  private static final Expr GATE = X.add(Y).sigmoid();
  private static final Expr SEEING_GATE = X.add(Y).add(Z.mul(U)).sigmoid();
  private static final Expr CANDIDATE = X.add(Y).tanh();
  private static final Expr TANH = X.tanh();
  private static final Expr TIMES = X.mul(Y);
  private static final Expr PLUS = X.add(Y);
  private static final Expr STATE = X.mul(Y).add(Z.mul(U));

  /// What arrives before a sigmoid whose result is x, of what arrives at it, y·z.
  private static final Expr BEFORE_SIGMOID = ONE.sub(X).mul(X).mul(Y.mul(Z));

  private static final Expr BEFORE_TANH = ONE.sub(X.mul(X)).mul(Y.mul(Z));

  /// What arrives at the state (co, dh, o, arrived).
  private static final Expr AT_STATE = ONE.sub(X.mul(X)).mul(Y.mul(Z)).add(U);

  private static final Expr PLUS_TIMES = X.add(Y.mul(Z));
  private static final Expr PLUS_TWO = X.add(Y.mul(Z)).add(U.mul(V));

  /// Outputs in order.
  private static final int I = 0;

  private static final int CS = 1;
  private static final int F = 2;
  private static final int O = 3;
  private static final int CI = 4;
  private static final int CO = 5;
  private static final int H = 6;

  private static final int[] GATES = {I, CI, F, O};
  private static final String[] NAMES = {"i", "cs", "f", "o", "ci", "co", "h"};

  private final Call call;
  private final CellMath math;
  private final int time;
  private final int batch;
  private final int inputs;
  private final int cells;
  private final boolean peephole;

  /// Steps that are computed; the others are zero.
  private final int steps;

  /// Which quarter of the columns belongs to the gate that makes an output.
  private final int[] quarter;

  private final MemorySegment x;
  private final MemorySegment csPrev;
  private final MemorySegment hPrev;
  private final MemorySegment w;
  private final MemorySegment wci;
  private final MemorySegment wcf;
  private final MemorySegment wco;

  private LstmCpu(Call c, boolean forgetSecond) {
    call = c;
    math = new CellMath(c.dtype("x"));
    Shape s = c.shape("x");
    boolean block = s.rank() == 3;
    time = block ? s.dim(0) : 1;
    batch = s.dim(-2);
    inputs = s.dim(-1);
    cells = c.shape("cs_prev").dim(1);
    peephole = c.attrs.b("use_peephole");
    long most = block ? c.in("seq_len_max").longValue() : 1;
    if (most < 0 || most > time) {
      throw c.fault("seq_len_max is " + most + ", x has " + time + " steps")
          .expected("a number of steps from 0 to " + time)
          .valueError();
    }
    steps = (int) most;
    quarter = new int[NAMES.length];
    quarter[CI] = forgetSecond ? 2 : 1;
    quarter[F] = forgetSecond ? 1 : 2;
    quarter[O] = 3;
    x = math.in(c.in("x"));
    csPrev = math.in(c.in("cs_prev"));
    hPrev = math.in(c.in("h_prev"));
    w = math.in(c.in("w"));
    wci = math.in(c.in("wci"));
    wcf = math.in(c.in("wcf"));
    wco = math.in(c.in("wco"));
  }

  private int rows() {
    return steps * batch;
  }

  /// Returns the rows of step `t`.
  private MemorySegment step(MemorySegment s, int t) {
    long n = (long) batch * cells;
    return math.part(s, t * n, n);
  }

  /// Returns a gate's columns of the weights of the input, or of the last output.
  private Block columns(int gate, boolean last) {
    return new Block(w, (last ? inputs * 4L * cells : 0) + (long) quarter[gate] * cells, 4 * cells);
  }

  private static Block block(MemorySegment s, int width) {
    return new Block(s, 0, width);
  }

  /// Computes all steps; with `forgetSecond` columns are those of input gate, forget gate,
  /// candidate and output gate, else the forget gate's come third.
  public static void forward(Call c, boolean forgetSecond) {
    for (int i = 0; i < NAMES.length; i++) {
      c.out(i);
    }
    try (Scope _ = Scope.open()) {
      new LstmCpu(c, forgetSecond).forward();
    }
  }

  private void forward() {
    MemorySegment[] y = new MemorySegment[NAMES.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = math.out(call.out(i));
      if (steps < time) {
        y[i].fill((byte) 0);
      }
    }
    for (int gate : GATES) {
      Block to = block(y[gate], cells);
      math.product(
          false, false, rows(), cells, inputs, block(x, inputs), columns(gate, false), to, false);
    }
    MemorySegment[] bias = biases();
    double clip = call.attrs.f("cell_clip");
    Expr state = clip > 0 ? STATE.max(Expr.c(-clip)).min(Expr.c(clip)) : STATE;
    MemorySegment cs = csPrev;
    MemorySegment h = hPrev;
    for (int t = 0; t < steps; t++) {
      MemorySegment[] s = new MemorySegment[y.length];
      for (int i = 0; i < y.length; i++) {
        s[i] = step(y[i], t);
      }
      for (int gate : GATES) {
        Block to = block(s[gate], cells);
        math.product(
            false, false, batch, cells, cells, block(h, cells), columns(gate, true), to, true);
      }
      gate(s[I], bias[I], cs, wci);
      gate(s[F], bias[F], cs, wcf);
      math.apply(CANDIDATE, cells, s[CI], s[CI], bias[CI]);
      math.apply(state, cells, s[CS], s[CI], s[I], cs, s[F]);
      gate(s[O], bias[O], s[CS], wco);
      math.apply(TANH, cells, s[CO], s[CS]);
      math.apply(TIMES, cells, s[H], s[CO], s[O]);
      cs = s[CS];
      h = s[H];
    }
    for (int i = 0; i < y.length; i++) {
      math.finish(y[i], call.out(i));
    }
  }

  private void gate(MemorySegment s, MemorySegment bias, MemorySegment cs, MemorySegment weights) {
    if (peephole) {
      math.apply(SEEING_GATE, cells, s, s, bias, cs, weights);
    } else {
      math.apply(GATE, cells, s, s, bias);
    }
  }

  /// Returns each gate's part of the biases; what the forget gate gets beside them is added.
  private MemorySegment[] biases() {
    MemorySegment all = math.in(call.in("b"));
    MemorySegment[] b = new MemorySegment[NAMES.length];
    for (int gate : GATES) {
      b[gate] = math.part(all, (long) quarter[gate] * cells, cells);
    }
    if (call.attrs.has("forget_bias")) {
      MemorySegment more = math.room(cells);
      math.apply(X.add(Expr.c(call.attrs.f("forget_bias"))), cells, more, b[F]);
      b[F] = more;
    }
    return b;
  }

  /// What arrives at the gates before their functions, at the state before, and at the peepholes.
  private final class Back {
    final MemorySegment[] y = new MemorySegment[NAMES.length];
    final MemorySegment[] dGates = new MemorySegment[NAMES.length];
    final MemorySegment dcs;
    final MemorySegment dh;
    private final MemorySegment sum;

    Back() {
      for (int i = 0; i < y.length; i++) {
        if (i != H || call.op.inputs().stream().anyMatch(a -> a.name().equals("h"))) {
          y[i] = math.in(call.in(NAMES[i]));
        }
      }
      for (int gate : GATES) {
        dGates[gate] = math.room((long) rows() * cells);
      }
      dcs = math.zeros((long) batch * cells);
      dh = math.zeros((long) batch * cells);
      sum = math.room((long) batch * cells);
    }

    /// Turns what has arrived in [#dh] and [#dcs] into what arrives at the gates of step `t`, and
    /// leaves in [#dcs] what arrives at the state before.
    void gates(int t, MemorySegment before) {
      MemorySegment i = step(y[I], t);
      MemorySegment f = step(y[F], t);
      MemorySegment o = step(y[O], t);
      MemorySegment ci = step(y[CI], t);
      MemorySegment co = step(y[CO], t);
      MemorySegment dOut = step(dGates[O], t);
      math.apply(BEFORE_SIGMOID, cells, dOut, o, dh, co);
      math.apply(AT_STATE, cells, sum, co, dh, o, dcs);
      if (peephole) {
        math.apply(PLUS_TIMES, cells, sum, sum, dOut, wco);
      }
      math.apply(BEFORE_TANH, cells, step(dGates[CI], t), ci, sum, i);
      math.apply(BEFORE_SIGMOID, cells, step(dGates[F], t), f, sum, before);
      math.apply(BEFORE_SIGMOID, cells, step(dGates[I], t), i, sum, ci);
      math.apply(TIMES, cells, dcs, sum, f);
      if (peephole) {
        math.apply(PLUS_TWO, cells, dcs, dcs, step(dGates[I], t), wci, step(dGates[F], t), wcf);
      }
    }

    /// Leaves in [#dh] what arrives at the output of the step before `t`.
    void last(int t) {
      for (int k = 0; k < GATES.length; k++) {
        Block from = block(step(dGates[GATES[k]], t), cells);
        Block to = block(dh, cells);
        math.product(false, true, batch, cells, cells, from, columns(GATES[k], true), to, k > 0);
      }
    }

    /// Adds up gradients of a peephole's weights: of the gate times the state it saw.
    void peephole(int out, int gate, MemorySegment saw) {
      MemorySegment sums = math.out(call.out(out));
      sums.fill((byte) 0);
      if (peephole && rows() > 0) {
        MemorySegment product = math.room((long) rows() * cells);
        math.apply(TIMES, cells, product, dGates[gate], saw);
        math.total(product, cells, sums, 0, math.ones(rows()));
      }
      math.finish(sums, call.out(out));
    }
  }

  /// Computes what arrives before the gates of one step: outputs `(cs_prev_grad, dicfo, …)`.
  public static void cellGrad(Call c) {
    for (int i = 0; i < c.outs(); i++) {
      c.out(i);
    }
    try (Scope _ = Scope.open()) {
      new LstmCpu(c, false).cellGrad();
    }
  }

  private void cellGrad() {
    Back back = new Back();
    back.dh.copyFrom(math.in(call.in("h_grad")));
    back.dcs.copyFrom(math.in(call.in("cs_grad")));
    back.gates(0, csPrev);
    MemorySegment dcs = math.out(call.out(0));
    dcs.copyFrom(back.dcs);
    math.finish(dcs, call.out(0));
    MemorySegment all = math.out(call.out(1));
    for (int gate : GATES) {
      for (int r = 0; r < batch; r++) {
        MemorySegment from = math.part(back.dGates[gate], (long) r * cells, cells);
        math.part(all, (r * 4L + quarter[gate]) * cells, cells).copyFrom(from);
      }
    }
    math.finish(all, call.out(1));
    back.peephole(2, I, csPrev);
    back.peephole(3, F, csPrev);
    back.peephole(4, O, back.y[CS]);
  }

  /// Computes the gradients of all inputs of [#forward] from what arrives at the states and the
  /// outputs.
  public static void backward(Call c, boolean forgetSecond) {
    for (int i = 0; i < c.outs(); i++) {
      c.out(i);
    }
    try (Scope _ = Scope.open()) {
      new LstmCpu(c, forgetSecond).backward();
    }
  }

  private void backward() {
    Back back = new Back();
    MemorySegment csGrad = math.in(call.in("cs_grad"));
    MemorySegment hGrad = math.in(call.in("h_grad"));
    for (int t = steps - 1; t >= 0; t--) {
      math.apply(PLUS, cells, back.dh, back.dh, step(hGrad, t));
      math.apply(PLUS, cells, back.dcs, back.dcs, step(csGrad, t));
      back.gates(t, t == 0 ? csPrev : step(back.y[CS], t - 1));
      back.last(t);
    }
    give(1, back.dcs);
    give(2, back.dh);
    MemorySegment dx = math.out(call.out(0));
    MemorySegment dw = math.out(call.out(3));
    MemorySegment db = math.out(call.out(7));
    for (MemorySegment s : new MemorySegment[] {dx, dw, db}) {
      s.fill((byte) 0);
    }
    MemorySegment ones = math.ones(rows());
    int later = Math.max(0, rows() - batch);
    for (int gate : GATES) {
      Block d = block(back.dGates[gate], cells);
      long at = (long) quarter[gate] * cells;
      math.product(
          false, true, rows(), inputs, cells, d, columns(gate, false), block(dx, inputs), true);
      math.product(
          true,
          false,
          inputs,
          cells,
          rows(),
          block(x, inputs),
          d,
          new Block(dw, at, 4 * cells),
          true);
      Block state = new Block(dw, at + inputs * 4L * cells, 4 * cells);
      if (steps > 0) {
        math.product(true, false, cells, cells, batch, block(hPrev, cells), d, state, true);
      }
      Block behind = new Block(back.dGates[gate], (long) batch * cells, cells);
      math.product(true, false, cells, cells, later, block(back.y[H], cells), behind, state, true);
      if (rows() > 0) {
        math.total(back.dGates[gate], cells, db, at, ones);
      }
    }
    math.finish(dx, call.out(0));
    math.finish(dw, call.out(3));
    math.finish(db, call.out(7));
    MemorySegment before = math.room((long) rows() * cells);
    if (steps > 0) {
      step(before, 0).copyFrom(csPrev);
      math.part(before, (long) batch * cells, (long) later * cells)
          .copyFrom(math.part(back.y[CS], 0, (long) later * cells));
    }
    back.peephole(4, I, before);
    back.peephole(5, F, before);
    back.peephole(6, O, math.part(back.y[CS], 0, (long) rows() * cells));
  }

  private void give(int i, MemorySegment s) {
    MemorySegment y = math.out(call.out(i));
    y.copyFrom(s);
    math.finish(y, call.out(i));
  }
}
