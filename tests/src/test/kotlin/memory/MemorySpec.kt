package dev.merapi.memory

import dev.merapi.programs.Fork
import dev.merapi.say.ClosedError
import dev.merapi.say.MemoryError
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.longs.shouldBeGreaterThanOrEqual
import io.kotest.matchers.longs.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldMatch
import java.nio.file.Files
import java.nio.file.Path

/** Nobody closes anything, and memory stays bounded; who wants to know more finds out. */
class MemorySpec :
  StringSpec({
    // The Java heap is all there from the start, so that its growth is not taken for ours.
    val options = listOf("--add-modules", "jdk.incubator.vector", "-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch")

    fun residence(what: String) {
      if (!Files.isReadable(Path.of("/proc/self/status"))) {
        println("skipped: resident memory is read from /proc/self/status, which this system does not have")
        return
      }
      val result = Fork.run(options, program("Residence"), what)
      withClue(result.out() + result.err()) {
        result.status() shouldBe 0
        println(
          "$what tensors: %.0f MB resident after a fifth, %.0f MB at the end".format(
            result.number("warm"),
            result.number("end"),
          ),
        )
        // A leak of one in a hundred tensors would show: of the million as 6 MB a thousandth, of the large ones as 512 MB.
        result.number("end") shouldBeLessThan result.number("warm") * 1.1 + 32
      }
    }

    "one million small operations leave resident memory flat" { residence("small") }

    "a thousand times 64 MB of temporaries leave resident memory flat" { residence("large") }

    "a scope gives memory back at its end, except what is kept" {
      val before = Memory.info().current()
      lateinit var lost: Tensor
      val kept =
        tf.tensorScope {
          lost = tf.ones(1000, 1000)
          Memory.info().current() - before shouldBeGreaterThanOrEqual 4_000_000
          tf.add(lost, 1f)
        }
      kept.getFloat(999, 999) shouldBe 2f
      shouldThrow<ClosedError> { lost.toFloatArray() }.message shouldContain "scope.keep(tensor)"
      shouldThrow<ClosedError> { tf.add(lost, 1f) }
    }

    "scopes nest" {
      lateinit var inner: Tensor
      lateinit var outer: Tensor
      Scope.open().use {
        outer = tf.ones(4)
        inner = tf.tensorScope { tf.add(outer, 1f) }
        inner.toFloatArray().toList() shouldBe List(4) { 2f }
      }
      shouldThrow<ClosedError> { inner.toFloatArray() }
      shouldThrow<ClosedError> { outer.toFloatArray() }
    }

    "statistics count bytes held, the peak, and the budget" {
      tf.config.resetMemoryStats("CPU:0")
      val before = tf.config.getMemoryInfo("CPU:0")
      tf.tensorScope {
        repeat(3) { tf.ones(1 shl 20) }
        tf.zeros(1)
      }
      val after = tf.config.getMemoryInfo("CPU:0")
      after.getValue("peak") - before.getValue("current") shouldBeGreaterThanOrEqual 3L * (4 shl 20)
      after.getValue("current") - before.getValue("current") shouldBeLessThan 1L shl 20
      after.getValue("budget") shouldBe before.getValue("budget")
    }

    "beyond the budget a refusal lists the largest live tensors" {
      val result =
        Fork.run(
          options + listOf("-Dmerapi.memory.budget=100000000", "-Dmerapi.memory.debug=true"),
          program("OverBudget"),
        )
      withClue(result.out() + result.err()) {
        result.status() shouldBe 0
        val (message) = result.out().split("\nfreed ")
        message shouldContain "no room for float32 (8000, 1000)"
        message shouldContain "at most 100,000,000 bytes in all"
        val lines = message.lines().filter { "made at" in it }
        lines[0] shouldMatch
          ".*bytes: float32 \\(4000, 4000\\), made at dev.merapi.programs.OverBudget.main\\(OverBudget.java:\\d+\\)"
        lines[1] shouldMatch
          ".*bytes: float32 \\(1000, 1000\\), made at dev.merapi.programs.OverBudget.main\\(OverBudget.java:\\d+\\)"
        result.values()["freed"] shouldBe "32000000"
      }
    }

    "the budget is set by the program too" {
      val before = Memory.info()
      try {
        tf.config.setMemoryBudget(512L shl 20)
        shouldThrow<MemoryError> { tf.zeros(1 shl 28) }.message shouldContain "tf.config.setMemoryBudget"
        tf.zeros(1 shl 10).size() shouldBe 1024
      } finally {
        tf.config.setMemoryBudget(before.budget())
      }
    }

    "the leak report names the line that made the tensors" {
      val result = Fork.run(options + "-Dmerapi.memory.debug=true", program("Leaking"))
      withClue(result.out() + result.err()) {
        result.status() shouldBe 0
        val site = result.out().lines().first { it.startsWith("site ") }
        site shouldContain result.values().getValue("line")
        val (_, tensors, bytes) = site.split(" ")
        // 20 sums of 4000 bytes; the zeros that went into them may not have been collected yet.
        tensors.toLong() shouldBeGreaterThanOrEqual 20
        bytes.toLong() shouldBeGreaterThanOrEqual 20 * 4000
      }
    }
  })

/** A program by name; they are not public, since only a JVM of their own calls them. */
private fun program(name: String): Class<*> = Class.forName("dev.merapi.programs.$name")
