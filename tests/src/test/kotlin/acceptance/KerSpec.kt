package dev.merapi.acceptance

import dev.merapi.eager.Variable
import dev.merapi.memory.Memory
import dev.merapi.nn.Module
import dev.merapi.nn.config.Saved
import dev.merapi.nn.layer.Dense
import dev.merapi.nn.layer.Embedding
import dev.merapi.nn.layer.InputLayer
import dev.merapi.nn.layer.Layer
import dev.merapi.nn.layer.LayerArguments
import dev.merapi.nn.layer.activate.Activation
import dev.merapi.nn.layer.conv.Conv1D
import dev.merapi.nn.layer.merge.Add
import dev.merapi.nn.layer.merge.Concatenate
import dev.merapi.nn.layer.pool.MaxPooling1D
import dev.merapi.nn.layer.reshape.Flatten
import dev.merapi.nn.model.FitOptions
import dev.merapi.nn.model.Model
import dev.merapi.nn.model.Sequential
import dev.merapi.say.ValueError
import dev.merapi.tensor.DType
import dev.merapi.tensor.Shape
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.doubles.shouldBeBetween
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.longs.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

/** Layers and models: how they are made, named, put together, written and read. */
class KerSpec :
  StringSpec({
    class SampleLayer(
      name: String,
    ) : Module(name) {
      val x = Variable(floatArrayOf(1f, 3f), DType.F32, null, "x_trainable", true)
      val y = Variable(2.0, "y_non_trainable", false)

      fun call(input: Tensor) = tf.add(tf.multiply(x, input), y)
    }

    "KER-01 a module with a name, trainable and other variables" {
      class Row : Module("my_layer") {
        val x = Variable(arrayOf(floatArrayOf(1f, 3f)), "x_trainable")
        val y = Variable(2.0, "y_non_trainable", false)

        fun call(input: Any) = tf.add(tf.multiply(x, input), y)
      }
      val layer = Row()
      "Output: ${layer.call(tf.constant(1.0))}" shouldBe "Output: tf.Tensor([[3. 5.]], shape=(1, 2), dtype=float32)"
      "Layer name: ${layer.name()}" shouldBe "Layer name: my_layer"
      layer.trainableVariables().toString() shouldBe
        "[<tf.Variable 'x_trainable:0' shape=(1, 2) dtype=float32, numpy=array([[1., 3.]], dtype=float32)>]"
    }

    "KER-02 nested modules find variables in each other" {
      class Two : Module("model_name") {
        val first = SampleLayer("layer_1")
        val second = SampleLayer("layer_2")

        fun call(x: Tensor) = second.call(first.call(x))
      }
      val model = Two()
      model.call(tf.constant(1.0)).format() shouldBe "[ 5. 17.]"
      model.name() shouldBe "model_name"
      model.trainableVariables().map { it.name() } shouldBe listOf("x_trainable", "x_trainable")
    }

    "KER-03 an invalid name of a module is refused" {
      shouldThrow<ValueError> { SampleLayer("bad name") }.message shouldContain "'bad name' is not a valid module name"
    }

    "KER-04 a layer of one's own: constructor, build, call" {
      class MyDenseLayer(
        val numOutputs: Int,
      ) : Layer() {
        lateinit var kernel: Variable

        override fun build(input: Shape) {
          kernel = addWeight("kernel", Shape.of(input.dim(-1), numOutputs))
        }

        override fun call(
          x: Tensor,
          training: Boolean,
        ): Tensor = tf.matmul(x, kernel)
      }
      Layer.resetNames()
      val layer = MyDenseLayer(10)
      val y = layer.apply(tf.zeros(10, 5))
      y.shape() shouldBe Shape.of(10, 10)
      y.toFloatArray().all { it == 0f } shouldBe true
      layer.trainableVariables() shouldHaveSize 1
      layer.trainableVariables()[0].toString() shouldContain "'my_dense_layer/kernel:0' shape=(5, 10)"
    }

    "KER-05 addWeight with an initializer by name, inside Sequential" {
      class CustomLayer(
        val outputDim: Int,
      ) : Layer() {
        lateinit var kernel: Variable

        override fun build(input: Shape) {
          kernel = addWeight("kernel1", Shape.of(input.dim(1), outputDim), "uniform", true)
          super.build(input)
        }

        override fun call(
          x: Tensor,
          training: Boolean,
        ): Tensor = tf.matmul(x, kernel)
      }
      val model = Sequential(CustomLayer(10), Activation("softmax"))
      val y = model.apply(tf.ones(4, 72))
      y.shape() shouldBe Shape.of(4, 10)
      tf.reduceSum(y).item().shouldBeBetween(3.9999, 4.0001, 0.0)
      val kernel = model.weights().single()
      kernel.shape() shouldBe Shape.of(72, 10)
      kernel.value().toFloatArray().all { it in -0.05f..0.05f } shouldBe true
    }

    class TwoDense : Model("two_dense") {
      val first = Dense(3)
      val second = Dense(2)

      override fun call(
        x: Tensor,
        training: Boolean,
      ): Tensor = second.apply(first.apply(x))
    }

    "KER-06 a model of one's own finds its layers in the order of its fields" {
      val model = TwoDense()
      model.apply(tf.ones(1, 4))
      model.variables().map { it.shape() } shouldBe
        listOf(Shape.of(4, 3), Shape.of(3), Shape.of(3, 2), Shape.of(2))
      model.layers().map { it.name() } shouldBe listOf(model.first.name(), model.second.name())
    }

    "KER-07 names by class, numbered" {
      class CustomModel : Model()
      Layer.resetNames()
      CustomModel().name() shouldBe "custom_model"
      Dense(1).name() shouldBe "dense"
      Dense(1).name() shouldBe "dense_1"
      Conv1D(1, 1).name() shouldBe "conv1d"
    }

    "KER-08 a name of one's own" {
      class MyModel : Model("my_model")
      MyModel().name() shouldBe "my_model"
      Dense(1).name("scores").name() shouldBe "scores"
    }

    "KER-09 Sequential by list and by add gives the same" {
      val byList = Sequential(Dense(4, "relu").inputShape(5), Dense(2))
      val byAdd = Sequential()
      byAdd.add(Dense(4, "relu").inputShape(5)).add(Dense(2))
      byAdd.setWeights(byList.getWeights())
      val x = tf.random.normal(3, 5)
      byAdd.apply(x).toFloatArray().toList() shouldBe byList.apply(x).toFloatArray().toList()
      byAdd.layers().size shouldBe 2
    }

    "KER-10 Sequential without an input shape builds on first use" {
      val model = Sequential(Dense(4), Dense(2))
      shouldThrow<ValueError> { model.summaryText() }.message shouldContain "This model has not yet been built."
      model.weights().shouldBeEmpty()
      model.apply(tf.ones(1, 3))
      model.summaryText() shouldContain "Total params: 26"
    }

    "KER-11 the functional API: input, branches, Concatenate, Model" {
      val x = InputLayer(Shape.of(6), DType.F32, null).output()
      val a = Dense(3, "relu").apply(x)
      val b = Dense(4, "relu").apply(x)
      val model = Model(x, Dense(1).apply(Concatenate().apply(listOf(a, b))))
      model.outputs()[0].shape() shouldBe Shape.of(-1, 1)
      model.apply(tf.ones(5, 6)).shape() shouldBe Shape.of(5, 1)
    }

    "KER-12 several inputs and outputs, shared weights, residuals" {
      val left = InputLayer(Shape.of(4), DType.F32, "left").output()
      val right = InputLayer(Shape.of(4), DType.F32, "right").output()
      val shared = Dense(4).name("shared")
      val sum = Add().apply(listOf(shared.apply(left), shared.apply(right), left))
      val model = Model(listOf(left, right), listOf(sum, Dense(1).name("out").apply(sum)))
      model.countParams() shouldBe 4 * 4 + 4 + 4 + 1
      val ys = model.applyAll(listOf(tf.ones(2, 4), tf.zeros(2, 4)))
      ys.map { it.shape() } shouldBe listOf(Shape.of(2, 4), Shape.of(2, 1))
      val w = shared.getWeights()[0]
      val expected = tf.add(tf.reduceSum(w, 0), 1f)
      tf.reduceMax(tf.abs(tf.subtract(ys[0], expected))).item().shouldBeBetween(0.0, 1e-6, 0.0)
    }

    "KER-13 a residual block that makes its layers in build" {
      val block = ResBlock(7)
      val first = block.apply(tf.random.normal(2, 200, 7))
      first.shape() shouldBe Shape.of(2, 100, 7)
      ResBlock(5).apply(first).shape() shouldBe Shape.of(2, 50, 7)
    }

    "KER-14 layers made inside call leave nothing behind" {
      class Inside : Model("inside") {
        val dense = Dense(6)

        override fun call(
          x: Tensor,
          training: Boolean,
        ): Tensor = Flatten().apply(Add().apply(listOf(x, dense.apply(x))))
      }
      val model = Inside()
      val x = tf.ones(2, 6)
      repeat(50) { model.apply(x) }
      val before = Memory.info().current()
      repeat(1000) { model.apply(x) }
      model.variables() shouldHaveSize 2
      System.gc()
      Memory.info().current() - before shouldBeLessThan (1L shl 20)
    }

    "KER-15 configurations of one's own layers, there and back through JSON" {
      Saved.register("tests", ResBlock::class.java)
      val model = Sequential(ResBlock(7).inputShape(200, 7), ResBlock(5))
      val json = model.toJson()
      json shouldContain "\"kernel_size\": 7"
      val again = Model.fromJson(json)
      again.layers().map { (it as ResBlock).kernelSize } shouldBe listOf(7, 5)
      again.setWeights(model.getWeights())
      val x = tf.random.normal(2, 200, 7)
      again.apply(x).toFloatArray().toList() shouldBe model.apply(x).toFloatArray().toList()
    }

    "KER-15 a layer of one's own needs no getConfig where its constructor says all" {
      Saved.register("tests", Shifted::class.java)
      val model = Sequential(Shifted(0.5, listOf(1, 2)).also { it.setInputShape(Shape.of(3)) }, Dense(2))
      model.layers()[0].setTrainable(false)
      val again = Model.fromJson(model.toJson()).layers()[0] as Shifted
      again.by shouldBe 0.5
      again.sizes shouldBe listOf(1L, 2L)
      again.name() shouldBe model.layers()[0].name()
      again.isTrainable shouldBe false

      class Local : Layer() {
        val function = { x: Int -> x }
      }
      shouldThrow<ValueError> { Saved.write(Local()) }.message shouldContain
        "cannot be written as a configuration and made again"
    }

    "KER-26 Input tells a shape without the batch" {
      val x = InputLayer(Shape.of(200), DType.F32, null).output()
      x.shape() shouldBe Shape.of(-1, 200)
      x.dtype() shouldBe DType.F32
    }

    "KER-31 a cleared session starts names anew, and dropped models' memory returns" {
      Layer.resetNames()
      Dense(1).name() shouldBe "dense"
      Layer.resetNames()
      Dense(1).name() shouldBe "dense"
      var model: Sequential? = Sequential(Dense(1000).inputShape(1000))
      val with = Memory.info().current()
      model!!.countParams() shouldBe 1_001_000
      model = null
      repeat(50) {
        System.gc()
        Thread.sleep(20)
        if (Memory.info().current() < with - 3_000_000) return@repeat
      }
      Memory.info().current() shouldBeLessThan with - 3_000_000
    }

    "KER-32 build before data" {
      val model = ImdbModel()
      model.build(-1, 200)
      model.summaryText() shouldContain "Total params:"
    }

    "KER-33 a model may say itself what predict is; fit and evaluate go their way" {
      class Digits : Model("digits") {
        private val dense = Dense(3)

        override fun call(
          x: Tensor,
          training: Boolean,
        ): Tensor = dense.apply(x)

        override fun predict(x: Any): Tensor = tf.argmax(apply(x), 1)
      }
      val model = Digits()
      val x = tf.random.uniform(8, 4)
      model.predict(x).shape() shouldBe Shape.of(8)
      model.compile("sgd", "mse")
      val y = tf.zeros(8, 3)
      val before = model.evaluate(x, y, FitOptions().verbose(0))[0]
      model.fit(x, y, FitOptions().verbose(0).epochs(20))
      model.evaluate(x, y, FitOptions().verbose(0))[0] shouldBeLessThan before
      model.predict(x).dtype() shouldBe DType.I64
    }

    "a model with operations between its layers says that it cannot be written" {
      val x = InputLayer(Shape.of(3), DType.F32, null).output()
      val model = Model(x, tf.add(Dense(2).apply(x), 1f))
      shouldThrow<ValueError> { model.toJson() }.message shouldContain "is the operation AddV2"
    }

    "KER-34 the number of trainable variables" {
      class CustomModel : Model() {
        val layer1 = Dense(16, "relu")
        val layer2 = Dense(32)

        override fun call(
          x: Tensor,
          training: Boolean,
        ): Tensor {
          layer1.apply(x)
          return layer2.apply(x)
        }
      }
      val model = CustomModel()
      model.apply(tf.constant(arrayOf(floatArrayOf(1f, 2f, 3f)))).shape() shouldBe Shape.of(1, 32)
      val total = model.trainableVariables().sumOf { tf.size(it.value()).item().toInt() }
      "Number of trainable variables: $total" shouldBe "Number of trainable variables: 192"
    }
  })

