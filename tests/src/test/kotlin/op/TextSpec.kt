package dev.merapi.op

import dev.merapi.facade.TextApi
import dev.merapi.say.ValueError
import dev.merapi.tensor.Tensor
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.nio.file.Files

class TextSpec :
  StringSpec({
    fun text(s: String): Tensor = Literals.of(s)

    fun printed(print: (TextApi.Options) -> Unit): String {
      val file = Files.createTempFile("print", ".txt")
      try {
        print(TextApi.Options.DEFAULT.stream("file://$file"))
        return Files.readString(file)
      } finally {
        Files.delete(file)
      }
    }

    "a template takes values in turn and cuts long axes" {
      TextApi.format("Epoch={},Loss:{},A:{}", 1, 0.5, Values.ints(1, 2, 3, 4, 5, 6, 7, 8)).toStringArray()[0] shouldBe
        "Epoch=1,Loss:0.5,A:[1 2 3 ... 6 7 8]"
    }

    "PrintV2 prints values without needless points, strings in tensors with quotes" {
      printed { TextApi.print(it, Values.floats(floatArrayOf(1f, 2.5f, 3f), 3)) } shouldBe "[1 2.5 3]\n"
      printed { TextApi.print(it, Values.ints(*IntArray(10) { i -> i })) } shouldBe "[0 1 2 ... 7 8 9]\n"
      printed { TextApi.print(it, "s", text("s"), Values.scalar(1f)) } shouldBe "s \"s\" 1\n"
      printed { TextApi.print(it.separator("|").end("!"), "{}", Values.scalar(2)) } shouldBe "{}|2!"
    }

    "a pattern that would go back for ever is given up with its name" {
      val long =
        shouldThrow<ValueError> { OpRef.to("RegexFullMatch").of(text("a".repeat(99)), text("a*a*a*a*a*a*a*c")) }
      long.message shouldContain "a*a*a*a*a*a*a*c' takes too long"
      val deep = shouldThrow<ValueError> { OpRef.to("RegexFullMatch").of(text("ab".repeat(999_999)), text("(a|b)*c")) }
      deep.message shouldContain "(a|b)*c' needs too deep a stack"
    }

    "what RE2 does not know is refused" {
      for (p in listOf("(?=a)", "(a)\\1", "a++", "(?<=a)b")) {
        shouldThrow<ValueError> { OpRef.to("RegexFullMatch").of(text("a"), text(p)) }.message shouldContain
          "Invalid pattern"
      }
    }
  })
