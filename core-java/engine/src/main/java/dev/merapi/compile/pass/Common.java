package dev.merapi.compile.pass;

import dev.merapi.graph.Graph;
import dev.merapi.graph.Node;
import dev.merapi.op.Attrs;
import dev.merapi.op.OpDef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.NumpyFormat;
import dev.merapi.tensor.Tensor;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Computes equal things once: same operation, same attributes, same inputs.
///
/// Random numbers are drawn as often as the program says; a variable is read again only after it
/// may have changed.
public final class Common extends Rewrite {
  /// Constants with more elements are not compared.
  private static final long COMPARED_ELEMENTS = 64;

  private record Key(OpDef op, Attrs attrs, List<Integer> inputs, List<Node> controls) {}

  private Map<Object, Tensor[]> seen = new HashMap<>();
  private Map<Tensor, Integer> numbers = new IdentityHashMap<>();

  public Common() {
    super("common");
  }

  @Override
  public Graph apply(Graph g) {
    // A pass object serves one graph at a time.
    return new Common().once(g);
  }

  private Graph once(Graph g) {
    return super.apply(g);
  }

  @Override
  Tensor @Nullable [] instead(Node n, Tensor[] in, Copy copy) {
    boolean read = n.op().effect() == OpDef.Effect.READS;
    if (n.is("Placeholder") || n.op().isStateful() && !read || !n.bodies().isEmpty()) {
      return null;
    }
    Object key;
    if (n.is("Const")) {
      Tensor v = n.attrs().tensor("value");
      if (v.size() > COMPARED_ELEMENTS || v.dtype().isHandle()) {
        return null;
      }
      key = v.dtype() + v.shape().toString() + bits(v);
    } else {
      key =
          new Key(
              n.op(),
              n.attrs(),
              java.util.Arrays.stream(in).map(this::number).toList(),
              read ? n.controls() : List.of());
    }
    Tensor[] before = seen.get(key);
    if (before != null) {
      return before;
    }
    Tensor[] out = copy.builder.copy(n, in);
    seen.put(key, out);
    return out;
  }

  private int number(Tensor t) {
    return numbers.computeIfAbsent(t, k -> numbers.size());
  }

  private static String bits(Tensor v) {
    return v.dtype() == DType.STRING
        ? NumpyFormat.repr(v)
        : java.util.HexFormat.of().formatHex(v.toByteArray());
  }
}
