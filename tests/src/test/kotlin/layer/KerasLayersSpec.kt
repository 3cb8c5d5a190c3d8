package dev.merapi.layer

import dev.merapi.nn.layer.Layer
import dev.merapi.suite.LayerGoldens
import dev.merapi.suite.PreprocessingGoldens
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldNotBeEmpty
import java.lang.reflect.Modifier

/** Every layer does what Keras's does: settings, weights, shapes, outputs, gradients, masks. */
class KerasLayersSpec :
  FunSpec({
    val cases = LayerGoldens.all()

    test("cases are there") { cases.shouldNotBeEmpty() }

    cases.groupBy { it.layer() }.forEach { (layer, of) ->
      test("$layer: ${of.size} recorded calls") {
        of.flatMap { case -> LayerGoldens.check(case).map { "$case: $it" } }.shouldBeEmpty()
      }
    }

    test("every layer has recorded calls") {
      val recorded =
        cases.flatMap { LayerGoldens.classes(it) }.toSet() + PreprocessingGoldens.all().map { it.layer() }
      val missing = layerClasses().map { it.simpleName }.filter { it !in recorded && it !in WITHOUT }
      withClue("no case in tests/golden/tensorflow-2.21/keras_layers.py or its neighbours:") { missing.shouldBeEmpty() }
    }
  })

/** What Keras has no golden for: what it starts from, a program's own function, and our way to put operations in models. */
private val WITHOUT = setOf("InputLayer", "Lambda", "OperationLayer")

/** The layers that a program can make, found in the compiled engine. */
internal fun layerClasses(): List<Class<*>> {
  val home = Layer::class.java.protectionDomain.codeSource.location
  val root =
    java.nio.file.Path
      .of(home.toURI())
  val folder =
    if (java.nio.file.Files.isDirectory(
        root,
      )
    ) {
      root
    } else {
      java.nio.file.FileSystems
        .newFileSystem(root)
        .getPath("/")
    }
  return java.nio.file.Files.walk(folder.resolve("dev/merapi/nn/layer")).use { files ->
    files
      .map { folder.relativize(it).toString() }
      .filter { it.endsWith(".class") && '$' !in it && "package-info" !in it }
      .map { Class.forName(it.removeSuffix(".class").replace('/', '.')) }
      .filter {
        Layer::class.java.isAssignableFrom(it) && Modifier.isPublic(it.modifiers) &&
          !Modifier.isAbstract(it.modifiers)
      }.toList()
  }
}
