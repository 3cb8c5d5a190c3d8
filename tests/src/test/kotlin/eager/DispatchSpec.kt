package dev.merapi.eager

import dev.merapi.programs.Fork
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.shouldBeLessThanOrEqual
import io.kotest.matchers.shouldBe

class DispatchSpec :
  StringSpec({
    "an addition of 8 elements takes at most 250 ns, and 400 ns under a tape" {
      val result =
        Fork.run(
          listOf("--add-modules", "jdk.incubator.vector"),
          Class.forName("dev.merapi.programs.DispatchCost"),
        )
      withClue(result.out() + result.err()) {
        result.status() shouldBe 0
        val (plain, taped) = result.number("plain") to result.number("taped")
        println("an addition of 8 elements: %.0f ns, under a tape %.0f ns".format(plain, taped))
        plain shouldBeLessThanOrEqual 250.0
        taped shouldBeLessThanOrEqual 400.0
        result.values()["value"] shouldBe "[ 2.  4.  6.  8. 10. 12. 14. 16.]"
      }
    }
  })
