package dev.merapi.dsl

import dev.merapi.eager.Variable
import dev.merapi.say.ShapeError
import dev.merapi.say.TypeError
import dev.merapi.tf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

class DslOperatorsSpec :
  StringSpec({
    val x = tensorOf(1f, 2f, 4f)

    "a number stands on either side of a tensor" {
      (x + 1).toList() shouldBe listOf(2f, 3f, 5f)
      (1 + x).toList() shouldBe listOf(2f, 3f, 5f)
      (2f * x).toList() shouldBe listOf(2f, 4f, 8f)
      (x * 2.0).toList() shouldBe listOf(2f, 4f, 8f)
      (x - 1).toList() shouldBe listOf(0f, 1f, 3f)
      (1 - x).toList() shouldBe listOf(0f, -1f, -3f)
      (x / 2).toList() shouldBe listOf(0.5f, 1f, 2f)
      (4 / x).toList() shouldBe listOf(4f, 2f, 1f)
      (-x).toList() shouldBe listOf(-1f, -2f, -4f)
    }

    "a number beside whole numbers stays whole, and a fraction is refused" {
      val whole = tensorOf(1, 2, 3)
      (5 + whole).dtype() shouldBe tf.int32
      (whole * 2).toList() shouldBe listOf(2, 4, 6)
      shouldThrow<TypeError> { whole * 1.5f }
    }

    "a remainder has the sign of the divisor, as in Python" {
      (tensorOf(-7, 7) % 3).toList() shouldBe listOf(2, 1)
      (-7 % tensorOf(3, -3)).toList() shouldBe listOf(2, -1)
    }

    "powers of tensors and of numbers" {
      (x pow 2).toList() shouldBe listOf(1f, 4f, 16f)
      (2 pow x).toList() shouldBe listOf(2f, 4f, 16f)
      (x pow tensorOf(3f, 2f, 1f)).toList() shouldBe listOf(1f, 4f, 4f)
    }

    "a variable stands wherever a tensor does" {
      val v = Variable(2f)
      (v * x).toList() shouldBe listOf(2f, 4f, 8f)
      (x - v).toList() shouldBe listOf(-1f, 0f, 2f)
      (v + v).item() shouldBe 4.0
      (1 - v).item() shouldBe -1.0
      (-v).item() shouldBe -2.0
      (v pow 3).item() shouldBe 8.0
      (v gt 1).booleanValue() shouldBe true
    }

    "matrices multiply" {
      val a = tensorOf(listOf(1f, 2f), listOf(3f, 4f))
      val b = tensorOf(listOf(0f, 1f), listOf(1f, 0f))
      (a matmul b).toList() shouldBe listOf(listOf(2f, 1f), listOf(4f, 3f))
      a.matmul(a, transposeB = true).toList() shouldBe listOf(listOf(5f, 11f), listOf(11f, 25f))
    }

    "comparisons are bool tensors" {
      (x gt 2).toList() shouldBe listOf(false, false, true)
      (x ge 2).toList() shouldBe listOf(false, true, true)
      (x lt 2f).toList() shouldBe listOf(true, false, false)
      (2 le x).toList() shouldBe listOf(false, true, true)
      (x eq tensorOf(1f, 0f, 4f)).toList() shouldBe listOf(true, false, true)
      (x ne 4).toList() shouldBe listOf(true, true, false)
      (!(x ne 4) and (x gt 0)).toList() shouldBe listOf(false, false, true)
      (x lt 2 or (x gt 3)).toList() shouldBe listOf(true, false, true)
      (tensorOf("Ada", "Bob") eq "Ada").toList() shouldBe listOf(true, false)
      (x + 1 gt 3).toList() shouldBe listOf(false, false, true)
    }

    "a variable is added to in its place" {
      val v = Variable(listOf(1.0, 2.0), "v")
      val before = v.value()
      v += tensorOf(1f, 1f)
      v -= listOf(0.5, 0.5)
      v.value().toList() shouldBe listOf(1.5f, 2.5f)
      before.toList() shouldBe listOf(1f, 2f)
      shouldThrow<ShapeError> { v += 1 }
    }

    "what does not fit is refused by the function behind the operator" {
      shouldThrow<ShapeError> { x + tensorOf(1f, 2f) }.message shouldContain "(3,)"
    }

    "the same sentence in Java gives the same bits" {
      val v = Variable(floatArrayOf(1.1f, -2.3f, 3.7f))
      val y = 2f * x * x - x / 3f + (v pow 2) % 5f
      y.toByteArray() shouldBe JavaTwins.arithmetic(x, v).toByteArray()
      val w = Variable(arrayOf(floatArrayOf(0.1f, -0.2f), floatArrayOf(0.3f, 0.4f), floatArrayOf(-0.5f, 0.6f)))
      val b = Variable(floatArrayOf(0.7f, -0.8f))
      val rows = x[newAxis]
      ((rows matmul w) + b).tanh().toByteArray() shouldBe JavaTwins.layer(rows, w, b).toByteArray()
    }
  })
