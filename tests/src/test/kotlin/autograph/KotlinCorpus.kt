@file:Suppress("unused")

package dev.merapi.autograph

import dev.merapi.dsl.*
import dev.merapi.tensor.Tensor
import dev.merapi.tf

/**
 * Functions as a Kotlin programmer writes them, each of one float32 scalar, that branch and loop on tensors. They are
 * run as they stand and as graphs.
 */
object KotlinCorpus {
  fun expression(x: Tensor): Tensor = if (x > 0) x * 2f else -x

  fun statement(x: Tensor): Tensor {
    var y = x
    if (y < 0.0) {
      y = -y
    }
    return y + 1f
  }

  fun infixCondition(x: Tensor): Tensor = if ((x gt 0f).toBoolean()) x else x * 0.1f

  fun clamp(x: Tensor): Tensor = when {
    x > 5 -> tf.constant(5f)
    x < -1.5 -> tf.constant(-1.5f)
    else -> x
  }

  fun early(x: Tensor): Tensor {
    if (x >= 5) return x * x
    if (x <= -5f) return tf.constant(-5f)
    return x + 0.5f
  }

  fun logic(x: Tensor): Tensor = when {
    x < 0 || x > 6 -> x * -1f
    x > 2 && !(x > 3.5) -> x * 3f
    else -> x + 1f
  }

  fun reversed(x: Tensor): Tensor = if (2 < x) x - 2f else if (0.75f >= x) x + 10f else x

  fun natural(x: Tensor): Tensor {
    var n = x
    var acc = tf.constant(0f)
    while (n > 0.5) {
      acc = if (n >= 3.0) acc + n else acc - n
      n = n - 1f
    }
    return if (acc < 4) acc else acc * 2f
  }

  fun doWhile(x: Tensor): Tensor {
    var n = x
    do {
      n = n - 3f
    } while (n > 0)
    return n
  }

  fun whileTrue(x: Tensor): Tensor {
    var n = x
    while (true) {
      if (n < 1) break
      n = n / 3f
    }
    return n
  }

  fun breakLater(x: Tensor): Tensor {
    var n = x
    var sum = tf.constant(0f)
    while (n > 0) {
      sum += n * n
      if (sum > 30) break
      n -= 0.5f
    }
    return sum + n
  }

  fun continues(x: Tensor): Tensor {
    var n = x
    var s = tf.constant(0f)
    while (n > 0) {
      n -= 1f
      if (n > 4) continue
      s += n
    }
    return s
  }

  fun nested(x: Tensor): Tensor {
    var i = tf.constant(0f)
    var s = tf.constant(0f)
    while (i < x) {
      var j = tf.constant(0f)
      while (j < i) {
        s += x
        j += 1f
      }
      i += 1f
    }
    return s
  }

  fun labelled(x: Tensor): Tensor {
    var s = x
    var i = tf.constant(0f)
    outer@ while (i < 5) {
      i += 1f
      var j = tf.constant(0f)
      while (j < 3) {
        j += 1f
        if (s > 20) break@outer
        if (s < -40) continue@outer
        s = s * 1.5f
      }
    }
    return s + i * 100f
  }

  fun returnFromLoop(x: Tensor): Tensor {
    var n = x
    while (n > 0) {
      if (n < 2) return n * 10f
      n -= 1.25f
    }
    return n - 3f
  }

  fun untilHost(x: Tensor): Tensor {
    var s = x
    for (i in 0 until 3) {
      if (s > 4) s /= 2f else s *= 3f
    }
    return s
  }

  fun untilHostBreak(x: Tensor): Tensor {
    var s = x
    for (i in 1..4) {
      if (s > 10) break
      s = s * 1.5f + i
    }
    return s
  }

  fun overRange(x: Tensor): Tensor {
    var s = x
    for (i in tf.range(4)) {
      s += tf.cast(i, tf.float32) * x
    }
    return s
  }

  fun overRangeOfTensor(x: Tensor): Tensor {
    var s = tf.constant(1f)
    for (i in tf.range(tf.cast(tf.abs(x), tf.int32))) {
      if (s > 50) break
      s = s * 1.5f + tf.cast(i, tf.float32)
    }
    return s
  }

  fun overRows(x: Tensor): Tensor {
    var s = tf.constant(0f)
    for (row in tf.constant(arrayOf(floatArrayOf(1f, 2f), floatArrayOf(-3f, 1f), floatArrayOf(4f, 4f))) * x) {
      s += if (tf.reduceSum(row) > 0) tf.reduceSum(row * row) else tf.reduceMean(row)
    }
    return s
  }

  fun overList(x: Tensor): Tensor {
    var s = x
    for (k in listOf(1f, 2f, 3f)) {
      if (s > k * 2) continue
      s = s + k
    }
    return s
  }

