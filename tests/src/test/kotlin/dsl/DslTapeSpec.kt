package dev.merapi.dsl

import dev.merapi.eager.Variable
import dev.merapi.memory.Memory
import dev.merapi.say.ClosedError
import dev.merapi.say.GradientError
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.longs.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

class DslTapeSpec :
  StringSpec({
    "the gradient of a block" {
      val w = Variable(3f)
      val square = gradient { w * w }
      square.value.item() shouldBe 9.0
      (square withRespectTo w).item() shouldBe 6.0
    }

    "several gradients come apart by name" {
      val w = Variable(3f)
      val b = Variable(5f)
      val (dw, db) = gradient { w * w * b } withRespectTo listOf(w, b)
      dw.item() shouldBe 30.0
      db.item() shouldBe 9.0
    }

    "a constant is watched inside the block" {
      val x = tensorOf(1f, 2f)
      val dx =
        gradient {
          watch(x)
          (x pow 3).reduceSum()
        } withRespectTo x
      dx.toList() shouldBe listOf(3f, 12f)
    }

    "gradients of gradients" {
      val x = Variable(2f)
      val second = gradient { gradient { x pow 3 } withRespectTo x } withRespectTo x
      second.item() shouldBe 12.0
    }

    "a value without a way to its source says so" {
      val w = Variable(3f)
      val other = Variable(1f)
      shouldThrow<GradientError> { gradient { w * 2 } withRespectTo listOf(w, other) }.message shouldContain "source 1"
      val spent = gradient { w * 2 }
      spent withRespectTo w
      shouldThrow<ClosedError> { spent withRespectTo w }
    }

    "a tape of one's own gives what its block returns, and null where nothing connects" {
      val w = Variable(3f)
      val other = Variable(1f)
      val grads = gradientTape { gradient(w * w, listOf(w, other)) }
      grads[0]!!.item() shouldBe 6.0
      grads[1] shouldBe null
      val (first, second) =
        gradientTape(persistent = true) {
          val y = w * w
          gradient(y, w)!! to gradient(y * y, w)!!
        }
      first.item() shouldBe 6.0
      second.item() shouldBe 108.0
    }

    "a scope keeps what it returns and gives back the rest" {
      val x = tf.ones(1 shl 18)
      Memory.info()
      Memory.resetPeak()
      val before = Memory.info().current()
      repeat(20) {
        val y: Tensor = tensorScope { (x + 1) * 2 - 3 }
        y[0].item() shouldBe 1.0
      }
      val (sum, list) = tensorScope { (x + 1).reduceSum() to (x * 2)[0..1] }
      sum.item() shouldBe 524288.0
      list.toList() shouldBe listOf(2f, 2f)
      // A step makes three tensors of 1 MiB, of which one stays; without the scope 60 would.
      Memory.info().peak() - before shouldBeLessThan (30L shl 20)
    }

    "the same gradients in Java have the same bits" {
      val x = tensorOf(listOf(0.3f, -1.2f, 0.8f))
      val w = Variable(arrayOf(floatArrayOf(0.1f, -0.2f), floatArrayOf(0.3f, 0.4f), floatArrayOf(-0.5f, 0.6f)))
      val b = Variable(floatArrayOf(0.7f, -0.8f))
      val kotlin = gradient { ((x matmul w) + b).tanh().reduceMean() } withRespectTo listOf(w, b)
      val java = JavaTwins.gradients(x, w, b)
      kotlin.map { it.toByteArray().toList() } shouldBe java.map { it.toByteArray().toList() }
    }
  })
