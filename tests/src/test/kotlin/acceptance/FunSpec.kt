package dev.merapi.acceptance

import dev.merapi.autodiff.GradientTape
import dev.merapi.eager.Variable
import dev.merapi.function.Function
import dev.merapi.function.Function.Options
import dev.merapi.graph.GraphText
import dev.merapi.nn.Module
import dev.merapi.nn.init.GlorotUniform
import dev.merapi.nn.layer.Dense
import dev.merapi.nn.optimizer.Adam
import dev.merapi.say.SymbolError
import dev.merapi.say.ValueError
import dev.merapi.tensor.DType
import dev.merapi.tensor.Shape
import dev.merapi.tensor.Spec
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import java.util.logging.Handler
import java.util.logging.LogRecord
import java.util.logging.Logger

/** Functions that run as graphs. Rows that need the annotation or converted `if`s are in FunAutoSpec. */
class FunSpec :
  StringSpec({
    fun function(
      name: String,
      vararg params: String,
      body: (Array<Any?>) -> Any?,
    ) = Function(name, params.toList(), { body(it) }, Options.DEFAULT)

    fun noise(
      seed: Int,
      vararg shape: Int,
    ): Tensor = tf.random.statelessUniform(shape, tf.constant(intArrayOf(seed, 0)), 0.0, 1.0, DType.F32)

    fun floats(vararg x: Float): Tensor = tf.constant(x)

    "FUN-01 a function becomes a graph" {
      val lines = mutableListOf<String>()
      val f =
        function("matmul", "a", "b") { (a, b) ->
          lines += "Multiple a of shape ${(a as Tensor).shape()} with b of shape ${(b as Tensor).shape()}"
          tf.matmul(a, b)
        }
      val a = tf.constant(arrayOf(floatArrayOf(1.5f, 2f)))
      val b = tf.constant(arrayOf(floatArrayOf(1f), floatArrayOf(2f)))
      (f.call(a, b) as Tensor).format() shouldBe "[[5.5]]"
      lines shouldContainExactly listOf("Multiple a of shape (1, 2) with b of shape (2, 1)")
      f
        .concreteFunctions()
        .single()
        .graph()
        .find("MatMul") shouldNotBe null
    }

    "FUN-02 a model as a function gives what the model gives" {
      val layers =
        listOf(
          Dense(10, "relu"),
          Dense(20, "relu"),
          Dense(30, "softmax"),
        )
      val model = { x: Tensor -> layers.fold(x) { y, layer -> layer.apply(y) } }
      val x = tf.random.uniform(60, 28, 28)
      val eager = model(x)
      val graph = tf.function { y: Tensor -> model(y) }
      val y = graph.apply(x)
      y.shape() shouldBe Shape.of(60, 28, 30)
      y.toFloatArray() shouldBe eager.toFloatArray()
    }

    "FUN-03 the first call traces, later calls run the graph" {
      val host = mutableListOf<String>()
      val f =
        function("f", "x") { (x) ->
          host += if (x is Tensor) "tracing" else "tracing $x"
          tf.add(x!!, 1)
        }
      val calls = mutableListOf<Int>()

      fun call(x: Any) {
        f.call(x)
        calls += f.traces()
      }
      call(tf.constant(1))
      call(tf.constant(2))
      call(tf.constant(1f))
      call(tf.constant(intArrayOf(1, 2)))
      call(3)
      call(4)
      call(3)
      calls shouldContainExactly listOf(1, 1, 2, 3, 4, 5, 5)
      host shouldContainExactly listOf("tracing", "tracing", "tracing", "tracing 3", "tracing 4")
    }

    "FUN-04 inside, an argument is a symbol" {
      var seen = ""
      function("f", "x") { (x) ->
        seen = x.toString()
        x
      }.call(tf.constant(1))
      seen shouldBe "Tensor(\"x:0\", shape=(), dtype=int32)"
    }

    "FUN-05 an input signature with unknown sizes serves every batch with one trace" {
      val f =
        Function(
          "f",
          listOf("x"),
          { (x) -> tf.reduceSum(tf.multiply(x!!, 2f), 0) },
          Options(listOf(Spec.of(DType.F32, -1, 2)), false),
        )
      for (n in listOf(1, 3, 7, 3)) {
        val x = tf.ones(n, 2)
        (f.call(x) as Tensor).toFloatArray() shouldBe floatArrayOf(2f * n, 2f * n)
      }
      f.traces() shouldBe 1
      shouldThrow<IllegalArgumentException> { f.call(tf.ones(3, 3)) }.message shouldContain
        "incompatible with input_signature"
    }

    "FUN-05 without one, axes that differ are left open when asked for" {
      val f =
        Function("f", listOf("x"), { (x) -> tf.reduceSum(x!!) }, Options(null, true))
      for (n in 1..6) f.call(tf.ones(n, 2))
      f.traces() shouldBe 2
      f.concreteFunctions().last().inputSpecs() shouldBe listOf(Spec.of(DType.F32, -1, 2))
    }

    "FUN-06 host numbers specialise by value, and many traces warn" {
      val f = function("power", "x", "n") { (x, n) -> tf.pow(x!!, (n as Int).toFloat()) }
      val warnings = mutableListOf<String>()
      val log = Logger.getLogger("dev.merapi")
      val handler =
        object : Handler() {
          override fun publish(record: LogRecord) {
            warnings += record.message
          }

          override fun flush() = Unit

          override fun close() = Unit
        }
      log.addHandler(handler)
      val parents = log.useParentHandlers
      log.useParentHandlers = false
      try {
        f.call(floats(2f), 1)
        f.call(floats(2f), 1)
        for (n in 2..4) f.call(floats(2f), n)
        warnings.size shouldBe 0
        f.call(floats(2f), 5)
      } finally {
        log.removeHandler(handler)
        log.useParentHandlers = parents
      }
      f.traces() shouldBe 5
      warnings.single() shouldContain "5 out of the last 6 calls to power triggered tf.function retracing"
      warnings.single() shouldContain "argument 'n' changed from 4 to 5"
      f.explain().lines()[1] shouldBe "trace 2: argument 'n' changed from 1 to 2"
    }

    "FUN-07 a variable may be made on the first call only" {
      val bad = function("bad", "x") { (x) -> tf.multiply(Variable(2f), x!!) }
      shouldThrow<ValueError> { bad.call(floats(1f)) }.message shouldContain
        "tf.function only supports singleton tf.Variables created on the first call"

      var v: Variable? = null
      val good =
        function("good", "x") { (x) ->
          val w = v ?: Variable(2f).also { v = it }
          w.assignAdd(1f)
          tf.multiply(w, x!!)
        }
      (good.call(floats(1f)) as Tensor).toFloatArray() shouldBe floatArrayOf(3f)
      (good.call(floats(1f)) as Tensor).toFloatArray() shouldBe floatArrayOf(4f)
      good.variables() shouldContainExactly listOf(v)
    }

    "FUN-10 a host boolean picks the branch while tracing" {
      val f =
        function("f", "x", "training") { (x, training) ->
          if (training as Boolean) tf.nn.dropout(x!!, 0.5) else x
        }
      val x = tf.ones(1000)
      (f.call(x, false) as Tensor).toFloatArray().all { it == 1f } shouldBe true
      val dropped = (f.call(x, true) as Tensor).toFloatArray()
      dropped.toSet() shouldBe setOf(0f, 2f)
      (f.call(x, true) as Tensor).toFloatArray().toList() shouldNotBe dropped.toList()
      f.traces() shouldBe 2
      val ops = f.concreteFunctions().map { c -> c.operations().any { it.op().name() == "RandomUniform" } }
      ops shouldContainExactly listOf(false, true)
    }

    "FUN-11 a symbol used as a host value is an error that names it, the line and the cure" {
      val f =
        function("f", "x") { (x) ->
          val positive = tf.greater(x!!, 0f)
          listOf(x, positive.numpy().toString())
        }
      val e = shouldThrow<SymbolError> { f.call(tf.constant(1f)) }
      e.message shouldContain "Using a symbolic `tf.Tensor` as a host value"
      e.message shouldContain "Greater:0"
      e.message shouldContain "FunSpec.kt:"
      e.message shouldContain "tf.cond"
    }

    "FUN-11 a symbol used outside its trace is an error that names both places" {
      var kept: Tensor? = null
      function("first", "x") { (x) ->
        kept = tf.square(x!!)
        x
      }.call(tf.constant(1f))
      val e =
        shouldThrow<SymbolError> {
          function("second", "x") { (x) -> tf.add(x!!, kept!!) }.call(tf.constant(1f))
        }
      e.message shouldContain "Square:0 is out of scope"
      e.message shouldContain "'first'"
      e.message shouldContain "'second'"
      shouldThrow<SymbolError> { kept!!.toFloatArray() }
    }

    "FUN-12 effects keep program order" {
      val v = Variable(1f)
      val w = Variable(0f)
      val f =
        function("f", "x") { (x) ->
          val a = v.value()
          v.assign(tf.add(v, x!!))
          val b = v.value()
          w.assign(tf.multiply(v, 10f))
          v.assignSub(0.5f)
          listOf(a, b, v.value(), w.value())
        }
      repeat(2) { v.assign(1f) }
      val got = (f.call(tf.constant(2f)) as List<*>).map { (it as Tensor).item() }
      got shouldContainExactly listOf(1.0, 3.0, 2.5, 30.0)
      v.numpy() shouldBe 2.5f
    }

    "FUN-13 random operations draw anew on each call, and reseeding repeats" {
      val f = function("f") { tf.random.uniform(4) }

      fun draw() = (f.call() as Tensor).toFloatArray().toList()
      tf.random.setSeed(7)
      val g = function("g") { tf.random.uniform(4) }
      val first = listOf(g.call(), g.call()).map { (it as Tensor).toFloatArray().toList() }
      first[0] shouldNotBe first[1]
      draw() shouldNotBe draw()
      tf.random.setSeed(7)
      val h = function("h") { tf.random.uniform(4) }
      val second = listOf(h.call(), h.call()).map { (it as Tensor).toFloatArray().toList() }
      second shouldBe first
    }

    "FUN-16 a whole training step in one graph gives the weights of the eager step" {
      class Net : Module() {
        val one = Dense(16, "relu")
        val two = Dense(3)

        fun call(x: Tensor): Tensor = two.apply(one.apply(x))
      }

      fun train(traced: Boolean): List<FloatArray> {
        tf.random.setSeed(3)
        val net = Net()
        val adam = Adam(0.01)
        val x = noise(1, 12, 5)
        val y = tf.constant(IntArray(12) { it % 3 })
        net.call(x)
        val step = { a: Tensor, b: Tensor ->
          GradientTape().use { tape ->
            val loss =
              tf.reduceMean(tf.nn.sparseSoftmaxCrossEntropyWithLogits(b, net.call(a)))
            val variables = net.trainableVariables()
            adam.applyGradients(tape.gradient(loss, variables), variables)
            loss
          }
        }
        val run = if (traced) tf.function { a: Tensor, b: Tensor -> step(a, b) } else null
        repeat(20) { if (run != null) run.apply(x, y) else step(x, y) }
        if (run != null) run.function().traces() shouldBe 1
        return net.trainableVariables().map { it.value().toFloatArray() }
      }
      val eager = train(false)
      val graph = train(true)
      for ((a, b) in eager.zip(graph)) {
        for (i in a.indices) b[i].toDouble() shouldBe (a[i].toDouble() plusOrMinus 1e-5)
      }
    }

    "FUN-17 other objects key the traces by identity" {
      val one = Dense(2)
      val two = Dense(2)
      val f = function("f", "model", "x") { (m, x) -> (m as Dense).apply(x as Tensor) }
      val x = tf.ones(3, 4)
      one.apply(x)
      two.apply(x)
      repeat(3) {
        f.call(one, x)
        f.call(two, x)
      }
      f.traces() shouldBe 2
    }

    "FUN-19 a graph can be looked at" {
      val f = function("f", "x", "y") { (x, y) -> tf.nn.relu(tf.matmul(x!!, y!!)) }
      val c = f.concreteFunction(Spec.of(DType.F32, 2, 3), Spec.of(DType.F32, 3, 4))
      c.operations().map { it.name() to it.op().name() } shouldContainExactly
        listOf("x" to "Placeholder", "y" to "Placeholder", "MatMul" to "MatMul", "Relu" to "Relu")
      c.tensors().map { "${it.storage().symbol()} ${it.spec()}" } shouldContainExactly
        listOf("x:0 float32 (2, 3)", "y:0 float32 (3, 4)", "MatMul:0 float32 (2, 4)", "Relu:0 float32 (2, 4)")
      c.inputSpecs() shouldBe listOf(Spec.of(DType.F32, 2, 3), Spec.of(DType.F32, 3, 4))
      c.outputSpecs() shouldBe listOf(Spec.of(DType.F32, 2, 4))
      GraphText.of(c.graph()) shouldBe
        """
        graph f(x: float32 (2, 3), y: float32 (3, 4)) -> float32 (2, 4)
          MatMul: float32 (2, 4) = MatMul(x, y)
          Relu: float32 (2, 4) = Relu(MatMul)
          return Relu

        """.trimIndent()
      c.dot() shouldContain "\"MatMul\" -> \"Relu\""
    }

    "FUN-20 a placeholder example as a function" {
      // S4: two placeholders, a product and a sum, run with two feeds.
      val f = tf.function { x: Tensor, y: Tensor -> listOf(tf.add(x, y), tf.multiply(x, y)) }
      val (sum, product) = f.apply(floats(1f, 2f), floats(3f, 4f))
      sum.format() shouldBe "[4. 6.]"
      product.format() shouldBe "[3. 8.]"
    }

    "FUN-21 tf.print inside a function runs at every call" {
      val f =
        function("f", "epoch") { (epoch) ->
          tf.print("epoch", epoch!!)
          null
        }
      val out = java.io.ByteArrayOutputStream()
      val before = System.err
      System.setErr(java.io.PrintStream(out, true))
      try {
        for (epoch in 1..3) f.call(tf.constant(epoch))
      } finally {
        System.setErr(before)
      }
      out.toString() shouldBe "epoch 1\nepoch 2\nepoch 3\n"
      f.traces() shouldBe 1
    }

    "VAR-06 a variable as argument and as a field shows later assignments in both modes" {
      val v = Variable(1f)
      val asArgument = function("f", "v") { (x) -> tf.multiply(x!!, 10f) }
      val asField = function("g") { tf.multiply(v, 10f) }
      for (x in listOf(2f, 3f)) {
        v.assign(x)
        (asArgument.call(v) as Tensor).item() shouldBe 10.0 * x
        (asField.call() as Tensor).item() shouldBe 10.0 * x
        tf.multiply(v, 10f).item() shouldBe 10.0 * x
      }
      asArgument.traces() shouldBe 1
      asField.traces() shouldBe 1
    }

    "VAR-09 reads follow writes, inside and outside" {
      val step = Variable(1f)
      val f = function("f") { step.assignAdd(1f).value() }
      listOf(f.call(), f.call()).map { (it as Tensor).item() } shouldContainExactly listOf(2.0, 3.0)
      step.assignSub(1f)
      step.numpy() shouldBe 2f
      (f.call() as Tensor).item() shouldBe 3.0
    }

    "GRD-09 nan stays nan in a graph" {
      val naive = { x: Tensor -> tf.math.log(tf.add(1f, tf.exp(x))) }
      val f =
        tf.function { x: Tensor ->
          GradientTape().use { t ->
            t.watch(x)
            t.gradient(naive(x), x)!!
          }
        }
      f.apply(tf.constant(0f)).item() shouldBe 0.5
      f.apply(tf.constant(100f)).item().isNaN() shouldBe true
      f.apply(floats(0f, 100f)).toFloatArray().map { it.isNaN() } shouldBe listOf(false, true)
    }

    "GRD-19 symbolic gradients" {
      val names = mutableListOf<String?>()
      val f =
        function("f", "x", "y") { (x, y) ->
          val t = x as Tensor
          val (dx, dy) = tf.gradients(tf.multiply(t, t), listOf(t, y))
          names += dx!!.storage().symbol()
          names += dy?.storage()?.symbol()
          dx
        }
      (f.call(tf.constant(3f), tf.constant(1f)) as Tensor).item() shouldBe 6.0
      names shouldContainExactly listOf("gradients/AddN:0", null)
    }

    "structures of results come back as they were" {
      data class Both(
        val sum: Tensor,
        val parts: List<Tensor>,
        val n: Int,
      )
      val f =
        tf.function { x: Tensor, y: Tensor ->
          Both(tf.add(x, y), listOf(x, y), 7) to mapOf("d" to tf.subtract(x, y))
        }
      val (both, map) = f.apply(floats(5f), floats(3f))
      both.sum.item() shouldBe 8.0
      both.parts.map { it.item() } shouldBe listOf(5.0, 3.0)
      both.n shouldBe 7
      map.getValue("d").item() shouldBe 2.0
    }

    "gradients flow through a call, to arguments and variables, twice" {
      val v = Variable(2f)
      val f = tf.function { x: Tensor -> tf.multiply(v, tf.multiply(x, tf.square(x))) }
      val x = tf.constant(3f)
      GradientTape(true).use { outer ->
        outer.watch(x)
        val (first, dv) =
          GradientTape(true).use { inner ->
            inner.watch(x)
            val y = f.apply(x)
            inner.gradient(y, x)!! to inner.gradient(y, v)!!
          }
        first.item() shouldBe 54.0
        dv.item() shouldBe 27.0
        outer.gradient(first, x)!!.item() shouldBe 36.0
        outer.gradient(dv, x)!!.item() shouldBe 27.0
      }
    }

    "a gradient of one's own holds inside of graphs, tape inside or outside" {
      val steep = { x: Tensor ->
        tf.customGradient({ inputs ->
          dev.merapi.facade.TfApi.WithGradient(
            arrayOf(tf.square(inputs[0])),
          ) { dy -> arrayOf(tf.multiply(dy[0]!!, tf.multiply(inputs[0], 100f))) }
        }, x)
      }
      val x = tf.constant(3f)
      val f = tf.function { a: Tensor -> tf.multiply(steep(a), 2f) }
      GradientTape().use { outer ->
        outer.watch(x)
        val slope =
          GradientTape().use { tape ->
            tape.watch(x)
            tape.gradient(f.apply(x), x)!!
          }
        slope.item() shouldBe 600.0
        outer.gradient(slope, x)!!.item() shouldBe 200.0
      }
      val inside =
        tf.function { a: Tensor ->
          GradientTape().use { tape ->
            tape.watch(a)
            tape.gradient(steep(a), a)!!
          }
        }
      inside.apply(x).item() shouldBe 300.0
    }

    "a call that fails leaves the function as it was" {
      val f = tf.function { x: Tensor, y: Tensor -> tf.add(tf.math.floordiv(tf.multiply(x, 2), y), 1) }
      val x = tf.constant(intArrayOf(6, 8))
      f.apply(x, tf.constant(intArrayOf(3, 4))).toIntArray() shouldBe intArrayOf(5, 5)
      shouldThrow<ValueError> { f.apply(x, tf.constant(intArrayOf(3, 0))) }
      f.apply(x, tf.constant(intArrayOf(2, 4))).toIntArray() shouldBe intArrayOf(7, 5)
      f.function().traces() shouldBe 1
    }

    "64 threads run one function and get the same bits" {
      val x = noise(1, 40, 30)
      val w = Variable(noise(2, 30, 20))
      val f = tf.function { a: Tensor -> tf.reduceSum(tf.nn.softmax(tf.matmul(a, w)), 0) }
      val want = f.apply(x).toFloatArray()
      val same = java.util.concurrent.ConcurrentLinkedQueue<Boolean>()
      (1..64)
        .map {
          kotlin.concurrent.thread { repeat(50) { same += f.apply(x).toFloatArray().contentEquals(want) } }
        }.forEach { it.join() }
      same.size shouldBe 64 * 50
      same.all { it } shouldBe true
    }
  })
