package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;

import dev.merapi.kernel.cpu.GruSequenceCpu;
import dev.merapi.kernel.cpu.LstmSequenceCpu;
import dev.merapi.kernel.cpu.SimpleSequenceCpu;
import dev.merapi.op.Call;
import dev.merapi.op.Grad;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Types;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Keras's recurrent layers over whole sequences, batch first. Neighbour: RecurrentOps
/// (TensorFlow's own cells, time first).
///
/// Shapes: x `(batch, time, features)`, states `(batch, units)`, kernel `(features, gates ·
/// units)`, recurrent kernel `(units, gates · units)`, mask `(batch, time)`, or a scalar if all
/// steps count. The output is that of all steps or, without `return_sequences`, of the last one
/// `(batch, units)`. A step that the mask leaves out repeats the states, and the output or, with
/// `zero_output_for_mask`, has zeros for it.
///
/// The last outputs are what the gradient needs. They are empty unless `keep` is set.
public final class SequenceOps {
  private static final String AGAIN =
      "layers take single steps where gradients of gradients are asked for";

  private static final Types TYPES = Types.of(DType.F16, DType.BF16, DType.F32, DType.F64);

  private SequenceOps() {}

  /// Declares the family.
  public static void load() {}

  /// What tells the three kinds of cells apart.
  ///
  /// @param gates columns of the weights, in units
  /// @param slots what is kept of a step, in units
  private record Cell(int gates, int slots, boolean hasState, OpRef back) {
    static final Cell LSTM = new Cell(4, 4, true, OpRef.to("_LSTMGrad"));
    static final Cell GRU = new Cell(3, 4, false, OpRef.to("_GRUGrad"));
    static final Cell SIMPLE = new Cell(1, 1, false, OpRef.to("_SimpleRNNGrad"));

    /// Returns the inputs before those that differ between a cell and its gradient.
    List<String> inputs() {
      return hasState
          ? List.of("x", "h", "c", "kernel", "recurrent_kernel", "bias")
          : List.of("x", "h", "kernel", "recurrent_kernel", "bias");
    }

    List<String> kept() {
      return hasState ? List.of("gates", "before", "cells_before") : List.of("gates", "before");
    }
  }

  private static OpBuilder begin(Cell cell, OpBuilder b) {
    for (String i : cell.inputs()) {
      b.in(i, "T");
    }
    b.in("mask", DType.BOOL)
        .type("T", TYPES)
        .attr("return_sequences", false)
        .attr("zero_output_for_mask", false)
        .cuda("recurrent");
    if (cell == Cell.GRU) {
      b.attr("reset_after", true);
    }
    if (cell == Cell.SIMPLE) {
      b.attr("activation", "tanh", "tanh", "relu", "sigmoid", "linear");
    }
    return b;
  }

  private static OpBuilder forward(Cell cell, String name) {
    OpBuilder b = begin(cell, op(name)).attr("keep", true);
    b.out("y", "T").out("last", "T");
    if (cell.hasState) {
      b.out("last_cells", "T");
    }
    for (String k : cell.kept()) {
      b.out(k, "T");
    }
    List<String> keeps = new ArrayList<>(cell.inputs());
    keeps.add("mask");
    keeps.addAll(cell.kept());
    return b.infer(c -> infer(c, cell))
        .grad(keep(keeps.toArray(String[]::new)), (g, _) -> gradient(g, cell))
        .accurate(-8, -8);
  }

