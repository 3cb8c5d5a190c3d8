package dev.merapi.nn.callback;

import dev.merapi.nn.model.Model;
import dev.merapi.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Several callbacks, called in order.
public final class Callbacks {
  private final List<Callback> all;

  public Callbacks(List<? extends Callback> all, Model model, Callback.Params params) {
    this.all = List.copyOf(all);
    each(c -> {
      c.setModel(model);
      c.setParams(params);
    });
  }

  public void each(Consumer<Callback> what) {
    all.forEach(what);
  }

  public boolean wantGradients() {
    return all.stream().anyMatch(Callback::wantsGradients);
  }

  public void onGradients(int batch, Map<String, Tensor> gradients) {
    for (Callback c : all) {
      if (c.wantsGradients()) {
        c.onGradients(batch, gradients);
      }
    }
  }
}
