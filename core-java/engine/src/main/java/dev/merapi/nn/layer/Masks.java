package dev.merapi.nn.layer;

import dev.merapi.tensor.Tensor;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Remembers which steps of a tensor count, for as long as the tensor lives: what an `Embedding`
/// finds out reaches the `LSTM` behind it without the program passing it on.
///
/// A table beside the tensors, so that the many tensors without a mask carry nothing for it.
public final class Masks {
  private static final Map<Key, Tensor> ALL = new ConcurrentHashMap<>();
  private static final ReferenceQueue<Tensor> GONE = new ReferenceQueue<>();

  private Masks() {}

  private static final class Key extends WeakReference<Tensor> {
    private final int hash;

    Key(Tensor t, @Nullable ReferenceQueue<Tensor> queue) {
      super(t, queue);
      hash = System.identityHashCode(t);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object o) {
      return o == this || o instanceof Key k && get() != null && get() == k.get();
    }
  }

  /// Returns the mask that a layer gave to a tensor: bool, true for what counts; null for none.
  public static @Nullable Tensor of(Tensor t) {
    return ALL.isEmpty() ? null : ALL.get(new Key(t, null));
  }

  /// Gives a mask to a tensor, or takes it away.
  public static void set(Tensor t, @Nullable Tensor mask) {
    for (Object gone = GONE.poll(); gone != null; gone = GONE.poll()) {
      ALL.remove(gone);
    }
    if (mask != null) {
      ALL.put(new Key(t, GONE), mask);
    } else if (!ALL.isEmpty()) {
      ALL.remove(new Key(t, null));
    }
  }
}
