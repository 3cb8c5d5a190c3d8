package dev.merapi.golden

import com.google.gson.JsonArray
import com.google.gson.JsonElement
import com.google.gson.JsonObject
import com.google.gson.JsonParser
import dev.merapi.tensor.DType
import java.io.BufferedReader
import java.io.InputStream
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.util.Base64
import java.util.zip.GZIPInputStream

/** A tensor as another program computed it: row-major elements, little-endian; strings apart from the rest. */
class GoldenTensor(
  val dtype: DType,
  val shape: LongArray,
  /** The elements of every dtype but string: bool one byte each, complex as real then imaginary part. */
  val bytes: ByteArray,
  /** The elements of a string tensor, else empty. */
  val strings: List<ByteArray>,
) {
  val size: Long get() = shape.fold(1L) { a, b -> a * b }

  /** The elements' bytes, ready for `getFloat` and the like. */
  fun buffer(): ByteBuffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN)

  override fun toString() = "$dtype${shape.contentToString()}"
}

/** A shape attribute; `dims` is null for unknown rank, and holds -1 for an unknown dimension. */
class GoldenShape(
  val dims: LongArray?,
)

/** The upstream gradient of every output and the gradient of every input; null where there is none. */
class GoldenGradient(
  val dy: List<GoldenTensor?>,
  val dx: List<GoldenTensor?>,
)

/** What an op, under its raw name, made of given inputs and attributes, or the message with which it refused. */
class GoldenCase(
  val family: String,
  val op: String,
  val name: String,
  /**
   * Attributes given in the call and those that follow from the inputs (`T`, `N`); others have their default.
   * Values are Long, Double, Boolean, String, DType, GoldenShape, or a List of one of them.
   */
  val attrs: Map<String, Any>,
  val inputs: List<GoldenTensor>,
  /** Null where the op leaves an output unset. Empty for a refused call. */
  val outputs: List<GoldenTensor?>,
  val grad: GoldenGradient?,
  /** The first line of the message of a refused call. */
  val fails: String?,
  /** The type of that error, as its origin calls it. */
  val error: String?,
  /** Indices of the inputs that are variables; `outputs` are then their values afterwards. */
  val variables: List<Int>,
  val note: String?,
) {
  override fun toString() = "$op/$name$inputs"
}

/** How a tensor is printed. Texts are null where the case is about another way of printing. */
class GoldenPrint(
  val name: String,
  val tensor: GoldenTensor,
  val numpyStr: String?,
  val numpyRepr: String?,
  val tensorStr: String?,
  val tensorRepr: String?,
  /** The limit given to `tf.print`, and what it wrote. */
  val summarize: Int?,
  val printed: String?,
)

/** One row of `coverage.tsv`, written beside the goldens by the program that made them. */
class GoldenCoverage(
  val family: String,
  val op: String,
  val cases: Int,
  val gradients: Int,
)

/** Reads recorded results; their form is described in `tests/golden/<origin>/README.md`. */
class Goldens(
  origin: String = "tensorflow-2.21",
) {
  private val folder = "/golden/$origin"

  /** What the recorded files hold, by the word of their maker. */
  val coverage: List<GoldenCoverage> by lazy {
    open("coverage.tsv").bufferedReader().useLines { lines ->
      lines
        .drop(1)
        .map { it.split('\t') }
        .map { GoldenCoverage(it[0], it[1], it[2].toInt(), it[3].toInt()) }
        .toList()
    }
  }

  /** The families of op cases, which [cases] accepts. */
  val families: List<String> by lazy { coverage.map { it.family }.distinct() - PRINTING }

  /** Returns the cases of `family`, in the order of their file. */
  fun cases(family: String): List<GoldenCase> = lines(family) { case(family, it) }

  /** Returns the cases of one op, from whatever families hold it. */
  fun casesOf(op: String): List<GoldenCase> =
    coverage
      .filter { it.op == op && it.family != PRINTING }
      .flatMap { row -> cases(row.family).filter { it.op == op } }

  fun prints(): List<GoldenPrint> = lines(PRINTING, ::print)

  private fun <T> lines(
    family: String,
    read: (JsonObject) -> T,
  ): List<T> =
    GZIPInputStream(open("$family.jsonl.gz")).bufferedReader().use { reader: BufferedReader ->
      reader.lineSequence().map { read(JsonParser.parseString(it).asJsonObject) }.toList()
    }

  private fun open(file: String): InputStream =
    checkNotNull(javaClass.getResourceAsStream("$folder/$file")) { "no golden file $folder/$file on the class path" }

  private fun case(
    family: String,
    o: JsonObject,
  ) = GoldenCase(
    family,
    o.text("op"),
    o.text("case"),
    o.getAsJsonObject("attrs").entrySet().associate { (name, value) -> name to attribute(value.asJsonObject) },
    o.getAsJsonArray("inputs").map { tensor(it.asJsonObject) },
    tensors(o.getAsJsonArray("outputs")),
    o.getAsJsonObject("grad")?.let {
      GoldenGradient(tensors(it.getAsJsonArray("dy")), tensors(it.getAsJsonArray("dx")))
    },
    o["fails"]?.asString,
    o["error"]?.asString,
    o.getAsJsonArray("variables")?.map { it.asInt } ?: emptyList(),
    o["note"]?.asString,
  )

  private fun print(o: JsonObject) =
    GoldenPrint(
      o.text("case"),
      tensor(o.getAsJsonObject("tensor")),
      o["numpy_str"]?.asString,
      o["numpy_repr"]?.asString,
      o["tensor_str"]?.asString,
      o["tensor_repr"]?.asString,
      o["summarize"]?.asInt,
      o["printed"]?.asString,
    )

  private fun tensors(list: JsonArray?): List<GoldenTensor?> =
    list?.map { if (it.isJsonNull) null else tensor(it.asJsonObject) } ?: emptyList()

  private fun tensor(o: JsonObject): GoldenTensor {
    val decoder = Base64.getDecoder()
    return GoldenTensor(
      DType.of(o.text("dtype")),
      longs(o.getAsJsonArray("shape")),
      o["data"]?.let { decoder.decode(it.asString) } ?: ByteArray(0),
      o.getAsJsonArray("strings")?.map { decoder.decode(it.asString) } ?: emptyList(),
    )
  }

  /** Reads `{"list(int)": [1, 2]}` and its like: one pair of kind and value. */
  private fun attribute(o: JsonObject): Any {
    val (kind, value) = o.entrySet().single()
    val item = kind.removeSurrounding("list(", ")")
    return if (item == kind) scalar(kind, value) else value.asJsonArray.map { scalar(item, it) }
  }

  private fun scalar(
    kind: String,
    value: JsonElement,
  ): Any =
    when (kind) {
      "int" -> value.asLong
      "float" -> value.asString.toDouble()
      "bool" -> value.asBoolean
      "string" -> value.asString
      "type" -> DType.of(value.asString)
      "shape" -> GoldenShape(if (value.isJsonNull) null else longs(value.asJsonArray))
      else -> error("attributes of kind '$kind' are not known here; Goldens.kt reads those of README.md")
    }

  private fun longs(list: JsonArray) = LongArray(list.size()) { list[it].asLong }

  private fun JsonObject.text(key: String): String = this[key].asString

  private companion object {
    const val PRINTING = "printing"
  }
}
