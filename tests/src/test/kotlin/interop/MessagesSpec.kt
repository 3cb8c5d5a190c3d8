package dev.merapi.interop

import com.google.protobuf.Descriptors.Descriptor
import com.google.protobuf.Descriptors.EnumDescriptor
import com.google.protobuf.Descriptors.FieldDescriptor
import dev.merapi.formats.proto.GraphDef
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainAll
import io.kotest.matchers.shouldBe

/** Our message definitions have the names, numbers and types of TensorFlow's: they are the interface of its files. */
class MessagesSpec :
  StringSpec({
    val theirs =
      MessagesSpec::class.java
        .getResource("/golden/tensorflow-2.21/messages.txt")!!
        .readText()
        .lines()
        .filter { it.isNotBlank() }
        .groupBy { it.substringBefore(' ') }

    fun line(f: FieldDescriptor): String {
      val inner = if (f.javaType == FieldDescriptor.JavaType.MESSAGE) ":" + f.messageType.fullName else ""
      val values = if (f.javaType == FieldDescriptor.JavaType.ENUM) ":" + f.enumType.fullName else ""
      return listOf(
        f.containingType.fullName,
        f.number,
        f.name,
        if (f.isRepeated) "repeated" else "-",
        f.type.name.lowercase() + inner + values,
        f.containingOneof?.name ?: "-",
      ).joinToString(" ")
    }

    val messages = linkedMapOf<String, List<String>>()

    fun values(e: EnumDescriptor) {
      messages[e.fullName] = e.values.map { "${e.fullName} ${it.number} ${it.name}" }
    }

    fun collect(d: Descriptor) {
      if (d.fullName in messages) return
      messages[d.fullName] = d.fields.map { line(it) }
      d.fields.forEach {
        if (it.javaType == FieldDescriptor.JavaType.MESSAGE) collect(it.messageType)
        if (it.javaType == FieldDescriptor.JavaType.ENUM) values(it.enumType)
      }
    }

    collect(GraphDef.getDescriptor())

    "the messages of graphs are TensorFlow's, field by field" {
      messages.keys shouldContainAll
        listOf("NodeDef", "AttrValue", "TensorProto", "FunctionDef", "OpDef", "DataType").map { "tensorflow.$it" }
      for ((name, lines) in messages) {
        withClue(name) { lines.sorted() shouldBe theirs.getValue(name).sorted() }
      }
    }
  })
