package dev.merapi.compile.pass;

import dev.merapi.graph.Node;
import dev.merapi.graph.Symbol;
import dev.merapi.op.Attrs;
import dev.merapi.op.OpDef;
import dev.merapi.op.Registry;
import dev.merapi.op.Values;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Leaves out operations that change nothing and joins those that undo each other.
///
/// Only rules that keep every bit, for nan, infinities and minus zero too: `x·1`, `x/1`, `x − 0`
/// are `x`, but `x + 0` is not (−0 + 0 is 0), and `log(1 + exp(x))` stays as it is.
public final class Algebra extends Rewrite {
  private static final Set<String> SAME =
      Set.of("Identity", "StopGradient", "PreventGradient", "Snapshot");

  public Algebra() {
    super("algebra");
  }

  @Override
  Tensor @Nullable [] instead(Node n, Tensor[] in, Copy copy) {
    if (SAME.contains(n.op().name())) {
      return in;
    }
    return switch (n.op().name()) {
      case "IdentityN" -> in;
      case "Cast" -> in[0].dtype() == n.output(0).dtype() ? in : null;
      case "Mul" -> unit(n, in[1], in[0]) ? one(in[0]) : unit(n, in[0], in[1]) ? one(in[1]) : null;
      case "RealDiv", "Div", "DivNoNan" -> unit(n, in[1], in[0]) ? one(in[0]) : null;
      case "Sub" -> isAll(in[1], 0) && keeps(n, in[0]) ? one(in[0]) : null;
      case "Neg", "LogicalNot", "Conj" ->
          isFrom(in[0], n.op().name()) ? one(from(in[0]).input(0)) : null;
      case "AddN" -> in.length == 1 ? in : null;
      case "BroadcastTo", "Reshape", "ExpandDims", "Squeeze", "Tile" -> reshaped(n, in, copy);
      case "Transpose" -> transposed(n, in, copy);
      case "MatMul" -> product(n, in, copy);
      case "Sum", "Max", "Min", "Prod", "Mean", "Any", "All" -> folded(n, in);
      default -> lifted(n, in, copy);
    };
  }

  /// Computes `f(reshape(x))` as `reshape(f(x))` where f works element by element, or along a last
  /// axis that the reshape keeps: reshapes then meet and vanish, and f meets what made x.
  private static Tensor @Nullable [] lifted(Node n, Tensor[] in, Copy copy) {
    if (in.length != 1 || n.outputs().length != 1 || n.op().isStateful()) {
      return null;
    }
    Node before = from(in[0]);
    boolean rows = n.is("Softmax") || n.is("LogSoftmax");
    if (!before.is("Reshape") || !rows && n.op().scalar() == null) {
      return null;
    }
    Tensor x = before.input(0);
    Shape was = x.shape();
    Shape is = in[0].shape();
    if (!was.isKnown() || !is.isKnown() || !n.output(0).shape().equals(is)) {
      return null;
    }
    if (rows && (was.rank() == 0 || was.dim(-1) != is.dim(-1))) {
      return null;
    }
    Tensor[] args = {x};
    Tensor y = copy.builder.append(n.op(), n.attrs(), args, n.name(), n.device(), n.where())[0];
    OpDef reshape = Registry.find("Reshape");
    Tensor[] back = {y, copy.builder.constant(Values.ints(is.dims()))};
    return copy.builder.append(
        reshape, reshape.defaults(), back, before.name(), n.device(), n.where());
  }

  private static Tensor[] one(Tensor t) {
    return new Tensor[] {t};
  }

  /// Tells whether the result of `n` has the very shape and type of `x`.
  private static boolean keeps(Node n, Tensor x) {
    return x.shape().isKnown() && x.spec().equals(n.output(0).spec());
  }

  private static boolean unit(Node n, Tensor factor, Tensor x) {
    return isAll(factor, 1) && keeps(n, x);
  }

  /// Tells whether a tensor is a small constant of which every element is `x`; a zero must be the
  /// positive one.
  private static boolean isAll(Tensor t, double x) {
    Tensor c = repeated(t).storage().constant();
    if (c == null
        || c.size() == 0
        || c.size() > 1024
        || !(c.dtype().isDifferentiable() || c.dtype().isInteger())
        || c.dtype().isComplex()) {
      return false;
    }
    for (double v : c.toDoubleArray()) {
      if (Double.compare(v, x) != 0) {
        return false;
      }
    }
    return true;
  }

