package dev.merapi.acceptance

import dev.merapi.eager.Variable
import dev.merapi.nn.callback.CSVLogger
import dev.merapi.nn.callback.Callback
import dev.merapi.nn.callback.EarlyStopping
import dev.merapi.nn.callback.LambdaCallback
import dev.merapi.nn.callback.LearningRateScheduler
import dev.merapi.nn.callback.ModelCheckpoint
import dev.merapi.nn.callback.ReduceLROnPlateau
import dev.merapi.nn.callback.TerminateOnNaN
import dev.merapi.nn.callback.WeightFiles
import dev.merapi.nn.layer.Dense
import dev.merapi.nn.layer.InputLayer
import dev.merapi.nn.layer.Layer
import dev.merapi.nn.model.FitOptions
import dev.merapi.nn.model.Model
import dev.merapi.nn.model.Sequential
import dev.merapi.nn.optimizer.SGD
import dev.merapi.tensor.Shape
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.core.spec.style.StringSpec
import io.kotest.engine.spec.tempdir
import io.kotest.engine.spec.tempfile
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.io.ByteArrayOutputStream
import java.io.PrintStream

/** What looks on while a model is trained. */
class CbkSpec :
  StringSpec({
    /** Prints go to the standard output, as a user sees them. */
    fun printed(body: () -> Unit): String {
      val bytes = ByteArrayOutputStream()
      val before = System.out
      System.setOut(PrintStream(bytes, true, "UTF-8"))
      try {
        body()
      } finally {
        System.setOut(before)
      }
      return bytes.toString("UTF-8")
    }

    /** A model whose loss in each epoch is told beforehand: its one weight is set from outside. */
    class Told(
      private val losses: List<Double>,
    ) : Callback() {
      override fun onEpochBegin(
        epoch: Int,
        logs: MutableMap<String, Double>,
      ) {
        model().weights()[0].assign(kotlin.math.sqrt(losses[epoch]))
      }
    }

    class One : Layer() {
      lateinit var w: Variable

      override fun build(input: Shape) {
        w = addWeight("w", Shape.SCALAR, "ones", false)
      }

      override fun call(
        x: Tensor,
        training: Boolean,
      ): Tensor = tf.multiply(x, w)
    }

    val x = tf.ones(4, 1)
    val zeros = tf.zeros(4, 1)

    /** Fits a model whose losses are given; returns the epochs that ran. */
    fun run(
      losses: List<Double>,
      vararg callbacks: Callback,
    ): Pair<List<Double>, Model> {
      val input = InputLayer(Shape.of(1), tf.float32, null).output()
      val model = Model(input, One().apply(input))
      // Nothing learns: the loss is the square of the weight that `Told` sets.
      model.compile(SGD(1.0), "mse")
      val options = FitOptions().epochs(losses.size).verbose(0)
      options.callbacks(Told(losses), *callbacks)
      return model.fit(x, zeros, options).get("loss") to model
    }

    "CBK-01 EarlyStopping with patience 2 stops after two epochs that are no better" {
      val stop = EarlyStopping("loss", 2)
      run(listOf(4.0, 1.0, 2.0, 3.0, 0.5, 0.4), stop).first shouldHaveSize 4
      stop.stoppedEpoch() shouldBe 3
      stop.bestEpoch() shouldBe 1
    }

    "CBK-01 EarlyStopping gives the best weights back" {
      val (_, model) = run(listOf(4.0, 1.0, 9.0, 16.0), EarlyStopping("loss", 2).restoreBestWeights(true))
      model.weights()[0].value().item() shouldBe 1.0
    }

    "CBK-02 LearningRateScheduler sets the rate of each epoch and says so" {
      val input = InputLayer(Shape.of(1), tf.float32, null).output()
      val model = Model(input, Dense(1).apply(input))
      model.compile(SGD(0.1), "mse")
      val text =
        printed {
          val options = FitOptions().epochs(3).verbose(0)
          options.callbacks(LearningRateScheduler({ epoch, rate -> if (epoch < 1) rate else rate * 0.5 }, 1))
          model.fit(x, zeros, options).get("lr") shouldBe listOf(0.1, 0.05, 0.025)
        }
      text shouldContain "Epoch 1: LearningRateScheduler setting learning rate to 0.1."
      text shouldContain "Epoch 3: LearningRateScheduler setting learning rate to 0.025."
      model.optimizer().learningRate() shouldBe 0.025
    }

    "CBK-11 callbacks of one's own see epochs and batches with their logs" {
      val seen = mutableListOf<String>()

      class Own : Callback() {
        override fun onTrainBegin(logs: MutableMap<String, Double>) {
          seen += "train begins"
        }

        override fun onEpochBegin(
          epoch: Int,
          logs: MutableMap<String, Double>,
        ) {
          seen += "epoch $epoch begins"
        }

        override fun onTrainBatchBegin(
          batch: Int,
          logs: MutableMap<String, Double>,
        ) {
          seen += "batch $batch begins"
        }

        override fun onTrainBatchEnd(
          batch: Int,
          logs: MutableMap<String, Double>,
        ) {
          seen += "batch $batch ends with ${logs.keys}"
        }

        override fun onTestBatchEnd(
          batch: Int,
          logs: MutableMap<String, Double>,
        ) {
          seen += "test batch $batch"
        }

        override fun onEpochEnd(
          epoch: Int,
          logs: MutableMap<String, Double>,
        ) {
          seen += "epoch $epoch ends with ${logs.keys}"
        }

        override fun onTrainEnd(logs: MutableMap<String, Double>) {
          seen += "train ends"
        }
      }
      val model = Sequential(Dense(1).inputShape(1))
      model.compile("sgd", "mse", "mae")
      model.fit(
        x,
        zeros,
        FitOptions()
          .verbose(0)
          .batchSize(2)
          .validationData(x, zeros)
          .callbacks(Own()),
      )
      seen shouldBe
        listOf(
          "train begins",
          "epoch 0 begins",
          "batch 0 begins",
          "batch 0 ends with [loss, mean_absolute_error]",
          "batch 1 begins",
          "batch 1 ends with [loss, mean_absolute_error]",
          "test batch 0",
          "test batch 1",
          "epoch 0 ends with [loss, mean_absolute_error, val_loss, val_mean_absolute_error]",
          "train ends",
        )
    }

    "CBK-11 a callback can read every gradient" {
      val seen = mutableMapOf<String, Tensor>()

      class Gradients : Callback() {
        override fun wantsGradients() = true

        override fun onGradients(
          batch: Int,
          gradients: Map<String, Tensor>,
        ) {
          seen.putAll(gradients)
        }
      }
      Layer.resetNames()
      val model = Sequential(Dense(1).kernelInitializer("ones").inputShape(1))
      model.compile(SGD(0.5), "mse")
      model.fit(x, zeros, FitOptions().verbose(0).callbacks(Gradients()))
      // d/dw of the mean of (w·1 + b)² at w = 1, b = 0 is 2.
      seen.keys shouldBe setOf("dense/kernel", "dense/bias")
      seen.values.map { it.toFloatArray().single() } shouldBe listOf(2f, 2f)
    }

    "CBK-13 fit returns a History" {
      val (losses, _) = run(listOf(4.0, 1.0, 0.25))
      losses shouldBe listOf(4.0, 1.0, 0.25)
    }

    "ReduceLROnPlateau lowers the rate" {
      val (_, model) = run(listOf(4.0, 4.0, 4.0, 4.0, 4.0), ReduceLROnPlateau("loss", 0.5, 2))
      model.optimizer().learningRate() shouldBe 0.25
    }

    "TerminateOnNaN ends training" {
      val text = printed { run(listOf(1.0, Double.NaN, 1.0), TerminateOnNaN()).first shouldHaveSize 2 }
      text shouldContain "Batch 0: Invalid loss, terminating training"
    }

    "CSVLogger writes a line an epoch" {
      val file = tempfile()
      run(listOf(4.0, 1.0), CSVLogger(file.path))
      file.readText() shouldBe "epoch,loss\n0,4.0\n1,1.0\n"
      run(listOf(0.25), CSVLogger(file.path, ",", true))
      file.readText() shouldBe "epoch,loss\n0,4.0\n1,1.0\n0,0.25\n"
    }

    "LambdaCallback runs single functions" {
      val epochs = mutableListOf<Int>()
      run(listOf(1.0, 1.0), LambdaCallback().onEpochEnd { epoch, _ -> epochs += epoch })
      epochs shouldBe listOf(0, 1)
    }

    "ModelCheckpoint saves through an interface, by templates and when better" {
      val saved = mutableListOf<String>()
      val files =
        object : WeightFiles {
          override fun save(
            model: Model,
            path: String,
            weightsOnly: Boolean,
          ) {
            saved += "$path $weightsOnly"
          }

          override fun load(
            model: Model,
            path: String,
          ) = Unit
        }
      run(
        listOf(4.0, 1.0, 2.0, 0.5),
        ModelCheckpoint(
          "cp-{epoch:04d}-{loss:.2f}.ckpt",
        ).saveBestOnly("loss", "min").saveWeightsOnly(true).files(files),
      )
      saved shouldBe listOf("cp-0001-4.00.ckpt true", "cp-0002-1.00.ckpt true", "cp-0004-0.50.ckpt true")
      saved.clear()
      run(List(6) { 1.0 }, ModelCheckpoint("cp-{epoch}").period(2).files(files))
      saved shouldBe listOf("cp-2 false", "cp-4 false", "cp-6 false")
    }
  })
