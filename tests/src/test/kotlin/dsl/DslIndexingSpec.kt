package dev.merapi.dsl

import dev.merapi.eager.Variable
import dev.merapi.op.Index
import dev.merapi.say.ShapeError
import dev.merapi.say.TypeError
import dev.merapi.say.ValueError
import dev.merapi.tensor.Shape
import dev.merapi.tf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

class DslIndexingSpec :
  StringSpec({
    val row = tensorOf(0, 1, 2, 3, 4, 5)
    val cube = tf.range(24).reshape(2, 3, 4)

    "positions, from the front and from the back" {
      row[2].intValue() shouldBe 2
      row[-1].intValue() shouldBe 5
      row[end].intValue() shouldBe 5
      row[end - 1].intValue() shouldBe 4
      cube[1, 2, -1].intValue() shouldBe 23
      cube[1, 0].toList() shouldBe listOf(12, 13, 14, 15)
    }

    "a range includes its last position, as Kotlin's do" {
      row[1..3].toList() shouldBe listOf(1, 2, 3)
      row[1..<3].toList() shouldBe listOf(1, 2)
      row[-3..-2].toList() shouldBe listOf(3, 4)
      row[-3..-1].toList() shouldBe listOf(3, 4, 5)
      row[-3..<-1].toList() shouldBe listOf(3, 4)
      row[0..5 step 2].toList() shouldBe listOf(0, 2, 4)
      row[3 downTo 1].toList() shouldBe listOf(3, 2, 1)
      row[5 downTo 0 step 2].toList() shouldBe listOf(5, 3, 1)
      row[-1 downTo -2].toList() shouldBe listOf(5, 4)
    }

    "end stands for the last position of any axis" {
      row[2..end].toList() shouldBe listOf(2, 3, 4, 5)
      row[2..<end].toList() shouldBe listOf(2, 3, 4)
      row[2..end - 2].toList() shouldBe listOf(2, 3)
      row[2..<end - 1].toList() shouldBe listOf(2, 3)
      row[-2..end].toList() shouldBe listOf(4, 5)
      row[1..end step 2].toList() shouldBe listOf(1, 3, 5)
      row[end downTo 0].toList() shouldBe listOf(5, 4, 3, 2, 1, 0)
      row[end - 1 downTo 2].toList() shouldBe listOf(4, 3, 2)
    }

    "the whole axis, by steps and backwards" {
      row[all].toList() shouldBe listOf(0, 1, 2, 3, 4, 5)
      row[all step 2].toList() shouldBe listOf(0, 2, 4)
      row[all step -1].toList() shouldBe listOf(5, 4, 3, 2, 1, 0)
      shouldThrow<ValueError> { row[all step 0] }
      shouldThrow<ValueError> { row[1..end step -1] }.message shouldContain "downTo"
    }

    "an empty range takes nothing, never everything" {
      val n = 0
      row[0 until n].shape() shouldBe Shape.of(0)
      row[3 until 3].shape() shouldBe Shape.of(0)
      row[4..3].shape() shouldBe Shape.of(0)
      row[0..<n step 2].shape() shouldBe Shape.of(0)
    }

    "a range across both sides of the axis is refused, with the way to write it" {
      shouldThrow<ValueError> { row[1..-1] }.message shouldContain "1..end is Python's 1:"
      shouldThrow<ValueError> { row[-2..1] }
      shouldThrow<ValueError> { row[-1 downTo 0] }
    }

    "all, etc and newAxis" {
      cube[0, all].shape() shouldBe Shape.of(3, 4)
      cube[all, 1].toList() shouldBe listOf(listOf(4, 5, 6, 7), listOf(16, 17, 18, 19))
      cube[etc, 0].toList() shouldBe listOf(listOf(0, 4, 8), listOf(12, 16, 20))
      cube[etc, newAxis].shape() shouldBe Shape.of(2, 3, 4, 1)
      cube[newAxis, 1, etc].shape() shouldBe Shape.of(1, 3, 4)
      cube[1, 0..1, -1].toList() shouldBe listOf(15, 19)
    }

    "Python's text, an Index and a scalar tensor are places too" {
      cube["1, 1:, ::2"].toList() shouldBe listOf(listOf(16, 18), listOf(20, 22))
      row[Index.to(2)].toList() shouldBe listOf(0, 1)
      row[tf.constant(4)].intValue() shouldBe 4
      row[Variable(3)].intValue() shouldBe 3
    }

    "a bool tensor picks where it is true" { row[row gt 3].toList() shouldBe listOf(4, 5) }

    "a variable is read and written by places" {
      val v = Variable(listOf(listOf(1, 2, 3), listOf(4, 5, 6)))
      v[1, 0..1].toList() shouldBe listOf(4, 5)
      v[all, 1] = listOf(0, 0)
      v[0, end] = 9
      v[1] = tensorOf(7, 7, 7)
      v.value().toList() shouldBe listOf(listOf(1, 0, 9), listOf(7, 7, 7))
    }

    "what is no place is refused" {
      shouldThrow<TypeError> { row[1.5] }.message shouldContain "Double '1.5' is not an index"
      shouldThrow<ShapeError> { cube[0, 0, 0, 0] }
    }

    "the same places in Java give the same bits" {
      val x = tf.range(48).reshape(2, 3, 4, 2)
      x[1..end, all step 2, newAxis, -1].let {
        it.shape() shouldBe Shape.of(1, 2, 1, 2)
        it.toByteArray() shouldBe JavaTwins.part(x).toByteArray()
      }
    }
  })
