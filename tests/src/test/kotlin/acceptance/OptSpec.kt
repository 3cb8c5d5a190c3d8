package dev.merapi.acceptance

import dev.merapi.autodiff.GradientTape
import dev.merapi.dsl.applyGradients
import dev.merapi.dsl.get
import dev.merapi.dsl.minimize
import dev.merapi.eager.Variable
import dev.merapi.nn.optimizer.Adadelta
import dev.merapi.nn.optimizer.Adagrad
import dev.merapi.nn.optimizer.Adam
import dev.merapi.nn.optimizer.AdamW
import dev.merapi.nn.optimizer.Adamax
import dev.merapi.nn.optimizer.Ftrl
import dev.merapi.nn.optimizer.Lion
import dev.merapi.nn.optimizer.Nadam
import dev.merapi.nn.optimizer.Optimizer
import dev.merapi.nn.optimizer.RMSprop
import dev.merapi.nn.optimizer.SGD
import dev.merapi.nn.optimizer.schedule.ExponentialDecay
import dev.merapi.nn.optimizer.v1.GradientDescentOptimizer
import dev.merapi.nn.optimizer.v1.LearningRates
import dev.merapi.say.ValueError
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.floats.plusOrMinus
import io.kotest.matchers.floats.shouldBeGreaterThan
import io.kotest.matchers.floats.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.util.function.Function
import java.util.logging.Handler
import java.util.logging.LogRecord
import java.util.logging.Logger

