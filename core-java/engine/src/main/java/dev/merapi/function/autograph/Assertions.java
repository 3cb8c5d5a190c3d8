package dev.merapi.function.autograph;

import dev.merapi.op.Literals;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.List;

/// Writes into the graph that something must hold when it runs: what becomes of `assert`, `check`,
/// `require` and `throw` under a condition on a tensor.
final class Assertions {
  private static final OpRef ASSERT = OpRef.to("Assert");

  private Assertions() {}

  /// Lets the graph fail with the exception's message where `holds` is false.
  static void must(Tensor holds, Throwable t) {
    String text = t.getMessage() == null ? "" : ": " + t.getMessage();
    Tensor message = Literals.of(t.getClass().getSimpleName() + text);
    ASSERT.get().all(ASSERT.attrs("T", List.of(DType.STRING).toArray(new DType[0])), holds, message);
  }

  /// Lets the graph fail here.
  static void fail(Throwable t) {
    must(Literals.of(false, DType.BOOL), t);
  }
}
