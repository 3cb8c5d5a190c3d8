package dev.merapi.acceptance

import dev.merapi.nn.layer.recurrent.LSTM
import dev.merapi.nn.layer.recurrent.LSTMCell
import dev.merapi.nn.layer.recurrent.RNN
import dev.merapi.tensor.Shape
import dev.merapi.tf
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe

/** Recurrent layers of the founding notes' character model. */
class KerRecurrentSpec :
  StringSpec({
    "KER-35 an LSTM for 57 characters has a kernel, a recurrent kernel and a bias; its cell too" {
      val shapes = listOf(listOf(57, 1024), listOf(256, 1024), listOf(1024))
      val layer = LSTM(256).name("lstm")
      val x = tf.oneHot(tf.constant(arrayOf(intArrayOf(1, 56, 3), intArrayOf(0, 7, 9))), 57)
      layer.apply(x).shape() shouldBe Shape.of(2, 256)
      layer.weights().map { it.shape().dims().toList() } shouldBe shapes
      layer.weights().map { it.name() } shouldBe
        listOf("lstm/lstm_cell/kernel", "lstm/lstm_cell/recurrent_kernel", "lstm/lstm_cell/bias")
      layer.countParams() shouldBe 4L * 256 * (57 + 256 + 1)
      // The forget gate's biases begin with 1.
      layer
        .weights()[2]
        .value()
        .toFloatArray()
        .toList() shouldBe
        List(1024) { if (it in 256 until 512) 1f else 0f }
      val cell = LSTMCell(256)
      val sequence = RNN(cell).returnSequences(true)
      sequence.apply(x).shape() shouldBe Shape.of(2, 3, 256)
      cell.weights().map { it.shape().dims().toList() } shouldBe shapes
      cell.setWeights(layer.weights)
      sequence.apply(x).toFloatArray().takeLast(256) shouldBe layer.apply(x).toFloatArray().takeLast(256)
    }
  })
