package dev.merapi.acceptance

import dev.merapi.autodiff.GradientTape
import dev.merapi.eager.Variable
import dev.merapi.memory.Memory
import dev.merapi.memory.Scope
import dev.merapi.op.IndexedSlices
import dev.merapi.op.Values
import dev.merapi.say.ShapeError
import dev.merapi.say.TypeError
import dev.merapi.tensor.DType
import dev.merapi.tensor.Shape
import dev.merapi.tensor.Spec
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.longs.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.util.concurrent.CountDownLatch
import kotlin.concurrent.thread

/** Variables outside graphs. */
class VarSpec :
  StringSpec({
    "VAR-01 assign and read" {
      val x = Variable(6.0)
      x.numpy() shouldBe 6f
      x.assign(1.0)
      x.numpy() shouldBe 1f
      x.assign(8.0).value().numpy() shouldBe 8f
    }

    "VAR-02 variables without a name share one" {
      val a = Variable(0.0)
      val b = Variable(0.0)
      "$a $b" shouldBe
        "<tf.Variable 'Variable:0' shape=() dtype=float32, numpy=0.0> " +
        "<tf.Variable 'Variable:0' shape=() dtype=float32, numpy=0.0>"
    }

    "VAR-03 a whole number as the start of a float variable" {
      val a = Variable(0, DType.F32, Shape.SCALAR, null, true)
      a.dtype() shouldBe DType.F32
      a.shape() shouldBe Shape.of()
      a.numpy() shouldBe 0f
      shouldThrow<ShapeError> { Variable(0.0, null, Shape.of(2), null, true) }.message shouldContain
        "is not compatible with the explicitly supplied `shape` argument"
    }

    "VAR-04 tapes do not watch what is not trainable" {
      val w = Variable(2.0, "w", true)
      val step = Variable(3.0, "step", false)
      GradientTape().use { tape ->
        val y = call("Mul", w, step)
        tape.watchedVariables() shouldBe listOf(w)
        val grads = tape.gradient(y, listOf(w, step))
        grads[0]!!.numpy() shouldBe 3f
        grads[1] shouldBe null
      }
    }

    "VAR-05 a training loop takes no more memory with every step" {
      val bytes = 1L shl 20
      val x = Variable(Values.filled(Spec.of(DType.F32, (bytes / 4).toInt()), 0.0), "x", true)
      Memory.info()
      Memory.resetPeak()
      val before = Memory.info().current()
      repeat(50) {
        Scope.open().use {
          x.assign(call("AddV2", x, 1f))
          x.assignAdd(x)
        }
      }
      Memory.info().peak() - before shouldBeLessThan 6 * bytes
    }

    "VAR-05 a snapshot outlives the value that it shows" {
      val x = Variable(floatArrayOf(1f, 2f))
      val before = x.value()
      x.assign(floatArrayOf(3f, 4f)).assignAdd(floatArrayOf(1f, 1f))
      Values.filled(Spec.of(DType.F32, 2), 9.0)
      before.toFloatArray().toList() shouldBe listOf(1f, 2f)
      Scope
        .open()
        .use { scope ->
          val inside = x.value()
          x.assignSub(floatArrayOf(4f, 5f))
          inside.toFloatArray().toList() shouldBe listOf(4f, 5f)
          scope.keep(inside)
        }.let {}
      x.value().toFloatArray().toList() shouldBe listOf(0f, 0f)
    }

    "VAR-06 a variable is passed by reference" {
      val state = Variable(1.0)

      class Model(
        val weight: Variable,
      ) {
        fun call(x: Double) = call("Mul", weight, x)
      }
      val model = Model(state)
      model.call(2.0).numpy() shouldBe 2f
      state.assign(5.0)
      model.call(2.0).numpy() shouldBe 10f
    }

    "VAR-07 a value of another shape is refused" {
      val x = Variable(1.0)
      shouldThrow<ShapeError> { x.assign(listOf(1.0, 2.0)) }.message shouldContain
        "Shape mismatch.The variable shape (), and the assigned value shape (2,) are incompatible."
      x.numpy() shouldBe 1f
      shouldThrow<TypeError> { x.assign(constant(1)) }
      shouldThrow<TypeError> { Variable(1).assign(1.5) }
      shouldThrow<ShapeError> { Variable(listOf(1.0, 2.0)).assignAdd(listOf(1.0)) }.message shouldContain
        "Cannot update variable with shape [2] using a Tensor with shape [1], shapes must be equal."
    }

    "VAR-08 variables on either side of an operator" {
      val w = Variable(3.0)
      val b = Variable(2.0)
      val inputs = constant(listOf(1.0, 2.0))
      call("AddV2", call("Mul", inputs, w), b).toFloatArray().toList() shouldBe listOf(5f, 8f)
      call("Sub", 1, w).numpy() shouldBe -2f
      call("Less", b, w).numpy() shouldBe true
      call("Equal", w, 3).numpy() shouldBe true
    }

    "VAR-09 read after write" {
      val step = Variable(1.0)
      step.assignAdd(1.0).numpy() shouldBe 2f
      step.assignAdd(1.0).numpy() shouldBe 3f
      step.assignSub(2).numpy() shouldBe 1f
    }

    "VAR-09 additions by several threads are all counted" {
      val sum = Variable(0)
      val start = CountDownLatch(1)
      val threads =
        List(4) {
          thread {
            start.await()
            repeat(500) { sum.assignAdd(1) }
          }
        }
      start.countDown()
      threads.forEach { it.join() }
      sum.numpy() shouldBe 2000
    }

    "VAR-09 rows are replaced and added to" {
      val x = Variable(listOf(listOf(1.0, 2.0), listOf(3.0, 4.0), listOf(5.0, 6.0)))
      x.scatterUpdate(listOf(2, 0), listOf(listOf(0, 0), listOf(9, 9)))
      x.value().toFloatArray().toList() shouldBe listOf(9f, 9f, 3f, 4f, 0f, 0f)
      x.scatterAdd(IndexedSlices(constant(listOf(listOf(1.0, 1.0), listOf(2.0, 2.0))), ints(1, 1), x.shape()))
      x.value().toFloatArray().toList() shouldBe listOf(9f, 9f, 6f, 7f, 0f, 0f)
      x.scatterNdUpdate(listOf(listOf(0, 1), listOf(2, 0)), listOf(-1.0, -2.0))
      x.value().toFloatArray().toList() shouldBe listOf(9f, -1f, 6f, 7f, -2f, 0f)
    }

    "VAR-09 a part is assigned through brackets" {
      val x = Variable(listOf(listOf(1, 2, 3), listOf(4, 5, 6)))
      x.assignAt(listOf(0, 0), ":, 1")
      x.value().toIntArray().toList() shouldBe listOf(1, 0, 3, 4, 0, 6)
    }
  })
