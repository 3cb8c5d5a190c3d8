package dev.merapi.nn

import dev.merapi.nn.config.HasSettings
import dev.merapi.nn.config.Saved
import dev.merapi.nn.constrain.Constraint
import dev.merapi.nn.constrain.MaxNorm
import dev.merapi.nn.init.Constant
import dev.merapi.nn.init.GlorotUniform
import dev.merapi.nn.init.Initializer
import dev.merapi.nn.init.Initializers
import dev.merapi.nn.init.VarianceScaling
import dev.merapi.nn.regularize.L2
import dev.merapi.nn.regularize.Regularizer
import dev.merapi.nn.regularize.Regularizers
import dev.merapi.op.Literals
import dev.merapi.say.ShapeError
import dev.merapi.say.ValueError
import dev.merapi.tensor.DType
import dev.merapi.tensor.Shape
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlin.math.sqrt

class WeightRulesSpec :
  StringSpec({
    "initializers, regularizers and constraints are Keras's" { KerasCases.weights().shouldBeEmpty() }

    "configurations are Keras's" { KerasCases.configs("keras_weights", HasSettings::class.java).shouldBeEmpty() }

    "every one was compared with Keras's" {
      val ours =
        concrete("dev.merapi.nn.init", Initializer::class.java) +
          concrete("dev.merapi.nn.regularize", Regularizer::class.java) +
          concrete("dev.merapi.nn.constrain", Constraint::class.java)
      KerasCases.untested("keras_weights", ours).shouldBeEmpty()
    }

    "the seed outlives the configuration" {
      val made = Saved.read(Saved.write(GlorotUniform(5)) as Map<*, *>, Initializer::class.java)
      val shape = Shape.of(3, 4)
      made.make(shape, DType.F32).toFloatArray() shouldBe GlorotUniform(5).make(shape, DType.F32).toFloatArray()
    }

    "without a seed every object draws its own numbers, and keeps them" {
      val shape = Shape.of(8)
      val one = GlorotUniform()
      one.make(shape, DType.F32).toFloatArray() shouldBe one.make(shape, DType.F32).toFloatArray()
      one.make(shape, DType.F32).toFloatArray().toList().equals(
        GlorotUniform().make(shape, DType.F32).toFloatArray().toList(),
      ) shouldBe false
    }

    "regularizers are found by name, with Keras's defaults" {
      Regularizers.KIND.read("L2").shouldBeInstanceOf<L2>()
      Regularizers.KIND
        .read("l1_l2")
        .apply(Literals.of(floatArrayOf(1f)))
        .item() shouldBe 0.0
      Regularizers.KIND
        .read("l2")
        .apply(Literals.of(floatArrayOf(2f)))
        .item() shouldBe 0.04.plusOrMinus(1e-8)
    }

    "arguments outside of their range are named" {
      shouldThrow<ValueError> { L2(-1.0) }.message shouldContain "L2: l2 is -1.0"
      shouldThrow<ValueError> { VarianceScaling().settings().set("mode", "fan_up") }.message shouldContain
        "'fan_in', 'fan_out', 'fan_avg'"
      shouldThrow<ValueError> { Initializers.get("glorot") }.message shouldContain "glorot_uniform"
      shouldThrow<ShapeError> { Initializers.get("identity").make(Shape.of(3), DType.F32) }
    }

    "a constant keeps its value" {
      Constant(0.5).make(Shape.of(2), DType.F64).toDoubleArray() shouldBe doubleArrayOf(0.5, 0.5)
    }

    "long vectors come back to the norm allowed, short ones stay" {
      val w = Literals.of(arrayOf(floatArrayOf(3f, 0.1f), floatArrayOf(4f, 0.2f)))
      val y = MaxNorm(1.0).apply(w).toFloatArray()
      sqrt(y[0] * y[0] + y[2] * y[2]).toDouble() shouldBe 1.0.plusOrMinus(1e-6)
      y[1].toDouble() shouldBe 0.1.plusOrMinus(1e-7)
    }
  })
