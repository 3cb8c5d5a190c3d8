package dev.merapi.layer

import dev.merapi.suite.LayerContract
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty

/** What every layer promises whatever it computes. */
class LayerContractSpec :
  FunSpec({
    val cases = LayerContract.cases().groupBy { it.layer() }

    LayerContract.promises().forEach { promise ->
      context("every layer ${promise.name()}") {
        cases.forEach { (layer, of) ->
          test(layer) {
            of.flatMap { case -> promise.broken().apply(case).map { "$case: $it" } }.shouldBeEmpty()
          }
        }
      }
    }
  })
