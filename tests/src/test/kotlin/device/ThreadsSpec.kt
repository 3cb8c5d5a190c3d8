package dev.merapi.device

import dev.merapi.autodiff.GradientTape
import dev.merapi.programs.Digest
import dev.merapi.programs.Fork
import dev.merapi.tf
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import java.util.concurrent.Callable
import java.util.concurrent.CyclicBarrier
import java.util.concurrent.Executors

/** Results are the same to the bit, whoever computes them and with however many threads. */
class ThreadsSpec :
  StringSpec({
    "64 threads with tapes of their own get the same bits" {
      val x = tf.random.statelessNormal(intArrayOf(50, 40), tf.constant(intArrayOf(3, 4)), 0.0, 1.0, tf.float32)
      val w = tf.random.statelessNormal(intArrayOf(40, 30), tf.constant(intArrayOf(5, 6)), 0.0, 1.0, tf.float32)

      fun slope() =
        GradientTape().use { tape ->
          tape.watch(w)
          val loss = tf.reduceSum(tf.square(tf.nn.softmax(tf.tanh(tf.matmul(x, w)))))
          tape.gradient(loss, w)!!.toByteArray().toList()
        }
      val alone = slope()
      val start = CyclicBarrier(64)
      Executors.newFixedThreadPool(64).use { threads ->
        val all =
          List(64) {
            threads.submit(
              Callable {
                start.await()
                List(5) { slope() }
              },
            )
          }
        all.flatMap { it.get() }.forEach { (it == alone) shouldBe true }
      }
    }

    "one thread and two train a network to the same bits" {
      val threads = tf.config.threads()
      try {
        val digests =
          listOf(1, 2, 3).map {
            tf.config.setThreads(it)
            Digest.ofTraining(2)
          }
        digests.toSet().size shouldBe 1
      } finally {
        tf.config.setThreads(threads)
      }
    }

    "two runs of a program give the same bits" {
      val runs = List(2) { Fork.run(listOf("--add-modules", "jdk.incubator.vector"), Digest::class.java, "2") }
      runs.forEach { withClue(it.out() + it.err()) { it.status() shouldBe 0 } }
      runs[0].values().getValue("digest") shouldBe runs[1].values().getValue("digest")
    }
  })