  /// Returns the tensor whose elements `t` repeats.
  private static Tensor repeated(Tensor t) {
    Node n = Symbol.node(t);
    return switch (n.op().name()) {
      case "BroadcastTo", "Reshape", "ExpandDims", "Squeeze", "Identity" -> repeated(n.input(0));
      case "Fill" -> repeated(n.input(1));
      default -> t;
    };
  }

  private static boolean isFrom(Tensor t, String op) {
    return Symbol.node(t).is(op);
  }

  private static Node from(Tensor t) {
    return Symbol.node(t);
  }

  private static Tensor @Nullable [] reshaped(Node n, Tensor[] in, Copy copy) {
    if (keeps(n, in[0])) {
      return one(in[0]);
    }
    if (n.is("BroadcastTo") || n.is("Tile")) {
      return null;
    }
    // One reshape after another: only the last counts.
    Node before = from(in[0]);
    Shape s = n.output(0).shape();
    boolean chain = before.is("Reshape") || before.is("ExpandDims") || before.is("Squeeze");
    if (!chain || !s.isKnown() || !before.input(0).shape().isKnown()) {
      return null;
    }
    if (before.input(0).spec().equals(n.output(0).spec())) {
      return one(before.input(0));
    }
    OpDef reshape = Registry.find("Reshape");
    Tensor shape = copy.builder.constant(Values.ints(s.dims()));
    return copy.builder.append(
        reshape,
        reshape.defaults(),
        new Tensor[] {before.input(0), shape},
        n.name(),
        n.device(),
        n.where());
  }

  private static int @Nullable [] perm(Node n) {
    Tensor c = n.is("Transpose") ? n.input(1).storage().constant() : null;
    return c == null ? null : c.toIntArray();
  }

  private static Tensor @Nullable [] transposed(Node n, Tensor[] in, Copy copy) {
    int[] p = perm(n);
    if (p == null) {
      return null;
    }
    int[] q = perm(from(in[0]));
    int[] joined = p;
    Tensor x = in[0];
    if (q != null && q.length == p.length) {
      joined = new int[p.length];
      for (int i = 0; i < p.length; i++) {
        joined[i] = q[p[i] < 0 ? p[i] + p.length : p[i]];
      }
      x = from(in[0]).input(0);
    }
    boolean same = true;
    for (int i = 0; i < joined.length; i++) {
      joined[i] = joined[i] < 0 ? joined[i] + joined.length : joined[i];
      same &= joined[i] == i;
    }
    if (same) {
      return one(x);
    }
    if (x == in[0]) {
      return null;
    }
    return copy.builder.append(
        n.op(),
        n.attrs(),
        new Tensor[] {x, copy.builder.constant(Values.ints(joined))},
        n.name(),
        n.device(),
        n.where());
  }

  /// Lets a product read a transposed matrix as it lies.
  private static Tensor @Nullable [] product(Node n, Tensor[] in, Copy copy) {
    boolean ta = turned(in[0]);
    boolean tb = turned(in[1]);
    if (!ta && !tb) {
      return null;
    }
    Attrs a =
        n.op()
            .attrs(
                Map.of(
                    "transpose_a", n.attrs().b("transpose_a") != ta,
                    "transpose_b", n.attrs().b("transpose_b") != tb));
    Tensor x = ta ? from(in[0]).input(0) : in[0];
    Tensor y = tb ? from(in[1]).input(0) : in[1];
    return copy.builder.append(n.op(), a, new Tensor[] {x, y}, n.name(), n.device(), n.where());
  }

  private static boolean turned(Tensor t) {
    return Arrays.equals(perm(from(t)), new int[] {1, 0});
  }

  /// A reduction over no axis gives its input.
  private static Tensor @Nullable [] folded(Node n, Tensor[] in) {
    Tensor axes = in[1].storage().constant();
    return axes != null && axes.size() == 0 && keeps(n, in[0]) ? one(in[0]) : null;
  }
}
