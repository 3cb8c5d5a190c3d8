package dev.merapi.op

import dev.merapi.suite.Goldens
import dev.merapi.suite.Suite
import dev.merapi.suite.Tiers
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldNotBeEmpty
import io.kotest.matchers.maps.shouldNotBeEmpty
import io.kotest.matchers.shouldBe
import java.io.File

/** Asks every declared operation the same questions; what they are stands at [Suite.Check]. */
class OpSuiteSpec :
  StringSpec({
    val questions =
      mapOf(
        Suite.Check.VALUES to "computes what TensorFlow computes and refuses what it refuses",
        Suite.Check.EXACT to "is as accurate as it declares",
        Suite.Check.WIDTHS to "gives an element the same bits wherever it stands",
        Suite.Check.THREADS to "gives the same bits on one thread and several",
        Suite.Check.SIZES to "takes axes of sizes 0 and 1, or says why not",
        Suite.Check.UNKNOWNS to "infers what it computes, also when axes or ranks are not known",
        Suite.Check.TRACED to "gives the same bits in a graph",
        Suite.Check.TRACED_OPEN to "gives the same bits in a graph that does not know the shapes",
        Suite.Check.GRADIENT_TRACED to "has the same gradients in graphs and around their calls",
        Suite.Check.MUST_FAIL to "refuses what its declaration says it refuses",
        Suite.Check.DEVIATIONS to "differs from TensorFlow where it says so",
        Suite.Check.EXAMPLES to "prints in its examples what they say",
        Suite.Check.TYPES to "refuses element types that it does not declare",
      )
    for (op in Registry.all()) {
      for ((check, sentence) in questions) {
        if (check.asks(op)) {
          "${op.name()} $sentence" { check.failures(op).shouldBeEmpty() }
        }
      }
    }

    "the catalogue holds operations" { Registry.all().shouldNotBeEmpty() }

    "every operation is recorded from TensorFlow, or a hand-written test names it" {
      val tests =
        File(checkNotNull(System.getProperty("merapi.root")), "tests/src/test")
          .walkTopDown()
          .filter { it.extension in setOf("kt", "java") && !it.path.contains("/suite/") }
          .map { it.readText() }
          .joinToString("\n")
      val silent =
        Registry.all().map { it.name() }.filter {
          Goldens.of(it).isEmpty() && !Regex("\"[^\"\\n]*\\b$it\\b[^\"\\n]*\"").containsMatchIn(tests)
        }
      withClue("record them with make_goldens.py, or write a test whose name or text holds the operation's name:") {
        silent.shouldBeEmpty()
      }
    }

    "loops without the Vector API compute the same bits" {
      val here = Tiers.digests()
      here.shouldNotBeEmpty()
      Tiers.digestsOf() shouldBe here
    }

    "loops of the plain tier compute the same bits" {
      Tiers.digestsOf("--add-modules", "jdk.incubator.vector", "-Dmerapi.tier=plain") shouldBe Tiers.digests()
    }
  })
