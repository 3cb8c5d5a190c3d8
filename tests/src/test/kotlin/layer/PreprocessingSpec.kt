package dev.merapi.layer

import dev.merapi.data.Dataset
import dev.merapi.nn.config.Json
import dev.merapi.nn.config.Saved
import dev.merapi.nn.layer.Dense
import dev.merapi.nn.layer.Embedding
import dev.merapi.nn.layer.InputLayer
import dev.merapi.nn.layer.Layer
import dev.merapi.nn.layer.pool.GlobalAveragePooling1D
import dev.merapi.nn.layer.preprocess.CategoryEncoding
import dev.merapi.nn.layer.preprocess.Discretization
import dev.merapi.nn.layer.preprocess.IntegerLookup
import dev.merapi.nn.layer.preprocess.Normalization
import dev.merapi.nn.layer.preprocess.Rescaling
import dev.merapi.nn.layer.preprocess.Resizing
import dev.merapi.nn.layer.preprocess.StringLookup
import dev.merapi.nn.layer.preprocess.TextVectorization
import dev.merapi.nn.model.FitOptions
import dev.merapi.nn.model.Model
import dev.merapi.nn.model.Sequential
import dev.merapi.op.OpRef
import dev.merapi.say.ShapeError
import dev.merapi.say.TypeError
import dev.merapi.say.ValueError
import dev.merapi.suite.PreprocessingGoldens
import dev.merapi.tensor.DType
import dev.merapi.tensor.Shape
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldNotBeEmpty
import io.kotest.matchers.doubles.shouldBeGreaterThan
import io.kotest.matchers.floats.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.nio.file.Files
import java.util.function.Function

