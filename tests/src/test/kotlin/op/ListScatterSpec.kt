package dev.merapi.op

import dev.merapi.autodiff.GradientTape
import dev.merapi.say.ValueError
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

/** Values and gradients are what TensorFlow 2.21's raw operations give for the same numbers. */
class ListScatterSpec :
  StringSpec({
    val x = tf.constant(arrayOf(floatArrayOf(1f, 2f), floatArrayOf(3f, 4f), floatArrayOf(5f, 6f)))
    val rows = tf.constant(arrayOf(floatArrayOf(9f, 8f), floatArrayOf(7f, 6f)))
    val places = tf.constant(intArrayOf(2, 0))
    val weights = tf.constant(arrayOf(floatArrayOf(1f, 10f), floatArrayOf(100f, 1000f), floatArrayOf(2f, 20f)))
    val element = tf.constant(intArrayOf(2))

    fun call(
      name: String,
      vararg inputs: Tensor,
    ): Tensor = Registry.find(name).let { it.with(it.defaults(), *inputs) }

    fun squares(stacked: Tensor) = tf.reduceSum(tf.multiply(tf.multiply(stacked, weights), stacked))

    "TensorListScatterIntoExistingList puts rows in their places" {
      GradientTape().use { tape ->
        tape.watch(x)
        tape.watch(rows)
        val list = call("TensorListScatterIntoExistingList", call("TensorListFromTensor", x, element), rows, places)
        val y = call("TensorListStack", list, element)
        y.format() shouldBe "[[7. 6.]\n [3. 4.]\n [9. 8.]]"
        val slopes = tape.gradient(squares(y), listOf(x, rows))
        slopes.get(0)!!.format() shouldBe "[[   0.    0.]\n [ 600. 8000.]\n [   0.    0.]]"
        slopes.get(1)!!.format() shouldBe "[[ 36. 320.]\n [ 14. 120.]]"
      }
    }

    "TensorListScatterIntoExistingList grows where a place lies behind the end" {
      val short = call("TensorListFromTensor", rows, element)
      val list = call("TensorListScatterIntoExistingList", short, rows, tf.constant(intArrayOf(3, 0)))
      call("TensorListLength", list).intValue() shouldBe 4
    }

    "TensorListScatterV2 leaves zeros where nothing is put" {
      GradientTape().use { tape ->
        tape.watch(rows)
        val list = call("TensorListScatterV2", rows, places, element, tf.constant(3))
        val y = call("TensorListStack", list, element)
        y.format() shouldBe "[[7. 6.]\n [0. 0.]\n [9. 8.]]"
        tape.gradient(squares(y), rows)!!.format() shouldBe "[[ 36. 320.]\n [ 14. 120.]]"
      }
      shouldThrow<ValueError> {
        call("TensorListScatterV2", rows, tf.constant(intArrayOf(0, -1)), element, tf.constant(3))
      }.message!! shouldContain "must all be non-negative"
    }
  })
