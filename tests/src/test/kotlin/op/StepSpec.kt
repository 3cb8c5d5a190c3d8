package dev.merapi.op

import dev.merapi.memory.Scope
import dev.merapi.suite.Functions
import dev.merapi.suite.Golden
import dev.merapi.suite.Goldens
import dev.merapi.tensor.DType
import dev.merapi.tensor.Tensor
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldHaveAtLeastSize
import io.kotest.matchers.shouldBe
import kotlin.math.max

/** Steps of optimizers give new tensors where TensorFlow's operations change variables in place. */
class StepSpec :
  StringSpec({
    val inSixteenBits = setOf(DType.F16, DType.BF16)

    /** Feeds the recorded calls of [theirs] to [ours]; [order] names the recorded inputs that ours takes. */
    fun check(
      ours: String,
      theirs: String,
      order: (List<Tensor>) -> List<Tensor>,
    ) {
      val op = Registry.find(ours)
      // Steps are declared for float32 and float64; variables of 16 bits are trained in float32.
      val cases = Goldens.of(theirs).filter { it.inputs()[0].dtype() !in inSixteenBits }
      cases shouldHaveAtLeastSize 8
      cases
        .flatMap { g ->
          Scope.open().use {
            val nesterov = g.attrs()["use_nesterov"]?.value() as Boolean? ?: false
            if (nesterov && op.attrs().none { it.name() == "use_nesterov" }) return@flatMap listOf()
            val attrs =
              if (op.attrs().any { it.name() == "use_nesterov" }) {
                op.attrs(
                  "use_nesterov",
                  nesterov,
                )
              } else {
                op.defaults()
              }
            val out = op.all(attrs, *order(g.inputs().map { it.tensor() }).toTypedArray())
            out.size shouldBe g.outputs().size
            out.indices.mapNotNull { i ->
              val expected = checkNotNull(g.outputs()[i])
              Functions.difference(expected, Golden.Array.of(out[i]), 8.0)?.let { "$g output $i: $it" }
            }
          }
        }.shouldBeEmpty()
    }

    "GradientDescentStep is ResourceApplyGradientDescent" {
      check("GradientDescentStep", "ResourceApplyGradientDescent") { it }
    }

    "MomentumStep is ResourceApplyMomentum" {
      check("MomentumStep", "ResourceApplyMomentum") { (variable, accum, lr, grad, momentum) ->
        listOf(variable, accum, lr, momentum, grad)
      }
    }

    "AdamStep is ResourceApplyAdam, the rate corrected for the powers of beta" {
      check("AdamStep", "ResourceApplyAdam") { t ->
        val (beta1Power, beta2Power, lr) = t.subList(3, 6).map { it.toDoubleArray()[0] }
        val corrected = lr * Math.sqrt(1 - beta2Power) / (1 - beta1Power)
        listOf(t[0], t[1], t[2], Values.filled(t[5].spec(), corrected), t[6], t[7], t[8], t[9])
      }
    }

    "MaxPoolGradGradWithArgmax takes what MaxPoolWithArgmax would have taken" {
      // No kernel of TensorFlow's CPU computes it; windows are walked by hand.
      val (height, width, channels) = listOf(5, 4, 2)
      val x = FloatArray(height * width * channels) { ((it * 37 + 11) % 101).toFloat() }
      val other = FloatArray(x.size) { it * 0.5f }
      val window = intArrayOf(1, 2, 3, 1)
      val steps = intArrayOf(1, 2, 1, 1)
      val pool = Registry.find("MaxPoolWithArgmax")
      val input = Values.floats(x, 1, height, width, channels)
      val places = pool.all(pool.attrs("ksize", window, "strides", steps, "padding", "VALID"), input)[1]
      val op = Registry.find("MaxPoolGradGradWithArgmax")
      val y =
        op.with(
          op.attrs("ksize", window, "strides", steps, "padding", "VALID"),
          input,
          Values.floats(other, 1, height, width, channels),
          places,
        )
      val expected = mutableListOf<Float>()
      for (row in 0..height - 2 step 2) {
        for (column in 0..width - 3) {
          for (c in 0 until channels) {
            var best = -1
            for (i in 0..1) {
              for (j in 0..2) {
                val at = ((row + i) * width + column + j) * channels + c
                if (best < 0 || x[at] > x[best]) best = at
              }
            }
            expected += other[max(best, 0)]
          }
        }
      }
      y.toFloatArray().toList() shouldBe expected
    }
  })
