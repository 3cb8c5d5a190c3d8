package dev.merapi.interop

import dev.merapi.interop.FrozenGoldens.Kind
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.core.test.Enabled
import io.kotest.core.test.TestCase
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.ints.shouldBeGreaterThan
import io.kotest.matchers.maps.shouldBeEmpty
import io.kotest.matchers.shouldBe
import java.nio.file.Files
import java.nio.file.Path

/** Graphs that TensorFlow made are read and give TensorFlow's numbers. */
class ImportSpec :
  StringSpec({
    // Whoever makes one of these match takes it off the list: the test asks for it.
    val different =
      mapOf(
        "svd/rank2_3,3_noFull_uv" to
          "adds singular vectors up, and their signs are free: one pair has the other sign than Eigen's (the sum " +
          "matches once it is turned round)",
        "topk/rank2_k5" to "asks for sorted = false, and the order is then whatever the heap of TensorFlow 1 leaves",
      )

    "frozen graphs of TensorFlow 1 give what TensorFlow 1 recorded".config(enabledOrReasonIf = isThere) {
      val results = FrozenGoldens.run(archive, false)
      println("487 frozen graphs of TensorFlow 1, tolerance ${FrozenGoldens.TOLERANCE} relative")
      println(FrozenGoldens.table(results))
      results shouldHaveSize 487
      results.count { it.kind() == Kind.RANDOM } shouldBe 8
      val bad = results.filter { !it.isGood }.associate { it.graph() to it.detail() }
      withClue("not on the list, and wrong") { (bad - different.keys).shouldBeEmpty() }
      withClue("on the list, and right: take them off") { (different - bad.keys).shouldBeEmpty() }
    }

    "frozen graphs give the same after they were written and read again".config(enabledOrReasonIf = isThere) {
      val results = FrozenGoldens.run(archive, true)
      results.filter { !it.isGood && it.graph() !in different }.map { "${it.graph()}: ${it.detail()}" }.shouldBeEmpty()
    }

    "the text form says the same as the binary form".config(enabledOrReasonIf = isThere) {
      FrozenGoldens.otherInText(archive).shouldBeEmpty()
    }

    for (case in GraphCase.all(GraphCase.folder(""))) {
      "TensorFlow 2.21's ${case.name()} gives TensorFlow's numbers" {
        case.runs().size shouldBeGreaterThan 0
        case.difference(case.graph()) shouldBe ""
      }
    }
  })

private val archive =
  Path.of(System.getProperty("merapi.root"), "../shared/data/models/frozen_golden/tf1_graphs_golden.zip").normalize()

private val isThere: (TestCase) -> Enabled = {
  if (Files.exists(archive)) {
    Enabled.enabled
  } else {
    println("skipped: ${it.name.name} reads $archive, which is not there")
    Enabled.disabled("reads $archive, which is not there")
  }
}
