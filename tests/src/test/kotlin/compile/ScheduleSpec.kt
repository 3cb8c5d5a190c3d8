package dev.merapi.compile

import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import java.io.File

/** Compares what runs together with a golden that was checked by hand. */
class ScheduleSpec :
  StringSpec({
    val golden =
      File(checkNotNull(System.getProperty("merapi.root")), "tests/src/test/resources/golden/schedule/schedule.txt")

    "the golden shows what runs together" {
      withClue("write it anew with ScheduleCases $golden, and check the difference by hand") {
        ScheduleCases.text() shouldBe golden.readText()
      }
    }

    for (case in ScheduleCases.all()) {
      "$case: results keep their bits" { case.difference() shouldBe null }
    }
  })
