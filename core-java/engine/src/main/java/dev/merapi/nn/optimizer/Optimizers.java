package dev.merapi.nn.optimizer;

import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.NamedKind;
import dev.merapi.say.Message;

/// Finds optimizers by Keras's names.
public final class Optimizers {
  /// An optimizer, or its name in any case: `"Adam"`, `"rmsprop"`.
  public static final NamedKind<Optimizer> KIND =
      new NamedKind<>(Optimizer.class, "optimizer")
          .with("adam", Adam::new)
          .with("sgd", SGD::new)
          .with("rmsprop", RMSprop::new)
          .with("adadelta", Adadelta::new)
          .with("adamw", AdamW::new)
          .with("adagrad", Adagrad::new)
          .with("adamax", Adamax::new)
          .with("adafactor", Adafactor::new)
          .with("nadam", Nadam::new)
          .with("ftrl", Ftrl::new)
          .with("lion", Lion::new)
          .with("lamb", Lamb::new)
          .with("muon", Muon::new);

  private Optimizers() {}

  /// Returns a new optimizer of a name, in any case, with Keras's defaults.
  ///
  /// Fails: `ValueError` listing the names that there are.
  public static Optimizer get(String name) {
    try {
      return KIND.read(name);
    } catch (Kind.Misfit e) {
      throw Message.what("Could not interpret optimizer identifier: " + name)
          .expected("one of " + String.join(", ", KIND.names()))
          .fix("or pass an optimizer: new Adam(0.001)")
          .valueError();
    }
  }
}
