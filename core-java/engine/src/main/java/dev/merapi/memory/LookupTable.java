package dev.merapi.memory;

import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A table from keys to values: what a vocabulary is to graphs.
///
/// Keys are strings or whole numbers, values any type. Graphs fill a table once; its owner may give
/// it another content as a whole. Any number of threads may read meanwhile.
public final class LookupTable {
  private static final Spec SCALAR = Spec.of(DType.RESOURCE);

  private final String name;
  private final DType keyType;
  private final DType valueType;
  private final Tensor handle = Memory.handles(SCALAR, new Object[] {this});
  private volatile @Nullable Content content;

  /// The pairs, with an index over the keys: open addressing, at most half full.
  private record Content(Tensor keys, Tensor values, int[] slots) {}

  public LookupTable(String name, DType keyType, DType valueType) {
    this.name = name;
    this.keyType = keyType;
    this.valueType = valueType;
  }

  public String name() {
    return name;
  }

  public DType keyType() {
    return keyType;
  }

  public DType valueType() {
    return valueType;
  }

  /// Returns the scalar of type resource that stands for the table in calls; always the same one.
  public Tensor handle() {
    return handle;
  }

  public boolean isFilled() {
    return content != null;
  }

  public long size() {
    Content c = content;
    return c == null ? 0 : c.keys.size();
  }

  /// Returns the keys in the order in which they were given; null before the table is filled.
  public @Nullable Tensor keys() {
    Content c = content;
    return c == null ? null : c.keys;
  }

  public @Nullable Tensor values() {
    Content c = content;
    return c == null ? null : c.values;
  }

  /// Takes the pairs instead of those that are there. Types are the caller's to check.
  ///
  /// @return null, or the position of a key that was there before with another value; then the
  ///   table stays as it was
  public synchronized @Nullable Integer fill(Tensor keys, Tensor values) {
    Tensor k = own(keys);
    Tensor v = own(values);
    int n = Math.toIntExact(k.size());
    int[] slots = new int[Math.max(4, Integer.highestOneBit(Math.max(1, n)) * 4)];
    Arrays.fill(slots, -1);
    Content made = new Content(k, v, slots);
    for (int i = 0; i < n; i++) {
      int slot = keyType == DType.STRING ? slot(made, k.strings()[i]) : slot(made, whole(k, i));
      if (slots[slot] < 0) {
        slots[slot] = i;
      } else if (!same(v, slots[slot], i)) {
        return i;
      }
    }
    content = made;
    return null;
  }

  /// A copy that nobody else writes to.
  private static Tensor own(Tensor t) {
    if (t.dtype() == DType.STRING) {
      return Memory.texts(t.spec(), t.strings().clone());
    }
    Tensor own = Memory.unscoped(t.spec());
    own.segment().copyFrom(t.segment());
    return own;
  }

  private static boolean same(Tensor v, int i, int j) {
    if (v.dtype() == DType.STRING) {
      return Arrays.equals(v.strings()[i], v.strings()[j]);
    }
    int bytes = v.dtype().bytes();
    return v.segment()
            .asSlice((long) i * bytes, bytes)
            .mismatch(v.segment().asSlice((long) j * bytes, bytes))
        < 0;
  }

  /// Returns the whole number at a position of a tensor of int32 or int64.
  public static long whole(Tensor t, long i) {
    return t.dtype() == DType.I64
        ? t.segment().getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, i)
        : t.segment().getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, i);
  }

  /// Returns the position of a pair, -1 if there is none.
  public int find(byte[] key) {
    Content c = content;
    return c == null ? -1 : c.slots[slot(c, key)];
  }

  public int find(long key) {
    Content c = content;
    return c == null ? -1 : c.slots[slot(c, key)];
  }

  private static int slot(Content c, byte[] key) {
    byte[][] keys = c.keys.strings();
    int mask = c.slots.length - 1;
    int at = spread(Arrays.hashCode(key)) & mask;
    while (c.slots[at] >= 0 && !Arrays.equals(keys[c.slots[at]], key)) {
      at = at + 1 & mask;
    }
    return at;
  }

  private static int slot(Content c, long key) {
    int mask = c.slots.length - 1;
    int at = spread(Long.hashCode(key)) & mask;
    while (c.slots[at] >= 0 && whole(c.keys, c.slots[at]) != key) {
      at = at + 1 & mask;
    }
    return at;
  }

  /// Fibonacci hashing: neighbouring keys do not pile up in neighbouring slots.
  ///
  /// Source: Knuth, The Art of Computer Programming 3, 6.4.
  private static int spread(int h) {
    int x = h * 0x9E3779B9;
    return x ^ x >>> 15;
  }

  /// Returns TensorFlow's form of a table's handle.
  @Override
  public String toString() {
    return "<ResourceHandle(name=\""
        + name
        + "\", device=\"/job:localhost/replica:0/task:0/device:"
        + "CPU:0\", container=\"localhost\", type=\"tensorflow::lookup::LookupInterface\")>";
  }
}
