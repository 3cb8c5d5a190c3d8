package dev.merapi.eager

import dev.merapi.op.Attrs
import dev.merapi.op.Call
import dev.merapi.op.Context
import dev.merapi.op.Executor
import dev.merapi.op.OpDef
import dev.merapi.op.Recorder
import dev.merapi.op.Registry
import dev.merapi.programs.Fork
import dev.merapi.say.TypeError
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.assertions.nondeterministic.eventually
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.booleans.shouldBeTrue
import io.kotest.matchers.doubles.shouldBeLessThanOrEqual
import io.kotest.matchers.shouldBe
import java.lang.ref.WeakReference
import java.lang.reflect.Proxy
import kotlin.time.Duration.Companion.seconds

class DispatchSpec :
  StringSpec({
    "an addition of 8 elements takes at most 250 ns, and 400 ns under a tape, and makes its result only" {
      val result =
        Fork.run(
          listOf("--add-modules", "jdk.incubator.vector"),
          Class.forName("dev.merapi.programs.DispatchCost"),
        )
      withClue(result.out() + result.err()) {
        result.status() shouldBe 0
        val (plain, taped) = result.number("plain") to result.number("taped")
        println("an addition of 8 elements: %.0f ns, under a tape %.0f ns".format(plain, taped))
        plain shouldBeLessThanOrEqual 250.0
        taped shouldBeLessThanOrEqual 400.0
        result.values()["value"] shouldBe "[ 2.  4.  6.  8. 10. 12. 14. 16.]"

        val tensor = result.number("tensor-bytes")
        println(
          "bytes: %.1f for a tensor and its storage, %.1f for a call that makes one, %.1f under a tape".format(
            tensor,
            result.number("plain-bytes"),
            result.number("taped-bytes"),
          ),
        )
        // A fresh call takes the place of the one lent out every 1024 uses: 0.2 bytes a use.
        result.number("plain-bytes") shouldBeLessThanOrEqual tensor + 2
        result.number("unary-bytes") shouldBeLessThanOrEqual tensor + 2
        // An entry, its numbers and its specs are 120 bytes; the rest is what the tape's lists grow by.
        result.number("taped-bytes") shouldBeLessThanOrEqual tensor + 200
      }
    }

    "a call that has ended, well or not, keeps no tensor alive" {
      val dropped = mutableListOf<WeakReference<Tensor>>()

      fun drop() {
        val x = tf.constant(floatArrayOf(1f, 2f))
        val y = tf.negative(x)
        val z = tf.add(x, y)
        val (all) = listOf(tf.concat(listOf(x, y, z), 0))
        shouldThrow<TypeError> { tf.add(all, tf.constant(intArrayOf(1))) }
        dropped += listOf(x, y, z, all).map { WeakReference(it) }
      }
      drop()
      eventually(10.seconds) {
        System.gc()
        dropped.all { it.get() == null }.shouldBeTrue()
      }
    }

    "an operation may be carried out while another one's call is still looked at" {
      val context = Context.get()
      val seen = mutableListOf<String>()
      context.setRecorder(
        onRecord { call ->
          if (seen.size < 3) {
            seen += call.op.name()
            tf.multiply(call.out(0), 10f)
            seen += (0 until call.ins()).joinToString { call.`in`(it).format() } + " -> " + call.out(0).format()
          }
        },
      )
      val sum =
        try {
          tf.add(floatArrayOf(1f, 2f), floatArrayOf(3f, 4f))
        } finally {
          context.setRecorder(null)
        }
      sum.format() shouldBe "[4. 6.]"
      // Each record carries out a product, which is recorded in turn: the innermost ends first.
      seen shouldBe
        listOf(
          "AddV2",
          "Mul",
          "Mul",
          "[40. 60.], 10.0 -> [400. 600.]",
          "[4. 6.], 10.0 -> [40. 60.]",
          "[1. 2.], [3. 4.] -> [4. 6.]",
        )
    }

    "executors that know arrays only serve calls of one and two inputs too" {
      val context = Context.get()
      val eager = context.executor()
      val asked = mutableListOf<String>()
      context.setExecutor(
        object : Executor {
          override fun run(
            op: OpDef,
            attrs: Attrs,
            inputs: Array<Tensor>,
          ): Array<Tensor> {
            asked += "${op.name()} ${inputs.size}"
            return eager.run(op, attrs, inputs)
          }
        },
      )
      try {
        val x = tf.constant(floatArrayOf(1f, 2f))
        asked.clear()
        tf.negative(x).format() shouldBe "[-1. -2.]"
        tf.subtract(x, x).format() shouldBe "[0. 0.]"
        Registry.find("Mul").of(x, x).format() shouldBe "[1. 4.]"
      } finally {
        context.setExecutor(eager)
      }
      asked shouldBe listOf("Neg 1", "Sub 2", "Mul 2")
    }
  })

/** A recorder that looks at finished calls only, whatever else recorders are told and asked. */
private fun onRecord(see: (Call) -> Unit): Recorder =
  Proxy.newProxyInstance(Recorder::class.java.classLoader, arrayOf(Recorder::class.java)) { _, method, given ->
    if (method.name == "record") {
      see(given[0] as Call)
    }
    when (method.returnType) {
      Boolean::class.javaPrimitiveType -> true
      Int::class.javaPrimitiveType -> 0
      else -> null
    }
  } as Recorder
