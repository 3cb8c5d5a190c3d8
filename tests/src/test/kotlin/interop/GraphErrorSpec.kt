package dev.merapi.interop

import com.google.protobuf.ByteString
import com.google.protobuf.TextFormat
import dev.merapi.formats.graphdef.GraphDefError
import dev.merapi.formats.graphdef.GraphDefReader
import dev.merapi.formats.graphdef.GraphDefs
import dev.merapi.formats.graphdef.MissingOperations
import dev.merapi.formats.graphdef.TensorProtos
import dev.merapi.formats.proto.DataType
import dev.merapi.formats.proto.GraphDef
import dev.merapi.formats.proto.TensorProto
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.ints.shouldBeGreaterThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlin.random.Random

/** A file is never trusted: what does not hold together is refused with the node's name, and nothing else happens. */
class GraphErrorSpec :
  StringSpec({
    fun graph(text: String): GraphDef = GraphDefs.parseText(text, "model.pbtxt")

    fun refused(
      text: String,
      vararg outputs: String,
    ) = shouldThrow<GraphDefError> { GraphDefReader.of(graph(text), "model.pb").read(*outputs) }

    val x = """node { name: "x" op: "Placeholder" attr { key: "dtype" value { type: DT_FLOAT } } }"""

    "all operations that are missing are said at once" {
      val error =
        shouldThrow<MissingOperations> {
          val text =
            """$x node { name: "a" op: "Fancy" input: "x" } node { name: "b" op: "Fancier" input: "a" }
               node { name: "c" op: "NotNeeded" input: "x" }"""
          GraphDefReader.of(graph(text), "model.pb").read("b")
        }
      error.operations().sorted() shouldContainExactly listOf("Fancier", "Fancy")
      error.message!! shouldContain "Fancier, Fancy"
      error.origin() shouldBe "model.pb"
    }

    "an attribute that nobody declares is named, one of TensorFlow's own is passed over" {
      val relu = """node { name: "y" op: "Relu" input: "x" attr { key: "%s" value { i: 3 } } }"""
      val error = refused(x + relu.format("leak"), "y")
      error.what() shouldContain "Relu: there is no attribute 'leak'"
      error.node() shouldBe "y"
      GraphDefReader.of(graph(x + relu.format("_class")), "model.pb").read("y")
    }

    "an attribute of another kind is refused" {
      val sum = """node { name: "a" op: "Const" attr { key: "value" value { tensor { dtype: DT_INT32
        tensor_shape {} int_val: 0 } } } } node { name: "y" op: "Sum" input: "x" input: "a"
        attr { key: "keep_dims" value { s: "yes" } } }"""
      refused(x + sum, "y").what() shouldContain "keep_dims"
    }

    "two nodes of one name, a node that is not there, a cycle, an output that does not exist" {
      refused(x + x).what() shouldBe "two nodes have the name 'x'"
      refused("""node { name: "y" op: "Relu" input: "z" }""").let {
        it.what() shouldBe "there is no node 'z'"
        it.node() shouldBe "y"
      }
      refused("""node { name: "a" op: "Relu" input: "b" } node { name: "b" op: "Relu" input: "a" }""").what() shouldBe
        "the graph has a cycle that is no loop"
      refused(x + """node { name: "y" op: "Relu" input: "x:3" }""", "y").what() shouldContain "no output x:3"
      refused(x + """node { name: "y" op: "Relu" input: "x:-1" }""", "y").what() shouldContain "'x:-1' names no output"
      refused(x + """node { name: "y" op: "Relu" input: "^x" input: "x" }""", "y").what() shouldContain "control input"
      refused(x, "nobody").what() shouldContain "there is no node 'nobody'"
    }

    "shapes that do not fit name the node" {
      val text =
        """node { name: "a" op: "Placeholder" attr { key: "dtype" value { type: DT_FLOAT } }
             attr { key: "shape" value { shape { dim { size: 2 } dim { size: 3 } } } } }
           node { name: "y" op: "MatMul" input: "a" input: "a" } versions { producer: 100 }"""
      val error = refused(text, "y")
      error.node() shouldBe "y"
      error.what() shouldContain "In[0]: [2,3], In[1]: [2,3]"
    }

    "a Merge that is no end of an if is refused" {
      val text =
        """$x node { name: "p" op: "Placeholder" attr { key: "dtype" value { type: DT_BOOL } } }
           node { name: "q" op: "Placeholder" attr { key: "dtype" value { type: DT_BOOL } } }
           node { name: "s" op: "Switch" input: "x" input: "p" } node { name: "t" op: "Switch" input: "x" input: "q" }
           node { name: "m" op: "Merge" input: "s" input: "t:1" }"""
      refused(text, "m").what() shouldContain "other, than the two sides of one predicate"
      refused(text, "s:1").what() shouldContain "'s:1' has a value only if p:0 is true"
      GraphDefReader.of(graph(text), "model.pb").read("p").outputs() shouldContainExactly listOf("p:0")
    }

    "constants that lie about their size are refused before memory is taken" {
      fun tensor(
        dtype: DataType,
        vararg dims: Long,
      ) = TensorProto.newBuilder().setDtype(dtype).also { b ->
        dims.forEach { b.tensorShapeBuilder.addDimBuilder().size = it }
      }

      fun refusal(b: TensorProto.Builder): String {
        val error = shouldThrow<GraphDefError> { TensorProtos.read(b.build(), "model.pb", "kernel") }
        error.node() shouldBe "kernel"
        error.origin() shouldBe "model.pb"
        return error.what()
      }
      val bytes = ByteString.copyFrom(ByteArray(12))
      refusal(tensor(DataType.DT_FLOAT, 4).setTensorContent(bytes)) shouldContain "12 bytes"
      refusal(tensor(DataType.DT_FLOAT, 1L shl 30, 1L shl 30).setTensorContent(bytes)) shouldContain "12 bytes"
      refusal(tensor(DataType.DT_FLOAT, 1L shl 30, 1L shl 30).addFloatVal(1f)) shouldContain "does not fit into memory"
      refusal(tensor(DataType.DT_FLOAT, 1L shl 30, 1L shl 30, 1L shl 30)) shouldContain "larger than memory can be"
      refusal(tensor(DataType.DT_FLOAT, 1L shl 40)) shouldContain "has size ${1L shl 40}"
      refusal(tensor(DataType.DT_FLOAT, -5)) shouldContain "has size -5"
      refusal(tensor(DataType.DT_FLOAT, -1)) shouldContain "shape is not known"
      refusal(tensor(DataType.DT_FLOAT, 2).addFloatVal(1f).addFloatVal(2f).addFloatVal(3f)) shouldContain
        "holds 3 values"
      refusal(tensor(DataType.DT_COMPLEX64, 2).addScomplexVal(1f)) shouldContain "holds 1 values"
      refusal(tensor(DataType.DT_STRING, 1L shl 31 - 1)) shouldContain "string_val"
      refusal(tensor(DataType.DT_QINT8, 2)) shouldContain "DT_QINT8 is not supported"
      refusal(tensor(DataType.DT_RESOURCE)) shouldContain "a resource cannot be a constant"
      refusal(tensor(DataType.DT_FLOAT, 1, 1, 1, 1, 1, 1, 1, 1, 1)) shouldContain "9 axes"
    }

    "bytes and texts that are no GraphDef say so" {
      shouldThrow<GraphDefError> { GraphDefs.parse(byteArrayOf(10, 100, 1), "model.pb") }.what() shouldContain
        "this is no GraphDef"
      shouldThrow<GraphDefError> { GraphDefs.parseText("node { nme: 3 }", "model.pbtxt") }.what() shouldContain
        "this is no GraphDef in text form"
    }

    "damaged graphs are read or refused, and never anything else" {
      val seed = 20261120
      println("damaged graphs: seed $seed")
      val random = Random(seed)
      var refused = 0
      var read = 0
      for (case in GraphCase.all(GraphCase.folder(""))) {
        repeat(60) {
          val damaged = Damage(random).of(case.graph())
          withClue({ "${case.name()}:\n${TextFormat.printer().printToString(damaged)}" }) {
            try {
              GraphDefReader.of(damaged, case.name()).read()
              read++
            } catch (_: GraphDefError) {
              refused++
            }
          }
        }
      }
      println("$read read, $refused refused")
      read shouldBeGreaterThan 50
      refused shouldBeGreaterThan 300
    }
  })