  fun forEachInline(x: Tensor): Tensor {
    var s = x
    listOf(1f, -2f, 3f).forEach { if (s > it) s -= it else s += it }
    return s
  }

  fun lambdaThatCaptures(x: Tensor): Tensor {
    var s = x
    val step: (Float) -> Unit = { if (s > it) s -= it else s += it * 2f }
    step(1f)
    step(2f)
    return s
  }

  fun captureInArm(x: Tensor): Tensor {
    var s = x
    val double = { s = s * 2f }
    if (x > 1) double() else s += 1f
    return s
  }

  fun fold(x: Tensor): Tensor = listOf(1f, 2f).fold(x) { a, k -> if (a > k) a - k else a + k }

  fun pairs(x: Tensor): Tensor {
    val (a, b) = if (x > 2) Pair(x, x * 2f) else Pair(-x, x)
    return a + b
  }

  data class Point(val x: Tensor, val y: Tensor)

  fun dataClass(x: Tensor): Tensor {
    var p = Point(x, tf.constant(2f))
    while (p.x > 0) {
      p = p.copy(x = p.x - 1f, y = p.y * 1.25f)
    }
    return p.x + p.y
  }

  fun triples(x: Tensor): Tensor {
    var t = Triple(x, tf.constant(1f), 3)
    while (t.first > 1) t = Triple(t.first / 2f, t.second + 1f, t.third)
    return t.first + t.second * t.third
  }

  fun listMutated(x: Tensor): Tensor {
    val l = mutableListOf(x)
    if (x > 0) l.add(x * 2f) else l.add(x * 3f)
    return l.last()
  }

  fun mapMutated(x: Tensor): Tensor {
    val m = mutableMapOf("a" to x)
    when {
      x > 3 -> m["a"] = x * 2f
      x > 0 -> m["a"] = x * 3f
    }
    return m.getValue("a")
  }

  class Acc {
    var s: Tensor = tf.constant(0f)
    var max: Tensor = tf.constant(-1f)

    fun add(x: Tensor) {
      s += x
      if (x > max) max = x
    }
  }

  fun fieldMutated(x: Tensor): Tensor {
    val a = Acc()
    var n = x
    while (n > 0) {
      a.s += n
      n -= 1f
    }
    return a.s
  }

  fun methodsThatMutate(x: Tensor): Tensor {
    val a = Acc()
    for (row in tf.constant(floatArrayOf(1f, 3f, 2f)) * x) a.add(row)
    return a.s + a.max * 10f
  }

  private fun Tensor.isLarge(): Boolean = this > 3

  fun extensionPredicate(x: Tensor): Tensor = if (x.isLarge()) x - 3f else if (!(x * 2f).isLarge()) x else x + 3f

  fun flagVariable(x: Tensor): Tensor {
    var n = x
    var done = n < 0
    while (!done) {
      n -= 1.5f
      done = n < 0 || n > 100
    }
    return n
  }

  fun helper(x: Tensor): Tensor = leaky(x) + leaky(x - 4f)

  private fun leaky(x: Tensor, slope: Float = 0.1f): Tensor = if (x > 0) x else x * slope

  fun letElvis(x: Tensor): Tensor {
    val y: Tensor? = null
    return y ?: x.let { if (it > 1) it else it + 5f }
  }

  fun runExpression(x: Tensor): Tensor = 1f + run {
    var k = x
    while (k > 3) k /= 2f
    k
  }

  fun tryFinally(x: Tensor): Tensor {
    var closed = 0
    try {
      return if (x > 0) x else -x
    } finally {
      closed++
    }
  }

  fun required(x: Tensor): Tensor {
    require(x < 1e6f) { "x is too large" }
    check(x > -1e6f)
    return x * 2f
  }

  fun requiredInBranch(x: Tensor): Tensor {
    var y = x
    if (x > 0) {
      require(x < 1e6f) { "x is too large" }
      y = x * 2f
    }
    return y
  }

  fun whenSubject(x: Tensor): Tensor = when (tf.cast(x, tf.int32).intValue()) {
    1, 2 -> x * 10f
    in 3..5 -> x * 20f
    else -> -x
  }

  fun newton(x: Tensor): Tensor {
    val a = tf.abs(x) + 1f
    var r = a
    while (tf.abs(r * r - a) > 1e-3) r = (r + a / r) * 0.5f
    return r
  }

  fun gcdLike(x: Tensor): Tensor {
    var a = tf.abs(x)
    var b = tf.constant(1.5f)
    while (b > 0.01) {
      while (a >= b) a -= b
      val t = a
      a = b
      b = t
    }
    return a
  }

  fun nestedInside(x: Tensor): Tensor {
    var s = x
    for (i in tf.range(3)) {
      if (s > 2) {
        for (j in tf.range(2)) s -= 0.5f
      } else {
        while (s < 1) s += 1f
      }
    }
    return s
  }
}
