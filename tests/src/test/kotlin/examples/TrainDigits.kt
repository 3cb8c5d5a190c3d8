package dev.merapi.examples

import dev.merapi.data.LabelledImages
import dev.merapi.data.digits.Digits
import dev.merapi.dsl.*
import dev.merapi.nn.init.GlorotUniform
import dev.merapi.nn.layer.Dense
import dev.merapi.nn.layer.reshape.Flatten
import dev.merapi.nn.loss.Losses
import dev.merapi.nn.model.Sequential
import dev.merapi.nn.optimizer.Adam
import dev.merapi.tf

private const val BATCH = 50

fun main() {
  trainDigits(pictures = 10_000, keptBack = 2_000, epochs = 3)
}

/**
 * Learns to read handwritten digits, which draw themselves, with a training loop of its own.
 *
 * Prints how many digits are read rightly after each epoch, and returns the losses of all batches.
 */
internal fun trainDigits(
  pictures: Int,
  keptBack: Int,
  epochs: Int,
): List<Double> {
  val data = Digits.make(42, pictures, keptBack)
  val images = images(data.train)
  val labels = labels(data.train)
  val model =
    Sequential(
      Flatten(),
      Dense(100, "relu").kernelInitializer(GlorotUniform(1L)),
      Dense(10, "linear").kernelInitializer(GlorotUniform(2L)),
    )
  val adam = Adam(0.001)
  val losses = mutableListOf<Double>()
  for (epoch in 1..epochs) {
    for (from in 0 until pictures step BATCH) {
      val batch = from until minOf(from + BATCH, pictures)
      val step = gradient { Losses.sparseSoftmaxCrossEntropy(labels[batch], model.apply(images[batch], true)) }
      val variables = model.trainableVariables()
      adam.applyGradients(step withRespectTo variables, variables)
      losses += step.value.item()
    }
    val right = model.apply(images(data.test)).argmax(axis = 1, outputType = tf.int32) eq labels(data.test)
    println("epoch $epoch accuracy ${right.cast(tf.float32).reduceMean().format()}")
  }
  return losses
}

private fun images(part: LabelledImages) =
  tf.constant(part.images, tf.uint8, part.size(), part.rows, part.columns).cast(tf.float32) / 255

private fun labels(part: LabelledImages) = tf.constant(part.labels, tf.uint8).cast(tf.int32)
