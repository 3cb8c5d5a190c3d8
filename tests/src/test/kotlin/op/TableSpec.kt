package dev.merapi.op

import dev.merapi.say.TypeError
import dev.merapi.say.ValueError
import dev.merapi.tensor.DType
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeSameInstanceAs
import io.kotest.matchers.types.shouldNotBeSameInstanceAs
import java.util.function.Function

/** Tables from keys to values, and what is cut out of texts for them. */
class TableSpec :
  StringSpec({
    fun run(
      name: String,
      attrs: Map<String, Any>,
      vararg inputs: Tensor,
    ): List<Tensor> {
      val op = Registry.find(name)
      return op.all(op.attrs(attrs), *inputs).toList()
    }

    fun table(
      key: DType,
      value: DType,
      name: String = "",
    ) = run("HashTableV2", mapOf("key_dtype" to key, "value_dtype" to value, "shared_name" to name))[0]

    fun long(x: Long) = tf.constant(x)

    val keys = tf.constant(arrayOf("one", "two", "three"))
    val values = tf.constant(longArrayOf(1, 2, 3))

    "HashTableV2 gives a new table each time, or the one of its name" {
      table(DType.STRING, DType.I64).handles()[0] shouldNotBeSameInstanceAs
        table(DType.STRING, DType.I64).handles()[0]
      table(DType.STRING, DType.I64, "shared").handles()[0] shouldBeSameInstanceAs
        table(DType.STRING, DType.I64, "shared").handles()[0]
      shouldThrow<TypeError> { table(DType.I64, DType.I64, "shared") }.message shouldContain "other types"
    }

    "InitializeTableV2 fills a table, LookupTableFindV2 looks into it, in graphs too" {
      val t = table(DType.STRING, DType.I64)
      val x = tf.constant(arrayOf(arrayOf("two", "four"), arrayOf("one", "two")))
      shouldThrow<ValueError> { run("LookupTableFindV2", mapOf(), t, x, long(-1)) }.message shouldContain
        "Table not initialized"
      run("InitializeTableV2", mapOf(), t, keys, values)
      run("LookupTableFindV2", mapOf(), t, x, long(-1))[0].toLongArray().toList() shouldContainExactly
        listOf(2L, -1L, 1L, 2L)
      val f = tf.function(Function { k: Tensor -> run("LookupTableFindV2", mapOf(), t, k, long(-1))[0] })
      f.apply(x).toLongArray().toList() shouldContainExactly listOf(2L, -1L, 1L, 2L)
      run("LookupTableSizeV2", mapOf(), t)[0].toLongArray()[0] shouldBe 3L
    }

    "LookupTableExportV2 gives all pairs as they came" {
      val t = table(DType.STRING, DType.I64)
      run("InitializeTableV2", mapOf(), t, keys, values)
      val (k, v) = run("LookupTableExportV2", mapOf("Tkeys" to DType.STRING, "Tvalues" to DType.I64), t)
      k.toStringArray().toList() shouldContainExactly listOf("one", "two", "three")
      v.toLongArray().toList() shouldContainExactly listOf(1L, 2L, 3L)
    }

    "tables of 100000 whole numbers find every key, and texts for numbers" {
      val n = 100_000
      val numbers = LongArray(n) { it * 0x9E3779B97F4A7C15uL.toLong() }
      val t = table(DType.I64, DType.I64)
      run("InitializeTableV2", mapOf(), t, tf.constant(numbers), tf.constant(LongArray(n) { it.toLong() }))
      run("LookupTableFindV2", mapOf(), t, tf.constant(numbers), long(-1))[0].toLongArray().toList() shouldBe
        List(n) { it.toLong() }
      val words = table(DType.I64, DType.STRING)
      run("InitializeTableV2", mapOf(), words, values, keys)
      run("LookupTableFindV2", mapOf(), words, tf.constant(longArrayOf(3, 9)), tf.constant("?"))[0]
        .toStringArray()
        .toList() shouldContainExactly listOf("three", "?")
    }

    "a key with two values, and a table filled twice, are refused" {
      val t = table(DType.STRING, DType.I64)
      val twice = tf.constant(arrayOf("one", "one", "two"))
      shouldThrow<ValueError> { run("InitializeTableV2", mapOf(), t, twice, values) }.message shouldContain
        "key 'one' at position 1"
      run("InitializeTableV2", mapOf(), t, keys, values)
      shouldThrow<ValueError> {
        run("InitializeTableV2", mapOf(), t, tf.constant(arrayOf("x")), tf.constant(longArrayOf(1)))
      }.message shouldContain "already initialized"
      shouldThrow<TypeError> { run("LookupTableFindV2", mapOf(), t, values, long(0)) }.message shouldContain
        "has other types"
    }

    "_StringSplitCharacters cuts between characters, not bytes" {
      val (places, letters, size) =
        run(
          "_StringSplitCharacters",
          mapOf(),
          tf.constant(arrayOf("aé", "", "\uD83C\uDF0B")),
        )
      letters.toStringArray().toList() shouldContainExactly listOf("a", "é", "\uD83C\uDF0B")
      places.toLongArray().toList() shouldContainExactly listOf(0L, 0L, 0L, 1L, 2L, 0L)
      size.toLongArray().toList() shouldContainExactly listOf(3L, 2L)
    }
  })
