package dev.merapi.nn

import dev.merapi.eager.Variable
import dev.merapi.nn.KerasCases.Way
import dev.merapi.nn.layer.Dense
import dev.merapi.nn.loss.LossFunction
import dev.merapi.nn.loss.MeanAbsoluteError
import dev.merapi.nn.metric.AUC
import dev.merapi.nn.metric.Accuracy
import dev.merapi.nn.metric.BinaryAccuracy
import dev.merapi.nn.metric.CategoricalAccuracy
import dev.merapi.nn.metric.F1Score
import dev.merapi.nn.metric.IoU
import dev.merapi.nn.metric.Mean
import dev.merapi.nn.metric.Metric
import dev.merapi.nn.metric.Metrics
import dev.merapi.nn.metric.Precision
import dev.merapi.nn.metric.SparseCategoricalAccuracy
import dev.merapi.say.ShapeError
import dev.merapi.say.ValueError
import dev.merapi.tensor.Shape
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf

class MetricSpec :
  StringSpec({
    for (way in Way.entries) {
      "results and states are Keras's: $way" { KerasCases.metrics(way).shouldBeEmpty() }
    }

    "configurations are Keras's" { KerasCases.configs("keras_metrics", Metric::class.java).shouldBeEmpty() }

    "every metric was compared with Keras's" {
      KerasCases.untested("keras_metrics", concrete("dev.merapi.nn.metric", Metric::class.java)) shouldBe
        listOf("MeanMetricWrapper")
    }

    "a metric of one's own" {
      class Largest : Metric("largest") {
        lateinit var most: Variable

        override fun build() {
          most = addState("most", Shape.SCALAR, -1e9)
        }

        override fun update(
          values: List<Tensor>,
          sampleWeight: Tensor?,
        ) {
          most.assign(tf.maximum(most, tf.reduceMax(values[1])))
        }

        override fun compute(): Tensor = most.value()
      }
      val m = Largest()
      m.apply(floatArrayOf(0f), floatArrayOf(3f)).item() shouldBe 3.0
      m.apply(floatArrayOf(0f), floatArrayOf(2f)).item() shouldBe 3.0
      m.resetState()
      m.result().item() shouldBe -1e9
      m.variables().map { it.name() }.shouldContainExactly("largest/most")
    }

    "states are no weights of a model that holds the metric" {
      class Watched : Module() {
        val layer = Dense(1)
        val seen = Mean("seen")
      }
      val model = Watched()
      model.layer.apply(arrayOf(floatArrayOf(1f, 2f)))
      model.seen.updateState(1)
      model.variables().map { it.name().substringAfterLast('/') }.shouldContainExactly("kernel", "bias")
    }

    "a function or a loss makes a mean" {
      val own = Metrics.get(LossFunction { t, p -> tf.abs(tf.subtract(t, p)) })
      own.apply(floatArrayOf(1f, 2f), floatArrayOf(2f, 5f)).item() shouldBe 2.0
      Metrics.get(MeanAbsoluteError()).apply(floatArrayOf(1f, 2f), floatArrayOf(2f, 5f)).item() shouldBe 2.0
    }

    "names are found in any case, unknown ones listed" {
      Metrics.get("AUC").shouldBeInstanceOf<AUC>()
      Metrics.get("sparse_categorical_accuracy").shouldBeInstanceOf<SparseCategoricalAccuracy>()
      Metrics.get("BinaryAccuracy").shouldBeInstanceOf<BinaryAccuracy>()
      Metrics.get("acc").shouldBeInstanceOf<Accuracy>()
      val e = shouldThrow<ValueError> { Metrics.get("exactness") }
      e.message shouldContain "Could not interpret metric identifier: exactness"
      e.message shouldContain "binary_accuracy"
    }

    "accuracy is binary, sparse or categorical by shape" {
      fun of(
        t: Shape,
        p: Shape,
      ) = Metrics.accuracyFor(null, t, p)
      of(Shape.of(-1), Shape.of(-1, 1)).shouldBeInstanceOf<BinaryAccuracy>()
      of(Shape.of(-1, 1), Shape.of(-1, 1)).shouldBeInstanceOf<BinaryAccuracy>()
      of(Shape.of(-1), Shape.of(-1, 10)).shouldBeInstanceOf<SparseCategoricalAccuracy>()
      of(Shape.of(-1, 1), Shape.of(-1, 10)).shouldBeInstanceOf<SparseCategoricalAccuracy>()
      of(Shape.of(-1, 5), Shape.of(-1, 5, 10)).shouldBeInstanceOf<SparseCategoricalAccuracy>()
      of(Shape.of(-1, 10), Shape.of(-1, 10)).shouldBeInstanceOf<CategoricalAccuracy>()
    }

    "labels of the wrong kind are named" {
      shouldThrow<ShapeError> {
        CategoricalAccuracy().apply(
          IntArray(2),
          Array(2) { FloatArray(3) },
        )
      }.message shouldContain
        "use the sparse accuracy, or tf.oneHot(labels, 3)"
      shouldThrow<ShapeError> {
        SparseCategoricalAccuracy().apply(
          Array(2) { IntArray(3) },
          Array(2) { FloatArray(3) },
        )
      }.message shouldContain "use CategoricalAccuracy"
      shouldThrow<ShapeError> { Precision().apply(IntArray(3), FloatArray(2)) }.message shouldContain
        "labels of shape (3,) do not fit predictions of shape (2,)"
      shouldThrow<ShapeError> { F1Score().apply(IntArray(3), FloatArray(3)) }.message shouldContain
        "F1Score expects 2D inputs"
      shouldThrow<ValueError> { IoU(3, 5) }.message shouldContain "Target class id 5 is out of range, which is [0, 3)."
      shouldThrow<ValueError> { Mean().updateState(1, 2, 3) }.message shouldContain "it is for values"
    }

    "arguments cannot change under a state that has their shape" {
      val m = Precision()
      m.apply(intArrayOf(1), floatArrayOf(1f))
      shouldThrow<ValueError> { m.with("thresholds", doubleArrayOf(.1, .2)) }.message shouldContain "cannot be changed"
    }

    "nothing seen gives 0" {
      Mean().result().item() shouldBe 0.0
      AUC().result().item() shouldBe 0.0
      F1Score().result().item() shouldBe 0.0
    }
  })
