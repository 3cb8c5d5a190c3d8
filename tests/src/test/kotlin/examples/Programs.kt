package dev.merapi.examples

import dev.merapi.autodiff.GradientTape
import dev.merapi.data.Dataset
import dev.merapi.nn.layer.Dense
import dev.merapi.nn.layer.Embedding
import dev.merapi.nn.layer.Lambda
import dev.merapi.nn.layer.conv.Conv1D
import dev.merapi.nn.layer.conv.Conv2D
import dev.merapi.nn.layer.noise.Dropout
import dev.merapi.nn.layer.norm.BatchNormalization
import dev.merapi.nn.layer.pool.MaxPooling1D
import dev.merapi.nn.layer.pool.MaxPooling2D
import dev.merapi.nn.layer.recurrent.LSTM
import dev.merapi.nn.layer.reshape.Flatten
import dev.merapi.nn.loss.BinaryCrossentropy
import dev.merapi.nn.loss.SparseCategoricalCrossentropy
import dev.merapi.nn.metric.Mean
import dev.merapi.nn.metric.SparseCategoricalAccuracy
import dev.merapi.nn.model.FitOptions
import dev.merapi.nn.model.Model
import dev.merapi.nn.model.Sequential
import dev.merapi.nn.optimizer.Adam
import dev.merapi.op.OpRef
import dev.merapi.tensor.Tensor
import dev.merapi.tf

/** The founding notes' programs in Kotlin; the Java ones lie beside, one file each. */
internal object Programs {
  /** A convolutional network with regularisation, in a training step of its own; the losses of the epochs. */
  fun trainingStep(
    images: Tensor,
    labels: Tensor,
    epochs: Int,
  ): List<Double> {
    val data =
      Dataset
        .fromTensorSlices(images, labels)
        .shuffle(500, 1)
        .batch(64)
        .take(5)
    val model =
      Sequential(
        Conv2D(32, 3).activation("relu").kernelRegularizer("l2").inputShape(28, 28, 1),
        MaxPooling2D(),
        Flatten(),
        Dropout(0.1),
        Dense(64, "relu"),
        BatchNormalization(),
        Dense(10, "softmax"),
      )
    val optimizer = Adam(0.001)
    val lossFn = SparseCategoricalCrossentropy()
    val lossMetric = Mean("train_loss")
    val accuracy = SparseCategoricalAccuracy()
    val step =
      tf.function { x: Tensor, y: Tensor ->
        GradientTape().use { tape ->
          val predictions = model.apply(x, true)
          val total = tf.add(lossFn.apply(y, predictions), tf.addN(model.losses()))
          optimizer.applyGradients(tape.gradient(total, model.trainableVariables()), model.trainableVariables())
          lossMetric.updateState(total)
          accuracy.updateState(y, predictions)
          total
        }
      }
    return List(epochs) {
      lossMetric.resetStates()
      accuracy.resetStates()
      for ((x, y) in data) step.apply(x, y)
      lossMetric.result().item()
    }
  }

  /** Scores of the next character. */
  class Rnn(
    private val numChars: Int,
    units: Int,
  ) : Model("rnn") {
    private val cell = LSTM(units)
    private val dense = Dense(numChars)

    override fun call(
      x: Tensor,
      training: Boolean,
    ): Tensor = dense.apply(cell.apply(tf.oneHot(tf.cast(x, tf.int32), numChars)))
  }

  /** Classifies rows of 72 numbers, from arrays and from an endless dataset; loss and accuracy. */
  fun classifyRows(
    x: Tensor,
    y: Tensor,
  ): List<Double> {
    val model = Sequential(Dense(32, "relu"), Dense(10, "softmax"))
    model.compile("adam", "categorical_crossentropy", "categorical_accuracy")
    model.fit(
      x,
      y,
      FitOptions()
        .verbose(0)
        .epochs(2)
        .batchSize(100)
        .validationData(x, y),
    )
    val endless = Dataset.fromTensorSlices(x, y).batch(32).repeat()
    model.fit(endless, FitOptions().verbose(0).epochs(2).stepsPerEpoch(30))
    return model.evaluate(endless, FitOptions().verbose(0).steps(10))
  }

  /** Takes noise out of digits by an autoencoder that grows pictures by resizing; the losses of the epochs. */
  fun denoise(
    images: Tensor,
    epochs: Int,
  ): List<Double> {
    val nearest = OpRef.to("ResizeNearestNeighbor")

    fun conv(filters: Int) = Conv2D(filters, 3).padding("same").activation("relu")

    fun half() = MaxPooling2D(2).padding("same")

    fun resize(size: Int) = Lambda { x: Tensor -> nearest.of(x, tf.constant(intArrayOf(size, size))) }
    val model =
      Sequential(
        conv(32).inputShape(28, 28, 1),
        half(),
        conv(32),
        half(),
        conv(16),
        half(),
        resize(7),
        conv(16),
        resize(14),
        conv(32),
        resize(28),
        conv(32),
        Conv2D(1, 3).padding("same"),
      )
    val noise = tf.multiply(0.3f, tf.random.normal(*images.shape().dims()))
    val noisy = tf.clipByValue(tf.add(images, noise), 0, 1)
    model.compile(Adam(0.001), BinaryCrossentropy().with("from_logits", true))
    return model.fit(noisy, images, FitOptions().verbose(0).epochs(epochs).batchSize(50)).get("loss")
  }

  /** Tells good reviews from bad ones. */
  fun reviews(): Model =
    Sequential(
      Embedding(10_000, 7).inputShape(200),
      Conv1D(64, 5).activation("relu"),
      MaxPooling1D(2),
      Conv1D(32, 3).activation("relu"),
      MaxPooling1D(2),
      Flatten(),
      Dense(1, "sigmoid"),
    )
}
