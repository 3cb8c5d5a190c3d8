package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Expr;
import dev.merapi.memory.Memory;
import dev.merapi.memory.Scope;
import dev.merapi.memory.TensorList;
import dev.merapi.op.Call;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Kernels on lists of tensors. A list is never changed: each step makes another one.
public final class ListCpu {
  private static final LoopTable ADD = LoopTable.of(Expr.in(0).add(Expr.in(1)));

  private ListCpu() {}

  /// Returns the shape that an integer tensor tells: -1 alone stands for any.
  public static Shape shape(Tensor t) {
    return t.rank() == 0 ? Shape.UNKNOWN : Shape.of(t.toIntArray());
  }

  /// Returns the list that an input is.
  public static TensorList list(Call c, int i) {
    Object[] h = c.in(i).handles();
    if (h.length == 1 && h[0] instanceof TensorList l) {
      return l;
    }
    throw c.fault("input " + i + " is no list of tensors")
        .expected("what TensorListReserve, TensorListFromTensor or EmptyTensorList return")
        .typeError();
  }

  /// Returns the list that an input is; its elements must be of the type that the call names.
  private static TensorList typed(Call c, int i) {
    TensorList l = list(c, i);
    DType want = c.type("element_dtype");
    if (l.dtype() != want) {
      throw c.fault("Invalid data types; list elements " + l.dtype() + " but tried to use " + want)
          .expected(l.dtype().toString())
          .typeError();
    }
    return l;
  }

  public static void empty(Call c) {
    c.give(0, Memory.list(TensorList.missing(c.type("element_dtype"), shape(c.in(0)), 0)));
  }

  public static void reserve(Call c) {
    int n = c.in(1).intValue();
    if (n < 0) {
      throw c.fault("The num_elements to reserve must be a non negative number, but got " + n)
          .expected("0 or more")
          .valueError();
    }
    c.give(0, Memory.list(TensorList.missing(c.type("element_dtype"), shape(c.in(0)), n)));
  }

  public static void push(Call c) {
    TensorList l = typed(c, 0);
    fits(c, l, c.in(1));
    c.give(0, Memory.list(l.push(c.in(1))));
  }

  private static void fits(Call c, TensorList l, Tensor t) {
    if (!l.elementShape().accepts(t.shape())) {
      throw c.fault(
              "Tried to append a tensor with incompatible shape to a list. Op element shape: "
                  + t.shape().brackets()
                  + " list shape: "
                  + l.elementShape().brackets())
          .expected("an element of shape " + l.elementShape())
          .shapeError();
    }
  }

  public static void pop(Call c) {
    TensorList l = typed(c, 0);
    Tensor last = l.length() == 0 ? null : l.get(l.length() - 1);
    // Of an empty list it is pop that complains.
    TensorList less = l.pop();
    c.give(0, Memory.list(less));
    element(c, 1, last, l, shape(c.in(1)));
  }

  public static void get(Call c) {
    TensorList l = typed(c, 0);
    element(c, 0, l.get(c.in(1).intValue()), l, shape(c.in(2)));
  }

  /// Gives an element as an output; a missing one is zeros of the shape asked for.
  private static void element(Call c, int out, @Nullable Tensor t, TensorList l, Shape asked) {
    if (t == null) {
      c.give(out, zeros(c, l.dtype(), asked.isKnown() ? asked : l.elementShape()));
      return;
    }
    if (!asked.accepts(t.shape())) {
      throw c.fault(
              "Incompatible ranks or shapes: the element has shape "
                  + t.shape()
                  + ", asked for is "
                  + asked)
          .expected("an element shape of " + t.shape())
          .shapeError();
    }
    c.give(out, Memory.alias(t, t.spec()));
  }

