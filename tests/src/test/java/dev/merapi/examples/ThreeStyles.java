package dev.merapi.examples;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.data.Dataset;
import dev.merapi.eager.Variable;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.model.FitOptions;
import dev.merapi.nn.model.Model;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;

/// What docs/models.md shows: a model in each of three styles, trained in each of three ways.
public final class ThreeStyles {
  private ThreeStyles() {}

  public static Model sequential() {
    var model =
        tf.keras.Sequential(
            tf.keras.layers.Dense(16, "relu").inputShape(4),
            tf.keras.layers.Dropout(0.1),
            tf.keras.layers.Dense(3, "softmax"));
    return model;
  }

  public static Model wired() {
    Tensor x = tf.keras.Input(4);
    Tensor wide = tf.keras.layers.Dense(16, "relu").apply(x);
    Tensor narrow = tf.keras.layers.Dense(4, "tanh").apply(x);
    Tensor both = tf.keras.layers.Concatenate().apply(new Tensor[] {wide, narrow});
    var model = new Model(x, tf.keras.layers.Dense(3, "softmax").apply(both));
    return model;
  }

  /// A layer of one's own.
  public static final class Scale extends Layer {
    private Variable factor;

    @Override
    protected void build(Shape input) {
      factor = addWeight("factor", Shape.of(input.dim(-1)), "ones", true);
    }

    @Override
    protected Tensor call(Tensor x, boolean training) {
      return tf.multiply(x, factor);
    }
  }

  /// A model of one's own.
  public static final class Classifier extends Model {
    private final Scale scale = new Scale();
    private final Layer hidden = tf.keras.layers.Dense(16, "relu");
    private final Layer scores = tf.keras.layers.Dense(3, "softmax");

    @Override
    protected Tensor call(Tensor x, boolean training) {
      return scores.apply(hidden.apply(scale.apply(x)));
    }
  }

  public static double byFit(Model model, Tensor x, Tensor y) {
    model.compile("adam", "sparse_categorical_crossentropy", "accuracy");
    var history =
        model.fit(
            x,
            y,
            new FitOptions()
                .epochs(5)
                .validationSplit(0.2)
                .callbacks(tf.keras.callbacks.EarlyStopping("val_loss", 2))
                .verbose(0));
    return history.get("loss").getLast();
  }

  public static double byBatch(Model model, Tensor x, Tensor y) {
    model.compile("adam", "sparse_categorical_crossentropy", "accuracy");
    double loss = 0;
    for (int epoch = 0; epoch < 5; epoch++) {
      for (var batch : Dataset.fromTensorSlices(x, y).shuffle(150).batch(32)) {
        loss = model.trainOnBatch(batch.first(), batch.second()).getFirst();
      }
    }
    return loss;
  }

  public static double byLoop(Model model, Tensor inputs, Tensor labels) {
    var optimizer = tf.keras.optimizers.Adam(0.001);
    var lossFunction = tf.keras.losses.SparseCategoricalCrossentropy();
    var step =
        tf.function((Tensor x, Tensor y) -> {
          try (var tape = new GradientTape()) {
            Tensor loss = lossFunction.apply(y, model.apply(x, true));
            var variables = model.trainableVariables();
            optimizer.applyGradients(tape.gradient(loss, variables), variables);
            return loss;
          }
        });
    Tensor loss = null;
    for (int epoch = 0; epoch < 5; epoch++) {
      for (var batch : Dataset.fromTensorSlices(inputs, labels).shuffle(150).batch(32)) {
        loss = step.apply(batch.first(), batch.second());
      }
    }
    return loss.item();
  }
}
