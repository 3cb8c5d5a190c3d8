package dev.merapi.op

import dev.merapi.device.Workers
import dev.merapi.facade.RandomApi
import dev.merapi.nn.init.Initializers
import dev.merapi.nn.init.Orthogonal
import dev.merapi.say.ValueError
import dev.merapi.suite.RandomGoldens
import dev.merapi.tensor.DType
import dev.merapi.tensor.Shape
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import kotlin.math.sqrt

class RandomSpec :
  StringSpec({
    "rows of calls after setSeed are TensorFlow's" { RandomGoldens.sequences().shouldBeEmpty() }

    "seeds split as in TensorFlow, and StatelessShuffle gives its orders" { RandomGoldens.splits().shouldBeEmpty() }

    "seeded initializers are Keras'" { RandomGoldens.initializers().shouldBeEmpty() }

    "two calls in a row differ, and resetting the global seed repeats both" {
      RandomApi.setSeed(0)
      val first = RandomApi.uniform(5).toFloatArray()
      val second = RandomApi.uniform(5).toFloatArray()
      first shouldNotBe second
      RandomApi.setSeed(0)
      RandomApi.uniform(5).toFloatArray() shouldBe first
      RandomApi.uniform(5).toFloatArray() shouldBe second
      Seeds.clearSeed()
    }

    "values do not depend on the number of threads" {
      val threads = Workers.threads()
      val drawn =
        listOf(1, 3).map {
          Workers.setThreads(it)
          RandomApi.setSeed(7)
          RandomApi.truncatedNormal(intArrayOf(100_003), 0.0, 1.0, DType.F32, null).toFloatArray()
        }
      Workers.setThreads(threads)
      Seeds.clearSeed()
      drawn[0] shouldBe drawn[1]
    }

    "mean and deviation of normal numbers are what was asked for" {
      RandomApi.setSeed(11)
      val x = RandomApi.normal(intArrayOf(100, 100), 0.0, 2.0, DType.F32, null).toDoubleArray()
      Seeds.clearSeed()
      val mean = x.average()
      mean shouldBe (0.0 plusOrMinus 0.06)
      sqrt(x.sumOf { (it - mean) * (it - mean) } / x.size) shouldBe (2.0 plusOrMinus 0.05)
    }

    "choice follows the probabilities, and accepts a float32 sum slightly off 1" {
      RandomApi.setSeed(5)
      val p = Values.floats(floatArrayOf(0.1f, 0f, 0.6f, 0.30001f), 4)
      val hits = IntArray(4)
      repeat(20_000) { hits[RandomApi.choice(4, p)]++ }
      Seeds.clearSeed()
      // Four deviations of a binomial count.
      hits.zip(listOf(0.1, 0.0, 0.6, 0.3)).forEach { (n, q) ->
        n / 20_000.0 shouldBe (q plusOrMinus 4 * sqrt(q * (1 - q) / 20_000))
      }
      shouldThrow<ValueError> { RandomApi.choice(2, Values.floats(floatArrayOf(0.5f, 0.4f), 2)) }
    }

    "columns of an orthogonal matrix are orthonormal" {
      val q = Orthogonal(1.0, 3L).make(Shape.of(7, 4), DType.F64).toDoubleArray()
      for (a in 0..3) {
        for (b in 0..3) {
          (0..6).sumOf { q[it * 4 + a] * q[it * 4 + b] } shouldBe ((if (a == b) 1.0 else 0.0) plusOrMinus 1e-14)
        }
      }
    }

    "initializers are found in any spelling, and an unknown name lists the known ones" {
      Initializers.get("HE_normal")::class shouldBe Initializers.get("HeNormal")::class
      shouldThrow<ValueError> { Initializers.get("he") }.message shouldContain "glorot_uniform"
    }
  })