/** The residual block of the founding notes, which makes its layers in `build`. */
internal class ResBlock(
  val kernelSize: Int,
) : Layer(),
  LayerArguments<ResBlock> {
  private lateinit var conv1: Conv1D
  private lateinit var conv2: Conv1D
  private lateinit var conv3: Conv1D
  private lateinit var maxpool: MaxPooling1D

  override fun build(input: Shape) {
    conv1 = Conv1D(64, kernelSize).activation("relu").padding("same")
    conv2 = Conv1D(32, kernelSize).activation("relu").padding("same")
    conv3 = Conv1D(input.dim(-1), kernelSize).activation("relu").padding("same")
    maxpool = MaxPooling1D(2)
    super.build(input)
  }

  override fun call(
    x: Tensor,
    training: Boolean,
  ): Tensor {
    val y = conv3.apply(conv2.apply(conv1.apply(x)))
    return maxpool.apply(Add().apply(listOf(x, y)))
  }

  override fun getConfig(): MutableMap<String, Any?> {
    val config = super<Layer>.getConfig()
    config["kernel_size"] = kernelSize
    return config
  }

  companion object {
    @JvmStatic
    fun fromConfig(config: Map<String, Any?>): ResBlock = ResBlock((config["kernel_size"] as Number).toInt())
  }
}

/** Adds a number: a layer that says all in its constructor. */
internal class Shifted(
  val by: Double,
  val sizes: List<Any>,
) : Layer() {
  override fun call(
    x: Tensor,
    training: Boolean,
  ): Tensor = tf.add(x, by)
}

/** The text model of the founding notes, a class of its own. */
internal class ImdbModel : Model("imdb_model") {
  private lateinit var embedding: Embedding
  private lateinit var block1: ResBlock
  private lateinit var block2: ResBlock
  private lateinit var dense: Dense

  override fun build(input: Shape) {
    embedding = Embedding(10_000, 7)
    block1 = ResBlock(7)
    block2 = ResBlock(5)
    dense = Dense(1, "sigmoid")
    super.build(input)
  }

  override fun call(
    x: Tensor,
    training: Boolean,
  ): Tensor = dense.apply(Flatten().apply(block2.apply(block1.apply(embedding.apply(x)))))
}
