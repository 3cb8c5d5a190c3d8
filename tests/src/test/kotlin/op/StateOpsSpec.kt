package dev.merapi.op

import dev.merapi.autodiff.GradientTape
import dev.merapi.eager.Variable
import dev.merapi.memory.Scope
import dev.merapi.nn.optimizer.Adadelta
import dev.merapi.nn.optimizer.Adagrad
import dev.merapi.nn.optimizer.Adam
import dev.merapi.nn.optimizer.AdamW
import dev.merapi.nn.optimizer.Adamax
import dev.merapi.nn.optimizer.Ftrl
import dev.merapi.nn.optimizer.Lion
import dev.merapi.nn.optimizer.Muon
import dev.merapi.nn.optimizer.Nadam
import dev.merapi.nn.optimizer.Optimizer
import dev.merapi.nn.optimizer.RMSprop
import dev.merapi.nn.optimizer.SGD
import dev.merapi.programs.Fork
import dev.merapi.say.ClosedError
import dev.merapi.say.ShapeError
import dev.merapi.say.TypeError
import dev.merapi.say.ValueError
import dev.merapi.tensor.DType
import dev.merapi.tensor.Shape
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldMatch
import io.kotest.matchers.types.shouldBeSameInstanceAs
import io.kotest.matchers.types.shouldNotBeSameInstanceAs
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import java.util.function.Function
import kotlin.concurrent.thread

