package dev.merapi.nn.activation;

import dev.merapi.graph.Node;
import dev.merapi.graph.Symbol;
import dev.merapi.tensor.Tensor;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Remembers which scores a softmax or sigmoid was made of, so that a cross-entropy of its output
/// can be computed from the scores, without overflow and without a logarithm of 0; Keras does so
/// too.
///
/// In a trace the node behind the tensor tells; values of eager mode are kept in a table for as
/// long as the output lives.
public final class Logits {
  private static final Map<Key, Tensor> ALL = new ConcurrentHashMap<>();
  private static final ReferenceQueue<Tensor> GONE = new ReferenceQueue<>();

  private Logits() {}

  private static final class Key extends WeakReference<Tensor> {
    private final int hash;
    private final String op;

    Key(Tensor t, String op, @Nullable ReferenceQueue<Tensor> queue) {
      super(t, queue);
      this.op = op;
      hash = System.identityHashCode(t);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object o) {
      return o == this
          || o instanceof Key k && op.equals(k.op) && get() != null && get() == k.get();
    }
  }

  /// Returns the scores that `op` (`Softmax`, `Sigmoid`) made `y` of, or null when `y` comes from
  /// elsewhere.
  public static @Nullable Tensor of(Tensor y, String op) {
    if (y.storage() instanceof Symbol s) {
      Node n = s.node();
      return n.is(op) ? n.input(0) : null;
    }
    return ALL.isEmpty() ? null : ALL.get(new Key(y, op, null));
  }

  /// Remembers that `op` made `y` of `x`; returns `y`.
  static Tensor remember(String op, Tensor x, Tensor y) {
    for (Object gone = GONE.poll(); gone != null; gone = GONE.poll()) {
      ALL.remove(gone);
    }
    if (!y.isSymbolic()) {
      ALL.put(new Key(y, op, GONE), x);
    }
    return y;
  }
}
