package dev.merapi.interop

import dev.merapi.formats.graphdef.GraphDefReader
import dev.merapi.formats.graphdef.GraphDefWriter
import dev.merapi.formats.graphdef.GraphDefs
import dev.merapi.formats.proto.GraphDef
import dev.merapi.formats.proto.TensorProto
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.shouldBe
import java.nio.file.Files

/** Graphs that Merapi writes are TensorFlow's: it has loaded and run every one of these. */
class ExportSpec :
  StringSpec({
    val folder = GraphCase.folder("written")
    val recorded = GraphCase.all(folder).associateBy { it.name() }
    val traced = ExportCases.all()

    "TensorFlow has run every traced case" {
      recorded.keys shouldContainExactlyInAnyOrder traced.map { it.name() }
    }

    for (case in traced) {
      "${case.name()} is written as TensorFlow has read it" {
        withClue(
          "the messages changed: run dev.merapi.interop.ExportCases with the folder $folder, then let TensorFlow run " +
            "them again: tests/golden/tensorflow-2.21/graphs.py --written",
        ) {
          GraphDefs.text(GraphDefWriter.write(case.graph()).def()) shouldBe
            Files.readString(folder.resolve("${case.name()}.pbtxt"))
        }
      }

      "${case.name()} gives TensorFlow's numbers, as traced and as read again" {
        val want = recorded.getValue(case.name())
        val captured = case.graph().captures().map { it.outer() }
        val got = case.graph().run(*(case.inputs().values + captured).toTypedArray())
        val names = GraphDefWriter.write(case.graph()).outputs()
        for ((name, tensor) in names.zip(got)) {
          withClue(name) { GraphCase.difference(want.runs()[0].out().getValue(name), tensor) shouldBe "" }
        }
        want.difference(want.graph()) shouldBe ""
      }
    }

    for (case in GraphCase.all(GraphCase.folder(""))) {
      "${case.name()} keeps its meaning when it is written and read again" {
        val outputs =
          case
            .runs()[0]
            .out()
            .keys
            .toTypedArray()
        val reader = GraphDefReader.of(case.graph(), case.name())
        val written = GraphDefWriter.write(reader.read(*outputs).graph())
        val again =
          GraphDefReader.of(
            GraphDefs.parse(GraphDefs.bytes(written.def()), "again"),
            "again",
            reader.variables(),
          )
        // What is fetched runs, and what it needs: assignments that no output waits for are fetched too.
        val assignments =
          written
            .def()
            .nodeList
            .filter { it.op.startsWith("Assign") || "Apply" in it.op }
            .map { it.name }
        val graph = again.read(*(written.outputs() + assignments).toTypedArray())
        if (case.init().isNotEmpty()) {
          reader.read(case.init()).run(mapOf())
        }
        for (run in case.runs()) {
          val got = graph.run(run.`in`())
          for ((name, other) in outputs.zip(written.outputs())) {
            withClue("$name, now $other") {
              GraphCase.difference(run.out().getValue(name), got.getValue(other)) shouldBe ""
            }
          }
        }
      }
    }

    "the same graph gives the same bytes, and the text form the same message" {
      for (case in traced) {
        val def = GraphDefWriter.write(case.graph()).def()
        GraphDefs.bytes(def) shouldBe GraphDefs.bytes(GraphDef.parseFrom(GraphDefs.bytes(def)))
        GraphDefs.parseText(GraphDefs.text(def), "text") shouldBe def
      }
    }

    "every type of constant comes back bit by bit" {
      for (node in GraphCase
        .all(GraphCase.folder(""))
        .first { it.name() == "types" }
        .graph()
        .nodeList) {
        val tensor =
          dev.merapi.formats.graphdef.TensorProtos.read(
            node.getAttrOrThrow("value").tensor,
            "types",
            node.name,
          )
        val message =
          TensorProto.parseFrom(
            dev.merapi.formats.graphdef.TensorProtos
              .write(tensor)
              .toByteArray(),
          )
        val again =
          dev.merapi.formats.graphdef.TensorProtos
            .read(message, "types", node.name)
        withClue(node.name) { GraphCase.difference(tensor, again) shouldBe "" }
      }
    }
  })
