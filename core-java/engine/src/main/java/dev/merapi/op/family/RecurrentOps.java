package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.FLOATS;

import dev.merapi.kernel.cpu.GruCpu;
import dev.merapi.kernel.cpu.LstmCpu;
import dev.merapi.op.AttrDef;
import dev.merapi.op.Call;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Types;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;

/// Recurrent cells in one operation: LSTM and GRU, one step or a whole sequence. Neighbours:
/// MatMulOps, ActivationOps. Gradients of single steps: [RecurrentGrads].
public final class RecurrentOps {
  private static final String LSTM_SOURCE =
      "Hochreiter and Schmidhuber 1997, \"Long Short-Term Memory\"; peepholes: Gers and Schmidhuber"
          + " 2000";

  private static final String COMPOSED =
      "steps of training that record this operation themselves get theirs from basic operations";

  private static final String[] STATES = {"i", "cs", "f", "o", "ci", "co", "h"};
  private static final String[] LSTM_IN = {
    "cs_prev", "h_prev", "w", "wci", "wcf", "wco", "b",
  };

  private RecurrentOps() {}

  /// Declares the family.
  public static void load() {}

  private static OpBuilder inputs(OpBuilder b, String... names) {
    for (String n : names) {
      b.in(n, "T");
    }
    return b;
  }

  private static OpBuilder outputs(OpBuilder b, String... names) {
    for (String n : names) {
      b.out(n, "T");
    }
    return b;
  }

  /// Refuses an input that has not the given shape.
  private static void must(Call c, String input, int... dims) {
    Shape want = Shape.of(dims);
    if (!want.accepts(c.shape(input))) {
      throw c.fault(input + " has shape " + c.shape(input) + " but must have " + want)
          .expected(input + " of shape " + want)
          .shapeError();
    }
  }

  /// Returns steps (1 for a single one), batch, inputs and cells, each -1 if unknown.
  private static int[] lstm(Call c, boolean block) {
    Dims.exactly(c, "x", block ? 3 : 2);
    Dims.exactly(c, "cs_prev", 2);
    Shape x = c.shape("x");
    Shape cs = c.shape("cs_prev");
    int batch = x.isRankKnown() ? x.dim(-2) : -1;
    int in = x.isRankKnown() ? x.dim(-1) : -1;
    int cells = cs.isRankKnown() ? cs.dim(1) : -1;
    must(c, "cs_prev", batch, cells);
    must(c, "h_prev", batch, cells);
    must(c, "w", Dims.plus(in, cells), Dims.times(4, cells));
    for (String v : new String[] {"wci", "wcf", "wco"}) {
      must(c, v, cells);
    }
    must(c, "b", Dims.times(4, cells));
    return new int[] {block && x.isRankKnown() ? x.dim(0) : block ? -1 : 1, batch, in, cells};
  }

  private static Shape states(int[] d, boolean block) {
    return block ? Shape.of(d[0], d[1], d[3]) : Shape.of(d[1], d[3]);
  }

  private static OpBuilder lstmAttrs(OpBuilder b, boolean forget) {
    if (forget) {
      b.attr("forget_bias", 1.0);
    }
    return b.attr("cell_clip", forget ? 3.0 : 0.0).attr("use_peephole", false);
  }

  private static void statesLike(Call c, boolean block) {
    Shape s = states(lstm(c, block), block);
    for (int i = 0; i < STATES.length; i++) {
      c.out(i, c.dtype("x"), s);
    }
  }

  private static Spec[] zeros(boolean block) {
    Spec x = block ? Spec.of(DType.F32, 2, 1, 3) : Spec.of(DType.F32, 1, 3);
    Spec state = Spec.of(DType.F32, 1, 2);
    Spec cells = Spec.of(DType.F32, 2);
    Spec w = Spec.of(DType.F32, 4, 8);
    Spec b = Spec.of(DType.F32, 8);
    return block
        ? new Spec[] {Spec.of(DType.I64), x, state, state, w, cells, cells, cells, b}
        : new Spec[] {x, state, state, w, cells, cells, cells, b};
  }

