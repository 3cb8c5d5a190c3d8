package dev.merapi.arch

import dev.merapi.generate.Facades
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import java.io.File

/** The façades in the repository are those that the declarations give. */
class FacadesSpec :
  StringSpec({
    "the façades are up to date with the declarations" {
      val root = File(System.getProperty("merapi.root"))
      val stale = Facades.files().filter { (path, text) -> !root.resolve(path).let { it.isFile && it.readText() == text } }
      val extra =
        root
          .resolve("core-java/engine/src/generated/java/dev/merapi/facade")
          .listFiles()
          .orEmpty()
          .map { it.relativeTo(root).path }
          .filter { it !in Facades.files() }
      withClue("write them anew: java -cp <test class path> dev.merapi.generate.Facades <root of the repository>") {
        (stale.keys + extra).shouldBeEmpty()
      }
    }
  })