/** Layers that prepare data: what Keras recorded, and what programs do with them. */
class PreprocessingSpec :
  FunSpec({
    val cases = PreprocessingGoldens.all()

    test("recorded layers are there") { cases.shouldNotBeEmpty() }

    cases.groupBy { it.layer() }.forEach { (layer, of) ->
      test("$layer learns and computes as Keras's, in graphs too: ${of.size} recorded layers") {
        of.flatMap { case -> PreprocessingGoldens.check(case).map { "$case: $it" } }.shouldBeEmpty()
      }
    }

    val texts = arrayOf("good film", "bad film", "very good", "very bad", "so good", "so bad")

    fun longs(t: Tensor) = t.toLongArray().toList()

    test("a model that begins with texts trains and predicts on texts") {
      tf.random.setSeed(3)
      val words = TextVectorization().outputSequenceLength(4)
      words.adapt(texts)
      val model =
        Sequential(words, Embedding(words.vocabularySize(), 8), GlobalAveragePooling1D(), Dense(2, "softmax"))
      model.compile("adam", "sparse_categorical_crossentropy", "accuracy")
      val labels = tf.constant(intArrayOf(1, 0, 1, 0, 1, 0))
      val accuracy =
        model.fit(tf.constant(texts), labels, FitOptions().epochs(60).verbose(0)).history()["accuracy"]
      checkNotNull(accuracy).last() shouldBe 1.0
      val p = model.predict(tf.constant(arrayOf("good so", "bad so"))).toFloatArray()
      (p[1] - p[3]).toDouble() shouldBeGreaterThan 0.0
    }

    test("a model may be put together before its vocabulary is learnt") {
      val input = InputLayer(Shape.of(1), DType.STRING, null).output()
      val words = TextVectorization().outputSequenceLength(3)
      val model = Model(input, words.apply(input))
      words.adapt(texts)
      val ids = model.apply(tf.constant(arrayOf(arrayOf("good so"), arrayOf("very new"))))
      longs(ids) shouldContainExactly listOf(2L, 5L, 0L, 4L, 1L, 0L)
    }

    test("counts of words go into Dense, which computes with floats") {
      val words = TextVectorization().outputMode("multi_hot")
      words.adapt(texts)
      val model = Sequential(words, Dense(2))
      model.apply(tf.constant(texts)).spec().toString() shouldBe "float32 (6, 2)"
    }

    test("layers work in maps of datasets, element by element and batch by batch") {
      val lookup = StringLookup(listOf("good", "bad"))
      val ids = Dataset.fromTensorSlices(tf.constant(arrayOf("good", "bad", "x"))).map { lookup.apply(it) }
      ids.toList().map { it.toLongArray()[0] } shouldContainExactly listOf(1L, 2L, 0L)
      val words = TextVectorization()
      val batches = Dataset.fromTensorSlices(tf.constant(texts)).batch(4)
      words.adapt(batches)
      batches.map(Function { t: Tensor -> words.apply(t) }).toList().map { it.shape().toString() } shouldContainExactly
        listOf("(4, 2)", "(2, 2)")
    }

    test("a graph looks into the vocabulary that a layer has now, and into no table of its own") {
      val lookup = StringLookup()
      lookup.adapt(arrayOf("a", "a", "b"))
      val f = tf.function(Function { t: Tensor -> lookup.apply(t) })
      val x = tf.constant(arrayOf("a", "b", "c"))
      longs(f.apply(x)) shouldContainExactly listOf(1L, 2L, 0L)
      lookup.adapt(arrayOf("c", "c", "b"))
      longs(f.apply(x)) shouldContainExactly listOf(0L, 2L, 1L)
      f.function().traces() shouldBe 1
    }

    test("a vocabulary comes from a file, one term a line") {
      val file = Files.createTempFile("vocabulary", ".txt")
      try {
        Files.writeString(file, "sea\nland\n")
        val lookup = StringLookup(file.toString())
        lookup.getVocabulary() shouldContainExactly listOf("[UNK]", "sea", "land")
        lookup.config["vocabulary"] shouldBe null
      } finally {
        Files.delete(file)
      }
    }

    test("a vocabulary goes with the configuration, through JSON text") {
      val words = TextVectorization().vocabulary(listOf("the", "sea")).ngrams(2)
      val text = Json.write(Saved.write(words))
      val again = Saved.read(Json.read(text) as Map<*, *>, Layer::class.java) as TextVectorization
      again.getVocabulary() shouldContainExactly listOf("", "[UNK]", "the", "sea")
      longs(again.apply(tf.constant(arrayOf("The sea!")))) shouldContainExactly listOf(2L, 3L, 1L)
    }

    test("words may be cut and cleaned by functions of the program, which no configuration holds") {
      val words =
        TextVectorization()
          .standardizeBy { t -> OpRef.to("StringUpper").of(t) }
          .splitBy { t -> tf.stack(listOf(t, t), 1) }
      words.adapt(arrayOf("a", "b", "b"))
      words.getVocabulary() shouldContainExactly listOf("", "[UNK]", "B", "A")
      longs(words.apply(tf.constant(arrayOf("a", "c")))) shouldContainExactly listOf(3L, 3L, 1L, 1L)
      shouldThrow<ValueError> { words.config }.message shouldContain "calls a function of the program"
    }

    test("equally frequent words are ordered by code points, also beyond 16 bits") {
      val lookup = StringLookup()
      lookup.adapt(arrayOf("\uFF5E", "\uD83C\uDF0B", "z"))
      lookup.getVocabulary(false) shouldContainExactly listOf("\uD83C\uDF0B", "\uFF5E", "z")
    }

    test("Normalization learns from pairs, batch by batch, and afterwards gives mean 0 and variance 1") {
      val x = tf.random.normal(intArrayOf(500, 3), 7.0, 3.0, DType.F32, 5L)
      val layer = Normalization()
      layer.adapt(Dataset.fromTensorSlices(x, tf.range(500)).batch(64))
      val y = layer.apply(x)
      tf.reduceMean(y, 0).toFloatArray().forEach { Math.abs(it) shouldBe (0f plusOrMinus 1e-5f) }
      tf.math
        .reduceStd(y, intArrayOf(0), false)
        .toFloatArray()
        .forEach { it shouldBe (1f plusOrMinus 1e-4f) }
    }

    test("what was not learnt yet is asked for") {
      shouldThrow<ValueError> { StringLookup().apply(tf.constant(texts)) }.message shouldContain
        "call adapt(data) first"
      shouldThrow<ValueError> { Discretization(3).apply(tf.constant(floatArrayOf(1f))) }.message shouldContain
        "call adapt(data) first"
      shouldThrow<ValueError> { TextVectorization().outputMode("count").apply(tf.constant(texts)) }
        .message shouldContain "you must set the layer's vocabulary before calling it"
    }

    test("settings that contradict each other are refused") {
      shouldThrow<ValueError> { StringLookup().outputMode("hot") }.message shouldContain "multi_hot"
      val twice = StringLookup(listOf("a", "b", "a"))
      shouldThrow<ValueError> { twice.apply(tf.constant(texts)) }.message shouldContain
        "The repeated terms are: [a]"
      val back = StringLookup(listOf("a")).invert(true).outputMode("count")
      shouldThrow<ValueError> { back.vocabularySize() }.message shouldContain "`invert` is true"
      val wide = StringLookup(listOf("a")).padToMaxTokens(true).outputMode("count")
      shouldThrow<ValueError> { wide.vocabularySize() }.message shouldContain "must set `max_tokens`"
      val small = StringLookup(listOf("a", "b", "c")).maxTokens(3)
      shouldThrow<ValueError> { small.vocabularySize() }.message shouldContain "larger than the maximum"
      val weighted = StringLookup(listOf("a", "b")).outputMode("tf_idf").idfWeights(doubleArrayOf(1.0))
      shouldThrow<ValueError> { weighted.vocabularySize() }.message shouldContain "1 weights, 2 terms"
      shouldThrow<ValueError> { StringLookup(listOf("a")).adapt(texts) }.message shouldContain
        "after setting a static vocabulary"
      shouldThrow<ValueError> { Discretization(0.0, 1.0).adapt(floatArrayOf(1f)) }.message shouldContain
        "use `num_bins` instead"
      shouldThrow<ValueError> { Normalization().mean(1.0, 2.0).adapt(arrayOf(floatArrayOf(1f))) }
        .message shouldContain "mean and variance were given"
      shouldThrow<ValueError> { StringLookup().with("sparse", true) }.message shouldContain "dense"
      shouldThrow<ValueError> {
        Resizing(2, 2).cropToAspectRatio(true).padToAspectRatio(true).apply(tf.zeros(1, 3, 3, 1))
      }.message shouldContain "Only one of"
    }

    test("inputs of another type or rank are refused with what would fit") {
      val ids = tf.constant(intArrayOf(1, 2))
      shouldThrow<TypeError> { StringLookup(listOf("a")).apply(ids) }.message shouldContain
        "use IntegerLookup"
      shouldThrow<TypeError> { IntegerLookup(listOf(1L)).apply(tf.constant(texts)) }.message shouldContain
        "use StringLookup"
      shouldThrow<ShapeError> { Resizing(2, 2).apply(tf.zeros(3, 3)) }.message shouldContain
        "rank 3 (single image) or 4"
      shouldThrow<ValueError> { CategoryEncoding(3).apply(listOf(ids, ids)) }.message shouldContain
        "`count_weights` is not used"
      val unknown = StringLookup(listOf("a")).numOovIndices(0)
      shouldThrow<ValueError> { unknown.apply(tf.constant(arrayOf("a", "b"))) }.message shouldContain
        "found OOV values"
    }

    test("pictures of bytes are scaled to floats by Rescaling") {
      val y = Rescaling(1 / 255.0).apply(tf.cast(tf.constant(intArrayOf(0, 51, 255)), DType.U8))
      y.toFloatArray().toList() shouldContainExactly listOf(0f, 51 * (1 / 255f), 255 * (1 / 255f))
    }
  })
