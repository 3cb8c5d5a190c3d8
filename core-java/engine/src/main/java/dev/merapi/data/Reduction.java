package dev.merapi.data;

import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;

/// Folds all elements of a dataset into one state.
final class Reduction {
  private Reduction() {}

  static Object of(Dataset<?> dataset, Structure state, UserCode code) {
    ElementIterator<?> all = (ElementIterator<?>) dataset.iterator();
    Stage stage = dataset.stage();
    Tensor[] now = state.flatten(state.template(), "reduce");
    long index = 0;
    for (Element e = all.element(); e != null; e = all.element()) {
      Structure argument = Structure.pair(state, stage.structure());
      Tensor[] parts = MapStages.joined(now, e.parts());
      now = all.apart(code, argument, parts, index++);
      Structure s = code.known(null);
      if (index == 1 && s != null && !s.isAlike(state)) {
        throw Message.what("reduce: the new state is built in another way than the initial one")
            .given(s.toString())
            .expected(state.toString())
            .fix("begin with a state of the type of the results: tf.constant(0L), for example")
            .typeError();
      }
    }
    return state.build(now);
  }
}
