package dev.merapi.arch

import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainAll
import io.kotest.matchers.nulls.shouldNotBeNull

class TreeSpec :
  StringSpec({
    "CRD-06 the build runs this suite through Surefire" {
      System.getProperty("surefire.test.class.path").shouldNotBeNull()
    }

    "CRD-06 no suite has a name by which the build would not find it" {
      val suite = Regex("""\bclass\s+(\w+)[^{]*?:\s*\w*Spec\s*\(""")
      val test = Regex("""@(Test|ParameterizedTest|TestFactory)\b""")
      val unseen =
        root
          .resolve("tests/src/test")
          .walkTopDown()
          .filter { it.isFile }
          .filter { file ->
            when (file.extension) {
              "kt" -> suite.findAll(file.readText()).any { !it.groupValues[1].endsWith("Spec") }
              "java" -> test.containsMatchIn(file.readText()) && !file.name.endsWith("Test.java")
              else -> false
            }
          }.map { it.fromRoot }
          .toList()
      withClue("the build runs classes named …Spec (Kotlin) and …Test (Java); these would be left out:") {
        unseen.shouldBeEmpty()
      }
    }

    "CRD-07 the top level holds the houses of the design" {
      root.list().orEmpty().toList() shouldContainAll
        listOf("core-java", "dsl-kotlin", "cuda-kernels", "notebooks", "tests", "pom.xml")
    }
  })