  private static Tensor zeros(Call c, DType dtype, Shape shape) {
    if (dtype == DType.VARIANT) {
      return Memory.list(TensorList.missing(DType.VARIANT, Shape.UNKNOWN, 0));
    }
    if (!shape.isKnown()) {
      throw c.fault(
              "Trying to read an uninitialized element of a list, but its shape "
                  + shape
                  + " is not fully known")
          .expected("an element that was set, or a known element shape")
          .valueError();
    }
    Spec spec = new Spec(dtype, shape);
    if (dtype == DType.STRING) {
      Tensor t = Memory.empty(spec);
      Arrays.fill(t.strings(), new byte[0]);
      return t;
    }
    return Values.filled(spec, 0);
  }

  public static void set(Call c) {
    TensorList l = typed(c, 0);
    int i = c.in(1).intValue();
    fits(c, l, c.in(2));
    if (c.attrs.b("resize_if_index_out_of_bounds") && i >= l.length()) {
      TensorList longer = resized(l, i + 1);
      c.give(0, Memory.list(longer.set(i, c.in(2))));
      longer.release();
      return;
    }
    c.give(0, Memory.list(l.set(i, c.in(2))));
  }

  private static TensorList resized(TensorList l, int n) {
    List<@Nullable Tensor> all =
        new ArrayList<>(Arrays.asList(l.elements()).subList(0, Math.min(n, l.length())));
    while (all.size() < n) {
      all.add(null);
    }
    return TensorList.of(l.dtype(), l.elementShape(), all);
  }

  public static void resize(Call c) {
    int n = c.in(1).intValue();
    if (n < 0) {
      throw c.fault("TensorListSlice expects size to be non-negative. Got: " + n)
          .expected("0 or more")
          .valueError();
    }
    c.give(0, Memory.list(resized(list(c, 0), n)));
  }

  public static void length(Call c) {
    c.give(0, Values.scalar(list(c, 0).length()));
  }

  /// Takes a tensor apart along its first axis.
  public static void fromTensor(Call c) {
    Tensor x = c.in(0);
    int n = x.shape().dim(0);
    int[] lengths = new int[n];
    Arrays.fill(lengths, 1);
    Shape row = Shape.of(Arrays.copyOfRange(x.shape().rawDims(), 1, x.rank()));
    c.give(0, cut(c, x, lengths, row));
  }

  /// Takes a tensor apart into pieces of the given lengths along its first axis.
  public static void split(Call c) {
    Tensor x = c.in(0);
    int[] lengths = c.in(2).toIntArray();
    int sum = Arrays.stream(lengths).sum();
    if (sum != x.shape().dim(0)) {
      throw c.fault(
              "Attempted to split a tensor of "
                  + x.shape().dim(0)
                  + " rows into pieces of "
                  + sum
                  + " rows in all")
          .expected("lengths that add up to the first axis")
          .valueError();
    }
    c.give(0, cut(c, x, lengths, null));
  }

  private static Tensor cut(Call c, Tensor x, int[] lengths, @Nullable Shape row) {
    List<@Nullable Tensor> parts = new ArrayList<>();
    long one = x.shape().dim(0) == 0 ? 0 : x.size() / x.shape().dim(0);
    long at = 0;
    for (int n : lengths) {
      Tensor part = Memory.unscoped(x.spec().withShape(row == null ? x.shape().with(0, n) : row));
      copy(x, at, part, 0, one * n);
      parts.add(part);
      at += one * n;
    }
    TensorList l = TensorList.of(x.dtype(), shape(c.in(1)), parts);
    for (Tensor t : parts) {
      t.storage().release();
    }
    return Memory.list(l);
  }

  private static void copy(Tensor from, long at, Tensor to, long start, long n) {
    if (from.dtype() == DType.STRING) {
      System.arraycopy(from.strings(), (int) at, to.strings(), (int) start, (int) n);
    } else {
      long w = from.dtype().bytes();
      MemorySegment.copy(from.segment(), at * w, to.segment(), start * w, n * w);
    }
  }

