package dev.merapi.acceptance

import dev.merapi.autodiff.GradientTape
import dev.merapi.data.Dataset
import dev.merapi.nn.callback.Callback
import dev.merapi.nn.layer.Dense
import dev.merapi.nn.layer.Layer
import dev.merapi.nn.layer.noise.Dropout
import dev.merapi.nn.layer.norm.BatchNormalization
import dev.merapi.nn.loss.Losses
import dev.merapi.nn.loss.SparseCategoricalCrossentropy
import dev.merapi.nn.metric.CategoricalAccuracy
import dev.merapi.nn.metric.Mean
import dev.merapi.nn.metric.Metric
import dev.merapi.nn.metric.SparseCategoricalAccuracy
import dev.merapi.nn.model.CompileOptions
import dev.merapi.nn.model.FitOptions
import dev.merapi.nn.model.Model
import dev.merapi.nn.model.Sequential
import dev.merapi.nn.optimizer.Adam
import dev.merapi.nn.optimizer.SGD
import dev.merapi.op.Seeds
import dev.merapi.say.ShapeError
import dev.merapi.say.ValueError
import dev.merapi.tensor.Shape
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeSortedDescending
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldMatch
import java.io.ByteArrayOutputStream
import java.io.PrintStream
import java.util.Locale

