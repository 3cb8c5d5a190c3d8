package dev.merapi.nn

import dev.merapi.eager.Variable
import dev.merapi.nn.config.Saved
import dev.merapi.nn.optimizer.Adadelta
import dev.merapi.nn.optimizer.Adafactor
import dev.merapi.nn.optimizer.Adagrad
import dev.merapi.nn.optimizer.Adam
import dev.merapi.nn.optimizer.AdamW
import dev.merapi.nn.optimizer.Adamax
import dev.merapi.nn.optimizer.Ftrl
import dev.merapi.nn.optimizer.Lamb
import dev.merapi.nn.optimizer.Lion
import dev.merapi.nn.optimizer.LossScaleOptimizer
import dev.merapi.nn.optimizer.Muon
import dev.merapi.nn.optimizer.Nadam
import dev.merapi.nn.optimizer.Optimizer
import dev.merapi.nn.optimizer.Optimizers
import dev.merapi.nn.optimizer.RMSprop
import dev.merapi.nn.optimizer.SGD
import dev.merapi.nn.optimizer.schedule.CosineDecay
import dev.merapi.nn.optimizer.schedule.PiecewiseConstantDecay
import dev.merapi.op.Registry
import dev.merapi.say.ShapeError
import dev.merapi.say.TypeError
import dev.merapi.say.ValueError
import dev.merapi.suite.OptimizerGoldens
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.comparables.shouldBeGreaterThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import io.kotest.matchers.types.shouldBeSameInstanceAs
import java.util.function.Function