  public static final OpDef LSTM_CELL =
      outputs(
              lstmAttrs(inputs(inputs(op("LSTMBlockCell"), "x"), LSTM_IN), true).type("T", FLOATS),
              STATES)
          .says(
              "Takes one step of a long short-term memory; weights stand in the order i, ci, f, o.")
          .formula(
              "i = σ(…), ci = tanh(…), f = σ(… + forget_bias), cs = ci·i + cs_prev·f, o = σ(…), h ="
                  + " tanh(cs)·o")
          .source(LSTM_SOURCE)
          .infer(c -> statesLike(c, false))
          .grad(
              keep(
                  "x", "cs_prev", "h_prev", "w", "wci", "wcf", "wco", "i", "cs", "f", "o", "ci",
                  "co"),
              (g, _) -> RecurrentGrads.lstm(g))
          .cpu(c -> LstmCpu.forward(c, false))
          .cuda("recurrent")
          .accurate(-4, -4)
          .mustFail("w has shape (4, 8) but must have (5, 8)", zeros(false))
          .declare();

  public static final OpDef LSTM_CELL_GRAD =
      outputs(
              inputs(
                      inputs(inputs(op("LSTMBlockCellGrad"), "x"), LSTM_IN),
                      "i",
                      "cs",
                      "f",
                      "o",
                      "ci",
                      "co",
                      "cs_grad",
                      "h_grad")
                  .type("T", FLOATS)
                  .attr("use_peephole", AttrDef.Kind.BOOL),
              "cs_prev_grad",
              "dicfo",
              "wci_grad",
              "wcf_grad",
              "wco_grad")
          .says("Computes what arrives before the gates of one step of LSTMBlockCell.")
          .infer(c -> {
            int[] d = lstm(c, false);
            for (String s : new String[] {"i", "cs", "f", "o", "ci", "co", "cs_grad", "h_grad"}) {
              must(c, s, d[1], d[3]);
            }
            c.out(0, c.dtype("x"), Shape.of(d[1], d[3]));
            c.out(1, c.dtype("x"), Shape.of(d[1], Dims.times(4, d[3])));
            for (int i = 2; i < 5; i++) {
              c.out(i, c.dtype("x"), Shape.of(d[3]));
            }
          })
          .noGrad(COMPOSED)
          .cpu(LstmCpu::cellGrad)
          .cuda("recurrent")
          .accurate(-4, -4)
          .declare();

  /// TensorFlow's own range: sequences of float64 can be written with LSTMBlockCell.
  private static final Types SINGLE = Types.of(DType.F16, DType.F32);

  private static OpBuilder sequence(String name, boolean forget, OpRef back) {
    String order = forget ? "i, ci, f, o" : "i, f, ci, o";
    OpBuilder b =
        op(name)
            .says(
                "Takes all steps of a long short-term memory; weights stand in the order "
                    + order
                    + ".")
            .formula("the steps of LSTMBlockCell, zeros from seq_len_max on")
            .source(LSTM_SOURCE)
            .in("seq_len_max", DType.I64);
    return outputs(lstmAttrs(inputs(inputs(b, "x"), LSTM_IN), forget).type("T", SINGLE), STATES)
        .infer(c -> {
          Dims.exactly(c, "seq_len_max", 0);
          statesLike(c, true);
        })
        .grad(
            keep(
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
                "h"),
            (g, _) -> RecurrentGrads.sequence(g, back))
        .cpu(c -> LstmCpu.forward(c, !forget))
        .cuda("recurrent")
        .accurate(-4, -4)
        .mustFail("w has shape (4, 8) but must have (5, 8)", zeros(true));
  }

  public static final OpDef BLOCK_LSTM =
      sequence("BlockLSTM", true, OpRef.to("BlockLSTMGrad")).declare();

  public static final OpDef BLOCK_LSTM_V2 =
      sequence("BlockLSTMV2", false, OpRef.to("BlockLSTMGradV2"))
          .gradientDiffers(
              "float32_(default|clip).*",
              "TensorFlow computes it with BlockLSTMGrad, whose weights stand in another order")
          .declare();

