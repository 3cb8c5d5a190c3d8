package dev.merapi.golden

import dev.merapi.suite.Golden
import dev.merapi.suite.Goldens
import dev.merapi.tensor.DType
import dev.merapi.tensor.NumpyFormat
import dev.merapi.tensor.PrintFormat
import dev.merapi.tensor.Tensor
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.ints.shouldBeGreaterThan

/**
 * Tensors print as NumPy 2.4 and TensorFlow 2.21 print them, letter by letter.
 *
 * Two differences are wanted (rows TEN-10 and TEN-11): single numbers stand bare in the short form (`numpy=5.1`, not
 * the number widened to float64), and `array(…)` does not name int32.
 */
class PrintingSpec :
  StringSpec({
    val prints by lazy { Goldens.prints() }

    fun differences(
      expected: (Golden.Print) -> String?,
      actual: (Tensor, Golden.Print) -> String,
    ): List<String> {
      val asked = prints.filter { expected(it) != null }
      asked.size shouldBeGreaterThan 30
      return asked.mapNotNull {
        val want = expected(it)
        val got = actual(it.tensor().tensor(), it)
        if (want == got) null else "${it.name()}:\n$want\nbut is\n$got"
      }
    }

    "str of an array" {
      differences({ it.numpyStr() }, { t, _ -> NumpyFormat.str(t) }).shouldBeEmpty()
    }

    "repr of an array" {
      differences({ p -> p.numpyRepr()?.takeIf { p.tensor().dims().isNotEmpty() }?.let { wanted(p, it) } }) { t, p ->
        spaced(p, NumpyFormat.repr(t))
      }.shouldBeEmpty()
    }

    "str of a tensor" {
      differences({ p -> p.tensorStr()?.takeIf { VARIABLE !in it } }, { t, _ -> t.toString() }).shouldBeEmpty()
    }

    "repr of a tensor" {
      differences({ p -> p.tensorRepr()?.takeIf { VARIABLE !in it }?.let { wanted(p, it) } }) { t, p ->
        spaced(p, t.repr())
      }.shouldBeEmpty()
    }

    "repr of a variable" {
      val variables = prints.filter { it.tensorRepr()?.contains(VARIABLE) == true }
      variables.size shouldBeGreaterThan 2
      variables
        .mapNotNull { p ->
          val name = checkNotNull(Regex("'(.*):0'").find(p.tensorRepr()!!)).groupValues[1]
          val got = spaced(p, NumpyFormat.variableRepr(name, p.tensor().tensor()))
          if (got == wanted(p, p.tensorRepr()!!)) null else "${p.name()}:\n${p.tensorRepr()}\nbut is\n$got"
        }.shouldBeEmpty()
    }

    // TensorFlow writes a question mark for every complex number; here the number is written.
    "what tf.print writes" {
      differences({ p -> p.printed()?.takeIf { !p.tensor().dtype().isComplex } }) { t, p ->
        PrintFormat.text(t, p.summarize()!!)
      }.shouldBeEmpty()
    }
  })

private const val VARIABLE = "<tf.Variable"

/** The recorded text with the two wanted differences. */
private fun wanted(
  p: Golden.Print,
  text: String,
): String =
  when {
    p.tensor().dims().isEmpty() -> {
      text.replace(Regex("numpy=.*>$"), Regex.escapeReplacement("numpy=${p.numpyStr()}>"))
    }

    p.tensor().dtype() == DType.I32 && p.tensor().size() > 0 -> {
      spaced(p, text.replace(Regex(""",\s+dtype=int32\)"""), ")"))
    }

    else -> {
      text
    }
  }

/** Where a summary of int32 loses its type, its shape may move up a line: breaks are not compared there. */
private fun spaced(
  p: Golden.Print,
  text: String,
): String =
  if (p.tensor().dtype() == DType.I32 && p.tensor().size() > 1000) {
    text.replace(Regex("""\s+"""), " ").replace("= array", "=array")
  } else {
    text
  }
