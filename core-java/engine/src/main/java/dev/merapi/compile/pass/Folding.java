package dev.merapi.compile.pass;

import dev.merapi.graph.Node;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Computes ahead what depends on constants alone, with the kernels that would run later.
///
/// Results much larger than what they are made of (`tf.zeros`, `tf.range`) stay computations: a
/// graph should not grow by them.
public final class Folding extends Rewrite {
  /// Results up to this many bytes are always kept.
  private static final long SMALL_BYTES = 1 << 16;

  public Folding() {
    super("folding");
  }

  @Override
  Tensor @Nullable [] instead(Node n, Tensor[] in, Copy copy) {
    if (n.is("Const") || n.is("Placeholder") || n.outputs().length == 0) {
      return null;
    }
    Tensor[] known = known(n, in);
    if (known == null) {
      return null;
    }
    Tensor[] out = new Tensor[known.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = copy.builder.constant(known[i], n.name());
    }
    return out;
  }

  private static Tensor @Nullable [] known(Node n, Tensor[] in) {
    Tensor[] all = new Tensor[n.outputs().length];
    boolean each = true;
    for (int i = 0; i < all.length && each; i++) {
      Tensor c = n.output(i).storage().constant();
      each = c != null;
      all[i] = c;
    }
    return each ? all : computed(n, in);
  }

  /// Computes larger values, of which shape rules take no notice.
  private static Tensor @Nullable [] computed(Node n, Tensor[] in) {
    if (n.op().isStateful() || !n.bodies().isEmpty() || in.length == 0) {
      return null;
    }
    long bytes = SMALL_BYTES;
    Tensor[] args = new Tensor[in.length];
    for (int i = 0; i < in.length; i++) {
      Tensor c = in[i].storage().constant();
      if (c == null || c.dtype().isHandle()) {
        return null;
      }
      args[i] = c;
      bytes += c.spec().bytes();
    }
    for (Tensor t : n.outputs()) {
      if (!t.shape().isKnown() || t.dtype() == DType.VARIANT || t.spec().bytes() > bytes) {
        return null;
      }
    }
    return n.computeAhead(args);
  }
}