  private static OpDef sequenceGrad(String name, boolean forgetSecond) {
    OpBuilder b =
        inputs(inputs(op(name).in("seq_len_max", DType.I64), "x"), LSTM_IN)
            .type("T", SINGLE)
            .attr("use_peephole", AttrDef.Kind.BOOL);
    return outputs(
            inputs(inputs(b, STATES), "cs_grad", "h_grad"),
            "x_grad",
            "cs_prev_grad",
            "h_prev_grad",
            "w_grad",
            "wci_grad",
            "wcf_grad",
            "wco_grad",
            "b_grad")
        .says("Computes the gradients of a sequence of LSTM steps for all its inputs.")
        .infer(c -> {
          Shape s = states(lstm(c, true), true);
          for (String state : STATES) {
            must(c, state, s.rawDims());
          }
          must(c, "cs_grad", s.rawDims());
          must(c, "h_grad", s.rawDims());
          c.out(0, c.in("x").spec());
          for (int i = 0; i < LSTM_IN.length; i++) {
            c.out(i + 1, c.in(LSTM_IN[i]).spec());
          }
        })
        .noGrad("TensorFlow defines none; steps of LSTMBlockCell can be differentiated again")
        .cpu(c -> LstmCpu.backward(c, forgetSecond))
        .cuda("recurrent")
        .accurate(-8, -8)
        .declare();
  }

  public static final OpDef BLOCK_LSTM_GRAD = sequenceGrad("BlockLSTMGrad", false);

  public static final OpDef BLOCK_LSTM_GRAD_V2 = sequenceGrad("BlockLSTMGradV2", true);

  private static final String[] GRU_IN = {"x", "h_prev", "w_ru", "w_c", "b_ru", "b_c"};

  /// Returns batch, inputs and cells, each -1 if unknown.
  private static int[] gru(Call c) {
    Dims.exactly(c, "x", 2);
    Dims.exactly(c, "h_prev", 2);
    Shape x = c.shape("x");
    Shape h = c.shape("h_prev");
    int batch = x.isRankKnown() ? x.dim(0) : -1;
    int in = x.isRankKnown() ? x.dim(1) : -1;
    int cells = h.isRankKnown() ? h.dim(1) : -1;
    must(c, "h_prev", batch, cells);
    must(c, "w_ru", Dims.plus(in, cells), Dims.times(2, cells));
    must(c, "w_c", Dims.plus(in, cells), cells);
    must(c, "b_ru", Dims.times(2, cells));
    must(c, "b_c", cells);
    return new int[] {batch, in, cells};
  }

  public static final OpDef GRU_CELL =
      outputs(inputs(op("GRUBlockCell"), GRU_IN).type("T", FLOATS), "r", "u", "c", "h")
          .says("Takes one step of a gated recurrent unit.")
          .formula("r, u = σ(…), c = tanh(… of r·h_prev), h = u·h_prev + (1 − u)·c")
          .source("Cho et al. 2014, \"Learning Phrase Representations using RNN Encoder-Decoder\"")
          .infer(c -> {
            int[] d = gru(c);
            for (int i = 0; i < 4; i++) {
              c.out(i, c.dtype(0), Shape.of(d[0], d[2]));
            }
          })
          .grad(keep("x", "h_prev", "w_ru", "w_c", "r", "u", "c"), (g, _) -> RecurrentGrads.gru(g))
          .cpu(GruCpu::forward)
          .cuda("recurrent")
          .accurate(-4, -4)
          .mustFail(
              "w_c has shape (5, 3) but must have (5, 2)",
              Spec.of(DType.F32, 1, 3),
              Spec.of(DType.F32, 1, 2),
              Spec.of(DType.F32, 5, 4),
              Spec.of(DType.F32, 5, 3),
              Spec.of(DType.F32, 4),
              Spec.of(DType.F32, 2))
          .declare();

  public static final OpDef GRU_CELL_GRAD =
      outputs(
              inputs(inputs(op("GRUBlockCellGrad"), GRU_IN), "r", "u", "c", "d_h")
                  .type("T", FLOATS),
              "d_x",
              "d_h_prev",
              "d_c_bar",
              "d_r_bar_u_bar")
          .says("Computes what arrives at the inputs and before the gates of GRUBlockCell.")
          .infer(c -> {
            int[] d = gru(c);
            for (String s : new String[] {"r", "u", "c", "d_h"}) {
              must(c, s, d[0], d[2]);
            }
            c.out(0, c.in("x").spec());
            c.out(1, c.in("h_prev").spec());
            c.out(2, c.in("h_prev").spec());
            c.out(3, c.dtype(0), Shape.of(d[0], Dims.times(2, d[2])));
          })
          .noGrad(COMPOSED)
          .cpu(GruCpu::backward)
          .cuda("recurrent")
          .accurate(-4, -4)
          .declare();
}
