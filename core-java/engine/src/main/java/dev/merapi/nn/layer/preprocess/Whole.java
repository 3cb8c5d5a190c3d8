package dev.merapi.nn.layer.preprocess;

import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.ValueLayout;
import java.util.List;

/// Whole numbers of 64 bits as tensors.
final class Whole {
  private Whole() {}

  static Tensor scalar(long x) {
    Tensor t = Values.filled(Spec.of(DType.I64), 0);
    t.segment().set(ValueLayout.JAVA_LONG, 0, x);
    return t;
  }

  static Tensor vector(List<Long> xs) {
    Tensor t = Values.filled(Spec.of(DType.I64, xs.size()), 0);
    for (int i = 0; i < xs.size(); i++) {
      t.segment().setAtIndex(ValueLayout.JAVA_LONG, i, xs.get(i));
    }
    return t;
  }
}
