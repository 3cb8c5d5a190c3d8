package dev.merapi.nn.layer.preprocess;

import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kind;
import dev.merapi.op.Literals;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Numbers and arrays of numbers as arguments of layers, kept as float64.
final class Arrays64 {
  static final Kind<Tensor> KIND =
      new Kind<>() {
        @Override
        public Tensor read(@Nullable Object given) {
          if (given == null || given instanceof String || given instanceof Boolean) {
            throw new Misfit("");
          }
          try {
            Tensor t = Literals.of(given);
            if (t.dtype() != DType.F64 && !t.dtype().isFloating() && !t.dtype().isInteger()) {
              throw new Misfit(t.dtype() + " elements");
            }
            return t.dtype() == DType.F64
                ? t
                : given instanceof Tensor ? Ops.cast(t, DType.F64) : Literals.of(given, DType.F64);
          } catch (IllegalArgumentException e) {
            throw new Misfit(String.valueOf(e.getMessage()));
          }
        }

        @Override
        public Object write(Tensor value) {
          return list(value.toDoubleArray(), value.shape().dims(), 0, new int[1]);
        }

        @Override
        public String expected() {
          return "a number or an array of numbers";
        }
      };

  private Arrays64() {}

  private static Object list(double[] all, int[] dims, int axis, int[] at) {
    if (axis == dims.length) {
      return all[at[0]++];
    }
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < dims[axis]; i++) {
      items.add(list(all, dims, axis + 1, at));
    }
    return items;
  }
}
