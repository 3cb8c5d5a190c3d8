package dev.merapi.nn.model;

import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Samples of one step.
///
/// @param x one tensor an input
/// @param y one tensor an output; none where only predictions are asked for
/// @param weights what each sample counts, one an output or one for all; none where all count 1
record Batch(List<Tensor> x, List<Tensor> y, List<Tensor> weights) {
  /// Returns how many samples there are.
  int size() {
    return x.isEmpty() || x.getFirst().rank() == 0 ? 1 : x.getFirst().shape().dim(0);
  }

  /// Takes an element of a dataset: inputs, labels, weights, as a pair, triple, list, or inputs
  /// alone.
  static Batch of(@Nullable Object element, Sides sides) {
    List<@Nullable Object> parts = parts(element);
    if (parts.isEmpty() || parts.size() > 3) {
      throw Message.what("a dataset for training gives " + parts.size() + " parts an element")
          .expected("inputs; or inputs and labels; or inputs, labels and sample weights")
          .valueError();
    }
    return new Batch(
        sides.inputs(parts.get(0)),
        parts.size() > 1 && parts.get(1) != null ? sides.outputs(parts.get(1)) : List.of(),
        parts.size() > 2 && parts.get(2) != null ? sides.outputs(parts.get(2)) : List.of());
  }

  /// Returns the components of pairs, triples, data classes and lists that are no tensors.
  private static List<@Nullable Object> parts(@Nullable Object element) {
    List<@Nullable Object> parts = new ArrayList<>();
    if (element instanceof List<?> l && !l.isEmpty()) {
      parts.addAll(l);
      return parts;
    }
    if (element != null && !(element instanceof Tensor)) {
      for (int i = 1; i <= 4; i++) {
        try {
          Method m = element.getClass().getMethod("component" + i);
          m.setAccessible(true);
          parts.add(m.invoke(element));
        } catch (NoSuchMethodException e) {
          break;
        } catch (IllegalAccessException | InvocationTargetException e) {
          throw new IllegalStateException("a part of " + element + " cannot be read", e);
        }
      }
    }
    if (parts.isEmpty()) {
      parts.add(element);
    }
    return parts;
  }
}
