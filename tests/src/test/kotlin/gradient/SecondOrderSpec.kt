package dev.merapi.gradient

import dev.merapi.op.Registry
import dev.merapi.suite.Suite
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty

/** Differentiates the gradient of every operation again, with nested tapes. */
class SecondOrderSpec :
  StringSpec({
    for (op in Registry.all().filter(Suite.Check.ORDER_2::asks)) {
      "the gradient of ${op.name()} has the slope that differences show" {
        Suite.Check.ORDER_2
          .failures(op)
          .shouldBeEmpty()
      }
    }
  })
