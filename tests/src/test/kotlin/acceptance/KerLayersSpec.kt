package dev.merapi.acceptance

import dev.merapi.nn.init.GlorotNormal
import dev.merapi.nn.layer.Dense
import dev.merapi.nn.layer.Layer
import dev.merapi.say.ShapeError
import dev.merapi.say.ValueError
import dev.merapi.tensor.DType
import dev.merapi.tensor.Shape
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.doubles.shouldBeLessThanOrEqual
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlin.math.abs
import kotlin.math.sqrt

/** Layers, one by one. */
class KerLayersSpec :
  StringSpec({
    fun shapes(
      start: IntArray,
      vararg chain: Layer,
    ): List<String> {
      var x: Tensor = tf.zeros(*start)
      return chain.map {
        x = it.apply(x)
        x.shape().toString()
      }
    }

    fun drawn(
      layer: Layer,
      inputs: Int,
    ): DoubleArray {
      layer.buildFor(Shape.of(1, inputs))
      return layer.weights()[0].value().toDoubleArray()
    }

    "KER-16 Dense takes any rank from 2, and activations by name, as a function or none" {
      shapes(intArrayOf(60, 28, 28), tf.keras.layers.Dense(30)) shouldContainExactly listOf("(60, 28, 30)")
      val x = tf.constant(arrayOf(floatArrayOf(-1f, 2f)))
      val plain = Dense(3).also { it.apply(x) }
      val linear = plain.apply(x)
      for (other in listOf(Dense(3, "relu"), Dense(3).activation { tf.nn.relu(it) })) {
        other.buildFor(Shape.of(1, 2))
        other.setWeights(plain.getWeights())
        other.apply(x).toDoubleArray() shouldBe tf.nn.relu(linear).toDoubleArray()
      }
      shouldThrow<ShapeError> { Dense(3).apply(tf.zeros(4)) }.message shouldContain "min_ndim=2"
    }

    "KER-17 Conv2D with a kernel of one size or two, valid and same" {
      val picture = intArrayOf(1, 28, 28, 1)
      shapes(picture, tf.keras.layers.Conv2D(32, 3, "relu")) shouldContainExactly listOf("(1, 26, 26, 32)")
      shapes(
        picture,
        tf.keras.layers
          .Conv2D(32, intArrayOf(3, 3))
          .activation("relu"),
      ) shouldContainExactly
        listOf("(1, 26, 26, 32)")
      val same =
        tf.keras.layers
          .Conv2D(32, intArrayOf(3, 3), "relu")
          .padding("same")
      shapes(picture, same) shouldContainExactly listOf("(1, 28, 28, 32)")
      same.countParams() shouldBe 320
    }

    "KER-18 Conv1D, MaxPool1D and GlobalMaxPool1D shorten a sequence" {
      val sizes =
        shapes(
          intArrayOf(1, 200, 7),
          tf.keras.layers.Conv1D(64, 5, "relu"),
          tf.keras.layers.MaxPool1D(2),
          tf.keras.layers.Conv1D(32, 3, "relu"),
          tf.keras.layers.MaxPool1D(2),
          tf.keras.layers.GlobalMaxPool1D(),
        )
      sizes shouldContainExactly listOf("(1, 196, 64)", "(1, 98, 64)", "(1, 96, 32)", "(1, 48, 32)", "(1, 32)")
    }

    "KER-19 SeparableConv1D has 533, 547, 561 parameters for windows of 3, 5, 7" {
      val counts =
        listOf(3, 5, 7).map {
          val l = tf.keras.layers.SeparableConv1D(64, it)
          l.buildFor(Shape.of(-1, 200, 7))
          l.countParams()
        }
      counts shouldContainExactly listOf(533L, 547L, 561L)
    }

    "KER-20 MaxPooling2D and MaxPool2D, with strides" {
      shapes(intArrayOf(1, 26, 26, 32), tf.keras.layers.MaxPooling2D(2)) shouldContainExactly listOf("(1, 13, 13, 32)")
      shapes(
        intArrayOf(1, 28, 28, 8),
        tf.keras.layers
          .MaxPool2D(2)
          .strides(2),
        tf.keras.layers
          .MaxPool2D(2)
          .strides(2)
          .padding("same"),
      ) shouldContainExactly listOf("(1, 14, 14, 8)", "(1, 7, 7, 8)")
    }

    "KER-21 Flatten and Reshape" {
      shapes(intArrayOf(2, 13, 13, 32), tf.keras.layers.Flatten()) shouldContainExactly listOf("(2, 5408)")
      shapes(intArrayOf(2, 7, 7, 64), tf.keras.layers.Reshape(7 * 7 * 64)) shouldContainExactly listOf("(2, 3136)")
      shapes(intArrayOf(2, 3136), tf.keras.layers.Reshape(-1, 7, 64)) shouldContainExactly listOf("(2, 7, 7, 64)")
    }

    "KER-22 Dropout works in training only and keeps the mean" {
      val x = tf.ones(200, 500)
      val dropout = tf.keras.layers.Dropout(0.4)
      dropout.apply(x).toDoubleArray() shouldBe x.toDoubleArray()
      val y = dropout.apply(x, true).toDoubleArray()
      y.toSet() shouldBe setOf(0.0, (1f / 0.6f).toDouble())
      // 100000 draws: the mean of the shares kept is within 6 deviations, 6·√(0.4/0.6/100000) = 0.0155.
      y.average() shouldBe (1.0 plusOrMinus 0.0155)
    }

    "KER-23 BatchNormalization uses the batch in training and moving averages otherwise" {
      val norm = tf.keras.layers.BatchNormalization()
      val x = tf.random.normal(500, 64)
      val wide = tf.add(tf.multiply(x, 5f), 3f)
      val y = norm.apply(wide, true)
      norm.countParams() shouldBe 256
      norm.trainableVariables().sumOf { it.shape().size() } shouldBe 128
      tf.reduceMean(y, 0).toDoubleArray().forEach { it shouldBe (0.0 plusOrMinus 1e-4) }
      tf.math
        .reduceStd(y, intArrayOf(0), false)
        .toDoubleArray()
        .forEach { it shouldBe (1.0 plusOrMinus 1e-3) }
      // One step of 0.99 has moved the averages a hundredth of the way.
      val mean = norm.getWeights()[2].toDoubleArray()
      val batch = tf.reduceMean(wide, 0).toDoubleArray()
      mean.indices.forEach { mean[it] shouldBe (batch[it] * 0.01 plusOrMinus 1e-5) }
      val still = norm.apply(wide).toDoubleArray()
      still[0] shouldBe
        ((wide.toDoubleArray()[0] - mean[0]) / sqrt(norm.getWeights()[3].toDoubleArray()[0] + 1e-3) plusOrMinus 1e-4)
    }

    "KER-24 Embedding looks up rows, for floats too" {
      val embedding = tf.keras.layers.Embedding(10000, 7, 200)
      val y = embedding.apply(tf.keras.Input(200))
      y.shape().toString() shouldBe "(None, 200, 7)"
      embedding.countParams() shouldBe 70000
      val rows = embedding.apply(tf.constant(arrayOf(floatArrayOf(3f, 9999f))))
      val table = embedding.getWeights()[0]
      rows.toDoubleArray() shouldBe tf.gather(table, intArrayOf(3, 9999)).toDoubleArray()
    }

    "KER-25 Concatenate, Add and Activation" {
      val x = List(3) { tf.ones(4, 32) }
      tf.keras.layers
        .Concatenate()
        .apply(x)
        .shape() shouldBe Shape.of(4, 96)
      tf.keras.layers
        .Add()
        .apply(x)
        .toDoubleArray()
        .toSet() shouldBe setOf(3.0)
      tf.keras.layers
        .Activation("softmax")
        .apply(tf.zeros(1, 4))
        .toDoubleArray()
        .toList() shouldContainExactly listOf(0.25, 0.25, 0.25, 0.25)
    }

    "KER-27 initializers by default, by reference and by name" {
      val limit = sqrt(6.0 / (300 + 100))
      val uniform = drawn(Dense(100), 300)
      uniform.maxOf { abs(it) } shouldBeLessThanOrEqual limit
      uniform.map { it * it }.average() shouldBe (limit * limit / 3 plusOrMinus 2e-4)
      val normal = drawn(Dense(100).kernelInitializer(GlorotNormal()), 300)
      normal.map { it * it }.average() shouldBe (2.0 / 400 plusOrMinus 3e-4)
      val small = drawn(Dense(100).kernelInitializer("uniform"), 300)
      small.maxOf { abs(it) } shouldBeLessThanOrEqual 0.05
      small.map { it * it }.average() shouldBe (0.05 * 0.05 / 3 plusOrMinus 3e-5)
      val layer = Dense(4).also { it.buildFor(Shape.of(1, 3)) }
      layer.getWeights()[1].toDoubleArray().toSet() shouldBe setOf(0.0)
    }

    "KER-29 activations by name and by function; an unknown name is refused" {
      val x = tf.constant(arrayOf(floatArrayOf(-1f, 0.5f)))
      val byName = Dense(2, "sigmoid").also { it.apply(x) }
      val byFunction = Dense(2).activation { tf.sigmoid(it) }
      byFunction.buildFor(Shape.of(1, 2))
      byFunction.setWeights(byName.getWeights())
      byFunction.apply(x).toDoubleArray() shouldBe byName.apply(x).toDoubleArray()
      shouldThrow<ValueError> { tf.keras.layers.Activation("nope") }.message shouldContain
        "Could not interpret activation function identifier: nope"
      shouldThrow<ValueError> { Dense(2, "nope") }.message shouldContain "activation"
    }

    "KER-30 training is an argument of the call, and off by default" {
      val noise = tf.keras.layers.GaussianNoise(0.5)
      val x = tf.ones(50, 50)
      noise.apply(x).toDoubleArray() shouldBe x.toDoubleArray()
      noise.apply(x, false).toDoubleArray() shouldBe x.toDoubleArray()
      (noise.apply(x, true).toDoubleArray() contentEquals x.toDoubleArray()) shouldBe false
      tf.keras.layers
        .Dense(1)
        .apply(x)
        .dtype() shouldBe DType.F32
    }
  })
