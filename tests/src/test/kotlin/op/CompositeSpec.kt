package dev.merapi.op

import dev.merapi.autodiff.GradientTape
import dev.merapi.facade.NnApi
import dev.merapi.suite.Functions
import dev.merapi.suite.Golden
import dev.merapi.suite.Goldens
import dev.merapi.tensor.DType
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldNotBeEmpty
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import kotlin.math.PI
import kotlin.math.sqrt
import kotlin.math.tanh

private typealias Composed = (Golden, Array<Tensor>) -> Any

private fun Golden.value(name: String): Any? = attrs()[name]?.value()

private fun Golden.int(
  name: String,
  otherwise: Int = 0,
): Int = (value(name) as Number?)?.toInt() ?: otherwise

private fun Golden.double(name: String): Double = (value(name) as Number).toDouble()

private fun Golden.list(name: String): IntArray = checkNotNull(ints(name))

private fun Golden.yes(name: String): Boolean = value(name) as Boolean? ?: false

private fun Golden.ints(name: String): IntArray? =
  when (val v = value(name)) {
    is List<*> -> v.map { (it as Number).toInt() }.toIntArray()
    is Number -> intArrayOf(v.toInt())
    else -> null
  }

private fun Tensor.axes() = IntArray(rank()) { it }

/** One façade call for each recorded function; the keywords are TensorFlow's. */
private val CALLS: Map<String, Composed> =
  mapOf(
    "tf.nn.moments" to { g, t -> tf.nn.moments(t[0], g.list("axes"), g.yes("keepdims")) },
    "tf.nn.gelu" to { g, t -> tf.nn.gelu(t[0], g.yes("approximate")) },
    "tf.nn.silu" to { g, t -> if (g.value("beta") == null) tf.nn.silu(t[0]) else tf.nn.silu(t[0], g.double("beta")) },
    "tf.norm" to { g, t ->
      val order =
        when (val o = g.value("ord")) {
          is Number -> o.toDouble()
          else -> if (g.note() == "ord=inf") Double.POSITIVE_INFINITY else 2.0
        }
      tf.norm(t[0], order, g.ints("axis") ?: t[0].axes(), g.yes("keepdims"))
    },
    "tf.reduce_logsumexp" to { g, t -> tf.reduceLogsumexp(t[0], g.ints("axis") ?: t[0].axes(), false) },
    "tf.math.reduce_variance" to { g, t -> tf.math.reduceVariance(t[0], g.ints("axis") ?: t[0].axes(), false) },
    "tf.math.reduce_std" to { g, t -> tf.math.reduceStd(t[0], g.ints("axis") ?: t[0].axes(), false) },
    "tf.math.l2_normalize" to { g, t -> tf.math.l2Normalize(t[0], g.int("axis"), 1e-12) },
    "tf.nn.sigmoid_cross_entropy_with_logits" to { _, t -> tf.nn.sigmoidCrossEntropyWithLogits(t[0], t[1]) },
    "tf.nn.weighted_cross_entropy_with_logits" to { g, t ->
      tf.nn.weightedCrossEntropyWithLogits(t[0], t[1], g.double("pos_weight"))
    },
    "tf.nn.log_poisson_loss" to { g, t -> tf.nn.logPoissonLoss(t[0], t[1], g.yes("compute_full_loss")) },
    "tf.clip_by_norm" to { g, t ->
      when (val axes = g.ints("axes")) {
        null -> tf.clipByNorm(t[0], g.double("clip_norm"))
        else -> tf.clipByNorm(t[0], g.double("clip_norm"), *axes)
      }
    },
    "tf.clip_by_global_norm" to { g, t ->
      tf.clipByGlobalNorm(t.asList(), g.double("clip_norm")) + tf.globalNorm(t.asList())
    },
    "tf.tensordot" to { g, t ->
      if (g.value("axes") != null) {
        tf.tensordot(t[0], t[1], g.int("axes"))
      } else {
        tf.tensordot(t[0], t[1], intArrayOf(1, 0), intArrayOf(0, 2))
      }
    },
    "tf.nn.batch_normalization" to { g, t ->
      tf.nn.batchNormalization(t[0], t[1], t[2], t[3], t[4], g.double("variance_epsilon"))
    },
    "tf.nn.conv1d" to { g, t -> tf.nn.conv1d(t[0], t[1], g.int("stride"), g.value("padding") as String) },
    "tf.nn.conv2d_transpose" to { g, t ->
      tf.nn.conv2dTranspose(
        t[0],
        t[1],
        g.list("output_shape"),
        g.list("strides")[1],
        g.value("padding") as String,
      )
    },
    "tf.nn.separable_conv2d" to { g, t ->
      tf.nn.separableConv2d(t[0], t[1], t[2], g.list("strides"), g.value("padding") as String)
    },
    "tf.nn.depthwise_conv2d" to { g, t ->
      val dilations = g.list("dilations")
      tf.nn.depthwiseConv2d(t[0], t[1], g.list("strides"), g.value("padding") as String, dilations)
    },
    "tf.einsum" to { g, t -> tf.einsum(g.value("equation") as String, *t) },
    "tf.repeat" to { g, t -> tf.repeat(t[0], intArrayOf(1, 0, 2), g.int("axis")) },
    "tf.sort" to { g, t -> tf.sort(t[0], g.int("axis"), g.value("direction") as String) },
    "tf.argsort" to { g, t -> tf.argsort(t[0], g.int("axis"), "ASCENDING") },
    "tf.boolean_mask" to { _, t -> tf.booleanMask(t[0], booleanArrayOf(true, false, true)) },
    "tf.math.confusion_matrix" to { _, t -> tf.math.confusionMatrix(t[0], t[1], 4) },
    "tf.linalg.trace" to { _, t -> tf.linalg.trace(t[0]) },
    "tf.nn.softmax" to { g, t -> tf.nn.softmax(t[0], g.int("axis")) },
    "tf.nn.local_response_normalization" to { g, t ->
      tf.nn.localResponseNormalization(t[0], g.int("depth_radius"), 1.0, 1.0, 0.5)
    },
    "tf.nn.max_pool1d" to { g, t ->
      tf.nn.maxPool1d(t[0], g.int("ksize"), g.int("strides"), g.value("padding") as String)
    },
    "tf.nn.avg_pool1d" to { g, t ->
      tf.nn.avgPool1d(t[0], g.int("ksize"), g.int("strides"), g.value("padding") as String)
    },
  )

