package dev.merapi.golden

import dev.merapi.tensor.DType
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

class GoldensSpec :
  StringSpec({
    val goldens = Goldens()

    "every file holds the cases that its maker counted" {
      for (family in goldens.families) {
        val cases = goldens.cases(family).groupBy { it.op }
        val counted = goldens.coverage.filter { it.family == family }
        withClue(family) {
          cases.mapValues { it.value.size } shouldBe counted.associate { it.op to it.cases }
          cases.mapValues { (_, list) -> list.count { it.grad != null } } shouldBe
            counted.associate { it.op to it.gradients }
        }
      }
      goldens.prints().size shouldBe goldens.coverage.single { it.family == "printing" }.cases
    }

    "every tensor has as many bytes as its shape and dtype need" {
      val wrong =
        goldens.families.flatMap { goldens.cases(it) }.filter { case ->
          val tensors = case.inputs + case.outputs + case.grad?.dy.orEmpty() + case.grad?.dx.orEmpty()
          tensors.filterNotNull().any { t ->
            if (t.dtype == DType.STRING) {
              t.strings.size.toLong() != t.size
            } else {
              t.bytes.size.toLong() != t.size * t.dtype.bytes()
            }
          }
        }
      wrong.map { it.toString() }.shouldBeEmpty()
    }

    "a gradient has one entry an output and one an input, of the input's shape" {
      val wrong =
        goldens.families.flatMap { goldens.cases(it) }.filter { case ->
          case.grad?.let { grad ->
            grad.dy.size != case.outputs.size ||
              grad.dx.size != case.inputs.size ||
              grad.dx.zip(case.inputs).any { (d, x) ->
                d != null && (d.dtype != x.dtype || !d.shape.contentEquals(x.shape))
              }
          } ?: false
        }
      wrong.map { it.toString() }.shouldBeEmpty()
    }

    "a printed tensor is read with its elements" {
      val print = goldens.prints().single { it.name == "int32_arange" }
      print.numpyStr shouldBe "[[ 0  1  2  3]\n [ 4  5  6  7]\n [ 8  9 10 11]]"
      print.tensor.shape shouldBe longArrayOf(3, 4)
      print.tensor.buffer().getInt(4 * 11) shouldBe 11
    }

    "a refused call carries TensorFlow's words" {
      val case = goldens.casesOf("MatMul").single { it.name == "fails_inner" }
      case.fails shouldBe "Matrix size-incompatible: In[0]: [2,3], In[1]: [2,3]"
      case.attrs["T"] shouldBe DType.F32
      goldens.casesOf("ConcatV2").single { it.name == "fails_dimension" }.fails.orEmpty() shouldContain "Dimension 1"
    }
  })
