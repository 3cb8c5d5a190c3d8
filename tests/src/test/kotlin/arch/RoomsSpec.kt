package dev.merapi.arch

import com.tngtech.archunit.core.importer.ClassFileImporter
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldNotBeEmpty
import io.kotest.matchers.shouldBe

class RoomsSpec :
  StringSpec({
    val engine by lazy { ClassFileImporter().importPath(root.toPath().resolve("core-java/engine/target/classes")) }

    "a sub-package belongs to the longest room that contains it" {
      Rooms.roomOf("dev.merapi.kernel.table") shouldBe "kernel"
      Rooms.roomOf("dev.merapi.kernel.cpu.loops") shouldBe "kernel.cpu"
      Rooms.roomOf("dev.merapi.op") shouldBe "op"
      Rooms.roomOf("dev.merapi.op.family") shouldBe "op.family"
      Rooms.roomOf("dev.merapi.opera") shouldBe null
      Rooms.roomOf("org.joml") shouldBe null
    }

    "the entry and its namespaces are the room tf" {
      Rooms.roomOf("dev.merapi") shouldBe "tf"
      Rooms.roomOf("dev.merapi.tf.linalg") shouldBe "tf"
    }

    "a room may use itself and the rooms before it" {
      Rooms.mayUse("op", "op") shouldBe true
      Rooms.mayUse("op.family", "kernel.cpu") shouldBe true
      Rooms.mayUse("kernel", "kernel.cpu") shouldBe false
      Rooms.mayUse("say", "tensor") shouldBe false
    }

    "every class of the engine lives in a room" {
      engine.map { it.name }.shouldNotBeEmpty()
      val homeless = engine.map { it.packageName }.distinct().filter { Rooms.roomOf(it) == null }
      withClue("rooms are listed in Rooms.kt and in the architecture; packages in none of them:") {
        homeless.shouldBeEmpty()
      }
    }

    "a room uses only the rooms named before it" {
      val strays =
        engine
          .flatMap { it.directDependenciesFromSelf }
          .mapNotNull { dependency ->
            val user = Rooms.roomOf(dependency.originClass.packageName)
            val used = Rooms.roomOf(dependency.targetClass.packageName)
            if (user == null || used == null || Rooms.mayUse(user, used)) {
              null
            } else {
              "$user uses $used: ${dependency.description}"
            }
          }.distinct()
      withClue("the order of the rooms is ${Rooms.order.joinToString(" · ")}; against it:") { strays.shouldBeEmpty() }
    }

    "every package says who lives there, who does not, who may knock" {
      val questions = listOf("who lives here", "who does not", "who may knock")
      val silent =
        handWritten("java")
          .filter { "/src/main/java/" in it.invariantSeparatorsPath }
          .map { it.parentFile }
          .distinct()
          .mapNotNull { folder ->
            val info = folder.resolve("package-info.java")
            val said =
              if (info.exists()) {
                info
                  .readText()
                  .replace("///", " ")
                  .replace(Regex("\\s+"), " ")
                  .lowercase()
              } else {
                ""
              }
            val missing = questions.filter { it !in said }
            if (missing.isEmpty()) null else "${info.fromRoot} does not answer: ${missing.joinToString()}"
          }
      silent.shouldBeEmpty()
    }

    "no file that people wrote is longer than 600 lines" {
      val sources = handWritten("java", "kt", "kts", "cu", "cuh", "cpp", "h", "sh", "py")
      sources.shouldNotBeEmpty()
      val long = sources.associate { it.fromRoot to it.readLines().size }.filterValues { it > 600 }
      withClue("what is the second thing these do?") { long.entries.shouldBeEmpty() }
    }
  })
