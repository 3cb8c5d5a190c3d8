package dev.merapi.acceptance

import dev.merapi.eager.Variable
import dev.merapi.op.Index
import dev.merapi.op.Literals
import dev.merapi.op.OpRef
import dev.merapi.op.Slicing
import dev.merapi.op.Values
import dev.merapi.say.ArgumentError
import dev.merapi.say.ShapeError
import dev.merapi.say.TypeError
import dev.merapi.say.ValueError
import dev.merapi.tensor.DType
import dev.merapi.tensor.PrintFormat
import dev.merapi.tensor.Shape
import dev.merapi.tensor.Spec
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeSameInstanceAs
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.nio.FloatBuffer

/** Tensors, element types, indexing, printing. Expected texts are TensorFlow 2.21's or the founding notes'. */
class TenSpec :
  StringSpec({
    val matrix = constant(arrayOf(intArrayOf(1, 2, 3), intArrayOf(4, 5, 6)))
    val nine = constant(listOf(listOf(1, 2, 3), listOf(4, 5, 6), listOf(7, 8, 9)))

    "TEN-01 a scalar shows its bare value when formatted" {
      val tensor = constant(0)
      "Print constant tensor ${tensor.format()} of rank ${call("Rank", tensor).format()}" shouldBe
        "Print constant tensor 0 of rank 0"
      "Show full tensor: $tensor" shouldBe "Show full tensor: tf.Tensor(0, shape=(), dtype=int32)"
    }

    "TEN-02 a vector and its rank" {
      val tensor = constant(listOf(1, 2, 3))
      "Tensor: $tensor" shouldBe "Tensor: tf.Tensor([1 2 3], shape=(3,), dtype=int32)"
      "Rank: ${call("Rank", tensor).numpy()}" shouldBe "Rank: 1"
    }

    "TEN-03 a matrix begins on its own line" {
      "$matrix" shouldBe "tf.Tensor(\n[[1 2 3]\n [4 5 6]], shape=(2, 3), dtype=int32)"
      matrix.rank() shouldBe 2
    }

    "TEN-04 blank lines part the matrices of a rank-3 tensor" {
      val ones = Values.filled(Spec.of(DType.F32, 2, 3, 6), 1.0)
      "Tensor: $ones" shouldBe
        """
        |Tensor: tf.Tensor(
        |[[[1. 1. 1. 1. 1. 1.]
        |  [1. 1. 1. 1. 1. 1.]
        |  [1. 1. 1. 1. 1. 1.]]
        |
        | [[1. 1. 1. 1. 1. 1.]
        |  [1. 1. 1. 1. 1. 1.]
        |  [1. 1. 1. 1. 1. 1.]]], shape=(2, 3, 6), dtype=float32)
        """.trimMargin()
    }

    "TEN-05 rank, shape, dtype, sizes" {
      val t = Values.filled(Spec.of(DType.F32, 2, 3, 6), 1.0)
      call("Rank", t).numpy() shouldBe 3
      t.shape().toString() shouldBe "(2, 3, 6)"
      t.dtype().shown() shouldBe "<dtype: 'float32'>"
      t.shape().dim(1) shouldBe 3
      t.shape().dim(-1) shouldBe 6
      call("Size", t).numpy() shouldBe 36
      t.ndim() shouldBe 3
    }

    "TEN-06 whole literals are int32, literals with a fraction float32" {
      constant(7).dtype() shouldBe DType.I32
      constant(0.5).dtype() shouldBe DType.F32
      constant(listOf(5.1, 4.9)).dtype() shouldBe DType.F32
      constant(listOf(1, 2.5)).dtype() shouldBe DType.F32
      constant(true).dtype() shouldBe DType.BOOL
      constant(emptyList<Any>()).dtype() shouldBe DType.F32
    }

    "TEN-07 typed arrays keep their type" {
      val row = constant(doubleArrayOf(5.1, 3.5, 1.4, 0.2))
      val label = constant(0L)
      "$row $label" shouldBe
        "tf.Tensor([5.1 3.5 1.4 0.2], shape=(4,), dtype=float64) tf.Tensor(0, shape=(), dtype=int64)"
      constant(floatArrayOf(1f)).dtype() shouldBe DType.F32
      constant(longArrayOf(1)).dtype() shouldBe DType.I64
      constant(shortArrayOf(1)).dtype() shouldBe DType.I16
      constant(byteArrayOf(1)).dtype() shouldBe DType.I8
      constant(arrayOf(arrayOf("a"))).shape() shouldBe Shape.of(1, 1)
    }

    "TEN-08 the numbers of one array are aligned" {
      constant(doubleArrayOf(5.1, 3.5, 1.4, 0.2)).format() shouldBe "[5.1 3.5 1.4 0.2]"
      constant(doubleArrayOf(4.9, 3.0, 1.4, 0.2)).format() shouldBe "[4.9 3.  1.4 0.2]"
      constant(doubleArrayOf(5.0, 3.6, 1.4, 0.2)).format() shouldBe "[5.  3.6 1.4 0.2]"
      constant(doubleArrayOf(0.0, 4.0 / 11, 6.0 / 11, 9.0 / 11, 1.0)).format() shouldBe
        "[0.         0.36363636 0.54545455 0.81818182 1.        ]"
    }

    "TEN-09 long rows break at 75 columns" {
      val text =
        """
        |tf.Tensor(
        |[[-0.2048387  -0.9634561   0.74169785 -1.0836794   1.3339525   0.7145058
        |   0.677536    1.6598746  -0.29558912 -1.5855557   0.11324871 -0.5957524
        |   0.5121727   0.5794529   0.9696425  -0.71138906  0.49331278  0.04926854
        |   0.3071776   0.21030623 -0.7299031  -0.77483934  1.1133764  -0.43090668
        |   0.63313234 -0.07421938  0.56681925 -0.6856533  -0.7868455   0.58745074
        |  -0.5045183   0.31036636]], shape=(1, 32), dtype=float32)
        """.trimMargin()
      val values =
        Regex("""-?\d+\.\d+""")
          .findAll(text)
          .map { it.value.toFloat() }
          .toList()
          .toFloatArray()
      values.size shouldBe 32
      "${constant(arrayOf(values))}" shouldBe text
    }

    "TEN-10 the short form of a scalar" {
      constant(5.1).repr() shouldBe "<tf.Tensor: shape=(), dtype=float32, numpy=5.1>"
      constant(3.0).repr() shouldBe "<tf.Tensor: shape=(), dtype=float32, numpy=3.0>"
    }

    "TEN-11 the short form of a matrix" {
      constant(listOf(listOf(6), listOf(9))).repr() shouldBe
        "<tf.Tensor: shape=(2, 1), dtype=int32, numpy=\narray([[6],\n       [9]])>"
    }

    "TEN-12 a variable without a name" {
      "${Variable(1.0)}" shouldBe "<tf.Variable 'Variable:0' shape=() dtype=float32, numpy=1.0>"
    }

    "TEN-13 a variable with a name" {
      "${Variable(listOf(listOf(1.0, 3.0)), "x_trainable")}" shouldBe
        "<tf.Variable 'x_trainable:0' shape=(1, 2) dtype=float32, numpy=array([[1., 3.]], dtype=float32)>"
    }

    "TEN-14 the fewest digits that read back as the same number" {
      constant(0.20612301f).format() shouldBe "0.20612301"
      constant(0.057565063f).format() shouldBe "0.057565063"
      constant(0.7083318589309758, DType.F64).format() shouldBe "0.7083318589309758"
      constant(1e16f).format() shouldBe "1e+16"
      constant(1.4e-45f).format() shouldBe "1e-45"
      constant(2e23, DType.F64).format() shouldBe "2e+23"
    }

    "TEN-15 strings are bytes" {
      "${constant("hello")}" shouldBe "tf.Tensor(b'hello', shape=(), dtype=string)"
      "${Literals.bytes(byteArrayOf(-1, 97))}" shouldBe "tf.Tensor(b'\\xffa', shape=(), dtype=string)"
      "${constant(listOf("a", "bcd", "x'y"))}" shouldBe
        "tf.Tensor([b'a' b'bcd' b\"x'y\"], shape=(3,), dtype=string)"
    }

    "TEN-16 bool, uint8, half, bfloat16 and complex numbers" {
      "${constant(booleanArrayOf(true, false))}" shouldBe "tf.Tensor([ True False], shape=(2,), dtype=bool)"
      "${constant(listOf(1, 200), DType.U8)}" shouldBe "tf.Tensor([  1 200], shape=(2,), dtype=uint8)"
      "${constant(listOf(1.5, 2.0), DType.F16)}" shouldBe "tf.Tensor([1.5 2. ], shape=(2,), dtype=float16)"
      "${constant(listOf(0.1, 1.0, 2.5), DType.BF16)}" shouldBe
        "tf.Tensor([0.100098 1 2.5], shape=(3,), dtype=bfloat16)"
      val complex = OpRef.to("Complex")
      val z =
        complex.with(
          complex.attrs("Tout", DType.C128),
          constant(doubleArrayOf(1.0)),
          constant(doubleArrayOf(2.0)),
        )
      "${z.at("0")}" shouldBe "tf.Tensor((1+2j), shape=(), dtype=complex128)"
    }

    "TEN-17 more than 1000 elements show their edges only" {
      constant(IntArray(1001) { it }).format() shouldBe "[   0    1    2 ...  998  999 1000]"
      constant(Array(40) { i -> IntArray(50) { 50 * i + it } }).format() shouldBe
        """
        |[[   0    1    2 ...   47   48   49]
        | [  50   51   52 ...   97   98   99]
        | [ 100  101  102 ...  147  148  149]
        | ...
        | [1850 1851 1852 ... 1897 1898 1899]
        | [1900 1901 1902 ... 1947 1948 1949]
        | [1950 1951 1952 ... 1997 1998 1999]]
        """.trimMargin()
    }

    "TEN-18 not-a-number, infinity, exponents, nothing at all" {
      val odd = constant(listOf(1.5, Double.NaN, Double.POSITIVE_INFINITY, -2.0))
      odd.repr() shouldContain "array([ 1.5,  nan,  inf, -2. ], dtype=float32)"
      constant(listOf(1e-8, 1.0)).format() shouldBe "[1.e-08 1.e+00]"
      "${constant(Array(0) { FloatArray(3) }).let { Values.filled(Spec.of(DType.F32, 0, 3), 0.0) }}" shouldBe
        "tf.Tensor([], shape=(0, 3), dtype=float32)"
      Values.filled(Spec.of(DType.F32, 0, 3), 0.0).repr() shouldContain "array([], shape=(0, 3), dtype=float32)"
    }

    "TEN-19 cast from int32 to float32" {
      val original = constant(listOf(1, 2, 3, 4), DType.I32)
      val cast = cast(original, DType.F32)
      "New tensor:  $cast" shouldBe "New tensor:  tf.Tensor([1. 2. 3. 4.], shape=(4,), dtype=float32)"
      original.dtype().shown() shouldBe "<dtype: 'int32'>"
      cast.dtype().shown() shouldBe "<dtype: 'float32'>"
    }

    "TEN-20 cast of a variable" {
      val v = Variable(listOf(listOf(0, 1), listOf(1, 0)))
      val cast = cast(v, DType.F32)
      cast.dtype() shouldBe DType.F32
      cast.toFloatArray().toList() shouldBe listOf(0f, 1f, 1f, 0f)
    }

    "TEN-21 a number, a list, an array, a variable and a tensor become tensors" {
      constant(5).numpy() shouldBe 5
      constant(listOf(1, 2)).toIntArray().toList() shouldBe listOf(1, 2)
      constant(arrayOf(doubleArrayOf(1.0, 2.0))).toDoubleArray().toList() shouldBe listOf(1.0, 2.0)
      constant(Variable(2.5)).numpy() shouldBe 2.5f
      Literals.of(matrix) shouldBeSameInstanceAs matrix
      constant(listOf(constant(1), 2, constant(3))).toIntArray().toList() shouldBe listOf(1, 2, 3)
    }

    "TEN-21 buffers become tensors, in their own byte order" {
      val floats = FloatBuffer.wrap(floatArrayOf(1f, 2f, 3f, 4f))
      Literals.of(floats, null, Shape.of(2, 2)).format() shouldBe "[[1. 2.]\n [3. 4.]]"
      val bytes =
        ByteBuffer
          .allocate(8)
          .order(ByteOrder.BIG_ENDIAN)
          .putInt(1)
          .putInt(-2)
          .flip()
      Literals.of(bytes, DType.I32).toIntArray().toList() shouldBe listOf(1, -2)
      Literals.of(byteArrayOf(-1), DType.U8).numpy().let { (it as ShortArray).toList() } shouldBe listOf<Short>(255)
    }

    "TEN-21 what does not fit is refused, and the message names the place" {
      shouldThrow<ShapeError> { constant(listOf(listOf(1, 2), listOf(3))) }.message shouldContain "at [1] is a row of 1"
      shouldThrow<ShapeError> { constant(arrayOf(floatArrayOf(1f), floatArrayOf())) }
      shouldThrow<ValueError> { constant(listOf(1, "a")) }.message shouldContain "mixed types"
      shouldThrow<TypeError> { constant(1.5, DType.I32) }.message shouldContain
        "Cannot convert 1.5 to EagerTensor of dtype int32"
      shouldThrow<TypeError> { constant(doubleArrayOf(1.5), DType.I32) }
      shouldThrow<ValueError> { constant(300, DType.U8) }.message shouldContain "outside the range of uint8"
      shouldThrow<TypeError> { constant(1, DType.STRING) }
      shouldThrow<TypeError> { constant('c') }
      shouldThrow<TypeError> { constant(java.math.BigInteger.TWO, DType.I32) }
      shouldThrow<ValueError> { constant(1e40) }.message shouldContain "out of range"
      shouldThrow<ShapeError> { Literals.of(listOf(1, 2, 3), null, Shape.of(2, 2)) }.message shouldContain
        "has 3 elements, but got `shape` (2, 2) with 4 elements"
    }

    "TEN-22 all elements" {
      nine.at(":").format() shouldBe "[[1 2 3]\n [4 5 6]\n [7 8 9]]"
    }

    "TEN-23 a row and an element" {
      nine.at("0, :").format() shouldBe "[1 2 3]"
      nine.at("0, -1").numpy() shouldBe 3
      nine.at(Index.at(0), Index.at(-1)).numpy() shouldBe 3
    }

    "TEN-24 a slice keeps the rank" {
      val s = nine.at("1:, 2:")
      s.shape() shouldBe Shape.of(2, 1)
      s.toIntArray().toList() shouldBe listOf(6, 9)
    }

    "TEN-25 slices and positions mixed" {
      val inputs = Values.filled(Spec.of(DType.F32, 4, 5, 6), 0.0)
      inputs.at(Index.all(), Index.at(2), Index.all()).shape() shouldBe Shape.of(4, 6)
      inputs.at(Index.all(), Index.at(Values.scalar(2)), Index.all()).shape() shouldBe Shape.of(4, 6)
      constant(arrayOf(FloatArray(7))).at(":, 1:").shape() shouldBe Shape.of(1, 6)
      ints(0, 1, 2, 3, 4, 5, 6, 7, 8).at("1:").shape() shouldBe Shape.of(8)
    }

    "TEN-25 steps, ellipsis and new axes" {
      nine.at("::-1, -1").toIntArray().toList() shouldBe listOf(9, 6, 3)
      nine.at(":-5:-1").toIntArray().toList() shouldBe listOf(7, 8, 9, 4, 5, 6, 1, 2, 3)
      nine.at("..., 0").toIntArray().toList() shouldBe listOf(1, 4, 7)
      nine.at("1, newaxis").shape() shouldBe Shape.of(1, 3)
      nine.at("5:").shape() shouldBe Shape.of(0, 3)
      shouldThrow<ValueError> { nine.at("a") }.message shouldContain "'a' is not an index"
      shouldThrow<ValueError> { nine.at("..., ...") }.message shouldContain "Multiple ellipses"
      val changed = Slicing.update(nine, ints(0, 0, 0), *Index.parse("1"))
      changed.toIntArray().toList() shouldBe listOf(1, 2, 3, 0, 0, 0, 7, 8, 9)
    }

    "TEN-25 a mask picks rows and elements" {
      Slicing.booleanMask(nine, constant(booleanArrayOf(true, false, true)), 0).format() shouldBe "[[1 2 3]\n [7 8 9]]"
      Slicing.booleanMask(nine, constant(booleanArrayOf(true, false, true)), 1).format() shouldBe
        "[[1 3]\n [4 6]\n [7 9]]"
      Slicing.booleanMask(nine, call("Greater", nine, 6), 0).toIntArray().toList() shouldBe listOf(7, 8, 9)
      shouldThrow<ShapeError> { Slicing.booleanMask(nine, constant(booleanArrayOf(true)), 0) }
      shouldThrow<ShapeError> { Slicing.booleanMask(nine, constant(true), 0) }.message shouldContain
        "mask cannot be scalar."
    }

    "TEN-26 a position outside the axis" {
      shouldThrow<ArgumentError> { nine.at("5") }.message shouldContain "slice index 5 of dimension 0 out of bounds"
    }

    "TEN-27 shapes with unknown axes, and specs" {
      Shape.of(72, 10).repr() shouldBe "TensorShape([72, 10])"
      Shape.of(Shape.UNKNOWN_SIZE, 3).toString() shouldBe "(None, 3)"
      Shape.of(5).repr() shouldBe "TensorShape([5])"
      Spec.of(DType.F32, 2, 210).repr() shouldBe "TensorSpec(shape=(2, 210), dtype=tf.float32, name=None)"
    }

    "TEN-28 host arrays on both sides" {
      val a = arrayOf(intArrayOf(1, 9), intArrayOf(3, 6))
      call("Mul", constant(a), call("AddV2", constant(a), 2)).format() shouldBe "[[ 3 99]\n [15 48]]"
      val back = constant(a).numpy() as Array<*>
      back.map { (it as IntArray).toList() } shouldBe listOf(listOf(1, 9), listOf(3, 6))
    }

    "TEN-28 every type goes to the host and back" {
      val cube = Array(2) { i -> Array(3) { j -> FloatArray(4) { k -> (12 * i + 4 * j + k).toFloat() } } }
      val t = constant(cube)
      (t.numpy() as Array<*>).contentDeepEquals(cube) shouldBe true
      t.getFloat(1, -1, 2) shouldBe 22f
      val row = FloatArray(24)
      t.copyTo(row)
      row.toList() shouldBe List(24) { it.toFloat() }
      (constant(listOf(255), DType.U8).numpy() as ShortArray).toList() shouldBe listOf<Short>(255)
      (constant(listOf(65535), DType.U16).numpy() as IntArray).toList() shouldBe listOf(65535)
      constant("ä").numpy() shouldBe "ä"
      constant(listOf("a", "b")).getString(1) shouldBe "b"
      shouldThrow<ShapeError> { t.getFloat(2, 0, 0) }.message shouldContain "index 2 of dimension 0 out of bounds"
    }

    "TEN-29 tensors steer host code" {
      var buzz = 0
      var num = constant(1)
      while (num.intValue() <= 16) {
        if (call("FloorMod", num, 3).intValue() == 0) buzz++
        num = call("AddV2", num, 1)
      }
      buzz shouldBe 5
    }

    "TEN-30 the shape of a tensor falls into scalars" {
      val (n, m) = Slicing.unstack(call("Shape", matrix))
      n.spec() shouldBe Spec.of(DType.I32)
      call("Tile", ints(7), constant(listOf(n))).toIntArray().toList() shouldBe listOf(7, 7)
      m.numpy() shouldBe 3
    }

    "TEN-31 a float64 array beside a float32 variable stays float32" {
      val a = Variable(0.5)
      val x = doubleArrayOf(0.0, 0.25, 0.5, 0.75, 1.0)
      val y = call("Mul", a, x)
      y.dtype() shouldBe DType.F32
      y.toFloatArray().toList() shouldBe listOf(0f, 0.125f, 0.25f, 0.375f, 0.5f)
    }

    "TEN-32 different types are refused" {
      shouldThrow<TypeError> { call("AddV2", constant(1), constant(1.0)) }.message shouldContain
        "was expected to be a int32 tensor but is a float tensor"
    }

    "TEN-33 a host number takes the type of the tensor" {
      val r = call("FloorMod", constant(7), 3)
      r.dtype() shouldBe DType.I32
      call("AddV2", 5, constant(listOf(listOf(1.0, 2.0, 3.0)))).format() shouldBe "[[6. 7. 8.]]"
      call("AddV2", 5, constant(longArrayOf(1))).dtype() shouldBe DType.I64
      shouldThrow<TypeError> { call("AddV2", constant(1), 1.5) }.message shouldContain
        "was expected to be a int32 tensor but is a float tensor"
    }

    "OPS-31 values in a template" {
      val text =
        PrintFormat.template(
          "Epoch={},Loss:{},A:{}",
          "{}",
          3,
          constant(1),
          constant(0.5),
          constant(IntArray(8) { it + 1 }),
        )
      constant(text).format() shouldBe "b'Epoch=1,Loss:0.5,A:[1 2 3 ... 6 7 8]'"
      shouldThrow<ValueError> { PrintFormat.template("{} {}", "{}", 3, constant(1)) }
    }

    "OPS-32 how tf.print writes values" {
      PrintFormat.text(constant(listOf(1, 2.5, 3))) shouldBe "[1 2.5 3]"
      PrintFormat.text(constant(listOf(listOf(1, 2), listOf(3, 4)))) shouldBe "[[1 2]\n [3 4]]"
      PrintFormat.text(constant(IntArray(10) { it })) shouldBe "[0 1 2 ... 7 8 9]"
      PrintFormat.text(constant("s")) shouldBe "\"s\""
      PrintFormat.text(constant(1.0)) shouldBe "1"
      PrintFormat.text(constant(1f / 3)) shouldBe "0.333333343"
      PrintFormat.text(constant(1.0 / 3, DType.F64)) shouldBe "0.33333333333333331"
      PrintFormat.text(constant(1e7)) shouldBe "1e+07"
    }
  })
