package dev.merapi.op.family;

import static dev.merapi.op.family.Grads.add;
import static dev.merapi.op.family.Grads.minus;
import static dev.merapi.op.family.Grads.mul;
import static dev.merapi.op.family.Grads.number;
import static dev.merapi.op.family.Grads.square;
import static dev.merapi.op.family.Grads.sub;

import dev.merapi.op.Grad;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;

/// The gradients of recurrent steps, written in basic operations so that they differentiate again.
final class RecurrentGrads {
  private static final OpRef CONCAT = OpRef.to("ConcatV2");
  private static final OpRef SPLIT = OpRef.to("SplitV");
  private static final OpRef MATMUL = OpRef.to("MatMul");
  private static final OpRef SUM = OpRef.to("Sum");
  private static final OpRef LESS = OpRef.to("Less");
  private static final OpRef CAST = OpRef.to("Cast");
  private static final OpRef ABS = OpRef.to("Abs");

  private RecurrentGrads() {}

  /// Returns what arrives before a sigmoid whose result is `y`.
  private static Tensor beforeSigmoid(Tensor y, Tensor dy) {
    return mul(dy, mul(y, minus(1, y)));
  }

  private static Tensor beforeTanh(Tensor y, Tensor dy) {
    return mul(dy, minus(1, square(y)));
  }

  private static Tensor joined(Tensor... columns) {
    Tensor[] in = java.util.Arrays.copyOf(columns, columns.length + 1);
    in[columns.length] = Values.scalar(1);
    return CONCAT.of(in);
  }

  /// Returns the columns that belong to the input, then those that belong to the state.
  private static Tensor[] parts(Grad g, Tensor both) {
    Shape x = g.shapeOf("x");
    Shape h = g.shapeOf("h_prev");
    return SPLIT.all(
        SPLIT.attrs("num_split", 2), both, Values.ints(x.dim(1), h.dim(1)), Values.scalar(1));
  }

  private static Tensor rows(Tensor x) {
    return SUM.of(x, Values.ints(0));
  }

  private static Tensor back(Tensor d, Tensor weights) {
    return MATMUL.with(MATMUL.attrs("transpose_b", true), d, weights);
  }

  private static Tensor weights(Tensor x, Tensor d) {
    return MATMUL.with(MATMUL.attrs("transpose_a", true), x, d);
  }

  /// One step of LSTMBlockCell; outputs are i, cs, f, o, ci, co and h.
  static void lstm(Grad g) {
    Tensor i = g.kept("i");
    Tensor cs = g.kept("cs");
    Tensor f = g.kept("f");
    Tensor o = g.kept("o");
    Tensor ci = g.kept("ci");
    Tensor co = g.kept("co");
    Tensor before = g.kept("cs_prev");
    boolean peephole = g.attrs().b("use_peephole");
    Tensor dh = g.dyOrZeros(6);
    Tensor dO = beforeSigmoid(o, add(g.dyOrZeros(3), mul(dh, co)));
    Tensor dcs = add(g.dyOrZeros(1), beforeTanh(co, add(g.dyOrZeros(5), mul(dh, o))));
    if (peephole) {
      dcs = add(dcs, mul(dO, g.kept("wco")));
    }
    double clip = g.attrs().f("cell_clip");
    if (clip > 0) {
      // At the bounds the state does not move with what it was computed from.
      Tensor inside = LESS.of(ABS.of(cs), number(cs, clip));
      dcs = mul(dcs, CAST.with(CAST.attrs("DstT", cs.dtype()), inside));
    }
    Tensor dci = beforeTanh(ci, add(g.dyOrZeros(4), mul(dcs, i)));
    Tensor di = beforeSigmoid(i, add(g.dyOrZeros(0), mul(dcs, ci)));
    Tensor df = beforeSigmoid(f, add(g.dyOrZeros(2), mul(dcs, before)));
    Tensor dBefore = mul(dcs, f);
    if (peephole) {
      dBefore = add(dBefore, add(mul(di, g.kept("wci")), mul(df, g.kept("wcf"))));
      g.to("wci", rows(mul(di, before)));
      g.to("wcf", rows(mul(df, before)));
      g.to("wco", rows(mul(dO, cs)));
    }
    g.to("cs_prev", dBefore);
    Tensor gates = joined(di, dci, df, dO);
    Tensor[] inputs = parts(g, back(gates, g.kept("w")));
    g.to("x", inputs[0]);
    g.to("h_prev", inputs[1]);
    g.to("w", weights(joined(g.kept("x"), g.kept("h_prev")), gates));
    g.to("b", rows(gates));
  }

  /// All steps of a sequence. As in TensorFlow, only what arrives at the states and the outputs
  /// flows back, not what arrives at the gates.
  static void sequence(Grad g, OpRef back) {
    String[] names = {
      "seq_len_max",
      "x",
      "cs_prev",
      "h_prev",
      "w",
      "wci",
      "wcf",
      "wco",
      "b",
      "i",
      "cs",
      "f",
      "o",
      "ci",
      "co",
      "h",
    };
    Tensor[] in = new Tensor[names.length + 2];
    for (int k = 0; k < names.length; k++) {
      in[k] = g.kept(names[k]);
    }
    in[names.length] = g.dyOrZeros(1);
    in[names.length + 1] = g.dyOrZeros(6);
    Tensor[] out = back.all(back.attrs("use_peephole", g.attrs().b("use_peephole")), in);
    for (int k = 0; k < out.length; k++) {
      g.to(names[k + 1], out[k]);
    }
  }

  /// One step of GRUBlockCell; outputs are r, u, c and h.
  static void gru(Grad g) {
    Tensor r = g.kept("r");
    Tensor u = g.kept("u");
    Tensor c = g.kept("c");
    Tensor x = g.kept("x");
    Tensor h = g.kept("h_prev");
    Tensor dh = g.dyOrZeros(3);
    Tensor dc = beforeTanh(c, add(g.dyOrZeros(2), mul(dh, minus(1, u))));
    Tensor du = beforeSigmoid(u, add(g.dyOrZeros(1), mul(dh, sub(h, c))));
    Tensor[] ofCandidate = parts(g, back(dc, g.kept("w_c")));
    Tensor dr = beforeSigmoid(r, add(g.dyOrZeros(0), mul(ofCandidate[1], h)));
    Tensor gates = joined(dr, du);
    Tensor[] ofGates = parts(g, back(gates, g.kept("w_ru")));
    g.to("x", add(ofCandidate[0], ofGates[0]));
    g.to("h_prev", add(ofGates[1], add(mul(ofCandidate[1], r), mul(dh, u))));
    g.to("w_ru", weights(joined(x, h), gates));
    g.to("w_c", weights(joined(x, mul(r, h)), dc));
    g.to("b_ru", rows(gates));
    g.to("b_c", rows(dc));
  }
}
