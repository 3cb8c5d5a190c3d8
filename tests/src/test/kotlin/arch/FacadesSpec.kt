package dev.merapi.arch

import dev.merapi.generate.Extensions
import dev.merapi.generate.Facades
import dev.merapi.generate.KerasFacades
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import java.io.File

/** The façades in the repository, Java's and Kotlin's, are those that the declarations give. */
class FacadesSpec :
  StringSpec({
    "the façades are up to date with the declarations" {
      val root = File(System.getProperty("merapi.root"))
      val fresh = Facades.files() + Extensions.files() + KerasFacades.files(root.toPath())
      val stale = fresh.filter { (path, text) -> !root.resolve(path).let { it.isFile && it.readText() == text } }
      val extra =
        fresh.keys
          .map { root.resolve(it).parentFile }
          .distinct()
          .flatMap { it.listFiles().orEmpty().toList() }
          .map { it.relativeTo(root).path }
          .filter { it !in fresh }
      withClue("write them anew: java -cp <test class path> dev.merapi.generate.Facades (or KerasFacades) <root>") {
        (stale.keys + extra).shouldBeEmpty()
      }
    }
  })