/** Training by fit, batch by batch, and in loops of one's own. */
class TrnSpec :
  StringSpec({
    fun printed(body: () -> Unit): String {
      val bytes = ByteArrayOutputStream()
      val before = System.out
      System.setOut(PrintStream(bytes, true, "UTF-8"))
      try {
        body()
      } finally {
        System.setOut(before)
      }
      return bytes.toString("UTF-8")
    }

    fun quiet() = FitOptions().verbose(0)

    /** Two classes that a line tells apart: x of 4 numbers, y 0 or 1. */
    fun points(n: Int): Pair<Tensor, Tensor> {
      val x = tf.random.statelessUniform(intArrayOf(n, 4), tf.constant(intArrayOf(1, n)), -1.0, 1.0, tf.float32)
      val y = tf.cast(tf.greater(tf.reduceSum(x, 1), 0f), tf.int32)
      return x to y
    }

    fun classifier() = Sequential(Dense(8, "relu").inputShape(4), Dense(2, "softmax"))

    /** Counts batches. */
    class Counts : Callback() {
      var train = 0
      val trainSizes = mutableListOf<Int>()
      val testsPerEpoch = mutableListOf<Int>()
      private var tests = 0

      override fun onTrainBatchEnd(
        batch: Int,
        logs: MutableMap<String, Double>,
      ) {
        train++
      }

      override fun onTestBegin(logs: MutableMap<String, Double>) {
        tests = 0
      }

      override fun onTestBatchEnd(
        batch: Int,
        logs: MutableMap<String, Double>,
      ) {
        tests++
      }

      override fun onTestEnd(logs: MutableMap<String, Double>) {
        testsPerEpoch += tests
      }
    }

    "TRN-01 compile with objects and functions" {
      val model = Sequential(Dense(8, "relu"), Dense(3, "softmax"))
      model.compile(Adam(0.001), Losses::categoricalCrossentropy, CategoricalAccuracy())
      val x = tf.random.uniform(12, 4)
      val y = tf.oneHot(tf.constant(IntArray(12) { it % 3 }), 3)
      model.fit(x, y, quiet()).history().keys shouldBe setOf("loss", "categorical_accuracy")
    }

    "TRN-02 compile with strings in any case" {
      val model = Sequential(Dense(1, "sigmoid"))
      model.compile("Nadam", "binary_crossentropy", "accuracy", "AUC")
      val (x, y) = points(64)
      val history = model.fit(x, y, quiet().validationData(x, y))
      history.history().keys.map { it.lowercase() } shouldContainExactly
        listOf("loss", "accuracy", "auc", "val_loss", "val_accuracy", "val_auc")
    }

    "TRN-03 accuracy is the one that goes with loss and shape" {
      val (x, y) = points(50)

      fun run(
        last: Layer,
        loss: String,
        labels: Tensor,
        named: String,
      ) {
        val model = Sequential(Dense(4, "relu").inputShape(4), last)
        model.compile(SGD(0.0), loss, "accuracy", named)
        val scores = model.evaluate(x, labels, quiet())
        scores[1] shouldBe scores[2]
      }
      run(Dense(1, "sigmoid"), "binary_crossentropy", y, "binary_accuracy")
      run(Dense(2, "softmax"), "sparse_categorical_crossentropy", y, "sparse_categorical_accuracy")
      run(Dense(2, "softmax"), "categorical_crossentropy", tf.oneHot(y, 2), "categorical_accuracy")
    }

    "TRN-04 fit on arrays: 1000 rows in batches of 100 are 10 steps an epoch" {
      val model = Sequential(Dense(32, "relu"), Dense(10, "softmax"))
      model.compile("adam", "categorical_crossentropy", "accuracy")
      val counts = Counts()
      val x = Array(1000) { FloatArray(72) { 0.5f } }
      val y = Array(1000) { i -> FloatArray(10) { if (it == i % 10) 1f else 0f } }
      val history =
        model.fit(
          x,
          y,
          quiet()
            .batchSize(100)
            .epochs(10)
            .validationData(x, y)
            .callbacks(counts),
        )
      counts.train shouldBe 100
      history.get("loss") shouldHaveSize 10
      history.get("val_loss") shouldHaveSize 10
    }

    "TRN-05 fit on endless datasets with steps: exactly so many batches" {
      val (x, y) = points(1000)
      val endless = Dataset.fromTensorSlices(x, y).batch(32).repeat()
      val model = classifier()
      model.compile("adam", "sparse_categorical_crossentropy")
      val counts = Counts()
      model.fit(
        endless,
        quiet()
          .epochs(10)
          .stepsPerEpoch(30)
          .validationData(endless)
          .validationSteps(3)
          .callbacks(counts),
      )
      counts.train shouldBe 300
      counts.testsPerEpoch shouldBe List(10) { 3 }
    }

    "TRN-06 a repeated dataset keeps its short last batch" {
      val (x, y) = points(1000)
      val sizes =
        Dataset
          .fromTensorSlices(x, y)
          .batch(32)
          .repeat()
          .take(300)
          .asIterable()
          .map { it.first().shape().dim(0) }
      sizes.count { it == 8 } shouldBe 9
      sizes.withIndex().all { (i, n) -> n == if (i % 32 == 31) 8 else 32 } shouldBe true
    }

    "TRN-07 evaluate with steps takes exactly so many batches and returns loss and metrics" {
      val (x, y) = points(1000)
      var taken = 0
      val source =
        Iterable {
          Dataset
            .fromTensorSlices(x, y)
            .batch(32)
            .repeat()
            .iterator()
            .asSequence()
            .onEach { taken++ }
            .iterator()
        }
      val model = classifier()
      model.compile("adam", "sparse_categorical_crossentropy", "accuracy")
      model.evaluate(source, quiet().steps(10)) shouldHaveSize 2
      taken shouldBe 10
    }

    "TRN-08 fit returns lists for each epoch" {
      val (x, y) = points(200)
      val model = classifier()
      model.compile(Adam(0.05), "sparse_categorical_crossentropy", "accuracy")
      val ds = Dataset.fromTensorSlices(x, y).batch(20)
      val history = model.fit(ds, quiet().epochs(4).validationData(ds))
      history.history().mapValues { it.value.size } shouldBe
        mapOf("loss" to 4, "accuracy" to 4, "val_loss" to 4, "val_accuracy" to 4)
      history.get("loss").shouldBeSortedDescending()
    }

    "TRN-09 evaluate prints one line with verbose 2" {
      val (x, y) = points(64)
      val model = classifier()
      model.compile("adam", "sparse_categorical_crossentropy", "accuracy")
      var scores = listOf<Double>()
      val line = printed { scores = model.evaluate(x, y, FitOptions().verbose(2)) }.trim()
      line shouldMatch "2/2 - \\d+s - loss: \\d\\.\\d{4} - accuracy: \\d\\.\\d{4} - \\S+/epoch - \\S+/step"
      "Restored model, accuracy: %5.2f%%".format(100 * scores[1]) shouldMatch
        "Restored model, accuracy: [ \\d]\\d\\.\\d\\d%"
    }

    "TRN-10 trainOnBatch returns what metricsNames names" {
      val (x, y) = points(20)
      val model = classifier()
      model.compile("adam", "sparse_categorical_crossentropy", "accuracy")
      val result = model.trainOnBatch(x, y)
      model
        .metricsNames()
        .zip(result)
        .toMap()
        .keys shouldBe setOf("loss", "accuracy")
    }

    "TRN-11 testOnBatch goes on counting when it is told not to reset" {
      val (x, y) = points(40)
      val model = classifier()
      model.compile("sgd", "sparse_categorical_crossentropy", "accuracy")
      val half = { a: Tensor, i: Int -> tf.split(a, 2, 0)[i] }
      model.resetMetrics()
      val first = model.testOnBatch(half(x, 0), half(y, 0), null, false)
      val both = model.testOnBatch(half(x, 1), half(y, 1), null, false)
      val all = model.testOnBatch(x, y)
      both[0] shouldBe (all[0] plusOrMinus 1e-6)
      both[1] shouldBe (all[1] plusOrMinus 1e-6)
      first[0] shouldNotBe both[0]
    }

    "TRN-12 resetMetrics starts anew" {
      val (x, y) = points(20)
      val model = classifier()
      model.compile(SGD(0.0), "sparse_categorical_crossentropy", "accuracy")
      model.testOnBatch(x, tf.subtract(1, y), null, false)
      model.resetMetrics()
      model.testOnBatch(x, y, null, false) shouldBe model.testOnBatch(x, y)
    }

    "TRN-13 the learning rate can be changed in the middle, also of traced steps" {
      val x = tf.ones(2, 1)
      val y = tf.zeros(2, 1)
      val model = Sequential(Dense(1).useBias(false).kernelInitializer("ones").inputShape(1))
      model.compile(SGD(0.1), "mse")
      model.trainOnBatch(x, y)
      model.weights()[0].value().item() shouldBe (0.8 plusOrMinus 1e-6)
      model.optimizer().setLearningRate(model.optimizer().learningRate() / 2)
      model.trainOnBatch(x, y)
      model.weights()[0].value().item() shouldBe (0.8 * 0.9 plusOrMinus 1e-6)
    }

    "TRN-14 a loop of one's own with four metrics" {
      val (x, y) = points(100)
      val model = classifier()
      val optimizer = Adam(0.01)
      val lossFunction = SparseCategoricalCrossentropy()
      val trainLoss = Mean("train_loss")
      val trainMetric = SparseCategoricalAccuracy().name("train_accuracy")
      val validLoss = Mean("valid_loss")
      val validMetric = SparseCategoricalAccuracy().name("valid_accuracy")
      val trainStep =
        tf.function { features: Tensor, labels: Tensor ->
          val (loss, predictions, gradients) =
            GradientTape().use { tape ->
              val p = model.apply(features, true)
              val l = lossFunction.apply(labels, p)
              Triple(l, p, tape.gradient(l, model.trainableVariables()))
            }
          optimizer.applyGradients(gradients, model.trainableVariables())
          trainLoss.updateState(loss)
          trainMetric.updateState(labels, predictions)
          loss
        }
      val validStep =
        tf.function { features: Tensor, labels: Tensor ->
          val p = model.apply(features)
          validLoss.updateState(lossFunction.apply(labels, p))
          validMetric.updateState(labels, p)
          p
        }
      val lines = mutableListOf<String>()
      for (epoch in 1..3) {
        for (batch in Dataset.fromTensorSlices(x, y).batch(10)) {
          trainStep.apply(batch.first(), batch.second())
        }
        for (batch in Dataset.fromTensorSlices(x, y).batch(50)) {
          validStep.apply(batch.first(), batch.second())
        }
        lines +=
          "Epoch=$epoch,Loss:${trainLoss.result().item()},Accuracy:${trainMetric.result().item()}," +
          "Valid Loss:${validLoss.result().item()},Valid Accuracy:${validMetric.result().item()}"
        listOf<Metric>(trainLoss, validLoss, trainMetric, validMetric).forEach { it.resetStates() }
      }
      lines shouldHaveSize 3
      lines.forEach {
        it shouldMatch "Epoch=\\d,Loss:[\\d.]+,Accuracy:[\\d.]+,Valid Loss:[\\d.]+,Valid Accuracy:[\\d.]+"
      }
      trainStep.function().traces() shouldBe 1
    }

    "TRN-15 an eager loop with a history of losses" {
      val (x, y) = points(200)
      val model = classifier()
      val optimizer = Adam(0.05)
      val lossHistory = mutableListOf<Float>()
      repeat(40) {
        GradientTape().use { tape ->
          val loss = Losses.sparseCategoricalCrossentropy(y, model.apply(x, true)).let { tf.reduceMean(it) }
          lossHistory += loss.item().toFloat()
          optimizer.applyGradients(tape.gradient(loss, model.trainableVariables()), model.trainableVariables())
        }
      }
      lossHistory.last().toDouble() shouldBeLessThan lossHistory.first() * 0.5
    }

    "TRN-16 the printout of a loop of one's own" {
      val (x, y) = points(60)
      val lossMetric = Mean("train_loss")
      val accuracyMetric = SparseCategoricalAccuracy().name("train_accuracy")
      val model = classifier()
      val text =
        printed {
          for (epoch in 0 until 2) {
            lossMetric.resetStates()
            accuracyMetric.resetStates()
            for ((features, labels) in Dataset.fromTensorSlices(x, y).batch(20)) {
              val predictions = model.apply(features, true)
              lossMetric.updateState(Losses.sparseCategoricalCrossentropy(labels, predictions))
              accuracyMetric.updateState(labels, predictions)
            }
            println("Epoch:  $epoch")
            println("  loss:     %.3f".format(Locale.ROOT, lossMetric.result().item()))
            println("  accuracy: %.3f".format(Locale.ROOT, accuracyMetric.result().item()))
          }
        }
      text shouldMatch
        Regex("(Epoch: {2}\\d\n {2}loss: {5}\\d+\\.\\d{3}\n {2}accuracy: \\d\\.\\d{3}\n){2}")
    }

    "TRN-17 fit takes anything that gives batches" {
      val (x, y) = points(60)
      val model = classifier()
      model.compile("adam", "sparse_categorical_crossentropy")
      val counts = Counts()
      val generator =
        Iterable {
          sequence {
            for (i in 0 until 6) {
              yield(
                Pair(
                  tf.slice(x, intArrayOf(10 * i, 0), intArrayOf(10, 4)),
                  tf.slice(y, intArrayOf(10 * i), intArrayOf(10)),
                ),
              )
            }
          }.iterator()
        }
      model.fit(generator, quiet().epochs(2).callbacks(counts))
      counts.train shouldBe 12
    }

    "TRN-18 training and inference differ where layers say so" {
      val model = Sequential(Dense(50).inputShape(4), BatchNormalization(), Dropout(0.5))
      val x = tf.random.normal(8, 4)
      val a = model.apply(x, true).toFloatArray()
      val b = model.apply(x, false).toFloatArray()
      a.count { it == 0f } shouldNotBe 0
      b.count { it == 0f } shouldBe 0
      model.predict(x).toFloatArray().toList() shouldBe b.toList()
    }

    "TRN-19 three ways of training give the same weights" {
      val (x, y) = points(120)

      fun fresh(): Sequential {
        tf.random.setSeed(7)
        return classifier().also { Seeds.clearSeed() }
      }
      val byFit = fresh()
      byFit.compile(Adam(0.01), SparseCategoricalCrossentropy())
      byFit.fit(x, y, quiet().epochs(2).batchSize(20).shuffle(false))

      val byBatch = fresh()
      byBatch.compile(Adam(0.01), SparseCategoricalCrossentropy())
      val byLoop = fresh()
      val optimizer = Adam(0.01)
      val loss = SparseCategoricalCrossentropy()
      repeat(2) {
        for (batch in Dataset.fromTensorSlices(x, y).batch(20)) {
          byBatch.trainOnBatch(batch.first(), batch.second())
          GradientTape().use { tape ->
            val l = loss.apply(batch.second(), byLoop.apply(batch.first(), true))
            optimizer.applyGradients(tape.gradient(l, byLoop.trainableVariables()), byLoop.trainableVariables())
          }
        }
      }
      for (i in byFit.weights().indices) {
        val w = byFit.getWeights()[i].toFloatArray()
        byBatch.getWeights()[i].toFloatArray().toList() shouldBe w.toList()
        val other = byLoop.getWeights()[i].toFloatArray()
        w.indices.maxOf { kotlin.math.abs(w[it] - other[it]) }.toDouble() shouldBeLessThan 1e-5
      }
    }

    "progress: a bar for each epoch" {
      val (x, y) = points(64)
      val model = classifier()
      model.compile("adam", "sparse_categorical_crossentropy", "accuracy")
      val text = printed { model.fit(x, y, FitOptions().epochs(2)) }
      text shouldMatch
        Regex(
          "Epoch 1/2\n2/2 \\[={30}] - \\d+s \\d+[mu]?s/step - loss: \\d\\.\\d{4} - accuracy: \\d\\.\\d{4}\n" +
            "Epoch 2/2\n2/2 \\[={30}] - \\d+s \\d+[mu]?s/step - loss: \\d\\.\\d{4} - accuracy: \\d\\.\\d{4}\n",
        )
    }

    "class weights count like sample weights" {
      val (x, y) = points(40)
      val byClass = classifier()
      byClass.compile(SGD(0.1), "sparse_categorical_crossentropy")
      val bySample = classifier()
      bySample.setWeights(byClass.getWeights())
      bySample.compile(SGD(0.1), "sparse_categorical_crossentropy")
      byClass.fit(x, y, quiet().shuffle(false).classWeight(mapOf(0 to 1.0, 1 to 3.0)))
      val w = tf.add(1f, tf.multiply(2f, tf.cast(y, tf.float32)))
      bySample.fit(x, y, quiet().shuffle(false).sampleWeight(w))
      for (i in byClass.weights().indices) {
        byClass.getWeights()[i].toFloatArray().toList() shouldBe bySample.getWeights()[i].toFloatArray().toList()
      }
    }

    "several outputs: losses by name, weighted and summed" {
      val x = tf.keras.Input(4)
      val a = Dense(1).name("a").apply(x)
      val b = Dense(1).name("b").apply(x)
      val model = Model(x, listOf(a, b))
      model.compile(
        SGD(0.0),
        mapOf("a" to "mse", "b" to "mae"),
        CompileOptions().lossWeights(mapOf("a" to 2.0, "b" to 0.5)).metricsOf(mapOf("a" to "mae")),
      )
      val (data, _) = points(16)
      val y = tf.ones(16, 1)
      val scores = model.evaluate(data, mapOf("a" to y, "b" to y), quiet())
      model.metricsNames() shouldBe listOf("loss", "a_loss", "b_loss", "a_mean_absolute_error")
      scores[0] shouldBe (2 * scores[1] + 0.5 * scores[2] plusOrMinus 1e-5)
    }

    "a frozen layer does not learn" {
      val (x, y) = points(40)
      val model = classifier()
      model.layers()[0].setTrainable(false)
      model.compile("adam", "sparse_categorical_crossentropy")
      val before = model.getWeights().map { it.toFloatArray().toList() }
      model.fit(x, y, quiet())
      val after = model.getWeights().map { it.toFloatArray().toList() }
      after.zip(before).map { (a, b) -> a == b } shouldBe listOf(true, true, false, false)
    }

    "wrong use is told: not compiled, ambiguous sizes, wrong shapes" {
      val (x, y) = points(10)
      shouldThrow<ValueError> { classifier().fit(x, y, quiet()) }.message shouldContain
        "You must compile your model before training/testing"
      val model = classifier()
      model.compile("adam", "sparse_categorical_crossentropy")
      shouldThrow<ValueError> { model.fit(x, tf.ones(3), quiet()) }.message shouldContain
        "Data cardinality is ambiguous"
      val wrong = shouldThrow<ShapeError> { model.fit(tf.ones(5, 7), tf.zeros(5), quiet()) }
      wrong.message shouldContain "(5, 7)"
      wrong.message shouldContain "(4, 8)"
      wrong.message shouldContain "sequential"
      wrong.message shouldContain "TrnSpec.kt"
      shouldThrow<ValueError> { model.compile("adamm", "mse") }.message shouldContain
        "Could not interpret optimizer identifier: adamm"
      shouldThrow<ValueError> {
        model.compile("adam", "no_such_loss")
        model.fit(x, y, quiet())
      }.message shouldContain "Could not interpret loss identifier: no_such_loss"
    }

    "shapes of predictions survive short last batches" {
      val (x, _) = points(70)
      classifier().predict(x).shape() shouldBe Shape.of(70, 2)
    }
  })
