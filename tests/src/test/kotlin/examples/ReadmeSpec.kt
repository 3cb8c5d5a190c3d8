package dev.merapi.examples

import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe
import java.io.ByteArrayOutputStream
import java.io.File
import java.io.PrintStream

/** The programs that the README shows, and the longer ones it names, do what it says. */
class ReadmeSpec :
  StringSpec({
    val root = File(checkNotNull(System.getProperty("merapi.root")))

    "the README shows the programs that are run here, word for word" {
      val shown =
        Regex("```(java|kotlin)\n(.*?)```", RegexOption.DOT_MATCHES_ALL)
          .findAll(root.resolve("README.md").readText())
          .map { it.groupValues[2].trim() }
          .toList()
      shown shouldHaveSize 2
      withClue("copy the regions of Readme.java into the section 'In Java'") {
        shown[0] shouldBe regions(root.resolve("tests/src/test/java/dev/merapi/examples/Readme.java"))
      }
      withClue("copy the region of Readme.kt into the section 'In Kotlin'") {
        shown[1] shouldBe regions(root.resolve("tests/src/test/kotlin/examples/Readme.kt"))
      }
    }

    "both find the line that the points lie on" {
      val line = "y = %.2f x + %.2f".format(2.0, 1.0)
      printed { Readme().main() } shouldBe line
      printed { Class.forName("dev.merapi.examples.ReadmeKt").getMethod("main").invoke(null) } shouldBe line
      root.resolve("README.md").readLines().count { it == "y = 2.00 x + 1.00" } shouldBe 2
    }

    "the digits are learnt by the same bits in Java and in Kotlin" {
      var java = listOf<Double>()
      var kotlin = listOf<Double>()
      val javaSays = printed { java = TrainDigits.train(1000, 200, 2) }
      val kotlinSays = printed { kotlin = trainDigits(1000, 200, 2) }
      java shouldHaveSize 40
      kotlin.map { it.toRawBits() } shouldBe java.map { it.toRawBits() }
      kotlinSays shouldBe javaSays
      java.last() shouldBeLessThan java.first() / 2
    }
  })

/** What stands between the markers, each region moved to the margin. */
private fun regions(file: File): String =
  Regex("// region\n(.*?)// endregion", RegexOption.DOT_MATCHES_ALL)
    .findAll(file.readText())
    .joinToString("\n\n") { it.groupValues[1].trimEnd().trimIndent() }

private fun printed(body: () -> Unit): String {
  val before = System.out
  val bytes = ByteArrayOutputStream()
  System.setOut(PrintStream(bytes, true, Charsets.UTF_8))
  try {
    body()
  } finally {
    System.setOut(before)
  }
  return bytes.toString(Charsets.UTF_8).trim()
}
