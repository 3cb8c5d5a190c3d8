package dev.merapi.nn.callback;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Remembers loss and metrics of every epoch; what `fit` returns.
public final class History extends Callback {
  private final List<Integer> epochs = new ArrayList<>();
  private final Map<String, List<Double>> history = new LinkedHashMap<>();

  @Override
  public void onTrainBegin(Map<String, Double> logs) {
    epochs.clear();
    history.clear();
  }

  @Override
  public void onEpochEnd(int epoch, Map<String, Double> logs) {
    epochs.add(epoch);
    logs.forEach((name, value) -> history.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
  }

  /// Returns the numbers of the epochs, from 0.
  public List<Integer> epochs() {
    return epochs;
  }

  /// Returns for each name one number an epoch: `loss`, `accuracy`, `val_loss`, …
  public Map<String, List<Double>> history() {
    return history;
  }

  /// Returns the numbers of one name.
  public List<Double> get(String name) {
    return history.getOrDefault(name, List.of());
  }

  @Override
  public String toString() {
    return history.toString();
  }
}
