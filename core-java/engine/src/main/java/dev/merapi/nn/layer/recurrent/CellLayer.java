package dev.merapi.nn.layer.recurrent;

import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Checks;
import dev.merapi.nn.regularize.Regularizer;
import dev.merapi.nn.regularize.Regularizers;
import dev.merapi.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A recurrent layer with a cell of its own: its arguments are those of the cell too.
abstract class CellLayer<C extends KernelCell> extends Recurrent {
  private static final List<String> OF_LAYERS = List.of("name", "trainable", "dtype");

  private final Setting<@Nullable Regularizer> activityRegularizer =
      setting("activity_regularizer", Regularizers.KIND.orNone(), null);
  private final C cell;
  private final List<String> shared = new ArrayList<>();

  CellLayer(C cell) {
    this.cell = cell;
    for (Setting<?> s : cell.settings().all().values()) {
      if (!OF_LAYERS.contains(s.name())) {
        share(s);
      }
    }
  }

  private <T extends @Nullable Object> void share(Setting<T> s) {
    shared.add(s.name());
    if (s.isRequired()) {
      settings().require(s.name(), s.kind());
    } else {
      settings().add(s.name(), s.kind(), s.get());
    }
  }

  @Override
  public final Cell cell() {
    return cell;
  }

  @Override
  protected final void build(Shape input) {
    Checks.rank(name(), input, cell.sequenceRank());
    for (String name : shared) {
      Setting<?> s = settings().all().get(name);
      if (s != null) {
        cell.settings().set(name, s.get());
      }
    }
    cell.settings().set("dtype", dtypePolicy());
    if (!isTrainable()) {
      cell.setTrainable(false);
    }
    setActivityRegularizer(activityRegularizer.get());
    super.build(input);
  }
}