  /// Joins all elements along a new first axis.
  public static void stack(Call c) {
    TensorList l = typed(c, 0);
    int want = c.attrs.i("num_elements");
    if (want >= 0 && want != l.length()) {
      throw c.fault(
              "Operation expected a list with "
                  + want
                  + " elements but got a list with "
                  + l.length()
                  + " elements.")
          .valueError();
    }
    stacked(c, l.elements(), l, shape(c.in(1)));
  }

  public static void gather(Call c) {
    TensorList l = typed(c, 0);
    int[] indices = c.in(1).toIntArray();
    @Nullable Tensor[] some = new Tensor[indices.length];
    for (int i = 0; i < some.length; i++) {
      some[i] = l.get(indices[i]);
    }
    stacked(c, some, l, shape(c.in(2)));
  }

  private static void stacked(Call c, @Nullable Tensor[] parts, TensorList l, Shape asked) {
    Shape each = asked.isKnown() ? asked : l.elementShape();
    for (Tensor t : parts) {
      if (t != null && !each.isKnown()) {
        each = t.shape();
      }
    }
    if (!each.isKnown()) {
      throw c.fault(
              "Tried to stack elements of "
                  + (parts.length == 0 ? "an empty list" : "a list of missing elements")
                  + " with non-fully-defined element_shape: "
                  + each)
          .expected("an element, or a known element shape")
          .valueError();
    }
    int[] dims = new int[each.rank() + 1];
    dims[0] = parts.length;
    System.arraycopy(each.rawDims(), 0, dims, 1, each.rank());
    Tensor y = c.out(0, Shape.of(dims));
    for (int i = 0; i < parts.length; i++) {
      Tensor t = parts[i];
      if (t == null) {
        clear(y, i * each.size(), each.size());
      } else if (!t.shape().equals(each)) {
        throw c.fault(
                "Tried to stack list which contains tensors with different shapes: element "
                    + i
                    + " has shape "
                    + t.shape()
                    + ", another one "
                    + each)
            .expected("elements of one shape")
            .shapeError();
      } else {
        copy(t, 0, y, i * each.size(), each.size());
      }
    }
  }

  private static void clear(Tensor y, long at, long n) {
    if (y.dtype() == DType.STRING) {
      Arrays.fill(y.strings(), (int) at, (int) (at + n), new byte[0]);
    } else {
      long w = y.dtype().bytes();
      y.segment().asSlice(at * w, n * w).fill((byte) 0);
    }
  }

  /// Joins all elements along their first axis, and tells how long each was.
  public static void concat(Call c) {
    TensorList l = typed(c, 0);
    @Nullable Tensor[] parts = l.elements();
    Shape one = shape(c.in(1));
    long[] lengths = new long[parts.length];
    Tensor first = null;
    long rows = 0;
    for (int i = 0; i < parts.length; i++) {
      Tensor t = parts[i];
      if (t == null || t.rank() == 0) {
        throw c.fault(
                t == null
                    ? "Trying to concat list with uninitialized element " + i
                    : "Concat requires elements to be at least vectors, found scalars instead.")
            .expected("elements that were set and have a first axis")
            .valueError();
      }
      first = first == null ? t : first;
      if (!t.shape().with(0, 0).equals(first.shape().with(0, 0))) {
        throw c.fault(
                "elements of shapes "
                    + first.shape()
                    + " and "
                    + t.shape()
                    + " do not join along the first axis")
            .expected("elements that agree in all other axes")
            .shapeError();
      }
      lengths[i] = t.shape().dim(0);
      rows += lengths[i];
    }
    Shape all = first == null ? one : first.shape();
    if (!all.isRankKnown() || !all.with(0, 0).isKnown()) {
      throw c.fault(
              "All except the first dimension must be fully defined when concating an empty"
                  + " list, got "
                  + all)
          .valueError();
    }
    Tensor y = c.out(0, all.with(0, Math.toIntExact(rows)));
    long at = 0;
    for (Tensor t : parts) {
      copy(t, 0, y, at, t.size());
      at += t.size();
    }
    Tensor n = c.out(1, Shape.of(lengths.length));
    for (int i = 0; i < lengths.length; i++) {
      Values.put(n.segment(), DType.I64, i, lengths[i]);
    }
  }

