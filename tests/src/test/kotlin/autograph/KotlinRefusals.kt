@file:Suppress("unused", "UNUSED_VALUE")

package dev.merapi.autograph

import dev.merapi.dsl.*
import dev.merapi.tensor.Tensor
import dev.merapi.tf

/**
 * Functions that no graph can hold. Each must be refused while it is traced, by a message that names the variable and
 * the line; the expected texts lie in `autograph/refusals.txt`.
 */
object KotlinRefusals {
  fun counter(x: Tensor): Tensor {
    var n = x
    var k = 0
    while (n > 1) {
      n /= 2f
      k++
    }
    return n + k
  }

  fun capturedCounter(x: Tensor): Tensor {
    var k = 0
    val count = { k++ }
    var n = x
    while (n > 1) {
      n /= 2f
      count()
    }
    return n + k
  }

  fun doubleOfArms(x: Tensor): Tensor {
    val rate = if (x > 0) 0.5 else 0.25
    return x * rate
  }

  fun stringOfWhen(x: Tensor): Tensor {
    val name = when {
      x > 0 -> "positive"
      else -> "negative"
    }
    return x * name.length
  }

  fun listOfArms(x: Tensor): Tensor {
    val l = mutableListOf<Tensor>()
    if (x > 0) l += x
    return if (l.isEmpty()) -x else l[0]
  }

  fun collects(x: Tensor): Tensor {
    val all = mutableListOf<Tensor>()
    for (i in tf.range(3)) all += x * tf.cast(i, tf.float32)
    return all[0]
  }

  fun filtered(x: Tensor): Tensor {
    val kept = listOf(x, -x).filter { it > 0 }
    return kept[0]
  }

  class Model {
    var steps = 0
    var best: Tensor? = null
  }

  fun hostProperty(x: Tensor): Tensor {
    val model = Model()
    if (x > 0) model.steps += 1
    return x * model.steps
  }

  fun nullableProperty(x: Tensor): Tensor {
    val model = Model()
    if (x > 0) model.best = x
    return model.best ?: -x
  }

  fun lambdaOfBoolean(x: Tensor): Tensor {
    val large: (Tensor) -> Boolean = { it > 3 }
    return if (large(x)) x else -x
  }

  fun toNumber(x: Tensor): Tensor = x * Math.sqrt(x.item())

  fun untilLarge(x: Tensor): Tensor {
    var s = x
    for (i in 0 until 500) {
      if (s > 1e9) break
      s = s * 1.01f
    }
    return s
  }

  fun mapKey(x: Tensor): Tensor {
    val m = mutableMapOf<String, Tensor>()
    if (x > 0) m["p"] = x else m["n"] = x
    return m.values.first()
  }

  fun caught(x: Tensor): Tensor =
    try {
      if (x > 0) error("positive")
      x
    } catch (e: IllegalStateException) {
      -x
    }
}
