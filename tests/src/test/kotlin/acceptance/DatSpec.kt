package dev.merapi.acceptance

import dev.merapi.GraphFunction
import dev.merapi.autodiff.GradientTape
import dev.merapi.data.Dataset
import dev.merapi.data.Pair
import dev.merapi.dsl.toBoolean
import dev.merapi.eager.Variable
import dev.merapi.formats.named.NamedDatasets
import dev.merapi.tensor.DType
import dev.merapi.tensor.Shape
import dev.merapi.tensor.Spec
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.comparables.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import java.io.File
import java.util.Random

@GraphFunction
private fun isAutomobile(path: Tensor): Tensor =
  if (tf.strings.regexFullMatch(path, ".*automobile.*").toBoolean()) tf.constant(1) else tf.constant(0)

/** Pipelines of examples. Rows that read files (records, text, pictures) belong to the formats. */
class DatSpec :
  StringSpec({
    fun Dataset<Tensor>.longs(): List<Long> = asIterable().map { it.longValue() }

    fun Dataset<Tensor>.rows(): List<List<Long>> = asIterable().map { it.toLongArray().toList() }

    fun irisFile(): File? {
      val file = File(System.getProperty("merapi.root"), "../shared/data/iris/iris.csv")
      if (!file.isFile) println("skipped: this test reads $file, which is not there")
      return file.takeIf { it.isFile }
    }

    fun iris(): kotlin.Pair<List<DoubleArray>, LongArray>? {
      val rows = irisFile()?.readLines()?.drop(1)?.map { it.replace("\"", "").split(',') } ?: return null
      val kinds = rows.map { it[4] }.distinct()
      return rows.map { r -> DoubleArray(4) { r[it].toDouble() } } to
        LongArray(rows.size) { kinds.indexOf(rows[it][4]).toLong() }
    }

    "DAT-01 pairs of rows as host values" {
      val x = arrayOf(longArrayOf(1, 2, 3), longArrayOf(4, 5, 6), longArrayOf(7, 8, 9))
      val all =
        tf.data.Dataset
          .fromTensorSlices(x, x)
          .asNumpyIterator()
          .toList()
      all.map { p ->
        (p as Pair<*, *>).let { listOf(it.first(), it.second()) }.map { (it as LongArray).toList() }
      } shouldBe
        x.map { listOf(it.toList(), it.toList()) }
    }

    "DAT-02 iris from arrays" {
      iris()?.let { (data, target) ->
        val ds = tf.data.Dataset.fromTensorSlices(data.toTypedArray(), target)
        ds.take(5).asIterable().map { (features, label) -> "$features $label" } shouldContainExactly
          listOf(
            "[5.1 3.5 1.4 0.2]",
            "[4.9 3.  1.4 0.2]",
            "[4.7 3.2 1.3 0.2]",
            "[4.6 3.1 1.5 0.2]",
            "[5.  3.6 1.4 0.2]",
          ).map { "tf.Tensor($it, shape=(4,), dtype=float64) tf.Tensor(0, shape=(), dtype=int64)" }
      }
    }

    "DAT-03 a table as a map of columns" {
      iris()?.let { (data, target) ->
        val names = listOf("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)")
        val columns = names.withIndex().associate { (i, name) -> name to data.map { it[i] } }
        val ds = tf.data.Dataset.fromTensorSlices(columns, target)
        ds.take(3).asIterable().map { (features, label) ->
          features.entries.joinToString(", ", "{", "} $label") { "'${it.key}': ${it.value.repr()}" }
        } shouldContainExactly
          listOf(
            listOf("5.1", "3.5", "1.4", "0.2"),
            listOf("4.9", "3.0", "1.4", "0.2"),
            listOf("4.7", "3.2", "1.3", "0.2"),
          ).map { row ->
            names.zip(row).joinToString(", ", "{", "} tf.Tensor(0, shape=(), dtype=int64)") { (name, value) ->
              "'$name': <tf.Tensor: shape=(), dtype=float32, numpy=$value>"
            }
          }
      }
    }

    "DAT-04 a generator of batches, taken apart" {
      val batches =
        List(2) { b ->
          Pair.of(
            Array(10) { i -> Array(4) { FloatArray(4) { (10 * b + i).toFloat() } } },
            IntArray(10) { 10 * b + it },
          )
        }
      val ds = tf.data.Dataset.fromGenerator(batches, Pair.of(tf.float32, tf.int32))
      ds.elementSpec().toString() shouldBe
        "(TensorSpec(shape=<unknown>, dtype=tf.float32, name=None), TensorSpec(shape=<unknown>, dtype=tf.int32, name=None))"
      val nine = ds.unbatch().take(9).toList()
      nine.map { (image, label) -> image.shape() to label.shape() }.distinct() shouldBe
        listOf(Shape.of(4, 4) to Shape.SCALAR)
      nine.map { (image, label) -> image.getFloat(3, 3).toInt() to label.intValue() } shouldBe List(9) { it to it }
    }

    "DAT-05 map" {
      tf.data.Dataset
        .range(5)
        .map { x -> tf.multiply(x, x) }
        .longs() shouldBe listOf(0L, 1L, 4L, 9L, 16L)
      val pictures = tf.constant(Array(3) { ByteArray(4) { i -> (51 * i).toByte() } }, tf.uint8)
      val scaled =
        tf.data.Dataset
          .fromTensorSlices(pictures, intArrayOf(7, 8, 9))
          .map { (image, label) -> Pair.of(tf.divide(tf.cast(image, tf.float32), 255f), label) }
      scaled.elementSpec().specs() shouldBe listOf(Spec.of(DType.F32, 4), Spec.of(DType.I32))
      scaled.asIterable().map { it.first().toFloatArray().toList() }.distinct() shouldBe
        listOf(List(4) { 51f * it / 255f })
    }

    "DAT-06 flatMap" {
      tf.data.Dataset
        .range(3)
        .flatMap { x ->
          tf.data.Dataset.fromTensorSlices(tf.stack(listOf(x, x)))
        }.longs() shouldBe
        listOf(0L, 0L, 1L, 1L, 2L, 2L)
    }

    "DAT-07 interleave" {
      val ds = tf.data.Dataset.range(1, 6)
      val order = "1111222211223333444433445555" + "55"
      ds
        .interleave({
          tf.data.Dataset
            .fromTensors(it)
            .repeat(6)
        }, 2, 4)
        .longs()
        .joinToString("") shouldBe order
      ds
        .interleave({
          tf.data.Dataset
            .fromTensors(it)
            .repeat(6)
        }, 2, 4, 2)
        .longs()
        .joinToString("") shouldBe order
    }

    "DAT-08 filter" {
      tf.data.Dataset
        .range(5)
        .filter { tf.equal(tf.floormod(it, 2L), 0L) }
        .longs() shouldBe listOf(0L, 2L, 4L)
    }

    "DAT-09, TRP-15 zip stops at the shorter one" {
      val ds = tf.data.Dataset.zip(tf.data.Dataset.range(1, 4), tf.data.Dataset.range(4, 10))
      ds.asIterable().map { (a, b) -> a.longValue() to b.longValue() } shouldBe listOf(1L to 4L, 2L to 5L, 3L to 6L)
      ds.cardinality() shouldBe 3
      val three = tf.data.Dataset.zip(ds, tf.data.Dataset.range(2), tf.data.Dataset.range(7))
      three.asIterable().map { (p, b, c) -> listOf(p.first(), p.second(), b, c).map { it.longValue() } } shouldBe
        listOf(listOf(1L, 4L, 0L, 0L), listOf(2L, 5L, 1L, 1L))
    }

    "DAT-10 concatenate" {
      tf.data.Dataset
        .range(3)
        .concatenate(tf.data.Dataset.range(5, 7))
        .longs() shouldBe listOf(0L, 1L, 2L, 5L, 6L)
    }

    "DAT-11 reduce" {
      val sum =
        tf.data.Dataset
          .range(5)
          .reduce(0L) { s, x -> tf.add(s, x) }
      sum.toString() shouldBe "tf.Tensor(10, shape=(), dtype=int64)"
    }

    "DAT-12 batch" {
      val eight = tf.data.Dataset.range(8)
      eight.batch(3).rows() shouldBe listOf(listOf(0L, 1L, 2L), listOf(3L, 4L, 5L), listOf(6L, 7L))
      eight.batch(3, true).rows() shouldBe listOf(listOf(0L, 1L, 2L), listOf(3L, 4L, 5L))
      val many =
        tf.data.Dataset
          .range(200)
          .batch(32)
      many.rows().map { it.size } shouldBe List(6) { 32 } + 8
      many.cardinality() shouldBe 7
    }

    "DAT-13 unbatch is the inverse" {
      tf.data.Dataset
        .range(8)
        .batch(3)
        .unbatch()
        .longs() shouldBe List(8) { it.toLong() }
    }

    "DAT-14 paddedBatch" {
      val ds =
        tf.data.Dataset.range(1, 5).flatMap { v ->
          tf.data.Dataset.fromTensors(LongArray(v.intValue()) { v.longValue() })
        }

      fun rows(all: Dataset<Tensor>) =
        all.asIterable().map { b ->
          (b.numpy() as Array<*>).map {
            (it as LongArray).toList()
          }
        }
      rows(ds.paddedBatch(2)) shouldBe
        listOf(listOf(listOf(1L, 0L), listOf(2L, 2L)), listOf(listOf(3L, 3L, 3L, 0L), listOf(4L, 4L, 4L, 4L)))
      rows(ds.paddedBatch(2, intArrayOf(5), -1, false)) shouldBe
        listOf(
          listOf(listOf(1L, -1L, -1L, -1L, -1L), listOf(2L, 2L, -1L, -1L, -1L)),
          listOf(listOf(3L, 3L, 3L, -1L, -1L), listOf(4L, 4L, 4L, 4L, -1L)),
        )
    }

    "DAT-15, TRP-14 window" {
      val seven = tf.data.Dataset.range(7)

      fun windows(all: Dataset<Dataset<Tensor>>) = all.asIterable().map { it.longs() }
      windows(seven.window(3)) shouldBe listOf(listOf(0L, 1L, 2L), listOf(3L, 4L, 5L), listOf(6L))
      windows(seven.window(3, 1, 2, true)) shouldBe listOf(listOf(0L, 2L, 4L), listOf(1L, 3L, 5L), listOf(2L, 4L, 6L))
      seven.window(3).flatMap { it.batch(3) }.rows() shouldBe listOf(listOf(0L, 1L, 2L), listOf(3L, 4L, 5L), listOf(6L))
    }

    "DAT-16 shuffle" {
      val n = 50
      for (buffer in listOf(1, 2, 5, 20, 50, 1000)) {
        val order =
          tf.data.Dataset
            .range(n.toLong())
            .shuffle(buffer.toLong())
            .longs()
        order shouldContainExactlyInAnyOrder List(n) { it.toLong() }
        order.withIndex().all { (position, i) -> position >= i - buffer + 1 } shouldBe true
      }
      val ds =
        tf.data.Dataset
          .range(100)
          .shuffle(100)
      ds.longs() shouldNotBe ds.longs()
      val again = {
        tf.data.Dataset
          .range(100)
          .shuffle(100, 42)
      }
      again().longs() shouldBe again().longs()
      again().let { listOf(it.longs(), it.longs()) } shouldBe again().let { listOf(it.longs(), it.longs()) }
      val fixed =
        tf.data.Dataset
          .range(100)
          .shuffle(100, null, false)
      fixed.longs() shouldBe fixed.longs()
    }

    "DAT-17 repeat" {
      tf.data.Dataset
        .range(2)
        .repeat(3)
        .longs() shouldBe listOf(0L, 1L, 0L, 1L, 0L, 1L)
      val endless =
        tf.data.Dataset
          .range(2)
          .repeat()
      endless.cardinality() shouldBe -1
      endless.skip(1001).take(2).longs() shouldBe listOf(1L, 0L)
    }

    "DAT-18 shard" {
      val ten = tf.data.Dataset.range(10)
      ten.shard(3, 0).longs() shouldBe listOf(0L, 3L, 6L, 9L)
      ten.shard(3, 1).longs() shouldBe listOf(1L, 4L, 7L)
    }

    "DAT-19 take and skip count what comes" {
      val ds =
        tf.data.Dataset
          .range(100)
          .batch(4)
      ds.take(5).rows() shouldBe List(5) { b -> List(4) { 4L * b + it } }
      ds.skip(24).rows() shouldBe listOf(listOf(96L, 97L, 98L, 99L))
    }

    "DAT-20 element spec and cardinality" {
      val five = tf.data.Dataset.range(5)
      five.elementSpec().toString() shouldBe "TensorSpec(shape=(), dtype=tf.int64, name=None)"
      five.batch(2).cardinality() shouldBe 3
      five.repeat().cardinality() shouldBe tf.data.INFINITE_CARDINALITY
      five.filter { tf.less(it, 2L) }.cardinality() shouldBe tf.data.UNKNOWN_CARDINALITY
    }

    "DAT-21 structures keep their form through every operation" {
      val table =
        tf.data.Dataset.fromTensorSlices(
          mapOf("a" to longArrayOf(1, 2, 3, 4), "b" to listOf("w", "x", "y", "z")),
          Array(4) { i -> floatArrayOf(i.toFloat(), -i.toFloat()) },
        )
      val same =
        table
          .map { (columns, y) -> Pair.of(columns, tf.identity(y)) }
          .filter { (columns, _) -> tf.greater(columns.getValue("a"), 0L) }
          .shuffle(4)
          .repeat(2)
          .skip(1)
          .take(6)
          .concatenate(table)
          .shard(1, 0)
          .cache()
          .prefetch(2)
          .batch(3)
          .unbatch()
          .paddedBatch(2)
          .unbatch()
          .window(3)
          .flatMap { it }
          .interleave({ (columns, y) ->
            tf.data.Dataset.fromTensors(columns).let { d ->
              tf.data.Dataset.zip(d, tf.data.Dataset.fromTensors(y))
            }
          }, 2, 1)
          .groupByWindow({ (columns, _) -> columns.getValue("a") }, { _, group -> group }, 2)
          .takeWhile { tf.constant(true) }
          .scan(tf.constant(0L)) { s, e -> Pair.of(tf.add(s, 1L), e) }
          .enumerate()
          .map { (_, e) -> e }
          .map({ it }, 2)
      same.elementSpec().toString() shouldBe table.elementSpec().toString()
      val all = same.toList()
      all.size shouldBe 10
      for ((columns, y) in all) {
        columns.keys shouldBe setOf("a", "b")
        val i = columns.getValue("a").intValue() - 1
        columns.getValue("b").getString() shouldBe listOf("w", "x", "y", "z")[i]
        y.toFloatArray().toList() shouldBe listOf(i.toFloat(), -i.toFloat())
      }
    }

    "DAT-22 tensor conditionals inside a traced map" {
      var traces = 0
      val names = arrayOf("cifar2/automobile/1.jpg", "cifar2/airplane/2.jpg", "cifar2/automobile/3.jpg")
      val labels =
        tf.data.Dataset.fromTensorSlices(names).map { path ->
          traces++
          tf.cond(
            tf.strings.regexFullMatch(path, ".*automobile.*"),
            { tf.constant(1) },
            { tf.constant(0) },
          )
        }
      labels.asIterable().map { it.intValue() } shouldBe listOf(1, 0, 1)
      traces shouldBe 1
      tf.data.Dataset
        .fromTensorSlices(names)
        .map(::isAutomobile)
        .asIterable()
        .map { it.intValue() } shouldBe
        listOf(1, 0, 1)
    }

    "DAT-23 a data set by its name" {
      val folder = File(System.getProperty("merapi.root"), "../shared/data/mnist")
      if (folder.isDirectory) {
        val mnist = NamedDatasets.load("mnist", folder.toPath())
        mnist.info().numExamples() shouldBe mapOf("train" to 60000L, "test" to 10000L)
        mnist.info().numClasses() shouldBe 10
        mnist.supervised().keys shouldBe setOf("train", "test")
        mnist.train().elementSpec().specs() shouldBe listOf(Spec.of(DType.U8, 28, 28, 1), Spec.of(DType.I64))
        mnist
          .test()
          .take(5)
          .asIterable()
          .map { it.second().longValue() } shouldBe listOf(7L, 2L, 1L, 0L, 4L)
        mnist
          .asMaps("train")
          .take(1)
          .single()
          .keys shouldBe setOf("image", "label")
      } else {
        println("skipped: this test reads $folder, which is not there")
      }
      shouldThrow<IllegalArgumentException> { NamedDatasets.load("imagenet", folder.toPath()) }
        .message!!
        .lines()
        .first() shouldBe "NamedDatasets: no data set is called 'imagenet'."
    }

    "DAT-24 prefetch, parallel map and cache give the same elements sooner" {
      fun seconds(
        ds: Dataset<Tensor>,
        expected: List<Long>,
        step: Long,
      ): Double {
        val begin = System.nanoTime()
        val seen = ds.asIterable().map { x -> x.longValue().also { Thread.sleep(step) } }
        seen shouldBe expected
        return (System.nanoTime() - begin) * 1e-9
      }
      val slow = { ds: Dataset<Tensor>, calls: Int ->
        ds.mapHost({ x ->
          Thread.sleep(10)
          tf.add(x, 1L)
        }, calls)
      }
      val expected = List(30) { it + 1L }
      val source = tf.data.Dataset.range(30)
      val plain = seconds(slow(source, 1), expected, 10)
      val ahead = seconds(slow(source, 1).prefetch(tf.data.AUTOTUNE), expected, 10)
      val parallel = seconds(slow(source, 6), expected, 0)
      val cached = slow(source, 1).cache()
      seconds(cached, expected, 0)
      val second = seconds(cached, expected, 0)
      println(
        "DAT-24: 10 ms to make, 10 ms to use an element: %.2f s, prefetched %.2f s; 6 calls at a time %.2f s; cached %.4f s"
          .format(plain, ahead, parallel, second),
      )
      ahead / plain shouldBeLessThan 0.8
      parallel / plain shouldBeLessThan 0.5
      second / plain shouldBeLessThan 0.2
    }

    "DAT-25 random batches from a loader" {
      val data = Array(500) { i -> FloatArray(784) { i.toFloat() } }
      val labels = IntArray(500) { it }
      val loader =
        object {
          val x = tf.constant(data)
          val y = tf.constant(labels)
          val random = Random(1)

          fun getBatch(size: Int): kotlin.Pair<Tensor, Tensor> {
            val index = tf.constant(IntArray(size) { random.nextInt(500) })
            return tf.gather(x, index) to tf.gather(y, index)
          }
        }
      val (x, y) = loader.getBatch(50)
      x.shape() shouldBe Shape.of(50, 784)
      y.shape() shouldBe Shape.of(50)
      y.toIntArray().withIndex().all { (i, label) -> x.getFloat(i, 5) == label.toFloat() } shouldBe true
      val endless =
        tf.data.Dataset
          .fromTensorSlices(data, labels)
          .shuffle(500)
          .repeat()
          .batch(50)
          .iterator()
      repeat(21) {
        val (u, v) = endless.next()
        u.shape() shouldBe Shape.of(50, 784)
        v.toIntArray().withIndex().all { (i, label) -> u.getFloat(i, 783) == label.toFloat() } shouldBe true
      }
    }

    "DAT-26 feature scaling by hand" {
      fun scaled(raw: DoubleArray): Tensor {
        val x = tf.constant(raw)
        val least = tf.reduceMin(x)
        return tf.divide(tf.subtract(x, least), tf.subtract(tf.reduceMax(x), least))
      }
      val years = scaled(doubleArrayOf(2013.0, 2014.0, 2015.0, 2016.0, 2017.0))
      val prices = scaled(doubleArrayOf(12000.0, 14000.0, 15000.0, 16500.0, 17500.0))
      "${years.format()} ${prices.format()}" shouldBe
        "[0.   0.25 0.5  0.75 1.  ] [0.         0.36363636 0.54545455 0.81818182 1.        ]"
    }

    "DAT-27 arrays, a table and a generator train the same model" {
      val x = FloatArray(64) { it / 32f - 1 }
      val y = FloatArray(64) { 3 * x[it] - 2 }
      val sources: List<Dataset<Pair<Tensor, Tensor>>> =
        listOf(
          tf.data.Dataset.fromTensorSlices(x, y),
          tf.data.Dataset.fromTensorSlices(mapOf("x" to x.toList()), y).map { (columns, t) ->
            Pair.of(columns.getValue("x"), t)
          },
          tf.data.Dataset.fromGenerator(
            x.indices.map { Pair.of(x[it], y[it]) },
            Pair.of(Spec.of(DType.F32), Spec.of(DType.F32)),
          ),
        )
      for (source in sources) {
        val slope = Variable(0f)
        val offset = Variable(0f)
        for ((a, b) in source
          .shuffle(64, 1)
          .batch(16)
          .repeat(60)
          .prefetch(2)) {
          GradientTape().use { tape ->
            val error = tf.subtract(tf.add(tf.multiply(slope, a), offset), b)
            val slopes = tape.gradient(tf.reduceMean(tf.square(error)), listOf(slope, offset))
            slope.assignSub(tf.multiply(slopes.get(0)!!, 0.3f))
            offset.assignSub(tf.multiply(slopes.get(1)!!, 0.3f))
          }
        }
        kotlin.math.abs(slope.value().item() - 3) shouldBeLessThan 1e-3
        kotlin.math.abs(offset.value().item() + 2) shouldBeLessThan 1e-3
      }
    }
  })
