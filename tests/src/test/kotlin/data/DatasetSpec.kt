package dev.merapi.data

import dev.merapi.autodiff.GradientTape
import dev.merapi.eager.Variable
import dev.merapi.memory.Scope
import dev.merapi.say.PipelineError
import dev.merapi.say.ShapeError
import dev.merapi.say.SymbolError
import dev.merapi.say.TypeError
import dev.merapi.say.ValueError
import dev.merapi.tensor.DType
import dev.merapi.tensor.Shape
import dev.merapi.tensor.Spec
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldStartWith
import java.io.IOException
import java.util.concurrent.atomic.AtomicInteger

/** What rows and goldens do not say about pipelines: structures, failures, threads, time. */
class DatasetSpec :
  StringSpec({
    fun Dataset<Tensor>.longs(): List<Long> = asIterable().map { it.longValue() }

    "data classes keep their class" {
      val table = Features(tf.constant(longArrayOf(1, 2, 3)), tf.constant(arrayOf("a", "b", "c")))
      val ds = Dataset.fromStructureSlices<Features>(table).map { Features(tf.add(it.size, 1L), it.name) }.batch(2)
      ds.asIterable().map { (size, name) -> size.toLongArray().toList() to name.toStringArray().toList() } shouldBe
        listOf(listOf(2L, 3L) to listOf("a", "b"), listOf(4L) to listOf("c"))
      shouldThrow<TypeError> { Dataset.fromTensorSlices(table as Any) }.parts().fix() shouldBe
        "use Dataset.fromStructureSlices(x)"
    }

    "Kotlin's own pairs will do" {
      val ds =
        Dataset
          .range(4)
          .zip(Dataset.range(4, 9))
          .map { (x, y) -> y to x }
          .batch(3)
          .unbatch()
      ds.asIterable().map { (y, x) -> y.longValue() - x.longValue() } shouldBe List(4) { 4L }
    }

    "padding is given in the elements' structure, in any order of keys" {
      val ds =
        Dataset.fromGenerator(
          listOf(1, 3).map { n -> Pair.of(linkedMapOf("a" to IntArray(n) { n }, "b" to List(n) { "x" }), n) },
          Pair.of(linkedMapOf("a" to Spec.of(DType.I32, -1), "b" to Spec.of(DType.STRING, -1)), Spec.of(DType.I32)),
        )
      val given =
        ds.paddedBatch(
          2,
          Pair.of(linkedMapOf("b" to intArrayOf(-1), "a" to intArrayOf(4)), intArrayOf()),
          Pair.of(linkedMapOf("b" to "-", "a" to 7), null),
          false,
        )
      val (columns, n) = given.single() as Pair<*, *>
      ((columns as Map<*, *>)["a"] as Tensor).format() shouldBe "[[1 7 7 7]\n [3 3 3 7]]"
      (columns["b"] as Tensor).toStringArray().toList() shouldBe listOf("x", "-", "-", "x", "x", "x")
      (n as Tensor).toIntArray().toList() shouldBe listOf(1, 3)
      shouldThrow<TypeError> {
        ds.paddedBatch(2, Pair.of(linkedMapOf("a" to intArrayOf(4), "c" to intArrayOf(4)), intArrayOf()))
      }
      shouldThrow<ValueError> { ds.paddedBatch(2, Pair.of(intArrayOf(1), intArrayOf())) }
      shouldThrow<ValueError> { ds.paddedBatch(2, intArrayOf(1)) }
    }

    "a batch goes on with the elements that did not fail" {
      val ds = Dataset.range(7).mapHost { x -> x.also { check(it.longValue() != 2L) } }
      ds
        .batch(3)
        .ignoreErrors()
        .asIterable()
        .map { it.toLongArray().toList() } shouldBe
        listOf(listOf(0L, 1L, 3L), listOf(4L, 5L, 6L))
    }

    "maps keep the order of their keys, whatever order a generator's maps have" {
      val specs = linkedMapOf("b" to tf.int64, "a" to tf.string)
      val ds =
        Dataset.fromGenerator(
          listOf(linkedMapOf("a" to "x", "b" to 1L), linkedMapOf("b" to 2L, "a" to "y")),
          specs,
        )
      ds.asIterable().map { it.keys.toList() }.distinct() shouldBe listOf(listOf("b", "a"))
      ds.asIterable().map { it.getValue("b").longValue() } shouldBe listOf(1L, 2L)
    }

    "a map function is traced once and runs as a graph" {
      var runs = 0
      val ds = Dataset.range(10).map { x -> tf.add(x, 1L).also { runs++ } }
      runs shouldBe 1
      repeat(2) { ds.longs() shouldBe List(10) { it + 1L } }
      runs shouldBe 1
    }

    "random operations and variables act anew for each element" {
      val noise =
        Dataset
          .range(100)
          .map { tf.random.uniform() }
          .asIterable()
          .map { it.item() }
      noise.distinct().size shouldBe 100
      val count = Variable(0L)
      val ds =
        Dataset.range(5).map { x ->
          count.assignAdd(1L)
          tf.add(x, count.value())
        }
      ds.longs() shouldBe listOf(1L, 3L, 5L, 7L, 9L)
      count.value().longValue() shouldBe 5L
    }

    "shapes that are not known ahead are met as they come" {
      val ragged = Dataset.fromGenerator(List(4) { n -> FloatArray(n) { 1f } }, DType.F32)
      ragged.map { tf.reduceSum(it) }.asIterable().map { it.item() } shouldBe listOf(0.0, 1.0, 2.0, 3.0)
      val known = Dataset.fromGenerator(List(4) { n -> FloatArray(n) { 1f } }, Spec.of(DType.F32, -1))
      val sums = known.map { tf.reduceSum(it) }
      sums.elementSpec().spec() shouldBe Spec.of(DType.F32)
      sums.asIterable().map { it.item() } shouldBe listOf(0.0, 1.0, 2.0, 3.0)
      val rows = known.mapHost { tf.concat(listOf(it, it), 0) }.map { tf.multiply(it, 2f) }
      rows.asIterable().map { it.shape() } shouldBe List(4) { Shape.of(2 * it) }
    }

    "parallel maps give the same bits in the same order" {
      val x = Array(300) { i -> FloatArray(64) { j -> (i * 64 + j) * 0.001f } }

      fun run(calls: Int?): List<List<Float>> {
        val f =
          java.util.function.Function<Tensor, Tensor> { t ->
            tf.matmul(tf.reshape(t, intArrayOf(8, 8)), tf.reshape(tf.tanh(t), intArrayOf(8, 8)))
          }
        val ds = Dataset.fromTensorSlices(x)
        return (if (calls == null) ds.map(f) else ds.map(f, calls)).asIterable().map { it.toFloatArray().toList() }
      }
      val one = run(null)
      for (calls in listOf(1, 2, 7, Dataset.AUTOTUNE)) run(calls) shouldBe one
      Dataset
        .range(9)
        .map({ tf.add(it, 1L) }, 3, false)
        .longs()
        .sorted() shouldBe List(9) { it + 1L }
      Dataset.range(50).mapHost({ tf.add(it, 1L) }, 4).longs() shouldBe List(50) { it + 1L }
      val unordered =
        Dataset.range(20).mapHost({
          Thread.sleep(if (it.longValue() == 0L) 300 else 1)
          it
        }, 4, false)
      unordered.longs().let {
        it.sorted() shouldBe List(20) { i -> i.toLong() }
        it.first() shouldNotBe 0L
      }
    }

    "errors of user code tell stage and element, and the iterator goes on" {
      fun faulty(make: (Dataset<Tensor>, (Tensor) -> Tensor) -> Dataset<Tensor>) {
        val ds =
          make(Dataset.range(5)) { x ->
            if (x.longValue() == 2L) throw IOException("I do not like 2")
            x
          }
        val all = ds.iterator()
        val seen = mutableListOf<Long>()
        val errors = mutableListOf<PipelineError>()
        while (all.hasNext()) {
          try {
            seen += all.next().longValue()
          } catch (e: PipelineError) {
            errors += e
          }
        }
        seen shouldBe listOf(0L, 1L, 3L, 4L)
        val e = errors.single()
        e.stage() shouldBe "mapHost"
        e.element() shouldBe 2L
        e.cause!!.message shouldBe "I do not like 2"
        e.message!! shouldStartWith
          "mapHost: the function failed at element 2\n  given     IOException: I do not like 2"
      }
      faulty { ds, f -> ds.mapHost { f(it) } }
      faulty { ds, f -> ds.mapHost({ f(it) }, 3) }
      faulty { ds, f -> ds.mapHost { f(it) }.prefetch(2) }
      faulty { ds, f -> ds.mapHost({ f(it) }, 2).map({ it }, 2).prefetch(Dataset.AUTOTUNE) }
      Dataset
        .range(5)
        .mapHost { x -> x.also { check(it.longValue() % 2 == 0L) } }
        .ignoreErrors()
        .longs() shouldBe listOf(0L, 2L, 4L)
      val traced = Dataset.range(4).map { tf.gather(tf.constant(longArrayOf(5, 6)), it) }.iterator()
      traced.next().longValue() shouldBe 5L
      traced.next().longValue() shouldBe 6L
      shouldThrow<PipelineError> { traced.next() }.stage() shouldBe "map"
      val generated =
        Dataset
          .fromGenerator(
            Iterable {
              iterator {
                yield(1L)
                error("the tape broke")
              }
            },
            tf.int64,
          ).iterator()
      generated.next().longValue() shouldBe 1L
      shouldThrow<PipelineError> { generated.next() }.cause!!.message shouldBe "the tape broke"
    }

    "errors say what, given, expected and fix" {
      val three = tf.zeros(3, 2)
      val four = tf.zeros(4)
      shouldThrow<ShapeError> { Dataset.fromTensorSlices(three, four) }.message shouldBe
        """
        fromTensorSlices: component [0] has 3 rows, component [1] has 4
          given     float32 (3, 2) · float32 (4,)
          expected  equally many rows in all components
          fix       cut the longer one, or look for rows that were lost while reading
        """.trimIndent()
      shouldThrow<ShapeError> { Dataset.fromTensorSlices(5) }.message!! shouldStartWith
        "fromTensorSlices: a single number has no rows"
      val ragged = Dataset.fromGenerator(listOf(IntArray(3), IntArray(4)), Spec.of(DType.I32, -1))
      shouldThrow<ShapeError> { ragged.batch(2).toList() }.parts().let {
        it.what() shouldBe
          "Cannot batch tensors with different shapes in component 0. First element had shape [3] and element 1 had shape [4]."
        it.fix() shouldContain "paddedBatch"
      }
      shouldThrow<ShapeError> { ragged.paddedBatch(2, intArrayOf(3)).toList() }.message!! shouldContain
        "larger than the padded shape (3,)"
      shouldThrow<ShapeError> { ragged.paddedBatch(2, intArrayOf(3, 3)) }.message!! shouldContain "1 axes"
      shouldThrow<TypeError> { Dataset.range(3).filter { tf.add(it, 1L) } }.message!! shouldStartWith
        "filter: `predicate` must return a single truth value"
      shouldThrow<TypeError> {
        Dataset.range(3).concatenate(Dataset.fromTensorSlices(floatArrayOf(1f)))
      }.message!! shouldStartWith
        "concatenate: the two datasets hold different things"
      shouldThrow<TypeError> {
        Dataset.range(3).reduce(0) { s, x -> tf.add(tf.cast(s, tf.int64), x) }
      }.message!! shouldStartWith
        "reduce: the new state is built in another way"
      shouldThrow<TypeError> { Dataset.fromGenerator(listOf(1.5f), tf.int32).toList() }
      shouldThrow<TypeError> { Dataset.fromGenerator(listOf(Pair.of(1, 2), 3), Pair.of(tf.int32, tf.int32)).toList() }
        .message!! shouldContain "built in another way"
      shouldThrow<ShapeError> { Dataset.range(3).unbatch() }
      shouldThrow<ValueError> { Dataset.fromGenerator(listOf<Tensor>()).elementSpec() }
      shouldThrow<ValueError> { Dataset.range(0).singleElement }
      shouldThrow<ValueError> { Dataset.range(2).singleElement }
      Dataset.range(7, 8).singleElement.longValue() shouldBe 7L
      for (wrong in listOf<() -> Any>(
        { Dataset.range(3).batch(0) },
        { Dataset.range(3).take(-2) },
        { Dataset.range(3).skip(-2) },
        { Dataset.range(3).repeat(-2) },
        { Dataset.range(3).shuffle(0) },
        { Dataset.range(3).prefetch(-2) },
        { Dataset.range(3).window(0) },
        { Dataset.range(3).shard(3, 3) },
        { Dataset.range(3).shard(0, 0) },
        { Dataset.range(0, 3, 0) },
        { Dataset.range(3).map({ it }, 0) },
        { Dataset.range(3).interleave({ Dataset.fromTensors(it) }, 0, 1) },
        { Dataset.range(3).bucketBySequenceLength({ it }, intArrayOf(1), intArrayOf(1)) },
      )) {
        shouldThrow<ValueError> { wrong() }.parts().expected() shouldNotBe ""
      }
    }

    "iterating while a function is traced is refused" {
      val ds = Dataset.range(3)
      val f = tf.function { x: Tensor -> ds.fold(x) { s, e -> tf.add(s, e) } }
      shouldThrow<SymbolError> { f.apply(tf.constant(0L)) }.parts().fix() shouldContain "iterate outside"
    }

    "tapes and tensor scopes do not look into pipelines" {
      val w = Variable(2f)
      val ds = Dataset.fromTensorSlices(floatArrayOf(1f, 2f)).map { tf.multiply(it, w.value()) }
      GradientTape().use { tape ->
        val all = ds.toList()
        tape.gradient(tf.add(all[0], all[1]), w) shouldBe null
      }
      val kept = Scope.open().use { ds.toList() }
      kept.map { it.item() } shouldBe listOf(2.0, 4.0)
      val described =
        Scope.open().use {
          Dataset
            .fromTensorSlices(LongArray(1000) { it.toLong() })
            .map { tf.add(it, tf.reduceSum(tf.constant(longArrayOf(1, 2)))) }
            .scan(tf.constant(LongArray(100) { 1L })) { s, x -> Pair.of(s, tf.add(x, tf.reduceSum(s))) }
        }
      described.longs() shouldBe List(1000) { it + 103L }
    }

    "sources are not copied for batches in order, nor held twice" {
      val x = tf.reshape(tf.range(600000), intArrayOf(600, 1000))
      val batches = Dataset.fromTensorSlices(x).shuffle(600, 5).batch(100)
      var rows = 0
      for (b in batches) {
        for (r in 0 until 100) {
          val first = b.getInt(r, 0)
          first % 1000 shouldBe 0
          b.getInt(r, 999) shouldBe first + 999
          rows++
        }
      }
      rows shouldBe 600
    }

    "large batches are copied by all processors, to the same bytes" {
      val x = tf.random.uniform(64, 100, 100)
      val whole = Dataset.fromTensorSlices(x).batch(64).single()
      whole.toFloatArray().contentEquals(x.toFloatArray()) shouldBe true
    }

    "an iterator that is dropped lets its threads go" {
      val made = AtomicInteger()

      fun begin() {
        val endless =
          Dataset
            .range(Long.MAX_VALUE)
            .mapHost { made.incrementAndGet().let { _ -> it } }
            .prefetch(3)
        endless.iterator().next()
      }
      val before = Background.busy()
      repeat(5) { begin() }
      val deadline = System.nanoTime() + 20_000_000_000
      while (Background.busy() > before && System.nanoTime() < deadline) {
        System.gc()
        Thread.sleep(20)
      }
      withClue("threads that still work for iterators nobody holds") { (Background.busy() <= before) shouldBe true }
      val now = made.get()
      Thread.sleep(100)
      made.get() shouldBe now
    }

    "an iterator that ends early closes its generator" {
      var closed = 0
      val lines =
        Iterable {
          object : Iterator<Long>, AutoCloseable {
            var at = 0L

            override fun hasNext() = true

            override fun next() = at++

            override fun close() {
              closed++
            }
          }
        }
      Dataset.fromGenerator(lines, tf.int64).take(3).longs() shouldBe listOf(0L, 1L, 2L)
      closed shouldBe 1
    }

    "cache keeps what a full iteration gave, and nothing of a part" {
      val made = AtomicInteger()
      val ds = Dataset.range(4).mapHost { made.incrementAndGet().let { _ -> it } }.cache()
      ds.take(2).longs()
      made.get() shouldBe 2
      repeat(3) { ds.longs() shouldBe listOf(0L, 1L, 2L, 3L) }
      made.get() shouldBe 6
    }

    "repeat reads its input anew, and ends with an input that has nothing" {
      Dataset.range(0).repeat().toList() shouldBe emptyList()
      val ds = Dataset.range(6).shuffle(6, 1).repeat(2)
      ds.longs().chunked(6).map { it.sorted() } shouldBe List(2) { List(6) { i -> i.toLong() } }
      ds.longs().chunked(6).let { (a, b) -> a shouldNotBe b }
    }

    "samples come from all datasets, by weight" {
      val zeros = Dataset.range(1).repeat()
      val ones = Dataset.range(1, 2).repeat()
      val mixed = Dataset.sampleFromDatasets(listOf(zeros, ones), doubleArrayOf(0.2, 0.8), 3).take(2000).longs()
      (mixed.sum() in 1530..1670) shouldBe true
      Dataset.sampleFromDatasets(listOf(Dataset.range(3), Dataset.range(5)), null, 1).longs().size shouldBe 8
      shouldThrow<ValueError> { Dataset.sampleFromDatasets(listOf(zeros), doubleArrayOf(0.0), 1) }
    }

    "explain tells elements and time of each stage" {
      val ds =
        Dataset
          .zip(Dataset.fromTensorSlices(FloatArray(100)), Dataset.range(100))
          .mapHost {
            Thread.sleep(1)
            it
          }.batch(10)
          .prefetch(2)
      ds
        .explain()
        .lines()
        .first()
        .split(Regex(" +")) shouldContainExactly
        listOf("stage", "elements", "seconds", "elements/s")
      ds.forEach { _ -> }
      ds.forEach { _ -> }
      println(ds.explain())
      val lines =
        ds
          .explain()
          .lines()
          .drop(1)
          .filter { it.isNotBlank() }
      lines.map { it.trimStart(' ', '└', '├', '─', '│').substringBefore(' ') } shouldBe
        listOf("prefetch(2)", "batch(10)", "mapHost", "zip", "fromTensorSlices", "range(100)")
      lines.map { Regex(" ([0-9,]+) +[0-9.]+ ").find(it)!!.groupValues[1] } shouldBe
        listOf("20", "20", "200", "200", "200", "200")
      val seconds = lines.map { Regex(" ([0-9]+\\.[0-9]+) ").find(it)!!.groupValues[1].toDouble() }
      (seconds[2] >= 0.2) shouldBe true
      (seconds[3] < seconds[2]) shouldBe true
    }

    "a dataset is read by several threads at a time" {
      val ds =
        Dataset
          .range(2000)
          .map { tf.multiply(it, 3L) }
          .shuffle(50, 1)
          .batch(7)
          .prefetch(2)
      val sums = java.util.concurrent.ConcurrentLinkedQueue<Long>()
      val threads = List(4) { Thread { sums += ds.asIterable().sumOf { it.toLongArray().sum() } }.apply { start() } }
      threads.forEach { it.join() }
      sums.toList() shouldBe List(4) { 3L * 1999 * 2000 / 2 }
    }
  })

private data class Features(
  val size: Tensor,
  val name: Tensor,
)
