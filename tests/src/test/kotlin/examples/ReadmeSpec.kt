package dev.merapi.examples

import dev.merapi.programs.Fork
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.ints.shouldBeLessThanOrEqual
import io.kotest.matchers.shouldBe
import java.io.ByteArrayOutputStream
import java.io.File
import java.io.PrintStream
import java.nio.file.Files

/** The programs that the README shows, and the longer ones it names, do what it says. */
class ReadmeSpec :
  StringSpec({
    val root = File(checkNotNull(System.getProperty("merapi.root")))

    val shown =
      Regex("```(java|kotlin)\n(.*?)```", RegexOption.DOT_MATCHES_ALL)
        .findAll(root.resolve("README.md").readText())
        .map { it.groupValues[2].trim() }
        .toList()
    val line = "y = 2.00 x + 1.00"

    "the README shows two programs of at most 15 lines, and what both print" {
      shown shouldHaveSize 2
      shown.forEach { it.lines().size shouldBeLessThanOrEqual 15 }
      root.resolve("README.md").readLines().count { it == line } shouldBe 2
    }

    "the Java program runs as it stands" {
      val file = Files.createTempDirectory("merapi").resolve("Line.java")
      try {
        Files.writeString(file, shown[0])
        val result = Fork.source(listOf("-Duser.language=en", "--add-modules", "jdk.incubator.vector"), file)
        withClue(result.err()) {
          result.status() shouldBe 0
          result.out().trim() shouldBe line
        }
      } finally {
        Files.deleteIfExists(file)
        Files.delete(file.parent)
      }
    }

    "the Kotlin program is the one that is run here" {
      withClue("copy the region of Readme.kt into the section 'In Kotlin'") {
        shown[1] shouldBe region(root.resolve("tests/src/test/kotlin/examples/Readme.kt"))
      }
      val printed = printed { Class.forName("dev.merapi.examples.ReadmeKt").getMethod("main").invoke(null) }
      printed shouldBe "y = %.2f x + %.2f".format(2.0, 1.0)
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

/** What stands between the markers. */
private fun region(file: File): String =
  file
    .readText()
    .substringAfter("// region\n")
    .substringBefore("// endregion")
    .trim()

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
