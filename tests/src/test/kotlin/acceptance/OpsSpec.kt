package dev.merapi.acceptance

import dev.merapi.autodiff.GradientTape
import dev.merapi.eager.Variable
import dev.merapi.facade.NnApi.CrossEntropy
import dev.merapi.facade.TextApi
import dev.merapi.say.ShapeError
import dev.merapi.say.ValueError
import dev.merapi.tensor.DType
import dev.merapi.tensor.PrintFormat
import dev.merapi.tensor.Shape
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.engine.spec.tempfile
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.ints.shouldBeInRange
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import kotlin.math.abs
import kotlin.math.ln
import kotlin.math.sqrt

/** Mathematics, shapes, random numbers, strings, networks: values of the founding notes and of TensorFlow 2.21. */
class OpsSpec :
  StringSpec({
    val square = listOf(listOf(1, 2), listOf(3, 4))

    "OPS-01 addition" {
      tf.add(square, listOf(listOf(2, 3), listOf(4, 5))).format() shouldBe "[[3 5]\n [7 9]]"
      tf.add(square, 1).dtype() shouldBe DType.I32
    }

    "OPS-02 products of matrices, of whole numbers too" {
      val a = tf.constant(listOf(listOf(2, 3), listOf(2, 3)))
      val product = tf.matmul(a, listOf(listOf(1, 0), listOf(2, 4)))
      product.format() shouldBe "[[ 8 12]\n [ 8 12]]"
      product.dtype() shouldBe DType.I32
    }

    "OPS-03 addition broadcasts" {
      val a = tf.constant(listOf(listOf(10.0, 10.0)))
      val b = tf.constant(listOf(listOf(0.5), listOf(-8.5)))
      "Add a of shape ${a.shape()} with b of shape ${b.shape()}" shouldBe "Add a of shape (1, 2) with b of shape (2, 1)"
      tf.add(a, b).format() shouldBe "[[10.5 10.5]\n [ 1.5  1.5]]"
    }

    "OPS-04 differences of squared primes" {
      val primes = tf.constant(listOf(2, 3, 5, 7, 11, 13, 17, 19, 23))
      val shifted = tf.concat(listOf(tf.index(primes, "1:"), listOf(29)), 0)
      val diffs = tf.abs(tf.subtract(tf.square(primes), tf.square(shifted)))
      diffs.format() shouldBe "[  5  16  24  72  48 120  72 168 312]"
      diffs.dtype() shouldBe DType.I32
    }

    "OPS-05 a coin and a die" {
      val coin = tf.random.uniform(intArrayOf(10, 1), 0.0, 2.0, tf.int32, null)
      val die = tf.random.uniform(intArrayOf(10, 1), 1.0, 7.0, tf.int32, null)
      val aboveThree = tf.cast(tf.math.greater(die, 3), tf.int32)
      val success = tf.cast(tf.math.equal(tf.add(aboveThree, coin), 2), tf.int32)
      val result = tf.concat(listOf(coin, die, success), 1)
      result.shape() shouldBe Shape.of(10, 3)
      result.dtype() shouldBe DType.I32
      for (i in 0 until 10) {
        val (c, d, s) = IntArray(3) { result.getInt(i, it) }
        c shouldBeInRange 0..1
        d shouldBeInRange 1..6
        s shouldBe if (c == 1 && d > 3) 1 else 0
      }
      val many = tf.random.uniform(intArrayOf(10_000), 1.0, 7.0, tf.int32, null)
      many.toIntArray().toSet() shouldBe (1..6).toSet()
    }

    "OPS-06 distances between all pairs of rows" {
      fun distances(
        v: Tensor,
        w: Tensor,
      ): Tensor {
        val (n) = tf.unstack(tf.shape(v), 0)
        val (m) = tf.unstack(tf.shape(w), 0)
        val left = tf.tile(tf.expandDims(v, 1), listOf(1, m, 1))
        val right = tf.tile(tf.expandDims(w, 0), listOf(n, 1, 1))
        val d = tf.math.sqrt(tf.reduceSum(tf.pow(tf.subtract(left, right), 2), 2))
        return tf.divide(d, tf.reshape(tf.reduceSum(d, 1), listOf(-1, 1)))
      }
      val v = tf.reshape(tf.range(15f), 3, 5)
      val w = tf.reshape(tf.range(10f), 2, 5)
      val d = distances(v, w)
      d.format() shouldBe "[[0.         1.        ]\n [1.         0.        ]\n [0.6666667  0.33333334]]"
      tf.reduceSum(d, 1).toFloatArray().toList() shouldBe listOf(1f, 1f, 1f)
    }

    "OPS-07 powers of tensors and variables" {
      val x = Variable(2.0)
      tf.pow(tf.constant(2.0), 2).numpy() shouldBe 4f
      GradientTape(true).use { tape ->
        val f = tf.pow(x, 2)
        val h = tf.pow(x, 3)
        f.numpy() shouldBe 4f
        h.numpy() shouldBe 8f
        tape.gradient(f, x)!!.numpy() shouldBe 4f
        tape.gradient(h, x)!!.numpy() shouldBe 12f
      }
    }

    "OPS-08 clipping by norm" {
      tf.clipByNorm(tf.identity(listOf(3.0, 4.0)), 1.0).format() shouldBe "[0.6 0.8]"
      tf.clipByNorm(listOf(0.3, 0.4), 1.0).format() shouldBe "[0.3 0.4]"
    }

    "OPS-09 one-hot vectors" {
      val hot = tf.oneHot(listOf(0, 2), 3)
      hot.format() shouldBe "[[1. 0. 0.]\n [0. 0. 1.]]"
      hot.dtype() shouldBe DType.F32
    }

    "OPS-10 the place of the largest element" {
      val place = tf.argmax(listOf(listOf(1, 3, 2)), -1)
      place.format() shouldBe "[1]"
      place.dtype() shouldBe DType.I64
    }

    "OPS-11 a softmax is flatter at a higher temperature" {
      val logits = tf.constant(listOf(1.0, 2.0, 3.0))
      val cold = tf.nn.softmax(tf.divide(logits, 0.2))
      val warm = tf.nn.softmax(tf.divide(logits, 1.2))
      cold.closeTo(4.5094046e-05f, 6.6925487e-03f, 9.9326235e-01f)
      warm.closeTo(0.11634041f, 0.26769644f, 0.61596316f)
      (warm.getFloat(2) < cold.getFloat(2)) shouldBe true
    }

    "OPS-12 a softmax does not overflow" {
      tf.nn.softmax(listOf(1000.0, 1000.0)).format() shouldBe "[0.5 0.5]"
    }

    "OPS-13 normal numbers" {
      tf.random.setSeed(13)
      val x = tf.random.normal(intArrayOf(100, 100), 0.0, 2.0, tf.float32, null).toDoubleArray()
      val mean = x.average()
      mean shouldBe (0.0 plusOrMinus 0.06)
      sqrt(x.sumOf { (it - mean) * (it - mean) } / x.size) shouldBe (2.0 plusOrMinus 0.05)
    }

    "OPS-14 even numbers between bounds, repeated by a seed" {
      fun draw(): List<Float> {
        tf.random.setSeed(5)
        return tf.random
          .uniform(intArrayOf(1000), 0.0, 10.0, tf.float32, 7L)
          .toFloatArray()
          .toList()
      }
      val x = draw()
      x.all { it >= 0 && it < 10 } shouldBe true
      draw() shouldBe x
    }

    "OPS-15 the global seed repeats the sequence" {
      fun two(): Pair<List<Float>, List<Float>> {
        tf.random.setSeed(0)
        return tf.random
          .normal(4)
          .toFloatArray()
          .toList() to
          tf.random
            .normal(4)
            .toFloatArray()
            .toList()
      }
      val first = two()
      two() shouldBe first
      first.first shouldNotBe first.second
    }

    "OPS-16 means along axes that stay" {
      val x = tf.constant(listOf(listOf(1.0, 2.0, 3.0), listOf(4.0, 5.0, 6.0)))
      val mean = tf.reduceMean(x, intArrayOf(1), true)
      mean.shape() shouldBe Shape.of(2, 1)
      mean.format() shouldBe "[[2.]\n [5.]]"
      // The operation itself bears the old names: input reduction_indices, attribute keep_dims.
      tf.rawOp("Mean", mapOf("keep_dims" to true), x, 1)[0].format() shouldBe mean.format()
    }

    "OPS-17 reshaping to pictures" {
      tf.reshape(tf.zeros(2, 784), -1, 28, 28, 1).shape() shouldBe Shape.of(2, 28, 28, 1)
      shouldThrow<ShapeError> { tf.reshape(tf.zeros(2, 3), -1, 4) }.message shouldContain "requires a multiple of 4"
    }

    "OPS-18 splitting" {
      val x = tf.reshape(tf.range(12), 6, 2)
      val parts = tf.split(x, 3, 0)
      parts.map { it.shape() } shouldBe List(3) { Shape.of(2, 2) }
      parts[2].format() shouldBe "[[ 8  9]\n [10 11]]"
      tf.concat(parts, 0).format() shouldBe x.format()
    }

    "OPS-19 convolution with every option matches the definition" {
      tf.random.setSeed(19)
      val filter = tf.random.uniform(intArrayOf(3, 2, 3, 4), -1.0, 1.0, tf.float64, null)
      val pictures = tf.random.uniform(intArrayOf(2, 9, 8, 3), -1.0, 1.0, tf.float64, null)
      for (padding in listOf("SAME", "VALID")) {
        for ((stride, dilation) in listOf(1 to 1, 2 to 1, 3 to 1, 1 to 2)) {
          val expected = convolved(pictures, filter, stride, dilation, padding)
          val last =
            tf.nn.conv2d(
              pictures,
              filter,
              intArrayOf(1, stride, stride, 1),
              padding,
              true,
              "NHWC",
              1,
              dilation,
              dilation,
              1,
            )
          val first =
            tf.transpose(
              tf.nn.conv2d(
                tf.transpose(pictures, 0, 3, 1, 2),
                filter,
                intArrayOf(1, 1, stride, stride),
                padding,
                false,
                "NCHW",
                1,
                1,
                dilation,
                dilation,
              ),
              0,
              2,
              3,
              1,
            )
          withClue("$padding, stride $stride, dilation $dilation") {
            for (y in listOf(last, first)) {
              y.shape().dims().toList() shouldBe expected.first.toList()
              y.toDoubleArray().zip(expected.second).forEach { (a, b) -> abs(a - b) shouldBeLessThan 1e-12 }
            }
          }
        }
      }
    }

    "OPS-20 max pooling" {
      val x = tf.reshape(tf.range(49f), 1, 7, 7, 1)
      val y = tf.nn.maxPool(x, intArrayOf(1, 2, 2, 1), intArrayOf(1, 2, 2, 1), "SAME")
      y.shape() shouldBe Shape.of(1, 4, 4, 1)
      y.toIntArray().toList() shouldBe listOf(8, 10, 12, 13, 22, 24, 26, 27, 36, 38, 40, 41, 43, 45, 47, 48)
    }

    "OPS-21 depthwise convolution multiplies channels" {
      val x = tf.random.uniform(1, 5, 5, 3)
      val w = tf.random.uniform(2, 2, 3, 4)
      val y = tf.nn.depthwiseConv2d(x, w, intArrayOf(1, 1, 1, 1), "VALID")
      y.shape() shouldBe Shape.of(1, 4, 4, 12)
      val (channel, multiple) = 1 to 2
      val expected =
        (0..1).sumOf { i ->
          (0..1).sumOf { j ->
            x.getDouble(0, 1 + i, 2 + j, channel) *
              w.getDouble(i, j, channel, multiple)
          }
        }
      y.getDouble(0, 1, 2, channel * 4 + multiple) shouldBe (expected plusOrMinus 1e-6)
      shouldThrow<IllegalArgumentException> { tf.nn.depthwiseConv2d(x, w, intArrayOf(2, 1, 1, 1), "VALID") }
      shouldThrow<IllegalArgumentException> { tf.nn.depthwiseConv2d(x, w, intArrayOf(1, 1, 1, 2), "VALID") }
    }

    "OPS-22 transposed convolution overlaps unevenly" {
      val y = tf.nn.conv2dTranspose(tf.ones(1, 2, 2, 1), tf.ones(3, 3, 1, 1), intArrayOf(1, 4, 4, 1), 2, "SAME")
      tf.reshape(y, 4, 4).format() shouldBe "[[1. 1. 2. 1.]\n [1. 1. 2. 1.]\n [2. 2. 4. 2.]\n [1. 1. 2. 1.]]"
    }

    "OPS-23 resizing to the nearest neighbour" {
      val x = tf.reshape(tf.range(16f), 1, 4, 4, 1)
      val y = tf.image.resizeNearestNeighbor(x, intArrayOf(7, 7))
      val kept = listOf(0, 0, 1, 1, 2, 2, 3)
      y.toIntArray().toList() shouldBe kept.flatMap { row -> kept.map { 4 * row + it } }
      // Half-pixel centres, as tf.image.resize has them: expected by TensorFlow 2.21.
      val six = tf.image.resize(tf.multiply(x, 3), intArrayOf(6, 6), "nearest")
      tf.index(six, "0, :, 0, 0").toIntArray().toList() shouldBe listOf(0, 12, 12, 24, 36, 36)
    }

    "OPS-25 the sigmoid's cross-entropy does not overflow" {
      val loss = tf.nn.sigmoidCrossEntropyWithLogits(listOf(1.0, 0.0), listOf(100.0, -100.0))
      // e⁻¹⁰⁰ lies below the smallest normal float32: TensorFlow's CPU flushes it to 0, here it is kept.
      loss.toFloatArray().forEach {
        it.toDouble() shouldBe (
          0.0 plusOrMinus
            java.lang.Float.MIN_NORMAL
              .toDouble()
        )
      }
    }

    "OPS-26 a softmax's cross-entropy takes named arguments only" {
      val logits = tf.constant(listOf(listOf(1.0, 2.0, 3.0)))
      val labels = tf.constant(listOf(listOf(0.0, 0.0, 1.0)))
      shouldThrow<ValueError> { tf.nn.softmaxCrossEntropyWithLogits(labels, logits) }.message shouldContain
        "named arguments"
      val expected = -ln(Math.exp(3.0) / (Math.exp(1.0) + Math.exp(2.0) + Math.exp(3.0)))
      tf.nn.softmaxCrossEntropyWithLogits(CrossEntropy(labels, logits)).item() shouldBe (expected plusOrMinus 1e-6)
    }

    "OPS-27 a sum of many" {
      val x = tf.constant(listOf(1.0, 2.0))
      tf.math.addN(listOf(x, x, tf.constant(listOf(10.0, 20.0)))).format() shouldBe "[12. 24.]"
      shouldThrow<ValueError> { tf.addN(listOf<Tensor>()) }
    }

    "OPS-28 functions of single numbers agree with the host's" {
      fun check(
        name: String,
        f: (Any) -> Tensor,
        positive: Boolean = false,
        exact: (Double) -> Double,
      ) {
        val points = (-800..800).map { it / 100.0 + 0.001 }.filter { !positive || it > 0 }
        val single = f(tf.constant(points.map { it.toFloat() }.toFloatArray())).toFloatArray()
        val double = f(tf.constant(points.toDoubleArray())).toDoubleArray()
        points.forEachIndexed { i, p ->
          withClue("$name at $p") {
            val wide = exact(p.toFloat().toDouble())
            abs(single[i] - wide) shouldBeLessThan 2.0 * Math.ulp(wide.toFloat()) + Float.MIN_VALUE
            // The host's own error is one unit in the last place, ours is the second.
            abs(double[i] - exact(p)) shouldBeLessThan 3.0 * Math.ulp(exact(p)) + Double.MIN_VALUE
          }
        }
      }
      check("exp", tf::exp) { StrictMath.exp(it) }
      check("log", tf.math::log, positive = true) { StrictMath.log(it) }
      check("abs", tf::abs) { abs(it) }
      check("square", tf::square) { it * it }
      check("sqrt", tf::sqrt, positive = true) { sqrt(it) }
      check("tanh", tf::tanh) { StrictMath.tanh(it) }
      check("sigmoid", tf::sigmoid) { 1 / (1 + StrictMath.exp(-it)) }
      check("relu", { tf.nn.relu(it) }) { maxOf(it, 0.0) }
      val (a, b) = listOf(1.0, 2.0, 3.0) to listOf(3.0, 2.0, 1.0)
      mapOf(
        tf.less(a, b) to listOf(true, false, false),
        tf.lessEqual(a, b) to listOf(true, true, false),
        tf.greater(a, b) to listOf(false, false, true),
        tf.greaterEqual(a, b) to listOf(false, true, true),
        tf.equal(a, b) to listOf(false, true, false),
        tf.notEqual(a, b) to listOf(true, false, true),
      ).forEach { (t, expected) -> t.toBooleanArray().toList() shouldBe expected }
    }

    "OPS-29 zeros, ones, ranges" {
      tf.zeros(2, 3).let { it.shape() to it.dtype() } shouldBe (Shape.of(2, 3) to DType.F32)
      tf.ones(intArrayOf(2), tf.int32).format() shouldBe "[1 1]"
      tf.fill(listOf(2, 2), 7).format() shouldBe "[[7 7]\n [7 7]]"
      tf.zerosLike(tf.constant(listOf(1, 2))).let { it.format() to it.dtype() } shouldBe ("[0 0]" to DType.I32)
      val n = 4
      val each = tf.unstack(tf.range(1, n + 1), 0)
      each.map { it.rank() } shouldBe List(n) { 0 }
      each.map { it.numpy() } shouldBe listOf(1, 2, 3, 4)
    }

    "OPS-30 matching a whole text" {
      fun car(path: String) = tf.strings.regexFullMatch(path, ".*/automobile/.*").numpy()
      car("./data/cifar2/train/automobile/1263.jpg") shouldBe true
      car("./data/cifar2/train/airplane/0.jpg") shouldBe false
    }

    "OPS-31 a template filled with values" {
      val text = tf.strings.format("Epoch={},Loss:{},A:{}", tf.constant(1), tf.constant(0.5), tf.range(1, 9))
      text.format() shouldBe "b'Epoch=1,Loss:0.5,A:[1 2 3 ... 6 7 8]'"
    }

    "OPS-32 the plain form of print" {
      fun printed(value: Any): String {
        val file = tempfile("print")
        TextApi.print(TextApi.Options.DEFAULT.stream("file://$file"), value)
        return file.readText()
      }
      printed(tf.constant(listOf(1.0, 2.5, 3.0))) shouldBe "[1 2.5 3]\n"
      printed(tf.constant(square)) shouldBe "[[1 2]\n [3 4]]\n"
      printed(tf.range(10)) shouldBe "[0 1 2 ... 7 8 9]\n"
      printed(tf.constant(listOf("s"))) shouldBe "[\"s\"]\n"
      PrintFormat.text(tf.constant("s")) shouldBe "\"s\""
      printed(tf.constant(1.0)) shouldBe "1\n"
    }

    "OPS-33 bilinear resizing with half-pixel centres" {
      val x = tf.reshape(tf.multiply(tf.range(16), 3), 1, 4, 4, 1)
      for (type in listOf(tf.float32, tf.uint8)) {
        val y = tf.image.resize(tf.cast(x, type), intArrayOf(2, 2))
        y.dtype() shouldBe DType.F32
        tf.reshape(y, 2, 2).format() shouldBe "[[ 7.5 13.5]\n [31.5 37.5]]"
      }
      tf.image
        .resize(x, intArrayOf(3, 3))
        .closeTo(2.5f, 6.5f, 10.5f, 18.5f, 22.5f, 26.5f, 34.5f, 38.5f, 42.5f)
    }

    "OPS-34 errors name both shapes" {
      shouldThrow<ShapeError> { tf.matmul(tf.ones(2, 3), tf.ones(2, 3)) }.message shouldContain
        "Matrix size-incompatible: In[0]: [2,3], In[1]: [2,3]"
      shouldThrow<ShapeError> { tf.add(tf.ones(2), tf.ones(3)) }.message shouldContain
        "Incompatible shapes: [2] vs. [3]"
      shouldThrow<ShapeError> { tf.concat(listOf(tf.ones(2, 3), tf.ones(2, 4)), 0) }.message shouldContain "Dimension 1"
    }

    "OPS-35 drawing by probabilities" {
      tf.random.setSeed(35)
      val p = tf.nn.softmax(listOf(0.5, 1.5, -1.0, 0.0))
      val draws = 20_000
      val counts = IntArray(4)
      repeat(draws) { counts[tf.random.choice(4, p)]++ }
      p.toDoubleArray().forEachIndexed { i, share ->
        // Four standard deviations of the share found.
        abs(counts[i].toDouble() / draws - share) shouldBeLessThan 4 * sqrt(share * (1 - share) / draws)
      }
      // Ten shares of 0.1f do not add up to 1 exactly.
      tf.random.choice(10, tf.constant(FloatArray(10) { 0.1f })) shouldBeInRange 0..9
      shouldThrow<ValueError> { tf.random.choice(2, tf.constant(listOf(0.5, 0.6))) }
    }
  })

