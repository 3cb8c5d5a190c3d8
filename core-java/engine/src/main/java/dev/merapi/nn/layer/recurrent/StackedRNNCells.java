package dev.merapi.nn.layer.recurrent;

import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Saved;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Cells one above the other, each on the output of the one below; as a cell, it has all their
/// states, from the lowest cell's on.
public final class StackedRNNCells extends Cell implements LayerArguments<StackedRNNCells> {
  /// A list of cells.
  private static final Kind<List<Cell>> CELLS =
      new Kind<>() {
        @Override
        public List<Cell> read(@Nullable Object given) {
          List<Cell> cells = new ArrayList<>();
          for (Object o : Kinds.items(given)) {
            cells.add(RNN.CELL.read(o));
          }
          return cells;
        }

        @Override
        public Object write(List<Cell> cells) {
          List<@Nullable Object> all = new ArrayList<>();
          cells.forEach(c -> all.add(Saved.write(c)));
          return all;
        }

        @Override
        public String expected() {
          return "a list of cells";
        }
      };

  private final Setting<List<Cell>> cellsSetting = required("cells", CELLS);

  private List<Cell> cells = List.of();

  private StackedRNNCells() {}

  public StackedRNNCells(List<? extends Cell> cells) {
    cellsSetting.set(cells);
    this.cells = cellsSetting.get();
  }

  public StackedRNNCells(Cell... cells) {
    this(List.of(cells));
  }

  public List<Cell> cells() {
    return Collections.unmodifiableList(cells);
  }

  @Override
  public void readConfig(Map<String, ?> config) {
    super.readConfig(config);
    cells = cellsSetting.get();
  }

  @Override
  public List<Integer> stateSize() {
    return cells.stream().flatMap(c -> c.stateSize().stream()).toList();
  }

  @Override
  public int outputSize() {
    return cells.getLast().outputSize();
  }

  @Override
  protected void build(Shape step) {
    Shape s = step;
    for (Cell c : cells) {
      c.buildFor(s);
      s = Shape.of(step.dim(0), c.outputSize());
    }
  }

  @Override
  protected List<Tensor> initialState(Tensor batch) {
    return cells.stream().flatMap(c -> c.initialState(batch).stream()).toList();
  }

  @Override
  protected Step step(Tensor x, List<Tensor> states, boolean training) {
    return step(x, states, training, Drawn.NONE);
  }

  @Override
  Step step(Tensor x, List<Tensor> states, boolean training, Drawn drawn) {
    List<Tensor> next = new ArrayList<>();
    Tensor y = x;
    int at = 0;
    for (int i = 0; i < cells.size(); i++) {
      Cell c = cells.get(i);
      int n = c.stateSize().size();
      Step s = c.step(y, states.subList(at, at + n), training, inner(drawn, i));
      y = s.output();
      next.addAll(s.states());
      at += n;
    }
    return new Step(y, next);
  }

  private static Drawn inner(Drawn drawn, int i) {
    return drawn.inner().isEmpty() ? Drawn.NONE : drawn.inner().get(i);
  }

  @Override
  Drawn draw(Tensor batch) {
    return new Drawn(List.of(), List.of(), cells.stream().map(c -> c.draw(batch)).toList());
  }

  /// Takes all steps of one cell, then those of the next. Where the mask leaves a step out, no
  /// cell's states change, so what the cells above see there does not matter.
  @Override
  @Nullable Sequence whole(Tensor x, List<Tensor> states, Way way) {
    List<Tensor> last = new ArrayList<>();
    Tensor y = x;
    int at = 0;
    for (int i = 0; i < cells.size(); i++) {
      Cell c = cells.get(i);
      int n = c.stateSize().size();
      boolean top = i == cells.size() - 1;
      Way own =
          new Way(
              way.mask(),
              !top || way.sequences(),
              top && way.zeroOutput(),
              way.unroll(),
              way.training(),
              inner(way.drawn(), i));
      Sequence s = c.whole(y, states.subList(at, at + n), own);
      if (s == null) {
        s = TimeLoop.run(c, y, states.subList(at, at + n), own);
      }
      y = s.output();
      last.addAll(s.states());
      at += n;
    }
    return new Sequence(y, last);
  }
}
