package dev.merapi.arch

/** The engine's rooms, in the order in which they may use each other: only backwards. */
internal object Rooms {
  val order: List<String> =
    listOf(
      "say",
      "tensor",
      "memory",
      "device",
      "kernel",
      "op",
      "kernel.cpu",
      "op.family",
      "eager",
      "autodiff",
      "graph",
      "compile",
      "function",
      "facade",
      "data",
      "nn",
      "tf",
      "distribute",
    )

  private const val HOUSE = "dev.merapi"

  /**
   * The room of a package, or null for a package that is in none.
   *
   * A sub-package belongs to the longest room that contains it. The house's own package holds the entry
   * `dev.merapi.tf` and so counts as the room `tf`.
   */
  fun roomOf(packageName: String): String? {
    if (packageName == HOUSE) return "tf"
    if (!packageName.startsWith("$HOUSE.")) return null
    val path = packageName.removePrefix("$HOUSE.")
    return order.filter { path == it || path.startsWith("$it.") }.maxByOrNull { it.length }
  }

  /** Whether code in the room [user] may name something that lives in the room [used]. */
  fun mayUse(
    user: String,
    used: String,
  ): Boolean = order.indexOf(used) <= order.indexOf(user)
}
