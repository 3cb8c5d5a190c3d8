package dev.merapi.function

import dev.merapi.suite.OpenFunctions
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe

class OpenFunctionsSpec :
  StringSpec({
    for (case in OpenFunctions.all()) {
      for (open in OpenFunctions.Open.entries) {
        "$case gives the same bits in a graph that does not know ${open.name.lowercase().replace('_', ' ')}" {
          OpenFunctions.difference(case, open) shouldBe null
        }
      }
    }
  })
