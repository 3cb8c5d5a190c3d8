package dev.merapi.nn.layer.recurrent;

import dev.merapi.graph.Folds;
import dev.merapi.nn.layer.recurrent.Cell.Sequence;
import dev.merapi.nn.layer.recurrent.Cell.Step;
import dev.merapi.nn.layer.recurrent.Cell.Way;
import dev.merapi.op.Context;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the steps of a sequence one by one: eagerly and unrolled one after the other, else as one
/// loop of the graph.
///
/// A step that the mask leaves out keeps all states, and shows the output before it or zeros.
final class TimeLoop {
  private static final OpRef UNPACK = OpRef.to("Unpack");
  private static final OpRef PACK = OpRef.to("Pack");
  private static final OpRef SELECT = OpRef.to("SelectV2");
  private static final OpRef TRANSPOSE = OpRef.to("Transpose");
  private static final OpRef GATHER = OpRef.to("GatherV2");
  private static final OpRef SUB = OpRef.to("Sub");

  private final Cell cell;
  private final Way way;

  private TimeLoop(Cell cell, Way way) {
    this.cell = cell;
    this.way = way;
  }

  static Sequence run(Cell cell, Tensor x, List<Tensor> states, Way way) {
    int time = x.shape().dim(1);
    TimeLoop loop = new TimeLoop(cell, way);
    if (way.unroll() && time < 0) {
      throw Message.what("Cannot unroll a RNN if the time dimension is undefined.")
          .given("x " + x.spec())
          .expected("a known number of steps")
          .fix("say it in Input(shape), or leave unroll out")
          .shapeError();
    }
    if (time > 0 && (way.unroll() || Context.get().isEager())) {
      return loop.unrolled(x, states, time);
    }
    return loop.folded(x, states);
  }

  /// Takes a step; values are the output shown before and the states.
  private List<Tensor> step(List<Tensor> before, Tensor x, @Nullable Tensor mask) {
    List<Tensor> states = before.subList(1, before.size());
    Step s = cell.step(x, states, way.training(), way.drawn());
    if (s.states().size() != states.size()) {
      throw Message.what(
              cell.name()
                  + ": a step gives "
                  + s.states().size()
                  + " states, but the cell has "
                  + states.size())
          .expected("the states of stateSize(), in that order")
          .valueError();
    }
    List<Tensor> next = new ArrayList<>();
    if (mask == null) {
      next.add(s.output());
      next.addAll(s.states());
      return next;
    }
    Tensor shown = way.zeroOutput() ? Sizes.zerosLike(s.output()) : before.getFirst();
    next.add(chosen(mask, s.output(), shown));
    for (int i = 0; i < states.size(); i++) {
      next.add(chosen(mask, s.states().get(i), states.get(i)));
    }
    return next;
  }

  private static Tensor chosen(Tensor mask, Tensor yes, Tensor no) {
    return SELECT.of(Sizes.behind(mask, yes.rank() - 1), yes, no);
  }

  private List<Tensor> first(Tensor x, List<Tensor> states) {
    List<Tensor> first = new ArrayList<>();
    first.add(cell.initialOutput(Sizes.axis(x, 0)));
    first.addAll(states);
    return first;
  }

  private Sequence unrolled(Tensor x, List<Tensor> states, int time) {
    Tensor[] steps = UNPACK.all(UNPACK.attrs("num", time, "axis", 1), x);
    Tensor mask = way.mask();
    Tensor[] masks = mask == null ? null : UNPACK.all(UNPACK.attrs("num", time, "axis", 1), mask);
    List<Tensor> now = first(x, states);
    List<Tensor> outputs = new ArrayList<>();
    for (int t = 0; t < time; t++) {
      now = step(now, steps[t], masks == null ? null : masks[t]);
      outputs.add(now.getFirst());
    }
    Tensor output =
        way.sequences()
            ? PACK.with(PACK.attrs("axis", 1), outputs.toArray(new Tensor[0]))
            : now.getFirst();
    return new Sequence(output, now.subList(1, now.size()));
  }

  private Sequence folded(Tensor x, List<Tensor> states) {
    List<Tensor> rows = new ArrayList<>();
    rows.add(turned(x));
    Tensor mask = way.mask();
    if (mask != null) {
      rows.add(turned(mask));
    }
    List<Tensor> first = first(x, states);
    if (!way.sequences()) {
      List<Tensor> last = tensors(Folds.fold(this::row, rows, first, false));
      return new Sequence(last.getFirst(), last.subList(1, last.size()));
    }
    List<Tensor> all = tensors(Folds.scan(this::row, rows, first, false));
    List<Tensor> last = new ArrayList<>();
    for (Tensor s : all.subList(1, all.size())) {
      Tensor at = SUB.of(Sizes.axis(s, 0), Values.scalar(1));
      last.add(GATHER.of(s, at, Values.scalar(0)));
    }
    return new Sequence(turned(all.getFirst()), last);
  }

  private Object row(Object state, Object row) {
    List<Tensor> x = tensors(row);
    return step(tensors(state), x.getFirst(), x.size() > 1 ? x.get(1) : null);
  }

  private static List<Tensor> tensors(Object structure) {
    List<Tensor> all = new ArrayList<>();
    for (Object o : (List<?>) structure) {
      all.add((Tensor) o);
    }
    return Collections.unmodifiableList(all);
  }

  /// Exchanges the first two axes.
  private static Tensor turned(Tensor x) {
    int[] order = new int[x.rank()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i < 2 ? 1 - i : i;
    }
    return TRANSPOSE.of(x, Values.ints(order));
  }
}