private fun Tensor.closeTo(vararg expected: Float) =
  toFloatArray().toList().zip(expected.toList()).forEach { (a, b) ->
    abs(a - b).toDouble() shouldBeLessThan 4.0 * Math.ulp(b)
  }

/** A convolution by its definition: shape and values. */
private fun convolved(
  x: Tensor,
  w: Tensor,
  stride: Int,
  dilation: Int,
  padding: String,
): Pair<IntArray, List<Double>> {
  val (batch, height, width, channels) = x.shape().dims().toList()
  val (rows, columns, _, filters) = w.shape().dims().toList()

  fun size(
    n: Int,
    window: Int,
  ) = if (padding == "SAME") (n + stride - 1) / stride else (n - ((window - 1) * dilation + 1)) / stride + 1

  fun before(
    n: Int,
    window: Int,
  ) = if (padding == "SAME") maxOf(0, (size(n, window) - 1) * stride + (window - 1) * dilation + 1 - n) / 2 else 0
  val (h, v) = size(height, rows) to size(width, columns)
  val xs = x.toDoubleArray()
  val ws = w.toDoubleArray()
  val out = mutableListOf<Double>()
  for (b in 0 until batch) {
    for (i in 0 until h) {
      for (j in 0 until v) {
        for (f in 0 until filters) {
          var sum = 0.0
          for (r in 0 until rows) {
            for (c in 0 until columns) {
              for (k in 0 until channels) {
                val p = i * stride + r * dilation - before(height, rows)
                val q = j * stride + c * dilation - before(width, columns)
                if (p in 0 until height && q in 0 until width) {
                  sum +=
                    xs[((b * height + p) * width + q) * channels + k] *
                    ws[((r * columns + c) * channels + k) * filters + f]
                }
              }
            }
          }
          out += sum
        }
      }
    }
  }
  return intArrayOf(batch, h, v, filters) to out
}
