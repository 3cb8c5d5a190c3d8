package dev.merapi.arch

import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainAll

class TreeSpec :
  StringSpec({
    "CRD-07 the top level holds the houses of the design" {
      val top = root.listFiles().orEmpty().map { it.name }
      top shouldContainAll listOf("core-java", "dsl-kotlin", "cuda-kernels", "notebooks", "tests", "pom.xml")
    }
  })
