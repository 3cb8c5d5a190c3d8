package dev.merapi.acceptance

import dev.merapi.facade.NnApi.CrossEntropy
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.core.spec.style.StringSpec
import kotlin.random.Random

/** Gradients of the operations that the founding notes use, against differences in float64, on the CPU. */
class GrdOpsSpec :
  StringSpec({
    val random = Random(20)
    val ones = intArrayOf(1, 1, 1, 1)

    fun slope(
      operation: String,
      vararg inputs: Tensor,
      f: (List<Tensor>) -> Tensor,
    ) = "GRD-20 the gradient of $operation" { checkSlope(random, inputs.toList(), f = f) }

    slope("concat", reals(random, 2, 3), reals(random, 2, 2), reals(random, 2, 4)) { tf.concat(it, 1) }
    slope("split", reals(random, 4, 6)) { (x) ->
      val (a, b, c) = tf.split(x, 3, 1)
      tf.add(tf.multiply(a, b), c)
    }
    slope("gather", reals(random, 5, 3)) { (x) -> tf.gather(x, listOf(4, 0, 4, 2)) }
    slope("gather along axis 1", reals(random, 2, 5, 2)) { (x) -> tf.gather(x, listOf(1, 1, 3), 1) }
    slope("pad", reals(random, 2, 3)) { (x) -> tf.pad(x, arrayOf(intArrayOf(1, 0), intArrayOf(2, 1))) }
    slope("mirrored pad", reals(random, 3, 4)) { (x) ->
      tf.pad(x, arrayOf(intArrayOf(1, 2), intArrayOf(2, 3)), "REFLECT", 0)
    }
    "GRD-20 the gradient of bilinear resize" {
      // Its result is float32, but it is linear: a step of 1 makes no error and loses nothing to rounding.
      checkSlope(random, listOf(reals(random, 2, 4, 5, 3)), h = 1.0, tolerance = 1e-5) { (x) ->
        tf.cast(tf.image.resize(x, intArrayOf(7, 3)), tf.float64)
      }
    }
    slope("resize to the nearest neighbour", reals(random, 2, 4, 5, 3)) { (x) ->
      tf.image.resize(x, intArrayOf(7, 3), "nearest")
    }
    for (padding in listOf("VALID", "SAME")) {
      slope("max pooling, $padding", reals(random, 2, 7, 6, 3)) { (x) ->
        tf.nn.maxPool(x, intArrayOf(1, 3, 2, 1), intArrayOf(1, 2, 2, 1), padding)
      }
      slope("average pooling, $padding", reals(random, 2, 7, 6, 3)) { (x) ->
        tf.nn.avgPool(x, intArrayOf(1, 3, 2, 1), intArrayOf(1, 2, 2, 1), padding)
      }
      slope("conv2d, $padding", reals(random, 2, 7, 6, 3), reals(random, 3, 2, 3, 4)) { (x, w) ->
        tf.nn.conv2d(x, w, 2, padding)
      }
      slope("depthwise conv2d, $padding", reals(random, 2, 6, 6, 3), reals(random, 3, 3, 3, 2)) { (x, w) ->
        tf.nn.depthwiseConv2d(x, w, intArrayOf(1, 2, 2, 1), padding)
      }
    }
    slope("dilated conv2d", reals(random, 1, 8, 8, 2), reals(random, 3, 3, 2, 2)) { (x, w) ->
      tf.nn.conv2d(x, w, ones, "SAME", true, "NHWC", 1, 2, 2, 1)
    }
    slope(
      "separable conv2d",
      reals(random, 2, 6, 6, 3),
      reals(random, 3, 3, 3, 2),
      reals(random, 1, 1, 6, 4),
    ) { (x, d, p) ->
      tf.nn.separableConv2d(x, d, p, ones, "SAME")
    }
    slope("conv2d transposed", reals(random, 2, 3, 4, 3), reals(random, 3, 3, 2, 3)) { (x, w) ->
      tf.nn.conv2dTranspose(x, w, intArrayOf(2, 6, 8, 2), 2, "SAME")
    }
    slope("softmax", reals(random, 3, 5)) { (x) -> tf.nn.softmax(x) }
    slope("softmax cross-entropy", reals(random, 3, 5)) { (x) ->
      val labels =
        tf.constant(
          arrayOf(
            doubleArrayOf(
              .1,
              .2,
              .3,
              .4,
              0.0,
            ),
            doubleArrayOf(0.0, 0.0, 1.0, 0.0, 0.0),
            DoubleArray(5) {
              .2
            },
          ),
        )
      tf.nn.softmaxCrossEntropyWithLogits(CrossEntropy(labels, x))
    }
    slope("softmax cross-entropy by class numbers", reals(random, 3, 5)) { (x) ->
      tf.nn.sparseSoftmaxCrossEntropyWithLogits(listOf(4, 0, 2), x)
    }
    slope("sigmoid cross-entropy", reals(random, 3, 5)) { (x) ->
      tf.nn.sigmoidCrossEntropyWithLogits(tf.greater(x, 0.5).let { tf.cast(it, tf.float64) }, x)
    }
    slope("batch normalisation", reals(random, 4, 3, 3, 2), reals(random, 2), reals(random, 2)) { (x, scale, offset) ->
      val (mean, variance) = tf.nn.moments(x, intArrayOf(0, 1, 2), false)
      tf.nn.batchNormalization(x, mean, variance, offset, scale, 0.001)
    }
    slope(
      "an LSTM step",
      reals(random, 2, 3),
      reals(random, 2, 4),
      reals(random, 2, 4),
      reals(random, 7, 16),
    ) { (x, h, c, w) ->
      val (i, j, f, o) = tf.split(tf.matmul(tf.concat(listOf(x, h), 1), w), 4, 1)
      val next = tf.add(tf.multiply(c, tf.sigmoid(f)), tf.multiply(tf.sigmoid(i), tf.tanh(j)))
      tf.multiply(tf.tanh(next), tf.sigmoid(o))
    }
    slope("clipping by value", reals(random, 4, 5)) { (x) -> tf.clipByValue(x, -0.7, 0.9) }
    slope("clipping by norm", reals(random, 4, 5)) { (x) -> tf.clipByNorm(x, 1.5) }
    slope("where", reals(random, 3, 4), reals(random, 3, 4)) { (x, y) -> tf.where(tf.greater(x, y), tf.square(x), y) }
    slope("tile", reals(random, 2, 3)) { (x) -> tf.tile(x, 2, 3) }
  })