private val SECOND: Map<String, (Tensor) -> Tensor> =
  mapOf(
    "tanh" to tf::tanh,
    "sigmoid" to tf::sigmoid,
    "exp" to tf::exp,
    "log" to { x -> tf.math.log(x) },
    "sqrt" to tf::sqrt,
    "rsqrt" to { x -> tf.math.rsqrt(x) },
    "softplus" to { x -> tf.math.softplus(x) },
    "elu" to { x -> tf.nn.elu(x) },
    "selu" to { x -> tf.nn.selu(x) },
    "softmax" to { x -> tf.nn.softmax(x) },
    "log_softmax" to { x -> tf.nn.logSoftmax(x) },
    "reduce_prod" to { x -> tf.reduceProd(x) },
    "reduce_max" to { x -> tf.reduceMax(x) },
    "cumsum" to { x -> tf.cumsum(x, 0) },
    "lgamma" to { x -> tf.math.lgamma(x) },
    "erf" to { x -> tf.math.erf(x) },
    "square" to tf::square,
    "sin" to tf::sin,
    "gelu" to { x -> NnApi.gelu(x) },
    "silu" to { x -> NnApi.silu(x) },
    "reduce_logsumexp" to { x -> tf.reduceLogsumexp(x) },
    "l2_loss" to { x -> tf.nn.l2Loss(x) },
  )

/** Functions of several operations give TensorFlow's values and gradients. */
class CompositeSpec :
  StringSpec({
    fun check(
      cases: List<Golden>,
      call: Composed,
    ) {
      cases.shouldNotBeEmpty()
      // The constants of tf.nn.gelu pass through float32 in TensorFlow, even when x is float64.
      val float32 = cases.any { it.op() == "tf.nn.gelu" || it.name() == "gelu" }
      val wrong =
        cases.flatMap { g ->
          Functions.differences(g, if (float32) DType.F32 else null) { inputs ->
            when (val y = call(g, inputs)) {
              is Tensor -> arrayOf(y)
              else -> (y as List<*>).map { it as Tensor }.toTypedArray()
            }
          }
        }
      wrong.shouldBeEmpty()
    }

    for ((name, call) in CALLS) {
      "$name is TensorFlow's" { check(Goldens.of(name), call) }
    }

    for ((name, function) in SECOND) {
      "the second derivative of $name is TensorFlow's" {
        // The recorded function is itself a sum of squares of a gradient; its gradient is of second order.
        check(Goldens.of("second_order").filter { it.name() == name }) { _, t ->
          GradientTape().use { tape ->
            tape.watch(t[0])
            val energy = tf.reduceSum(tf.square(function(t[0])))
            tf.reduceSum(tf.square(checkNotNull(tape.gradient(energy, t[0]))))
          }
        }
      }
    }

    "tf.nn.gelu holds all digits of float64" {
      // The normal distribution's values are those of its tables, to as many digits as float64 has.
      val x = tf.constant(doubleArrayOf(1.0, -1.0, 2.0, 0.0))
      val expected = doubleArrayOf(0.8413447460685429, -0.15865525393145705, 2 * 0.9772498680518208, 0.0)
      tf.nn
        .gelu(x, false)
        .toDoubleArray()
        .zip(expected)
        .forEach { (y, e) -> y shouldBe (e plusOrMinus 1e-15) }
      val bend = sqrt(2 / PI) * (1 + 0.044715)
      tf.nn.gelu(x, true).toDoubleArray()[0] shouldBe (0.5 * (1 + tanh(bend)) plusOrMinus 1e-15)
    }

    "every recorded function of tf, tf.math, tf.nn and tf.linalg is compared" {
      val elsewhere = Regex("tf\\.(keras|random|image|strings|compat|data|signal|io)\\..*")
      withClue("add a line to CALLS for:") {
        Goldens
          .all()
          .keys
          .filter { it.startsWith("tf.") && !elsewhere.matches(it) && it !in CALLS }
          .shouldBeEmpty()
      }
    }
  })