  private static OpBuilder backward(Cell cell, String name) {
    OpBuilder b = begin(cell, op(name)).attr("input_gradient", true);
    for (String k : cell.kept()) {
      b.in(k, "T");
    }
    b.in("dy", "T").in("dh", "T");
    if (cell.hasState) {
      b.in("dc", "T");
    }
    for (String i : cell.inputs()) {
      b.out("d_" + i, "T");
    }
    return b.infer(c -> inferBack(c, cell)).noGrad(AGAIN).accurate(-16, -16);
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

  /// Checks the inputs; returns batch, time and units, each -1 if unknown.
  private static int[] check(Call c, Cell cell) {
    Dims.exactly(c, "x", 3);
    Dims.exactly(c, "recurrent_kernel", 2);
    Shape x = c.shape("x");
    Shape r = c.shape("recurrent_kernel");
    int batch = x.isRankKnown() ? x.dim(0) : -1;
    int time = x.isRankKnown() ? x.dim(1) : -1;
    int features = x.isRankKnown() ? x.dim(2) : -1;
    int units = r.isRankKnown() ? r.dim(0) : -1;
    int columns = Dims.times(cell.gates, units);
    must(c, "recurrent_kernel", units, columns);
    must(c, "kernel", features, columns);
    must(c, "h", batch, units);
    if (cell.hasState) {
      must(c, "c", batch, units);
    }
    if (cell == Cell.GRU && c.attrs.b("reset_after")) {
      must(c, "bias", 2, columns);
    } else {
      must(c, "bias", columns);
    }
    if (c.shape("mask").isRankKnown() && c.shape("mask").rank() != 0) {
      must(c, "mask", batch, time);
    }
    return new int[] {batch, time, units};
  }

  private static void infer(Call c, Cell cell) {
    int[] d = check(c, cell);
    DType t = c.dtype("x");
    Shape state = Shape.of(d[0], d[2]);
    Shape all = Shape.of(d[0], d[1], d[2]);
    boolean keep = c.attrs.b("keep");
    int o = 0;
    c.out(o++, t, c.attrs.b("return_sequences") ? all : state);
    c.out(o++, t, state);
    if (cell.hasState) {
      c.out(o++, t, state);
    }
    Shape none = Shape.of(0, 0, 0);
    c.out(o++, t, keep ? Shape.of(d[0], d[1], Dims.times(cell.slots, d[2])) : none);
    c.out(o++, t, keep ? all : none);
    if (cell.hasState) {
      c.out(o, t, keep ? all : none);
    }
  }

  private static void inferBack(Call c, Cell cell) {
    int[] d = check(c, cell);
    boolean sequences = c.attrs.b("return_sequences");
    if (c.shape("gates").isKnown() && c.shape("gates").size() == 0 && !isEmpty(d)) {
      throw c.fault("nothing was kept for the gradient")
          .fix("compute the sequence with keep = true")
          .valueError();
    }
    must(c, "gates", d[0], d[1], Dims.times(cell.slots, d[2]));
    must(c, "before", d);
    if (cell.hasState) {
      must(c, "cells_before", d);
      must(c, "dc", d[0], d[2]);
    }
    must(c, "dy", sequences ? d : new int[] {d[0], d[2]});
    must(c, "dh", d[0], d[2]);
    List<String> inputs = cell.inputs();
    for (int i = 0; i < inputs.size(); i++) {
      c.out(i, c.in(inputs.get(i)).spec());
    }
    if (!c.attrs.b("input_gradient")) {
      c.out(0, c.dtype("x"), Shape.of(0, 0, 0));
    }
  }

  private static boolean isEmpty(int[] d) {
    return d[0] == 0 || d[1] == 0 || d[2] == 0;
  }

  private static void gradient(Grad g, Cell cell) {
    List<Tensor> in = new ArrayList<>();
    for (String i : cell.inputs()) {
      in.add(g.kept(i));
    }
    in.add(g.kept("mask"));
    for (String k : cell.kept()) {
      in.add(g.kept(k));
    }
    in.add(g.dyOrZeros(0));
    in.add(g.dyOrZeros(1));
    if (cell.hasState) {
      in.add(g.dyOrZeros(2));
    }
    List<Object> attrs = new ArrayList<>();
    attrs.addAll(List.of("return_sequences", g.attrs().b("return_sequences")));
    attrs.addAll(List.of("zero_output_for_mask", g.attrs().b("zero_output_for_mask")));
    attrs.addAll(List.of("input_gradient", g.needs("x")));
    if (cell == Cell.GRU) {
      attrs.addAll(List.of("reset_after", g.attrs().b("reset_after")));
    }
    if (cell == Cell.SIMPLE) {
      attrs.addAll(List.of("activation", g.attrs().s("activation")));
    }
    Tensor[] out = cell.back.all(cell.back.attrs(attrs.toArray()), in.toArray(Tensor[]::new));
    for (int i = 0; i < out.length; i++) {
      if (i > 0 || g.needs("x")) {
        g.to(cell.inputs().get(i), out[i]);
      }
    }
  }

  private static Spec[] wrong(Cell cell, Shape bias) {
    List<Spec> s = new ArrayList<>();
    s.add(Spec.of(DType.F32, 2, 4, 3));
    s.add(Spec.of(DType.F32, 2, 5));
    if (cell.hasState) {
      s.add(Spec.of(DType.F32, 2, 5));
    }
    s.add(Spec.of(DType.F32, 2, cell.gates * 5));
    s.add(Spec.of(DType.F32, 5, cell.gates * 5));
    s.add(new Spec(DType.F32, bias));
    s.add(Spec.of(DType.BOOL));
    return s.toArray(Spec[]::new);
  }

  public static final OpDef LSTM =
      forward(Cell.LSTM, "_LSTM")
          .says("Takes all steps of Keras's LSTM; columns stand in the order i, f, candidate, o.")
          .formula(
              "i, f, o = σ(x·w + h·r + b), g = tanh(x·w + h·r + b), c = f·c + i·g, h = o·tanh(c)")
          .source("Hochreiter and Schmidhuber 1997, \"Long Short-Term Memory\"")
          .cpu(LstmSequenceCpu::forward)
          .mustFail(
              "kernel has shape (2, 20) but must have (3, 20)", wrong(Cell.LSTM, Shape.of(20)))
          .declare();

  public static final OpDef LSTM_GRAD =
      backward(Cell.LSTM, "_LSTMGrad")
          .says("Computes the gradients of a sequence of LSTM steps for all its inputs.")
          .cpu(LstmSequenceCpu::backward)
          .declare();

  public static final OpDef GRU =
      forward(Cell.GRU, "_GRU")
          .says("Takes all steps of Keras's GRU; columns stand in the order z, r, candidate.")
          .formula(
              "z, r = σ(x·w + h·u + b), g = tanh(x·w + b + r·(h·u + b₂)), or tanh(x·w + (r·h)·u +"
                  + " b) without reset_after; h = z·h + (1 − z)·g")
          .source("Cho et al. 2014, \"Learning Phrase Representations using RNN Encoder-Decoder\"")
          .cpu(GruSequenceCpu::forward)
          .mustFail(
              "kernel has shape (2, 15) but must have (3, 15)", wrong(Cell.GRU, Shape.of(2, 15)))
          .declare();

  public static final OpDef GRU_GRAD =
      backward(Cell.GRU, "_GRUGrad")
          .says("Computes the gradients of a sequence of GRU steps for all its inputs.")
          .cpu(GruSequenceCpu::backward)
          .declare();

  public static final OpDef SIMPLE_RNN =
      forward(Cell.SIMPLE, "_SimpleRNN")
          .says("Takes all steps of Keras's SimpleRNN.")
          .formula("h = activation(x·w + h·r + b)")
          .source("Elman 1990, \"Finding Structure in Time\"")
          .cpu(SimpleSequenceCpu::forward)
          .mustFail("kernel has shape (2, 5) but must have (3, 5)", wrong(Cell.SIMPLE, Shape.of(5)))
          .declare();

  public static final OpDef SIMPLE_RNN_GRAD =
      backward(Cell.SIMPLE, "_SimpleRNNGrad")
          .says("Computes the gradients of a sequence of SimpleRNN steps for all its inputs.")
          .cpu(SimpleSequenceCpu::backward)
          .declare();
}
