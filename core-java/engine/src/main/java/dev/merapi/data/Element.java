package dev.merapi.data;

import dev.merapi.memory.Memory;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/// One element on its way through a pipeline: its components, some of which may still be rows of a
/// larger tensor.
///
/// A row is cut out only when somebody looks at it. So slicing, shuffling and batching a dataset
/// moves numbers of rows, and each value is copied once, from its source into its batch.
sealed interface Element {
  int size();

  /// Returns the tensor in which component `c` lies.
  Tensor source(int c);

  /// Returns which row of [#source] the component is, or -1 for all of it.
  int row(int c);

  /// Returns type and shape of a component.
  Spec spec(int c);

  /// Returns a component as a tensor of its own.
  Tensor part(int c);

  /// Returns all components as tensors of their own.
  default Tensor[] parts() {
    Tensor[] all = new Tensor[size()];
    for (int c = 0; c < all.length; c++) {
      all[c] = part(c);
    }
    return all;
  }

  static Element of(Tensor... parts) {
    return new Whole(parts);
  }

  /// Components that are tensors of their own.
  record Whole(Tensor[] tensors) implements Element {
    @Override
    public int size() {
      return tensors.length;
    }

    @Override
    public Tensor source(int c) {
      return tensors[c];
    }

    @Override
    public int row(int c) {
      return -1;
    }

    @Override
    public Spec spec(int c) {
      return tensors[c].spec();
    }

    @Override
    public Tensor part(int c) {
      return tensors[c];
    }

    @Override
    public Tensor[] parts() {
      return tensors;
    }
  }

  /// The same row of several tensors.
  record Row(Rows rows, int index) implements Element {
    @Override
    public int size() {
      return rows.tensors.length;
    }

    @Override
    public Tensor source(int c) {
      return rows.tensors[c];
    }

    @Override
    public int row(int c) {
      return index;
    }

    @Override
    public Spec spec(int c) {
      return rows.specs[c];
    }

    @Override
    public Tensor part(int c) {
      return rows.cut(c, index);
    }
  }

  /// The components of two elements, one after the other.
  record Joined(Element a, Element b) implements Element {
    @Override
    public int size() {
      return a.size() + b.size();
    }

    @Override
    public Tensor source(int c) {
      return c < a.size() ? a.source(c) : b.source(c - a.size());
    }

    @Override
    public int row(int c) {
      return c < a.size() ? a.row(c) : b.row(c - a.size());
    }

    @Override
    public Spec spec(int c) {
      return c < a.size() ? a.spec(c) : b.spec(c - a.size());
    }

    @Override
    public Tensor part(int c) {
      return c < a.size() ? a.part(c) : b.part(c - a.size());
    }
  }

  /// Tensors of equally many rows.
  final class Rows {
    final Tensor[] tensors;
    final Spec[] specs;
    final int count;

    /// The tensors have at least one axis, the first of them of size `count`.
    Rows(Tensor[] tensors, int count) {
      this.tensors = tensors;
      this.count = count;
      specs = new Spec[tensors.length];
      for (int c = 0; c < specs.length; c++) {
        specs[c] = inner(tensors[c].spec());
      }
    }

    /// Returns a spec without its first axis.
    static Spec inner(Spec s) {
      int[] d = s.shape().rawDims();
      int[] rest = new int[d.length - 1];
      System.arraycopy(d, 1, rest, 0, rest.length);
      return s.withShape(Shape.ofOwned(rest));
    }

    Tensor cut(int c, int row) {
      Tensor t = tensors[c];
      Spec spec = specs[c];
      int n = (int) spec.shape().size();
      if (spec.dtype() == DType.STRING) {
        byte[][] some = new byte[n][];
        System.arraycopy(t.strings(), row * n, some, 0, n);
        return Memory.texts(spec, some);
      }
      if (spec.dtype().isHandle()) {
        Object[] some = new Object[n];
        System.arraycopy(t.handles(), row * n, some, 0, n);
        return Memory.handles(spec, some);
      }
      Tensor y = Memory.unscoped(spec);
      long bytes = spec.bytes();
      MemorySegment.copy(t.segment(), row * bytes, y.segment(), 0, bytes);
      Reference.reachabilityFence(t);
      return y;
    }
  }
}
