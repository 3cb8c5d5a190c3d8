package dev.merapi.nn.layer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What holds on a thread while layers call layers: who is in whom, and whether it is training.
final class CallScope {
  private static final ThreadLocal<CallScope> CURRENT = ThreadLocal.withInitial(CallScope::new);

  private final List<Layer> around = new ArrayList<>();
  private @Nullable Boolean training;

  private CallScope() {}

  static CallScope get() {
    return CURRENT.get();
  }

  boolean isEmpty() {
    return around.isEmpty();
  }

  /// Enters a layer; returns what [#leave] wants back.
  @Nullable Boolean enter(Layer layer, @Nullable Boolean nowTraining) {
    Boolean before = training;
    around.add(layer);
    if (nowTraining != null) {
      training = nowTraining;
    }
    return before;
  }

  void leave(@Nullable Boolean before) {
    around.removeLast();
    training = before;
  }

  /// @param otherwise where nobody says
  boolean training(boolean otherwise) {
    return training != null ? training : otherwise;
  }

  /// Returns the name before a weight's own: that of the layer, after those of the layers that it
  /// was made in; models that only hold layers together do not count, as in Keras.
  String path(Layer layer) {
    StringBuilder path = new StringBuilder();
    for (Layer l : around) {
      if (l != layer && !l.isOnlyHolding()) {
        path.append(l.name()).append('/');
      }
    }
    return path.append(layer.name()).toString();
  }
}
