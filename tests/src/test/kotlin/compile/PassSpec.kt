package dev.merapi.compile

import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.shouldBe
import java.io.File

/** Compares what each pass does with goldens that were checked by hand. */
class PassSpec :
  StringSpec({
    val folder = File(checkNotNull(System.getProperty("merapi.root")), "tests/src/test/resources/golden/passes")
    val texts = PassCases.texts()

    "every golden belongs to a pass" {
      folder
        .list()
        .orEmpty()
        .toList()
        .shouldContainExactlyInAnyOrder(texts.keys)
    }

    for ((file, text) in texts) {
      "$file shows what the pass does" {
        withClue("write them anew with PassCases $folder, and check the difference by hand") {
          text shouldBe File(folder, file).readText()
        }
      }
    }

    for (case in PassCases.all()) {
      "$case: results keep their bits" { case.difference() shouldBe null }
    }
  })