/** Operations on variables, beyond the recorded calls of TensorFlow that the derived suite repeats. */
class StateOpsSpec :
  StringSpec({
    fun run(
      name: String,
      vararg inputs: Tensor,
      attrs: Map<String, Any> = mapOf(),
    ): List<Tensor> {
      val op = Registry.find(name)
      return op.all(op.attrs(attrs), *inputs).toList()
    }

    fun variable(vararg x: Float) = Variable(tf.constant(x), "w")

    fun vector(vararg x: Float) = tf.constant(x)

    fun Variable.list() = value().toFloatArray().toList()

    "a handle prints as TensorFlow's" {
      variable(1f, 2f).handle().repr() shouldMatch
        Regex(
          "<tf.Tensor: shape=\\(\\), dtype=resource, value=<ResourceHandle\\(name=\"w/\\d+\", " +
            "device=\"/job:localhost/replica:0/task:0/device:CPU:0\", container=\"Anonymous\", " +
            "type=\"tensorflow::Var\", dtype and shapes : \"\\[ DType enum: 1, Shape: \\[2] ]\"\\)>>",
        )
    }

    "a handle is the same tensor each time, and no numbers" {
      val v = variable(1f)
      v.handle() shouldBeSameInstanceAs v.handle()
      shouldThrow<TypeError> { v.handle().numpy() }.message shouldContain
        "Cannot convert a Tensor of dtype resource to a NumPy array."
      shouldThrow<TypeError> { tf.add(v.handle(), v.handle()) }
      shouldThrow<TypeError> { tf.constant(1, tf.resource) }
    }

    "VarHandleOp gives one variable for one shared name until DestroyResourceOp" {
      fun handle(name: String) =
        run(
          "VarHandleOp",
          attrs = mapOf("dtype" to DType.F32, "shape" to Shape.of(2), "shared_name" to name),
        ).single()

      fun initialized(h: Tensor) = run("VarIsInitializedOp", h).single().booleanValue()
      val h = handle("shared by StateOpsSpec")
      initialized(h) shouldBe false
      shouldThrow<ClosedError> { run("ReadVariableOp", h) }.message shouldContain
        "This could mean that the variable was uninitialized"
      run("AssignVariableOp", h, vector(3f, 4f))
      initialized(h) shouldBe true
      run("ReadVariableOp", handle("shared by StateOpsSpec")).single().toFloatArray().toList() shouldBe listOf(3f, 4f)
      initialized(handle("another of StateOpsSpec")) shouldBe false
      handle("") shouldNotBeSameInstanceAs handle("")
      run("DestroyResourceOp", h)
      initialized(h) shouldBe false
      shouldThrow<ValueError> { run("DestroyResourceOp", h, attrs = mapOf("ignore_lookup_error" to false)) }
      handle("shared by StateOpsSpec") shouldNotBeSameInstanceAs h
    }

    "values of other types and shapes are refused, and the variable stays as it was" {
      val v = Variable(tf.constant(arrayOf(floatArrayOf(1f, 2f), floatArrayOf(3f, 4f))))
      val h = v.handle()
      shouldThrow<TypeError> { run("AssignVariableOp", h, tf.constant(1)) }
      shouldThrow<ShapeError> { run("AssignVariableOp", h, vector(1f)) }.message shouldContain
        "Trying to assign to variable with tensor with wrong shape. Expected [2,2] got [1]"
      shouldThrow<ShapeError> { run("AssignAddVariableOp", h, vector(1f)) }.message shouldContain
        "Cannot update variable with shape [2,2] using a Tensor with shape [1], shapes must be equal."
      shouldThrow<TypeError> { run("ReadVariableOp", h, attrs = mapOf("dtype" to DType.I32)) }
      shouldThrow<ValueError> { run("ResourceScatterAdd", h, tf.constant(intArrayOf(1, 5)), tf.ones(2, 2)) }
        .message shouldContain "indices[1] = 5 is not in [0, 2)"
      shouldThrow<ShapeError> { run("ResourceScatterAdd", h, tf.constant(intArrayOf(1)), tf.ones(1, 3)) }
        .message shouldContain "Must have updates.shape = indices.shape + params.shape[1:] or updates.shape = []"
      shouldThrow<ValueError> { run("ResourceScatterNdAdd", h, tf.constant(arrayOf(intArrayOf(5))), tf.ones(1, 2)) }
        .message shouldContain "indices[0] = [5] does not index into shape [2,2]"
      shouldThrow<ShapeError> { run("ResourceApplyGradientDescent", h, tf.constant(0.1f), vector(1f, 1f)) }
        .message shouldContain "var and delta do not have the same shape"
      shouldThrow<ShapeError> { run("ResourceApplyGradientDescent", h, vector(0.1f), tf.ones(2, 2)) }
        .message shouldContain "alpha is not a scalar: [1]"
      val c = tf.constant(0.5f)
      shouldThrow<ValueError> { run("ResourceApplyMomentum", h, h, c, tf.ones(2, 2), c) }.message shouldContain
        "is its own slot"
      v.list() shouldBe listOf(1f, 2f, 3f, 4f)
    }

    "whole numbers divided by zero leave the variable as it was" {
      val v = Variable(tf.constant(arrayOf(intArrayOf(8), intArrayOf(6))))
      shouldThrow<RuntimeException> {
        run(
          "ResourceScatterDiv",
          v.handle(),
          tf.constant(intArrayOf(0, 1)),
          tf.constant(arrayOf(intArrayOf(2), intArrayOf(0))),
        )
      }
      v.value().toIntArray().toList() shouldBe listOf(8, 6)
    }

    "gradients of ReadVariableOp, ResourceGather and ResourceGatherNd flow to the handle" {
      val v = Variable(tf.constant(arrayOf(floatArrayOf(1f, 2f), floatArrayOf(3f, 4f), floatArrayOf(5f, 6f))))

      fun slope(read: (Tensor) -> Tensor) =
        GradientTape().use { tape ->
          tape.watch(v.handle())
          val x = read(v.handle())
          checkNotNull(tape.gradient(tf.multiply(x, x), v.handle())).toFloatArray().toList()
        }
      slope { run("ReadVariableOp", it).single() } shouldBe listOf(2f, 4f, 6f, 8f, 10f, 12f)
      slope { run("ResourceGather", it, tf.constant(intArrayOf(2, 0, 2))).single() } shouldBe
        listOf(2f, 4f, 0f, 0f, 20f, 24f)
      slope {
        run("ResourceGather", it, tf.constant(intArrayOf(1, 0, 1)), attrs = mapOf("batch_dims" to 1)).single()
      } shouldBe listOf(0f, 4f, 6f, 0f, 0f, 12f)
      slope { run("ResourceGatherNd", it, tf.constant(arrayOf(intArrayOf(1, 1), intArrayOf(0, 0)))).single() } shouldBe
        listOf(2f, 0f, 0f, 8f, 0f, 0f)
    }

    "64 threads add, and every addition counts" {
      val v = Variable(tf.constant(LongArray(100)))
      val one = tf.constant(LongArray(100) { 1 })
      val start = CountDownLatch(1)
      val threads =
        List(64) {
          thread {
            start.await()
            repeat(200) { run("AssignAddVariableOp", v.handle(), one) }
          }
        }
      start.countDown()
      threads.forEach { it.join() }
      v.value().toLongArray().toSet() shouldBe setOf(64L * 200)
    }

    "readers see whole values while others change them in place" {
      val v = Variable(tf.constant(LongArray(5000)))
      val one = tf.constant(LongArray(5000) { 1 })
      val end = CountDownLatch(1)
      val torn = mutableListOf<Set<Long>>()
      val reader =
        thread {
          while (end.count > 0) {
            Scope.open().use {
              val seen = run("ReadVariableOp", v.handle()).single().toLongArray().toSet()
              if (seen.size != 1) torn += seen
            }
          }
        }
      repeat(2000) { run("AssignAddVariableOp", v.handle(), one) }
      end.countDown()
      reader.join()
      torn shouldBe listOf()
      v.value().toLongArray().toSet() shouldBe setOf(2000L)
    }

    "steps that use two variables in opposite roles do not wait for each other for ever" {
      val a = variable(1f, 2f)
      val b = variable(3f, 4f)
      val zero = tf.constant(0f)
      val g = vector(0f, 0f)
      val threads =
        listOf(a to b, b to a).map { (x, slot) ->
          thread(isDaemon = true) {
            repeat(3000) { run("ResourceApplyMomentum", x.handle(), slot.handle(), zero, g, tf.constant(1f)) }
          }
        }
      threads.forEach { it.join(TimeUnit.SECONDS.toMillis(60)) }
      threads.none { it.isAlive } shouldBe true
      a.list() + b.list() shouldBe listOf(1f, 2f, 3f, 4f)
    }

    val optimizers =
      mapOf<String, () -> Optimizer>(
        "SGD" to { SGD(0.1) },
        "SGD with momentum" to { SGD(0.1, 0.9, false) },
        "SGD by Nesterov" to { SGD(0.1, 0.9, true) },
        "Adam" to { Adam(0.1) },
        "AMSGrad" to { Adam(0.1).amsgrad(true) },
        "AdamW" to { AdamW(0.1) },
        "Adamax" to { Adamax(0.1) },
        "Nadam" to { Nadam(0.1) },
        "RMSprop" to { RMSprop(0.1).centered(true).momentum(0.5) },
        "Adagrad" to { Adagrad(0.1) },
        "Adadelta" to { Adadelta(0.1) },
        "Ftrl" to { Ftrl(0.1) },
        "Lion" to { Lion(0.1) },
        "Muon" to { Muon(0.1) },
      )
    for ((name, make) in optimizers) {
      "$name takes the same steps in a graph, to the bit" {
        fun train(wrap: ((Tensor) -> Tensor) -> (Tensor) -> Tensor): List<Float> {
          val v = variable(1f, 2f, -3f)
          val optimizer = make()
          val step =
            wrap { x ->
              val (loss, grads) =
                GradientTape().use { tape ->
                  val loss = tf.reduceSum(tf.square(tf.subtract(v, x)))
                  loss to tape.gradient(loss, listOf(v))
                }
              optimizer.applyGradients(grads, listOf(v))
              loss
            }
          val losses =
            (0 until 20).map {
              if (it == 10) optimizer.setLearningRate(0.05)
              step(vector(0.5f, 0.25f, it.toFloat())).floatValue()
            }
          optimizer.iterations().numpy() shouldBe 20L
          return losses + v.list()
        }
        val traced = train { f -> tf.function(Function<Tensor, Tensor> { f(it) }).let { g -> { x -> g.apply(x) } } }
        traced shouldBe train { it }
        traced.last() shouldNotBe -3f
      }

      "$name changes values in place, and never one that somebody has" {
        val v = variable(1f, 2f, 3f)
        val g = listOf(vector(1f, -1f, 0.5f))
        val optimizer = make()
        optimizer.applyGradients(g, listOf(v))
        val place = v.cell().peek()
        optimizer.applyGradients(g, listOf(v))
        v.cell().peek() shouldBeSameInstanceAs place
        val snapshot = v.value()
        val before = snapshot.toFloatArray().toList()
        optimizer.applyGradients(g, listOf(v))
        snapshot.toFloatArray().toList() shouldBe before
        v.list() shouldNotBe before
        val inside =
          Scope.open().use {
            val leased = v.value()
            val then = leased.toFloatArray().toList()
            optimizer.applyGradients(g, listOf(v))
            leased.toFloatArray().toList() shouldBe then
            then
          }
        v.list() shouldNotBe inside
      }
    }

    "what a tape keeps of a variable stays when the variable is changed in place" {
      val v = variable(3f)
      v.assignAdd(vector(0f))
      GradientTape().use { tape ->
        val y = Scope.open().use { it.keep(tf.multiply(v, v)) }
        v.assignAdd(vector(10f))
        checkNotNull(tape.gradient(y, v)).toFloatArray().toList() shouldBe listOf(6f)
      }
    }

    "a step in place allocates nothing on the heap" {
      val result =
        Fork.run(
          listOf("--add-modules", "jdk.incubator.vector"),
          Class.forName("dev.merapi.programs.StepAllocations"),
        )
      withClue(result.out() + result.err()) {
        result.status() shouldBe 0
        result.values().size shouldBe 10
        result.values().values.toSet() shouldBe setOf("0")
      }
    }
  })
