package dev.merapi.interop

import dev.merapi.op.Registry
import dev.merapi.suite.Traced
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty

class ReimportSpec :
  StringSpec({
    for (op in Registry.all().filter { Traced.cases(it).isNotEmpty() }) {
      "${op.name()} gives the same bits after export and import" {
        Reimported.failures(op).shouldBeEmpty()
      }
    }
  })
