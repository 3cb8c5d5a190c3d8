package dev.merapi.compile

import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty

class RandomProgramsSpec :
  StringSpec({
    "random programs give the same bits eager, traced, optimised, and with unknown sizes" {
      (1L..60L).mapNotNull { RandomPrograms.difference(it) }.shouldBeEmpty()
    }
  })
