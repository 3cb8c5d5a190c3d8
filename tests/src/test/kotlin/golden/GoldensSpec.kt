package dev.merapi.golden

import dev.merapi.op.Registry
import dev.merapi.suite.Goldens
import dev.merapi.tensor.DType
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldNotBeEmpty
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

class GoldensSpec :
  StringSpec({
    "every file holds the cases that its maker counted" {
      val rows =
        Goldens
          .folder()
          .resolve("coverage.tsv")
          .toFile()
          .readLines()
          .drop(1)
          .map { it.split('\t') }
      val (printing, ops) = rows.partition { it[0] == "printing" }
      Goldens.all().mapValues { it.value.size } shouldBe
        ops.groupBy { it[1] }.mapValues { (_, list) -> list.sumOf { it[2].toInt() } }
      Goldens.all().mapValues { (_, list) -> list.count { it.dy() != null } } shouldBe
        ops.groupBy { it[1] }.mapValues { (_, list) -> list.sumOf { it[3].toInt() } }
      Goldens.prints().size shouldBe printing.sumOf { it[2].toInt() }
    }

    "every tensor has as many bytes as its shape and dtype need" {
      val all = Goldens.all().values.flatten()
      all.shouldNotBeEmpty()
      all
        .filter { case ->
          val tensors = case.inputs() + case.outputs() + case.dy().orEmpty() + case.dx().orEmpty()
          tensors.filterNotNull().any { t ->
            if (t.dtype() ==
              DType.STRING
            ) {
              t.strings()?.size != t.size()
            } else {
              t.data().size != t.size() * t.dtype().bytes()
            }
          }
        }.map { it.toString() }
        .shouldBeEmpty()
    }

    "a gradient has one entry an output and one an input, of the input's shape" {
      Goldens
        .all()
        .values
        .flatten()
        .filter { case ->
          val dx = case.dx().orEmpty()
          // Where TensorFlow's own gradient has another shape, the declaration says so.
          val declared =
            Registry.has(case.op()) &&
              Registry.find(case.op()).deviations().any { Regex(it.cases()).matches(case.name()) }
          case.dy() != null &&
            !declared &&
            (
              case.dy()?.size != case.outputs().size ||
                dx.size != case.inputs().size ||
                dx.zip(case.inputs()).any { (d, x) -> d != null && d.spec() != x.spec() }
            )
        }.map { it.toString() }
        .shouldBeEmpty()
    }

    "a printed tensor is read with its elements" {
      val print = Goldens.prints().single { it.name() == "int32_arange" }
      print.numpyStr() shouldBe "[[ 0  1  2  3]\n [ 4  5  6  7]\n [ 8  9 10 11]]"
      print.tensor().dims() shouldBe intArrayOf(3, 4)
      print.tensor().part(11) shouldBe 11.0
    }

    "a refused call carries TensorFlow's words" {
      val case = Goldens.of("MatMul").single { it.name() == "fails_inner" }
      case.fails() shouldBe "Matrix size-incompatible: In[0]: [2,3], In[1]: [2,3]"
      case.attrs()["T"]?.value() shouldBe "float32"
      Goldens
        .of("ConcatV2")
        .single { it.name() == "fails_dimension" }
        .fails()
        .orEmpty() shouldContain "Dimension 1"
    }
  })
