package dev.merapi.acceptance

import dev.merapi.nn.layer.Dense
import dev.merapi.nn.layer.Embedding
import dev.merapi.nn.layer.InputLayer
import dev.merapi.nn.layer.Layer
import dev.merapi.nn.layer.conv.Conv1D
import dev.merapi.nn.layer.conv.Conv2D
import dev.merapi.nn.layer.conv.SeparableConv1D
import dev.merapi.nn.layer.merge.Concatenate
import dev.merapi.nn.layer.noise.Dropout
import dev.merapi.nn.layer.norm.BatchNormalization
import dev.merapi.nn.layer.pool.GlobalMaxPooling1D
import dev.merapi.nn.layer.pool.MaxPooling1D
import dev.merapi.nn.layer.pool.MaxPooling2D
import dev.merapi.nn.layer.reshape.Flatten
import dev.merapi.nn.layer.reshape.Reshape
import dev.merapi.nn.model.FitOptions
import dev.merapi.nn.model.Model
import dev.merapi.nn.model.Sequential
import dev.merapi.tensor.DType
import dev.merapi.tensor.Shape
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

/** The table of a model's layers, to the character. */
class SumSpec :
  StringSpec({
    fun rows(model: Model) = model.summaryText().lines().filter { " (" in it && !it.startsWith("Layer (type)") }

    fun params(model: Model) = rows(model).map { it.trimEnd().substring(55).trim() }

    fun shapes(model: Model) = rows(model).map { it.substring(29, 55).trim() }

    fun batchModel(): Sequential {
      repeat(4) { Dense(1) }
      val model = Sequential(Dense(32, "relu"), Dense(10, "softmax"))
      model.compile("adam", "categorical_crossentropy", "accuracy")
      model.fit(
        tf.random.uniform(1000, 72),
        tf.random.uniform(1000, 10),
        FitOptions().batchSize(100).verbose(0),
      )
      return model
    }

    "SUM-01 the head of the table" {
      Layer.resetNames()
      val lines = batchModel().summaryText().lines()
      lines[1] shouldBe "_".repeat(65)
      lines[2] shouldBe "Layer (type)                 Output Shape              Param #   "
      lines[3] shouldBe "=".repeat(65)
    }

    "SUM-02 rows without commas, totals with" {
      Layer.resetNames()
      batchModel().summaryText() shouldContain
        """
        |_________________________________________________________________
        |Layer (type)                 Output Shape              Param #   
        |=================================================================
        |dense_4 (Dense)              (100, 32)                 2336      
        |_________________________________________________________________
        |dense_5 (Dense)              (100, 10)                 330       
        |=================================================================
        |Total params: 2,666
        |Trainable params: 2,666
        |Non-trainable params: 0
        """.trimMargin()
    }

    "SUM-03 a model built by fit shows the batch that it saw" {
      shapes(batchModel()) shouldBe listOf("(100, 32)", "(100, 10)")
    }

    "SUM-04 the text model as a Sequential" {
      val model =
        Sequential(
          Embedding(10_000, 7).inputShape(200),
          Conv1D(64, 5).activation("relu"),
          MaxPooling1D(2),
          Conv1D(32, 3).activation("relu"),
          MaxPooling1D(2),
          Flatten(),
          Dense(1, "sigmoid"),
        )
      params(model) shouldBe listOf("70000", "2304", "0", "6176", "0", "0", "1537")
      shapes(model) shouldBe
        listOf(
          "(None, 200, 7)",
          "(None, 196, 64)",
          "(None, 98, 64)",
          "(None, 96, 32)",
          "(None, 48, 32)",
          "(None, 1536)",
          "(None, 1)",
        )
      model.summaryText() shouldContain "Total params: 80,017\n"
    }

    fun branches(): Model {
      val x = InputLayer(Shape.of(200), DType.F32, null).output()
      val embedded = Embedding(10_000, 7).apply(x)

      fun branch(k: Int): Tensor {
        var t = SeparableConv1D(64, k).activation("relu").apply(embedded)
        t = MaxPooling1D(k).apply(t)
        t = SeparableConv1D(32, k).activation("relu").apply(t)
        return GlobalMaxPooling1D().apply(t)
      }
      val all = Concatenate().apply(listOf(branch(3), branch(5), branch(7)))
      return Model(x, Dense(1, "sigmoid").apply(all))
    }

    "SUM-05 the text model of three branches" {
      val model = branches()
      val counts = model.layers().filter { it.countParams() > 0 }.map { it.countParams().toInt() }
      counts.sorted() shouldBe listOf(70000, 533, 2272, 547, 2400, 561, 2528, 97).sorted()
      model.summaryText() shouldContain "Total params: 78,938\n"
    }

    "SUM-06 the text model as a class" {
      Layer.resetNames()
      val model = ImdbModel()
      model.build(-1, 200)
      params(model) shouldBe listOf("70000", "19143", "13703", "351")
      shapes(model) shouldBe List(4) { "multiple" }
      model.summaryText() shouldContain "Total params: 103,197\n"
    }

    "SUM-07 the convolutional model of the training step" {
      val model =
        Sequential(
          Conv2D(32, 3).activation("relu").kernelRegularizer("l2").inputShape(28, 28, 1),
          MaxPooling2D(),
          Flatten(),
          Dropout(0.1),
          Dense(64, "relu"),
          BatchNormalization(),
          Dense(10, "softmax"),
        )
      params(model) shouldBe listOf("320", "0", "0", "0", "346176", "256", "650")
      model.summaryText() shouldContain
        "Total params: 347,402\nTrainable params: 347,274\nNon-trainable params: 128\n"
    }

    "SUM-08 the digit model as a class" {
      class MNISTModel : Model() {
        val conv1 = Conv2D(32, 3).activation("relu")
        val flatten = Flatten()
        val d1 = Dense(128, "relu")
        val d2 = Dense(10, "softmax")

        override fun call(
          x: Tensor,
          training: Boolean,
        ): Tensor = d2.apply(d1.apply(flatten.apply(conv1.apply(x))))
      }
      val model = MNISTModel()
      model.build(-1, 28, 28, 1)
      model.summaryText() shouldContain "Total params: 2,770,634\n"
    }

    "SUM-09 the multilayer perceptron" {
      Sequential(Dense(100, "relu").inputShape(784), Dense(10)).summaryText() shouldContain "Total params: 79,510\n"
    }

    "SUM-10 the convolutional network" {
      val model =
        Sequential(
          Conv2D(32, 5).padding("same").activation("relu").inputShape(28, 28, 1),
          MaxPooling2D(2),
          Conv2D(64, 5).padding("same").activation("relu"),
          MaxPooling2D(2),
          Reshape(7 * 7 * 64),
          Dense(1024, "relu"),
          Dense(10),
        )
      params(model).filter { it != "0" } shouldBe listOf("832", "51264", "3212288", "10250")
      model.summaryText() shouldContain "Total params: 3,274,634\n"
    }

    "SUM-11 the shallow model on 28 features" {
      val model = Sequential(Dense(10, "relu").inputShape(28, 28), Dense(20, "relu"), Dense(30, "softmax"))
      model.summaryText() shouldContain "Total params: 1,140\n"
    }

    "SUM-12 a wired model names what each layer is connected to" {
      Layer.resetNames()
      val text = branches().summaryText()
      text.lines()[2] shouldBe
        "Layer (type)                    Output Shape         Param #     Connected to                     "
      text.lines()[1].length shouldBe 98
      text shouldContain "embedding (Embedding)           (None, 200, 7)       70000       input_layer[0][0]"
      text shouldContain
        """
        |concatenate (Concatenate)       (None, 96)           0           global_max_pooling1d[0][0]       
        |                                                                 global_max_pooling1d_1[0][0]     
        |                                                                 global_max_pooling1d_2[0][0]     
        """.trimMargin()
    }
  })
