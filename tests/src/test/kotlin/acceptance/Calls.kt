package dev.merapi.acceptance

import dev.merapi.op.Index
import dev.merapi.op.Literals
import dev.merapi.op.OpRef
import dev.merapi.op.Slicing
import dev.merapi.tensor.DType
import dev.merapi.tensor.Tensor
import dev.merapi.tensor.TensorLike

/** A tensor of a host value, typed as literals are. */
internal fun constant(
  value: Any,
  dtype: DType? = null,
): Tensor = Literals.of(value, dtype)

internal fun ints(vararg x: Int): Tensor = constant(x)

/** Calls an operation by name; host values take the type of the first tensor among the arguments. */
internal fun call(
  name: String,
  vararg args: Any,
): Tensor {
  val beside =
    args.firstNotNullOfOrNull {
      when (it) {
        is Tensor -> it
        is TensorLike -> it.asTensor()
        else -> null
      }
    }
  val inputs = args.map { if (beside == null) Literals.of(it) else Literals.like(it, beside) }
  return OpRef.to(name).of(*inputs.toTypedArray())
}

internal fun cast(
  x: Any,
  to: DType,
): Tensor {
  val op = OpRef.to("Cast")
  return op.with(op.attrs("DstT", to), Literals.of(x))
}

internal fun Tensor.at(places: String): Tensor = Slicing.index(this, places)

internal fun Tensor.at(vararg places: Index): Tensor = Slicing.index(this, *places)