  public static void join(Call c) {
    TensorList a = list(c, 0);
    TensorList b = list(c, 1);
    List<@Nullable Tensor> all = new ArrayList<>(Arrays.asList(a.elements()));
    all.addAll(Arrays.asList(b.elements()));
    c.give(0, Memory.list(TensorList.of(a.dtype(), a.elementShape(), all)));
  }

  /// Gives a list as long as another one, of missing elements.
  public static void none(Call c) {
    TensorList l = list(c, 0);
    c.give(0, Memory.list(TensorList.missing(l.dtype(), Shape.UNKNOWN, l.length())));
  }

  /// Adds two lists up, element by element; missing ones count as zeros.
  public static void add(Call c) {
    c.give(0, Memory.list(sum(c, list(c, 0), list(c, 1))));
  }

  private static TensorList sum(Call c, TensorList a, TensorList b) {
    @Nullable Tensor[] x = a.elements();
    @Nullable Tensor[] y = b.elements();
    // A list of zeros may have been made before it was known how many there are.
    int n = Math.max(x.length, y.length);
    List<@Nullable Tensor> all = new ArrayList<>();
    List<Tensor> made = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Tensor p = i < x.length ? x[i] : null;
      Tensor q = i < y.length ? y[i] : null;
      if (p == null || q == null) {
        all.add(p == null ? q : p);
      } else {
        Tensor s = sum(c, p, q);
        all.add(s);
        made.add(s);
      }
    }
    TensorList l = TensorList.of(a.dtype(), Shape.UNKNOWN, all);
    made.forEach(t -> t.storage().release());
    return l;
  }

  /// Returns the sum with a claim of the caller's, which no scope ends.
  private static Tensor sum(Call c, Tensor p, Tensor q) {
    if (p.dtype() == DType.VARIANT) {
      Scope scope = Scope.suspend();
      try {
        return Memory.list(sum(c, inner(c, p), inner(c, q)));
      } finally {
        Scope.resume(scope);
      }
    }
    if (!p.spec().equals(q.spec())) {
      throw c.fault("elements " + p.spec() + " and " + q.spec() + " do not add up")
          .expected("one type and shape")
          .shapeError();
    }
    Tensor s = Memory.unscoped(p.spec());
    int[] d = p.shape().rawDims();
    Elementwise.run(ADD, p.dtype(), p.segment(), d, q.segment(), d, s.segment(), d);
    return s;
  }

  private static TensorList inner(Call c, Tensor t) {
    if (t.handles()[0] instanceof TensorList l) {
      return l;
    }
    throw c.fault("an element is no list of tensors").typeError();
  }

  /// Gives a list as long as another one, in which each row of a tensor is added to the element
  /// that an index names.
  public static void scatterAdd(Call c) {
    TensorList like = list(c, 0);
    int[] indices = c.in(1).toIntArray();
    Tensor x = c.in(2);
    long one = indices.length == 0 ? 0 : x.size() / indices.length;
    Shape row = Shape.of(Arrays.copyOfRange(x.shape().rawDims(), 1, x.rank()));
    TensorList l = TensorList.missing(x.dtype(), Shape.UNKNOWN, like.length());
    for (int i = 0; i < indices.length; i++) {
      Tensor part = Memory.unscoped(x.spec().withShape(row));
      copy(x, i * one, part, 0, one);
      Tensor before = l.get(indices[i]);
      Tensor now = before == null ? part : sum(c, before, part);
      TensorList next = l.set(indices[i], now);
      if (now != part) {
        now.storage().release();
      }
      part.storage().release();
      l.release();
      l = next;
    }
    c.give(0, Memory.list(l));
  }
}
