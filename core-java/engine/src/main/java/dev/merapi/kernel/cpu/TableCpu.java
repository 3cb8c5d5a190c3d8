package dev.merapi.kernel.cpu;

import dev.merapi.device.Workers;
import dev.merapi.memory.LookupTable;
import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Kernels on tables from keys to values.
public final class TableCpu {
  /// Keys looked up by one chunk; some 20 µs.
  private static final int CHUNK = 1024;

  private static final ConcurrentHashMap<Named, LookupTable> NAMED = new ConcurrentHashMap<>();

  private record Named(String container, String name) {}

  private TableCpu() {}

  public static void handle(Call c) {
    DType key = c.type("key_dtype");
    DType value = c.type("value_dtype");
    String name = c.attrs.s("shared_name");
    LookupTable t =
        name.isEmpty()
            ? new LookupTable("table", key, value)
            : NAMED.computeIfAbsent(
                new Named(c.attrs.s("container"), name), n -> new LookupTable(name, key, value));
    if (t.keyType() != key || t.valueType() != value) {
      throw c.fault("there is a table '" + name + "' of other types")
          .given(key + " to " + value)
          .expected(t.keyType() + " to " + t.valueType())
          .typeError();
    }
    c.give(0, t.handle());
  }

  private static LookupTable table(Call c) {
    Object[] h = c.in(0).handles();
    if (h.length == 1 && h[0] instanceof LookupTable t) {
      return t;
    }
    throw c.fault("input 0 is no handle of a table")
        .expected("what HashTableV2 returns")
        .typeError();
  }

  public static void fill(Call c) {
    LookupTable t = table(c);
    if (t.isFilled()) {
      Tensor keys = t.keys();
      if (keys != null && keys.size() == c.in(1).size()) {
        // TensorFlow lets the same table be initialized again.
        return;
      }
      throw c.fault("Table already initialized with different data")
          .given("table '" + t.name() + "' of " + t.size() + " keys")
          .expected("a table that is empty")
          .valueError();
    }
    Integer twice = t.fill(c.in(1), c.in(2));
    if (twice != null) {
      throw c.fault("HashTable has different value for same key")
          .given("key " + key(c.in(1), twice) + " at position " + twice)
          .expected("each key once")
          .valueError();
    }
  }

  private static String key(Tensor keys, int i) {
    return keys.dtype() == DType.STRING
        ? "'" + new String(keys.strings()[i], StandardCharsets.UTF_8) + "'"
        : "" + LookupTable.whole(keys, i);
  }

  public static void find(Call c) {
    LookupTable t = table(c);
    Tensor keys = c.in(1);
    Tensor otherwise = c.in(2);
    Tensor y = c.out(0);
    int n = Math.toIntExact(keys.size());
    Tensor values = t.values();
    if (values == null) {
      throw c.fault("Table not initialized")
          .given("table '" + t.name() + "'")
          .expected("a table that was filled")
          .fix("fill it with InitializeTableV2; a layer learns its vocabulary with adapt(data)")
          .valueError();
    }
    int chunks = (n + CHUNK - 1) / CHUNK;
    Workers.Task task =
        chunk -> {
          int end = Math.min(n, (chunk + 1) * CHUNK);
          for (int i = chunk * CHUNK; i < end; i++) {
            int at =
                keys.dtype() == DType.STRING
                    ? t.find(keys.strings()[i])
                    : t.find(LookupTable.whole(keys, i));
            if (at < 0) {
              copy(otherwise, 0, y, i);
            } else {
              copy(values, at, y, i);
            }
          }
        };
    Planes.share(chunks < 4, chunks, task);
  }

  private static void copy(Tensor from, int at, Tensor to, int i) {
    switch (to.dtype().bytes()) {
      case 8 ->
          to.segment()
              .setAtIndex(
                  ValueLayout.JAVA_LONG_UNALIGNED,
                  i,
                  from.segment().getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, at));
      case 4 ->
          to.segment()
              .setAtIndex(
                  ValueLayout.JAVA_INT_UNALIGNED,
                  i,
                  from.segment().getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, at));
      case 1 ->
          to.segment().set(ValueLayout.JAVA_BYTE, i, from.segment().get(ValueLayout.JAVA_BYTE, at));
      default -> to.strings()[i] = from.strings()[at];
    }
  }

  public static void size(Call c) {
    c.out(0).segment().set(ValueLayout.JAVA_LONG, 0, table(c).size());
  }

  public static void export(Call c) {
    LookupTable t = table(c);
    give(c, 0, t.keys());
    give(c, 1, t.values());
  }

  private static void give(Call c, int i, @Nullable Tensor t) {
    Tensor y = c.out(i, Shape.of(t == null ? 0 : Math.toIntExact(t.size())));
    if (t == null) {
      return;
    }
    if (t.dtype() == DType.STRING) {
      System.arraycopy(t.strings(), 0, y.strings(), 0, t.strings().length);
    } else {
      MemorySegment s = t.segment();
      y.segment().copyFrom(s);
    }
  }
}
