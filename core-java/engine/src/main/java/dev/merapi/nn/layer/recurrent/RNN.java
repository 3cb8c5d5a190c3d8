package dev.merapi.nn.layer.recurrent;

import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Saved;
import dev.merapi.nn.config.Setting;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Takes any cell through the steps of sequences; several cells are stacked.
public final class RNN extends Recurrent implements RecurrentArguments<RNN> {
  /// A cell, several, or a cell's configuration.
  static final Kind<Cell> CELL =
      new Kind<>() {
        @Override
        public Cell read(@Nullable Object given) {
          return switch (given) {
            case Cell c -> c;
            case Map<?, ?> form -> Saved.read(form, Cell.class);
            case null -> throw new Misfit("");
            default -> new StackedRNNCells(Kinds.items(given).stream().map(this::read).toList());
          };
        }

        @Override
        public @Nullable Object write(Cell cell) {
          return Saved.write(cell);
        }

        @Override
        public String expected() {
          return "a cell, or a list of cells";
        }
      };

  private final Setting<Cell> cellSetting = required("cell", CELL);

  private @Nullable Cell cell;

  private RNN() {}

  public RNN(Cell cell) {
    cellSetting.set(cell);
    this.cell = cell;
  }

  public RNN(List<? extends Cell> cells) {
    cellSetting.set(cells);
    cell = cellSetting.get();
  }

  @Override
  public void readConfig(Map<String, ?> config) {
    super.readConfig(config);
    cell = cellSetting.get();
  }

  @Override
  public Cell cell() {
    return Objects.requireNonNull(cell);
  }
}
