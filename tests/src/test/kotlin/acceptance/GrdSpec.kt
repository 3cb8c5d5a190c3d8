package dev.merapi.acceptance

import dev.merapi.autodiff.GradientTape
import dev.merapi.eager.Variable
import dev.merapi.facade.TfApi.WithGradient
import dev.merapi.nn.layer.Dense
import dev.merapi.nn.layer.conv.Conv2D
import dev.merapi.nn.layer.reshape.Flatten
import dev.merapi.nn.loss.Losses
import dev.merapi.nn.model.Sequential
import dev.merapi.nn.optimizer.Adam
import dev.merapi.nn.optimizer.SGD
import dev.merapi.op.IndexedSlices
import dev.merapi.say.ClosedError
import dev.merapi.tensor.Shape
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.floats.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import java.util.logging.Handler
import java.util.logging.LogRecord
import java.util.logging.Logger
import kotlin.random.Random

/** Automatic differentiation: the founding notes' programs and TensorFlow's rules. */
class GrdSpec :
  StringSpec({
    "GRD-01 a constant that is not watched has no gradient" {
      val x = tf.constant(listOf(2.0))
      GradientTape().use { tape -> "${tape.gradient(tf.pow(x, 2), x)}" shouldBe "null" }
    }

    "GRD-02 variables are watched by themselves" {
      val x = Variable(tf.constant(listOf(2.0)))
      GradientTape().use { tape ->
        "${tape.gradient(tf.pow(x, 2), x)}" shouldBe "tf.Tensor([4.], shape=(1,), dtype=float32)"
      }
    }

    "GRD-03 a watched tensor has a gradient" {
      val x = tf.constant(listOf(2.0))
      GradientTape(false, true).use { tape ->
        tape.watch(x)
        "${tape.gradient(tf.pow(x, 2), x)}" shouldBe "tf.Tensor([4.], shape=(1,), dtype=float32)"
      }
    }

    "GRD-04 a persistent tape gives several gradients" {
      val x = Variable(listOf(2.0))
      GradientTape(true).use { tape ->
        val f = tf.pow(x, 2)
        val h = tf.pow(x, 3)
        "${tape.gradient(f, x)}" shouldBe "tf.Tensor([4.], shape=(1,), dtype=float32)"
        "${tape.gradient(h, x)}" shouldBe "tf.Tensor([12.], shape=(1,), dtype=float32)"
      }
    }

    "GRD-05 another tape is spent after one gradient" {
      val x = Variable(listOf(2.0))
      GradientTape().use { tape ->
        val f = tf.pow(x, 2)
        val h = tf.pow(x, 3)
        tape.gradient(f, x)!!.toFloatArray().toList() shouldBe listOf(4f)
        shouldThrow<ClosedError> { tape.gradient(h, x) }.message shouldContain
          "A non-persistent GradientTape can only be used to compute one set of gradients (or jacobians)"
        shouldThrow<ClosedError> { tape.jacobian(h, x) }
      }
    }

    "GRD-06 variables need not be watched" {
      val x = Variable(2.0)
      GradientTape(false, false).use { tape -> tape.gradient(tf.pow(x, 2), x) shouldBe null }
      GradientTape(false, false).use { tape ->
        tape.watch(x)
        tape.gradient(tf.pow(x, 2), x)!!.numpy() shouldBe 4f
      }
    }

    "GRD-07 watching whole numbers warns and names the type" {
      val seen = mutableListOf<String>()
      val log = Logger.getLogger("dev.merapi")
      val listener =
        object : Handler() {
          override fun publish(record: LogRecord) {
            seen += record.message
          }

          override fun flush() = Unit

          override fun close() = Unit
        }
      val toParents = log.useParentHandlers
      log.addHandler(listener)
      log.useParentHandlers = false
      try {
        val x = tf.constant(3)
        GradientTape().use { tape ->
          tape.watch(x)
          tape.gradient(tf.multiply(x, x), x) shouldBe null
        }
      } finally {
        log.removeHandler(listener)
        log.useParentHandlers = toParents
      }
      seen shouldContainExactly
        listOf("The dtype of the watched tensor must be floating (e.g. tf.float32), got tf.int32")
    }

    fun log1pexp(x: Tensor) = tf.math.log(tf.add(1, tf.exp(x)))

    fun slopeOf(
      f: (Tensor) -> Tensor,
      at: Double,
    ): Float {
      val x = tf.constant(at)
      return GradientTape().use { tape ->
        tape.watch(x)
        tape.gradient(f(x), x)!!.floatValue()
      }
    }

    "GRD-08 log(1 + eˣ) written down plainly overflows at 100" {
      slopeOf(::log1pexp, 0.0) shouldBe 0.5f
      slopeOf(::log1pexp, 100.0).isNaN() shouldBe true
      log1pexp(tf.constant(100.0)).numpy() shouldBe Float.POSITIVE_INFINITY
    }

    "GRD-10 a gradient of one's own does not" {
      fun stable(x: Tensor) =
        tf.customGradient({ (x) ->
          val e = tf.exp(x)
          WithGradient(arrayOf(tf.math.log(tf.add(1, e)))) { (dy) ->
            arrayOf(tf.multiply(dy!!, tf.subtract(1, tf.divide(1, tf.add(1, e)))))
          }
        }, x)
      slopeOf(::stable, 0.0) shouldBe 0.5f
      slopeOf(::stable, 100.0) shouldBe 1f
    }

    "GRD-11 null stands for an argument without gradient" {
      fun clipGradientByNorm(
        x: Tensor,
        norm: Tensor,
      ) = tf.customGradient({ (x, norm) ->
        WithGradient(arrayOf(tf.identity(x))) { (dy) -> arrayOf(tf.clipByNorm(dy!!, norm.item()), null) }
      }, x, norm)
      val x = tf.constant(listOf(7.0, 8.0))
      val norm = tf.constant(1.0)
      GradientTape().use { tape ->
        tape.watch(x)
        tape.watch(norm)
        val y = clipGradientByNorm(x, norm)
        y.format() shouldBe "[7. 8.]"
        val grads = tape.gradients(listOf(y), listOf(x, norm), listOf(tf.constant(listOf(3.0, 4.0))), false)
        grads[0]!!.format() shouldBe "[0.6 0.8]"
        grads[1] shouldBe null
      }
    }

    "GRD-12 gradients come in the order of the sources" {
      val w = Variable(5.0, "weight")
      val b = Variable(10.0, "bias")
      val x = tf.constant(listOf(1.0, 2.0, 3.0))

      fun grads(sources: List<Variable>) =
        GradientTape().use { tape ->
          tape.gradient(tf.reduceSum(tf.add(tf.multiply(x, w), b)), sources).map { it!!.floatValue() }
        }
      grads(listOf(w, b)) shouldBe listOf(6f, 3f)
      grads(listOf(b, w)) shouldBe listOf(3f, 6f)
    }

    "GRD-13 every trainable variable of a model gets its gradient" {
      val model =
        Sequential(
          Conv2D(16, 3, "valid", "relu"),
          Conv2D(16, 3, "valid", "relu"),
          Flatten(),
          Dense(10),
        )
      GradientTape().use { tape ->
        val images = tf.random.uniform(4, 28, 28, 1)
        val loss = Losses.sparseSoftmaxCrossEntropy(tf.constant(listOf(1, 2, 3, 4)), model.apply(images, true))
        val variables = model.trainableVariables()
        val grads = tape.gradient(loss, variables)
        grads.size shouldBe 6
        grads[0]!!.shape() shouldBe Shape.of(3, 3, 1, 16)
        grads.map { it!!.shape() } shouldBe variables.map { it.shape() }
      }
    }

    "GRD-14 a tape stops with its block" {
      val x = Variable(3.0)
      val tape = GradientTape(true)
      val inside = tape.use { tf.multiply(x, x) }
      val outside = tf.multiply(x, x)
      tape.gradient(inside, x)!!.numpy() shouldBe 6f
      tape.gradient(outside, x) shouldBe null
      tape.whyNull(outside, x) shouldContain "outside the tape"
    }

    "GRD-15 a tape inside a tape gives the second derivative" {
      val x = tf.constant(3.0)
      GradientTape().use { outer ->
        outer.watch(x)
        val slope =
          GradientTape().use { inner ->
            inner.watch(x)
            inner.gradient(tf.pow(x, 3), x)!!
          }
        slope.numpy() shouldBe 27f
        outer.gradient(slope, x)!!.numpy() shouldBe 18f
      }
    }

    "GRD-16 the gradient goes through a loop over time steps" {
      val random = Random(16)
      val (batch, steps, inputs, units) = listOf(2, 5, 3, 4)
      checkSlope(
        random,
        listOf(
          reals(random, batch, steps, inputs),
          reals(random, inputs + units, 4 * units, low = -0.7, high = 0.7),
          reals(random, 4 * units, low = -0.5, high = 0.5),
        ),
      ) { (x, kernel, bias) ->
        var c: Tensor = tf.zeros(intArrayOf(batch, units), tf.float64)
        var h: Tensor = c
        for (t in 0 until steps) {
          val gates = tf.add(tf.matmul(tf.concat(listOf(tf.index(x, ":, $t, :"), h), 1), kernel), bias)
          val (i, j, f, o) = tf.split(gates, 4, 1)
          c = tf.add(tf.multiply(c, tf.sigmoid(tf.add(f, 1.0))), tf.multiply(tf.sigmoid(i), tf.tanh(j)))
          h = tf.multiply(tf.tanh(c), tf.sigmoid(o))
        }
        h
      }
    }

    "GRD-17 the gradient through branches, loops and scans in a function is that of the same code run at once" {
      val rows = tf.constant(arrayOf(floatArrayOf(.1f, .2f), floatArrayOf(.3f, .4f), floatArrayOf(.5f, -.6f)))
      val codes =
        listOf<(Tensor) -> Tensor>(
          { x -> tf.cond(tf.greater(tf.reduceSum(x), 0f), { tf.exp(x) }, { tf.sin(tf.square(x)) }) },
          { x ->
            tf.whileLoop({ v -> tf.less(tf.reduceSum(v), 9f) }, { v -> tf.multiply(tf.add(v, x), 1.5f) }, x, null, 7)
          },
          { x -> tf.scan({ state, row -> tf.tanh(tf.add(tf.multiply(state, 1.3f), row)) }, x) },
          { x ->
            tf.scan<Tensor, Tensor>(
              { state, row ->
                tf.cond(tf.greater(tf.reduceSum(row), .5f), { tf.multiply(state, row) }, { tf.sin(state) })
              },
              x,
              tf.constant(floatArrayOf(1f, 2f)),
            )
          },
        )
      for (code in codes) {
        for (x in listOf(rows, tf.negative(rows))) {
          val function = tf.function(java.util.function.Function<Tensor, Tensor> { code(it) })
          val slopes =
            listOf<(Tensor) -> Tensor>(code, function::apply).map { f ->
              GradientTape().use { tape ->
                tape.watch(x)
                // Run at once, a row that only decides is not connected; a graph gives zeros.
                (tape.gradient(f(x), x) ?: tf.zerosLike(x)).toFloatArray()
              }
            }
          slopes[1].zip(slopes[0]).forEach { (got, want) -> got shouldBe (want plusOrMinus 1e-5f) }
        }
      }
    }

    "GRD-18 an embedding's gradient holds the rows that were looked up, repeated ones twice" {
      val table = Variable(List(4) { listOf(it.toDouble(), -it.toDouble()) })
      GradientTape().use { tape ->
        val picked = tf.nn.embeddingLookup(table, listOf(2, 0, 2))
        val grads =
          tape.gradient(
            tf.reduceSum(tf.multiply(picked, listOf(listOf(1.0), listOf(10.0), listOf(100.0)))),
            listOf(table),
          )
        grads.raw(0).shouldBeInstanceOf<IndexedSlices>()
        SGD(0.5).applyGradients(grads, listOf(table))
        table.value().toFloatArray().toList() shouldBe listOf(-5f, -5f, 1f, -1f, -48.5f, -52.5f, 3f, -3f)
        grads[0]!!.toFloatArray().toList() shouldBe listOf(10f, 10f, 0f, 0f, 101f, 101f, 0f, 0f)
      }
    }

    "GRD-18 rules with memory step as for the whole gradient" {
      val whole = Variable(List(3) { listOf(1.0, 2.0) })
      val rows = Variable(List(3) { listOf(1.0, 2.0) })
      for ((rule, other) in listOf(Adam(0.1) to Adam(0.1), SGD(0.1, 0.9, false) to SGD(0.1, 0.9, false))) {
        for (ids in listOf(listOf(0, 2, 2), listOf(1, 1, 0))) {
          fun grads(v: Variable) =
            GradientTape().use { it.gradient(tf.reduceSum(tf.square(tf.gather(v, ids))), listOf(v)) }
          rule.applyGradients(grads(rows), listOf(rows))
          other.applyGradients(listOf(grads(whole)[0]), listOf(whole))
          rows.value().toFloatArray().toList() shouldBe whole.value().toFloatArray().toList()
        }
      }
    }

    "GRD-21 what was broadcast is summed back" {
      val x = Values64.of(0.0, 0.25, 0.5, 0.75, 1.0)
      val y = Values64.of(0.0, 0.4, 0.5, 0.8, 1.0)
      val a = Variable(0.5, tf.float64, null, "a", true)
      val b = Variable(0.25, tf.float64, null, "b", true)
      GradientTape().use { tape ->
        val predicted = tf.add(tf.multiply(a, x), b)
        val loss = tf.multiply(0.5, tf.reduceSum(tf.square(tf.subtract(predicted, y))))
        val (da, db) = tape.gradient(loss, listOf(a, b))
        da!!.shape() shouldBe Shape.SCALAR
        db!!.shape() shouldBe Shape.SCALAR
        val error = predicted.toDoubleArray().zip(y.toDoubleArray()) { p, q -> p - q }
        db.item() shouldBe error.sum()
        da.item() shouldBe error.zip(x.toDoubleArray().asList()) { e, q -> e * q }.sum()
      }
    }

    "a Jacobian holds every derivative" {
      val x = Values64.of(1.0, 2.0, 3.0)
      GradientTape().use { tape ->
        tape.watch(x)
        val y = tf.stack(listOf(tf.reduceSum(tf.square(x)), tf.reduceProd(x)), 0)
        val all = tape.jacobian(y, x)!!
        all.shape() shouldBe Shape.of(2, 3)
        all.toDoubleArray().toList() shouldBe listOf(2.0, 4.0, 6.0, 6.0, 3.0, 2.0)
      }
      GradientTape().use { tape -> tape.jacobian(tf.square(x), x) shouldBe null }
    }

    "a Jacobian of a gradient is the Hessian" {
      val x = Values64.of(1.0, 2.0)
      GradientTape().use { outer ->
        outer.watch(x)
        val slope =
          GradientTape().use { inner ->
            inner.watch(x)
            inner.gradient(tf.multiply(tf.reduceProd(x), tf.reduceSum(x)), x)!!
          }
        // f = x²y + xy²: the second derivatives are 2y, 2x + 2y, 2x.
        outer.jacobian(slope, x)!!.toDoubleArray().toList() shouldBe listOf(4.0, 6.0, 6.0, 2.0)
      }
    }

    "a batch Jacobian takes each sample by itself" {
      val random = Random(3)
      val x = reals(random, 3, 2)
      val w = reals(random, 2, 4)
      GradientTape(true).use { tape ->
        tape.watch(x)
        val y = tf.square(tf.matmul(x, w))
        val each = tape.batchJacobian(y, x)!!
        each.shape() shouldBe Shape.of(3, 4, 2)
        val all = tape.jacobian(y, x)!!
        all.shape() shouldBe Shape.of(3, 4, 3, 2)
        for (b in 0 until 3) {
          tf.index(all, "$b, :, $b").toDoubleArray().toList() shouldBe tf.index(each, "$b").toDoubleArray().toList()
        }
        shouldThrow<IllegalArgumentException> { tape.batchJacobian(y, w) }.message shouldContain
          "Need first dimension of target shape (3, 4) and source shape (2, 4) to match."
      }
    }
  })

/** Float64 vectors. */
private object Values64 {
  fun of(vararg x: Double): Tensor = tf.constant(x)
}
