package dev.merapi.acceptance

import dev.merapi.programs.Fork
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.nio.file.Files
import java.nio.file.Path

/** Devices. */
class DevSpec :
  StringSpec({
    "DEV-07 without a graphics card the list is empty, under both names" {
      val gpus = tf.config.listPhysicalDevices("GPU")
      gpus shouldBe tf.config.experimental.listPhysicalDevices("GPU")
      tf.config.listPhysicalDevices("CPU").map { it.deviceType() } shouldBe listOf("CPU")
      if (Path.of("/dev/nvidiactl").toFile().exists()) {
        println("skipped: this machine has a graphics card")
      } else {
        gpus.shouldBeEmpty()
      }
    }

    "DEV-19 the same program runs without CUDA, from one artefact and without a word on the error stream" {
      val program = Class.forName("dev.merapi.programs.AnyMachine")

      // Nothing but the artefact and the program: the tests' own classes hold annotated methods.
      val folder = Files.createTempDirectory("alone")
      val file = program.name.replace('.', '/') + ".class"
      val to = folder.resolve(file)
      Files.createDirectories(to.parent)
      program.classLoader.getResourceAsStream(file)!!.use { Files.copy(it, to) }
      val artefact =
        Path.of(
          Tensor::class.java.protectionDomain.codeSource.location
            .toURI(),
        )
      val classPath = "$artefact${java.io.File.pathSeparator}$folder"
      val result = Fork.run(classPath, listOf(), program)
      withClue(result.out() + result.err()) {
        result.status() shouldBe 0
        result.err() shouldBe ""
        result.out() shouldContain "tf.Tensor(\n[[ 7. 10.]\n [15. 22.]], shape=(2, 2), dtype=float32)"
      }
    }
  })
