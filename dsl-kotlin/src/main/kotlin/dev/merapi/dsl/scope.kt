package dev.merapi.dsl

import dev.merapi.memory.Scope
import dev.merapi.tensor.Tensor

/**
 * Runs [body] and gives the memory of all tensors made inside back at its end.
 *
 * What the block returns lives on: a tensor, or the tensors directly in a list, a pair or a map's values; others with
 * `keep(x)`. Nobody has to open a scope; without one the collector gives memory back.
 */
public inline fun <T> tensorScope(body: Scope.() -> T): T =
  Scope.open().use { scope ->
    val result = scope.body()
    scope.keepAll(result)
    result
  }

@PublishedApi
internal fun Scope.keepAll(result: Any?) {
  when (result) {
    is Tensor -> keep(result)
    is Iterable<*> -> result.forEach { if (it is Tensor) keep(it) }
    is Map<*, *> -> keepAll(result.values)
    is Pair<*, *> -> keepAll(result.toList())
    is Triple<*, *, *> -> keepAll(result.toList())
  }
}
