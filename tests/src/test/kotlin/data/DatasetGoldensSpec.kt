package dev.merapi.data

import dev.merapi.op.Seeds
import dev.merapi.suite.Goldens
import dev.merapi.tensor.DType
import dev.merapi.tensor.Spec
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe

/** Pipelines give what TensorFlow's give: elements, order, cardinality, element spec. */
class DatasetGoldensSpec :
  StringSpec({
    // Other specs may leave the global seed set; these orders are those of a program that set none.
    beforeTest { Seeds.clearSeed() }

    val all = Goldens.objects("datasets.jsonl.gz")

    /** Host values as the goldens write them: nested lists of whole numbers. */
    fun plain(x: Any?): Any? =
      when (x) {
        is Number -> x.toLong()
        is LongArray -> x.toList()
        is IntArray -> x.map { it.toLong() }
        is Array<*> -> x.map { plain(it) }
        is List<*> -> x.map { plain(it) }
        is Pair<*, *> -> listOf(plain(x.first()), plain(x.second()))
        is Map<*, *> -> x.mapValues { plain(it.value) }
        else -> error("no plain form of $x")
      }

    fun compare(
      name: String,
      sample: Dataset<*>,
      golden: Map<String, Any?>,
    ): String? {
      val elements = sample.asNumpyIterator().map { plain(it) }
      val spec = golden["spec"]
      val differences =
        listOfNotNull(
          "gave $elements".takeIf { elements != golden["elements"] },
          "has cardinality ${sample.cardinality()}".takeIf { sample.cardinality() != golden["cardinality"] },
          spec?.let { sample.elementSpec().toString() }?.takeIf { it != spec }?.let { "is of $it" },
        )
      return if (differences.isEmpty()) null else "$name $golden: $differences"
    }

    fun check(
      name: String,
      make: (Map<String, Any?>) -> Dataset<*>,
    ) {
      val goldens = all.filter { it["dataset"] == name }
      withClue("TensorFlow recorded no $name") { goldens.isNotEmpty() shouldBe true }
      goldens.mapNotNull { compare(name, make(it), it) }.shouldBeEmpty()
    }

    fun Map<String, Any?>.long(key: String) = getValue(key) as Long

    fun Map<String, Any?>.int(key: String) = long(key).toInt()

    fun Map<String, Any?>.flag(key: String) = getValue(key) as Boolean

    fun Map<String, Any?>.ints(key: String) = (getValue(key) as List<*>).map { (it as Long).toInt() }

    fun rows(lengths: List<Int>): Dataset<Tensor> =
      Dataset.fromGenerator(lengths.map { n -> IntArray(n) { n } }, Spec.of(DType.I32, -1))

    "window" {
      val goldens = all.filter { it["dataset"] == "window" }
      goldens.size shouldBe 216
      goldens.forEach { g ->
        val ds = Dataset.range(g.long("n")).window(g.int("size"), g.int("shift"), g.int("stride"), g.flag("drop"))
        withClue(g) {
          ds.asIterable().map { w -> w.asIterable().map { it.longValue() } } shouldBe g["elements"]
          ds.cardinality() shouldBe g["cardinality"]
        }
      }
    }

    "interleave, read one by one and read ahead" {
      for (calls in listOf(1, 3, Dataset.AUTOTUNE)) {
        check("interleave") { g ->
          val lengths = g.ints("lengths").map { it.toLong() }
          Dataset
            .fromTensorSlices(lengths.toLongArray())
            .enumerate()
            .interleave({ (i, k) ->
              Dataset.range(100 * i.longValue(), 100 * i.longValue() + k.longValue())
            }, g.int("cycle"), g.int("block"), calls)
        }
      }
    }

    "paddedBatch" {
      check("padded_batch") { g ->
        rows(g.ints("lengths"))
          .paddedBatch(g.int("size"), intArrayOf(g.int("width")), g.int("value"), g.flag("drop"))
      }
    }

    "shard" {
      check("shard") { Dataset.range(it.long("n")).shard(it.long("shards"), it.long("index")) }
    }

    "groupByWindow" {
      check("group_by_window") { g ->
        Dataset
          .range(g.long("n"))
          .groupByWindow({ tf.floormod(it, g.long("keys")) }, { k, w ->
            w.map { tf.add(it, tf.multiply(k, 100L)) }.batch(2)
          }, g.long("size"))
      }
    }

    "bucketBySequenceLength" {
      check("bucket_by_sequence_length") { g ->
        rows(g.ints("lengths")).bucketBySequenceLength(
          { tf.gather(tf.shape(it), 0) },
          intArrayOf(3, 6),
          intArrayOf(2, 3, 2),
        )
      }
    }

    "shuffle: the orders of a seed, in one iteration after the other" {
      all.filter { it["dataset"] == "shuffle" }.forEach { g ->
        val ds = Dataset.range(g.long("n")).shuffle(g.long("buffer"), g.long("seed"), g.flag("again"))
        withClue(g) { List(3) { ds.asIterable().map { it.longValue() } } shouldBe g["elements"] }
      }
    }

    "shuffle: the orders of the global seed" {
      tf.random.setSeed(1)
      try {
        val order = Dataset.range(10).shuffle(10).repeat(3)
        listOf(order.asIterable().map { it.longValue() }) shouldBe
          all.single { it["dataset"] == "shuffle_global" }["elements"]
      } finally {
        dev.merapi.op.Seeds
          .clearSeed()
      }
    }

    "batch" {
      check("batch") { Dataset.range(it.long("n")).batch(it.int("size"), it.flag("drop")) }
    }

    "range" {
      check("range") { Dataset.range(it.long("start"), it.long("stop"), it.long("step")) }
    }

    "take, skip and repeat" {
      check("take_skip_repeat") {
        Dataset
          .range(it.long("n"))
          .take(it.long("take"))
          .skip(it.long("skip"))
          .repeat(it.long("repeat"))
      }
    }

    "chooseFromDatasets" {
      check("choose_from_datasets") { g ->
        Dataset.chooseFromDatasets(
          listOf(Dataset.range(0, 3), Dataset.range(10, 12), Dataset.range(20, 29)),
          Dataset.fromTensorSlices(g.ints("choices").map { it.toLong() }.toLongArray()),
          g.flag("stop"),
        )
      }
    }

    "scan, takeWhile and rebatch" {
      check("scan") {
        Dataset.range(6).scan(tf.constant(1L)) { s, x -> Pair.of(tf.multiply(s, 2L), tf.add(s, x)) }
      }
      check("take_while") { Dataset.range(9).takeWhile { tf.less(tf.multiply(it, it), 20L) } }
      all.single { it["dataset"] == "rebatch" }.let { g ->
        Dataset
          .range(11)
          .batch(4)
          .rebatch(3)
          .asNumpyIterator()
          .map { plain(it) } shouldBe g["elements"]
      }
    }

    "cardinalities" {
      val few = { d: Dataset<Tensor> -> d.filter { tf.less(it, 9L) } }
      val bases =
        mapOf(
          "none" to Dataset.range(0),
          "three" to Dataset.range(3),
          "endless" to Dataset.range(3).repeat(),
          "unknown" to few(Dataset.range(3)),
        )
      val made =
        mapOf<String, (Dataset<Tensor>) -> Dataset<*>>(
          "filter" to { few(it) },
          "take_while" to { d -> d.takeWhile { tf.less(it, 2L) } },
          "flat_map" to { d -> d.flatMap { Dataset.range(2) } },
          "unbatch" to { it.batch(2).unbatch() },
          "unbatch_full" to { it.batch(2, true).unbatch() },
          "cache" to { it.cache() },
          "enumerate" to { it.enumerate() },
          "concatenate" to { it.concatenate(Dataset.range(4)) },
          "concatenate_filtered" to { it.concatenate(few(Dataset.range(4))) },
          "zip" to { Dataset.zip(it, Dataset.range(4)) },
          "zip_endless" to { Dataset.zip(it, Dataset.range(4).repeat()) },
          "zip_filtered" to { Dataset.zip(it, few(Dataset.range(4))) },
          "take" to { it.take(2) },
          "skip" to { it.skip(2) },
          "shard" to { it.shard(2, 0) },
          "batch" to { it.batch(2) },
          "window" to { it.window(2) },
          "repeat" to { it.repeat(2) },
          "repeat_endless" to { it.repeat() },
          "ignore_errors" to { it.ignoreErrors() },
        )
      val goldens = all.filter { it["dataset"] == "cardinality" }
      // Batches made anew of endless batches are endless; TensorFlow does not see it.
      (goldens.map { it["transformation"] } - "rebatch").toSet() shouldBe made.keys
      for (g in goldens.filter { it["transformation"] != "rebatch" }) {
        withClue(g) {
          bases.mapValues { made.getValue(g["transformation"] as String)(it.value).cardinality() } shouldBe
            bases.mapValues { g[it.key] }
        }
      }
    }

    "structures through zip, map, batch, unbatch and shard" {
      val table =
        Dataset
          .zip(Dataset.range(5), Dataset.range(10, 15))
          .map { (a, b) -> mapOf("a" to a, "b" to b) }
      val ds =
        Dataset
          .zip(table, Dataset.range(20, 25))
          .map { (d, y) -> Pair.of(Pair.of(tf.add(d.getValue("a"), y), d.getValue("b")), y) }
          .batch(2)
          .unbatch()
          .shard(2, 0)
      val g = all.single { it["dataset"] == "nested" }
      ds.asNumpyIterator().map { plain(it) } shouldBe g["elements"]
    }
  })