/** Optimizers: what each does with the first gradients, and how they are called. */
class OptSpec :
  StringSpec({
    fun Variable.list() = value().toFloatArray().toList()

    fun vector(vararg x: Float): Tensor = tf.constant(x)

    /** Steps with gradients k·[.5, −.25], from [1, 2] on, at once and in a graph. */
    fun steps(
      vararg expected: List<Float>,
      make: () -> Optimizer,
    ) {
      for (traced in listOf(false, true)) {
        val v = Variable(vector(1f, 2f))
        val optimizer = make()
        val step = { g: Tensor -> g.also { optimizer.applyGradients(listOf(g), listOf(v)) } }
        val f =
          if (traced) {
            tf.function(Function<Tensor, Tensor> { step(it) }).let { t ->
              { g: Tensor -> t.apply(g) }
            }
          } else {
            step
          }
        expected.forEachIndexed { k, values ->
          f(vector(.5f * (k + 1), -.25f * (k + 1)))
          withClue("step ${k + 1}, traced $traced") {
            v.list().zip(values) { got, want -> got shouldBe (want plusOrMinus 2.4e-7f) }
          }
        }
      }
    }

    "OPT-01 gradient descent" {
      steps(listOf(.95f, 2.025f), listOf(.85f, 2.075f), listOf(.70f, 2.15f)) { SGD(.1) }
      steps(listOf(.95f, 2.025f), listOf(.85f, 2.075f), listOf(.70f, 2.15f)) { GradientDescentOptimizer(.1) }
    }

    "OPT-02 momentum" {
      steps(listOf(.95f, 2.025f), listOf(.805f, 2.0975f), listOf(.5245f, 2.23775f)) { SGD(.1).momentum(.9) }
    }

    "OPT-03 momentum by Nesterov" {
      steps(listOf(.905f, 2.0475f), listOf(.6745f, 2.16275f), listOf(.27205f, 2.363975f)) {
        SGD(.1).momentum(.9).nesterov(true)
      }
    }

    "OPT-04 RMSprop" {
      steps(listOf(.6837729f, 2.3162253f), listOf(.3980587f, 2.6019392f), listOf(.1389948f, 2.8610029f)) { RMSprop(.1) }
    }

    "OPT-05 Adam" {
      steps(listOf(.9000013f, 2.0999980f), listOf(.8034843f, 2.1965146f), listOf(.7076847f, 2.2923141f)) { Adam(.1) }
    }

    "OPT-06 Nadam" {
      steps(listOf(.8937212f, 2.1062784f), listOf(.7991076f, 2.2008922f), listOf(.7067675f, 2.2932322f)) { Nadam(.1) }
    }

    "OPT-07 Adagrad, Adadelta, Adamax, Ftrl, AdamW and Lion" {
      steps(listOf(.9154846f, 2.0620174f), listOf(.8294183f, 2.1398673f), listOf(.7503613f, 2.2158227f)) { Adagrad(.1) }
      steps(
        listOf(.9998586f, 2.0001414f),
        listOf(.9996788f, 2.0003211f),
        listOf(.9994624f, 2.0005376f),
      ) { Adadelta(.1) }
      steps(listOf(.9f, 2.1f), listOf(.8236843f, 2.1763155f), listOf(.7546806f, 2.2453191f)) { Adamax(.1) }
      steps(listOf(.3809621f, .4930883f), listOf(.2948958f, .5709383f), listOf(.2158389f, .6468936f)) { Ftrl(.1) }
      steps(listOf(.8996013f, 2.0991981f), listOf(.8027245f, 2.1948750f), listOf(.7066038f, 2.2897966f)) { AdamW(.1) }
      steps(listOf(.9f, 2.1f), listOf(.8f, 2.2f), listOf(.7f, 2.3f)) { Lion(.1) }
    }

    val xs = tf.linspace(-1f, 1f, 64)
    val ys = tf.add(tf.multiply(xs, 3), 2)

    class Line {
      val w = Variable(5f, "w")
      val b = Variable(10f, "b")
      val variables = listOf(w, b)

      fun loss(
        x: Tensor = xs,
        y: Tensor = ys,
      ): Tensor = tf.reduceMean(tf.square(tf.subtract(tf.add(tf.multiply(x, w), b), y)))
    }

    "OPT-08 all examples, one, or some of them: the same call" {
      for (size in listOf(64, 1, 8)) {
        val line = Line()
        val optimizer = SGD(.05)
        repeat(20 * 64 / size) { k ->
          val from = k * size % 64
          val x = xs[from until from + size]
          val y = ys[from until from + size]
          optimizer.minimize(line.variables) { line.loss(x, y) }
        }
        withClue("batches of $size") {
          optimizer.iterations().numpy() shouldBe 20L * 64 / size
          line.loss().floatValue() shouldBeLessThan 16f
        }
      }
    }

    "OPT-09 gradients, a look at them, a step" {
      fun train(step: (Optimizer, Line) -> Unit): List<Float> {
        val line = Line()
        val optimizer = Adam(.1)
        repeat(5) { step(optimizer, line) }
        return listOf(line.w.value().floatValue(), line.b.value().floatValue())
      }

      val minimized = train { optimizer, line -> optimizer.minimize(line.variables) { line.loss() } }
      val inThree =
        train { optimizer, line ->
          val grads = GradientTape().use { it.gradient(line.loss(), line.variables) }
          optimizer.applyGradients(grads.zip(line.variables))
        }
      inThree shouldBe minimized
      val halved =
        train { optimizer, line ->
          val grads = GradientTape().use { it.gradient(line.loss(), line.variables) }
          optimizer.applyGradients(grads.map { tf.multiply(it!!, .5f) }.zip(line.variables))
        }
      (halved == minimized) shouldBe false
    }

    "OPT-10 minimize computes and applies" {
      val line = Line()
      val optimizer = SGD(.1)
      GradientTape().use { tape -> optimizer.minimize(line.loss(), line.variables, tape) }
      val other = Line()
      SGD(.1).minimize(other.variables) { other.loss() }
      line.b.value().floatValue() shouldBe (8.4f plusOrMinus 1e-5f)
      line.variables.map { it.value().floatValue() } shouldBe other.variables.map { it.value().floatValue() }
      optimizer.iterations().numpy() shouldBe 1L
    }

    fun decayed(
      step: Long,
      staircase: Boolean,
    ): Double {
      val globalStep = Variable(step, tf.int64, null, "global_step", false)
      return LearningRates.exponentialDecay(.2, globalStep, 100000, .95, staircase).item()
    }

    "OPT-11 the learning rate falls by steps" {
      for ((step, rate) in listOf(0L to .2, 99_999L to .2, 100_000L to .19, 199_999L to .19, 200_000L to .1805)) {
        decayed(step, true) shouldBe (rate plusOrMinus 1e-8)
        ExponentialDecay(.2, 100000, .95, true).at(step) shouldBe (rate plusOrMinus 1e-8)
      }
    }

    "OPT-12 the learning rate falls all the time" {
      decayed(50_000, false) shouldBe (.19493589 plusOrMinus 1.5e-8)
      decayed(150_000, false) shouldBe (.1851891 plusOrMinus 1.5e-8)
    }

    "OPT-13 clipping by the norm of all gradients" {
      val grads = listOf(vector(3f, 4f), null, vector(0f, 12f))
      val clipped = tf.clipByGlobalNorm(grads, 6.5)
      clipped.map { it?.toFloatArray()?.toList() } shouldBe listOf(listOf(1.5f, 2f), null, listOf(0f, 6f))
      tf.globalNorm(grads).floatValue() shouldBe 13f
      val endless = tf.clipByGlobalNorm(listOf(vector(3f), vector(Float.POSITIVE_INFINITY)), 1.0)
      endless.map { it.floatValue().isNaN() } shouldBe listOf(true, true)
    }

    "OPT-14 a step along clipped gradients is no longer than the bound" {
      val bound = 5.0
      val line = Line()
      val optimizer = SGD(1.0)
      for (k in 0 until 3) {
        val before = line.variables.map { it.value().floatValue() }
        val grads = GradientTape().use { it.gradient(line.loss(), line.variables) }
        optimizer.applyGradients(tf.clipByGlobalNorm(grads, bound).zip(line.variables))
        val length =
          Math.sqrt(line.variables.zip(before) { v, x -> v.value().floatValue() - x }.sumOf { (it * it).toDouble() })
        length shouldBe (5.0 plusOrMinus if (k == 0) 1e-5 else 5.0)
      }
      val other = Line()
      SGD(1.0).globalClipnorm(bound).minimize(other.variables) { other.loss() }
      Math.hypot(other.w.value().item() - 5, other.b.value().item() - 10) shouldBe (5.0 plusOrMinus 1e-5)
    }

    "OPT-15 the learning rate is a variable, which graphs follow" {
      val v = Variable(vector(1f))
      val optimizer = SGD(.5)
      val step =
        tf.function(
          Function<Tensor, Tensor> { g -> g.also { optimizer.applyGradients(listOf(g), listOf(v)) } },
        )
      step.apply(vector(1f))
      v.list() shouldBe listOf(.5f)
      optimizer.learningRate() shouldBe .5
      optimizer.lr().assign(tf.divide(optimizer.lr(), 2))
      optimizer.learningRate() shouldBe .25
      optimizer.lr().numpy() shouldBe .25f
      step.apply(vector(1f))
      v.list() shouldBe listOf(.25f)
      optimizer.setLearningRate(.001)
      optimizer.learningRate() shouldBe .001
    }

    "OPT-16 gradients and variables as a keyword, with the optimizer of TensorFlow 1" {
      val a = Variable(0f)
      val b = Variable(0f)
      val optimizer = GradientDescentOptimizer(1e-3)
      val grads = listOf<Tensor?>(tf.constant(2f), tf.constant(-4f))
      optimizer.applyGradients(gradsAndVars = grads.zip(listOf(a, b)))
      a.value().floatValue() shouldBe -.002f
      b.value().floatValue() shouldBe .004f
    }

    "OPT-17 variables without gradients are named" {
      val told = mutableListOf<String>()
      val logger = Logger.getLogger("dev.merapi")
      val handler =
        object : Handler() {
          override fun publish(record: LogRecord) {
            told += record.message
          }

          override fun flush() = Unit

          override fun close() = Unit
        }
      logger.addHandler(handler)
      try {
        val used = Variable(1f, "used")
        val unused = Variable(1f, "unused")
        val optimizer = SGD(.1)
        optimizer.applyGradients(listOf(tf.constant(1f), null), listOf(used, unused))
        told.single() shouldContain "Gradients do not exist for variables ['unused'] when minimizing the loss."
        used.value().floatValue() shouldBe .9f
        unused.value().floatValue() shouldBe 1f
        val e = shouldThrow<ValueError> { optimizer.applyGradients(listOf(null, null), listOf(used, unused)) }
        e.message shouldContain "No gradients provided for any variable"
        e.message shouldContain "used"
        e.message shouldContain "unused"
        optimizer.iterations().numpy() shouldBe 1L
        used.value().floatValue() shouldBeGreaterThan .89f
      } finally {
        logger.removeHandler(handler)
      }
    }
  })