/** Optimizers take the steps of Keras's, and keep their promises about how. */
class OptimizersSpec :
  StringSpec({
    val cases = OptimizerGoldens.all()

    "there are recorded steps of every optimizer and schedule" {
      cases.size shouldBeGreaterThan 150
      cases.filter { !it.isSchedule }.map { it.of }.toSet() shouldBe
        setOf(
          "SGD",
          "RMSprop",
          "Adagrad",
          "Adadelta",
          "Adam",
          "AdamW",
          "Adamax",
          "Nadam",
          "Ftrl",
          "Lion",
          "Lamb",
          "Adafactor",
          "Muon",
          "LossScaleOptimizer",
        )
      cases
        .filter { it.isSchedule }
        .map { it.of }
        .toSet()
        .size shouldBe 6
    }

    for ((of, ours) in cases.groupBy { it.of }) {
      "$of does what Keras's does, at once and in a graph: ${ours.size} cases" {
        for (c in ours) {
          withClue(c.name) { OptimizerGoldens.check(c).shouldBeEmpty() }
        }
      }
    }

    val makers =
      mapOf<String, () -> Optimizer>(
        "SGD" to { SGD(.1).momentum(.9) },
        "RMSprop" to { RMSprop(.1).momentum(.5).centered(true) },
        "Adagrad" to { Adagrad(.1) },
        "Adadelta" to { Adadelta(.1) },
        "Adam" to { Adam(.1) },
        "AMSGrad" to { Adam(.1).amsgrad(true) },
        "AdamW" to { AdamW(.1) },
        "Adamax" to { Adamax(.1) },
        "Nadam" to { Nadam(.1) },
        "Ftrl" to { Ftrl(.1) },
        "Lion" to { Lion(.1) },
        "Lamb" to { Lamb(.1) },
        "Adafactor" to { Adafactor(.1) },
        "Muon" to { Muon(.1) },
      )

    fun random(
      seed: Int,
      vararg shape: Int,
    ): Tensor = tf.random.statelessNormal(shape, tf.constant(intArrayOf(seed, 7)), 0.0, 1.0, tf.float32)

    "one thread and two take the same steps to the bit" {
      val threads = tf.config.threads()
      val start = random(1, 700, 500)
      try {
        for ((name, make) in makers) {
          val results =
            listOf(1, 2).map { n ->
              tf.config.setThreads(n)
              val v = Variable(start)
              val optimizer = make()
              repeat(2) { optimizer.applyGradients(listOf(random(it, 700, 500)), listOf(v)) }
              v.value().toByteArray().toList()
            }
          withClue(name) { (results[0] == results[1]) shouldBe true }
        }
      } finally {
        tf.config.setThreads(threads)
      }
    }

    "float16 and bfloat16 variables step as float32 ones, rounded" {
      for ((name, make) in makers) {
        val whole = Variable(tf.constant(floatArrayOf(.5f, -1f, 2f)))
        make().applyGradients(listOf(tf.constant(floatArrayOf(.25f, -.5f, 1f))), listOf(whole))
        for (type in listOf(tf.float16, tf.bfloat16)) {
          val v = Variable(tf.cast(tf.constant(floatArrayOf(.5f, -1f, 2f)), type))
          make().applyGradients(listOf(tf.cast(tf.constant(floatArrayOf(.25f, -.5f, 1f)), type)), listOf(v))
          val room = if (type == tf.float16) .003f else .02f
          v.value().dtype() shouldBe type
          tf.cast(v.value(), tf.float32).toFloatArray().zip(whole.value().toFloatArray()) { got, want ->
            withClue("$name $type: $got, $want") { (Math.abs(got - want) <= room) shouldBe true }
          }
        }
      }
    }

    "variables that are read in another type step in their own" {
      val v = Variable(tf.constant(floatArrayOf(1f, 2f)))
      v.readAs(tf.float16)
      v.setConstraint { tf.minimum(it, 1.5f) }
      val optimizer = Adam(.1).useEma(true)
      optimizer.applyGradients(listOf(tf.cast(tf.constant(floatArrayOf(1f, 1f)), tf.float16)), listOf(v))
      v.readAs(null)
      v.value().dtype() shouldBe tf.float32
      v.value().toFloatArray().last() shouldBe 1.5f
    }

    "state goes from one optimizer to the next" {
      for ((name, make) in makers) {
        val a = Variable(random(3, 4, 3), "a")
        val first = make()
        repeat(3) { first.applyGradients(listOf(random(it, 4, 3)), listOf(a)) }
        val b = Variable(a.value(), "b")
        val second = make()
        shouldThrow<ValueError> { second.setWeights(first.getWeights()) }.message shouldContain "build"
        second.build(listOf(b))
        second.setWeights(first.getWeights())
        for (optimizer in listOf(first to a, second to b)) {
          optimizer.first.applyGradients(listOf(random(9, 4, 3)), listOf(optimizer.second))
        }
        withClue(name) { b.value().toByteArray().toList() shouldBe a.value().toByteArray().toList() }
      }
    }

    "a variable that comes later gets its slots then" {
      val a = Variable(1f, "a")
      val b = Variable(1f, "b")
      val optimizer = Adam(.1)
      optimizer.applyGradients(listOf(tf.constant(1f)), listOf(a))
      optimizer.applyGradients(listOf(tf.constant(1f), tf.constant(1f)), listOf(a, b))
      optimizer.variables().map { it.name() } shouldBe
        listOf("iteration", "learning_rate", "adam/a_momentum", "adam/a_velocity", "adam/b_momentum", "adam/b_velocity")
    }

    "names in any case make optimizers" {
      Optimizers.KIND.names().forEach { name ->
        Optimizers
          .get(name.uppercase())
          .javaClass.simpleName
          .lowercase() shouldBe name
      }
      Optimizers.get("Nadam").shouldBeInstanceOf<Nadam>()
      shouldThrow<ValueError> { Optimizers.get("adamm") }.message shouldContain
        "Could not interpret optimizer identifier: adamm"
    }

    "wrong calls say what is wrong" {
      val v = Variable(tf.constant(floatArrayOf(1f, 2f)), "v")
      val g = tf.constant(floatArrayOf(1f, 2f))
      shouldThrow<ValueError> {
        Adam(.1).clipnorm(1.0).clipvalue(1.0).applyGradients(listOf(g), listOf(v))
      }.message shouldContain
        "Only one of `clipnorm`, `clipvalue` and `global_clipnorm` can be set."
      shouldThrow<ShapeError> { SGD(.1).applyGradients(listOf(tf.constant(1f)), listOf(v)) }.message shouldContain "'v'"
      shouldThrow<ValueError> { SGD(.1).applyGradients(listOf(g, g), listOf(v)) }.message shouldContain "2 gradients"
      shouldThrow<ValueError> { Adam(.1).gradientAccumulationSteps(1) }.message shouldContain "2 or more"
      shouldThrow<ValueError> { Adam(.1).with("beta_3", .1) }.message shouldContain "no argument 'beta_3'"
      shouldThrow<TypeError> { Adam(CosineDecay(.1, 10)).setLearningRate(.5) }.message shouldContain
        "LearningRateSchedule"
      shouldThrow<ValueError> { PiecewiseConstantDecay(doubleArrayOf(1.0), doubleArrayOf(1.0)) }.message shouldContain
        "The length of boundaries should be 1 less than the length of values."
      val built = AdamW(.1)
      built.build(listOf(v))
      shouldThrow<ValueError> { built.excludeFromWeightDecay("bias") }.message shouldContain
        "before the optimizer is built"
      shouldThrow<ValueError> { built.setWeights(listOf(1L)) }.message shouldContain
        "6 variables, not 1".replace("6", "4")
      v.value().toFloatArray().toList() shouldBe listOf(1f, 2f)
    }

    "a gradient that is not finite halves the scale and leaves the step out" {
      for (traced in listOf(false, true)) {
        val v = Variable(1f)
        val optimizer = LossScaleOptimizer(SGD(.1), 8.0, 2)
        val step = { g: Tensor -> g.also { optimizer.applyGradients(listOf(g), listOf(v)) } }
        val f =
          if (traced) {
            tf.function(Function<Tensor, Tensor> { step(it) }).let { t ->
              { g: Tensor -> t.apply(g) }
            }
          } else {
            step
          }
        optimizer.scaleLoss(tf.constant(2f)).floatValue() shouldBe 16f
        f(tf.constant(Float.POSITIVE_INFINITY))
        optimizer.dynamicScale() shouldBe 4.0
        v.value().floatValue() shouldBe 1f
        optimizer.iterations().numpy() shouldBe 0L
        f(tf.constant(4f))
        v.value().floatValue() shouldBe .9f
        f(tf.constant(4f))
        optimizer.dynamicScale() shouldBe 8.0
        f(tf.constant(Float.NaN))
        optimizer.dynamicScale() shouldBe 4.0
        optimizer.scaleLoss(tf.constant(2f)).floatValue() shouldBe 8f
        optimizer.iterations().numpy() shouldBe 2L
      }
    }

    "configurations make the same optimizer again" {
      for ((name, make) in makers) {
        val optimizer = make().also { it.settings().set("clipnorm", .5) }
        val again = Saved.read(Saved.write(optimizer) as Map<*, *>, Optimizer::class.java)
        withClue(name) {
          again.javaClass shouldBe optimizer.javaClass
          again.getConfig() shouldBe optimizer.getConfig()
        }
      }
      val scaled = LossScaleOptimizer(Adam(CosineDecay(.1, 10).warmup(.2, 3)))
      val again = Saved.read(Saved.write(scaled) as Map<*, *>, Optimizer::class.java)
      again.getConfig() shouldBe scaled.getConfig()
    }

    "steps change the value in its place, and settings follow" {
      val v = Variable(tf.constant(floatArrayOf(1f, 2f)))
      val optimizer = Adam().with("learning_rate", .5)
      val g = listOf(tf.constant(floatArrayOf(1f, 1f)))
      optimizer.applyGradients(g, listOf(v))
      val place = v.cell().peek()
      optimizer.applyGradients(g, listOf(v))
      v.cell().peek() shouldBeSameInstanceAs place
      optimizer.learningRate() shouldBe .5
    }

    "a step in another rule's form is refused" {
      val op = Registry.find("_TrainStep")
      val v = Variable(1f)
      val g = tf.constant(1f)
      val a = op.attrs("rule", "adam")
      shouldThrow<ShapeError> { op.all(a, g, tf.constant(floatArrayOf(1f)), v.handle()) }.message shouldContain
        "takes 4 numbers"
      shouldThrow<ShapeError> { op.all(a, g, tf.constant(FloatArray(4)), v.handle()) }.message shouldContain
        "changes 3 places"
    }
  })
