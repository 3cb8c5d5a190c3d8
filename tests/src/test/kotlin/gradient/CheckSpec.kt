package dev.merapi.gradient

import dev.merapi.op.Registry
import dev.merapi.suite.Suite
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldNotBeEmpty

/** Compares the gradient of every operation with TensorFlow's and with differences. */
class CheckSpec :
  StringSpec({
    val differentiable = Registry.all().filter { it.gradient() != null }

    "some operations have a gradient" { differentiable.shouldNotBeEmpty() }

    for (op in Registry.all().filter(Suite.Check.GRADIENTS::asks)) {
      "${op.name()} has the gradient that TensorFlow recorded" {
        Suite.Check.GRADIENTS
          .failures(op)
          .shouldBeEmpty()
      }
    }

    for (op in differentiable.filter(Suite.Check.ORDER_1::asks)) {
      "${op.name()} has the slope that differences show" {
        Suite.Check.ORDER_1
          .failures(op)
          .shouldBeEmpty()
      }
    }
  })
