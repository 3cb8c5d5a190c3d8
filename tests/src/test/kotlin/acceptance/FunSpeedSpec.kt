package dev.merapi.acceptance

import dev.merapi.bench.SpeedPage
import dev.merapi.programs.Fork
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.comparables.shouldBeGreaterThanOrEqualTo
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldMatch
import java.io.File
import java.nio.file.Files
import java.nio.file.Path

/**
 * Functions against eager calls, in a JVM of their own, in turns.
 *
 * A machine at work for others can hide any gain, so what falls short is measured again, up to three times; the best
 * counts, and all are shown.
 */
class FunSpeedSpec :
  StringSpec({
    fun measured(
      work: String,
      threads: Int,
    ): List<String> {
      val file: Path = Files.createTempFile("speed", ".json")
      try {
        val r =
          Fork.run(
            listOf("--add-modules", "jdk.incubator.vector"),
            Class.forName("dev.merapi.bench.BenchMain"),
            "functions",
            work,
            "--threads",
            "$threads",
            "--seconds",
            "2",
            "--most",
            "6",
            "--json",
            file.toString(),
          )
        withClue(r.out() + r.err()) { r.status() shouldBe 0 }
        return Files.readAllLines(file)
      } finally {
        Files.delete(file)
      }
    }

    fun gain(lines: List<String>): Double {
      val graph = lines.single { "\"mode\": \"graph\"" in it }
      return checkNotNull(Regex("\"gain\": ([\\d.]+)").find(graph)).groupValues[1].toDouble()
    }

    fun best(
      work: String,
      threads: Int,
      wanted: Double,
    ): Double {
      val seen = mutableListOf<List<String>>()
      do {
        seen += measured(work, threads)
      } while (gain(seen.last()) < wanted && seen.size < 3)
      val most = seen.maxOf { gain(it) }
      withClue(seen.joinToString("\n")) { most shouldBeGreaterThanOrEqualTo wanted }
      return most
    }

    // On two threads a graph also shares its rows out, for which single calls are too short; on one thread it
    // saves the cost of the calls alone, and takes about 1.5 times less.
    "FUN-14 the shallow model runs faster as a graph" { best("W1", 2, 1.5) }

    "FUN-14 the shallow model runs faster as a graph on one thread too" { best("W1", 1, 1.35) }

    // Nearly all of its time goes into three large products, which are the same in both.
    "FUN-15 a graph of the deep model is not slower than eager calls, but for noise" { best("W2", 1, 0.95) }

    "FUN-22 the table of gains is published, with what does not gain" {
      val page = File(System.getProperty("merapi.root"), "docs/functions-speed.md").readText()
      for (model in listOf("shallow model", "deep model", "training step", "y = sum(tanh")) {
        page.lines().filter { it.startsWith("| $model") }.forEach {
          it shouldMatch
            Regex(""".* \| \d+ \| [\d.]+ \([\d.]+ … [\d.]+\) \| (faster|\*\*slower\*\*|\*\*no gain\*\*) \|""")
        }
        page shouldContain "| $model"
      }
    }

    "FUN-22 a gain within the noise is called none, a loss is called a loss" {
      fun line(gain: String) =
        "{\"work\": \"W2\", \"system\": \"Merapi\", \"mode\": \"graph\", \"threads\": 2, \"median_ms\": 60.0, " +
          "\"p10_ms\": 59.0, \"p90_ms\": 61.0, \"gain\": $gain, \"gain_p10\": 0.9, \"gain_p90\": 1.2, " +
          "\"others\": null, \"rounds\": 7, \"check\": \"1680.00 0.561108\"}"
      SpeedPage.text(listOf(line("1.02")), "") shouldContain "| 1.02 (0.90 … 1.20) | **no gain** |"
      SpeedPage.text(listOf(line("0.80")), "") shouldContain "| 0.80 (0.90 … 1.20) | **slower** |"
      SpeedPage.text(listOf(line("1.80")), "") shouldContain "| 1.80 (0.90 … 1.20) | faster |"
    }

    "E2E-09 timings in the four lines of the founding notes" {
      SpeedPage.seconds("Shallow", false, 3.4040738) shouldBe "Shallow Model - Eager execution time: 3.4040738"
      SpeedPage.seconds("Deep", true, 146.53833920000002) shouldBe
        "Deep Model - Graph-based execution time: 146.5383392"
      val page = File(System.getProperty("merapi.root"), "docs/functions-speed.md").readText()
      val lines = page.lines().filter { " execution time: " in it }.map { it.substringBefore(":") }
      lines shouldBe
        listOf(
          "Shallow Model - Eager execution time",
          "Shallow Model - Graph-based execution time",
          "Deep Model - Eager execution time",
          "Deep Model - Graph-based execution time",
        )
    }
  })
