package dev.merapi.kernel.cpu;

import dev.merapi.memory.Memory;
import dev.merapi.memory.Scope;
import dev.merapi.op.Call;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Products in index notation, as matrix products.
///
/// Operands are multiplied from left to right. Each pair becomes one stack of matrix products:
/// labels of both that stay are the stack, labels of both that go are summed, the others are rows
/// and columns. Operands whose axes lie in such an order already are not moved.
public final class EinsumCpu {
  private EinsumCpu() {}

  private record Operand(Tensor t, int[] labels) {
    boolean has(int label) {
      return IntStream.of(labels).anyMatch(l -> l == label);
    }
  }

  public static void run(Call c) {
    Equation e = Equation.of(c);
    Tensor y = c.out(0);
    if (y.size() == 0) {
      return;
    }
    try (Scope _ = Scope.open()) {
      Operand sum = new Operand(c.in(0), e.in[0]);
      for (int i = 1; i < c.ins(); i++) {
        sum = multiply(e, sum, new Operand(c.in(i), e.in[i]), later(e, i + 1));
      }
      sum = keepOnly(e, sum, e.out);
      place(e, sum, y);
    }
  }

  /// Returns the labels that the result or operands from `next` on need.
  private static int[] later(Equation e, int next) {
    IntStream l = IntStream.of(e.out);
    for (int i = next; i < e.in.length; i++) {
      l = IntStream.concat(l, IntStream.of(e.in[i]));
    }
    return l.distinct().toArray();
  }

  private static boolean in(int[] labels, int label) {
    return IntStream.of(labels).anyMatch(l -> l == label);
  }

  private static int[] where(int[] labels, java.util.function.IntPredicate p) {
    return IntStream.of(labels).distinct().filter(p).toArray();
  }

  private static int[] join(int[]... parts) {
    return Arrays.stream(parts).flatMapToInt(IntStream::of).toArray();
  }

  private static Tensor empty(Equation e, DType d, int[] labels) {
    return Memory.empty(new Spec(d, flat(IntStream.of(labels).map(e::size).toArray())));
  }

  /// Shapes in between may have more axes than a tensor may; only their number of elements counts.
  private static Shape flat(int[] dims) {
    return dims.length <= Shape.MAX_RANK ? Shape.of(dims) : Shape.of(product(dims));
  }

  private static int product(int[] dims) {
    int n = 1;
    for (int d : dims) {
      n = Math.multiplyExact(n, d);
    }
    return n;
  }

  private static int count(Equation e, int[] labels) {
    return product(IntStream.of(labels).map(e::size).toArray());
  }

  /// Sums over the labels that nobody needs any more: a product with a column of ones.
  private static Operand keepOnly(Equation e, Operand x, int[] needed) {
    int[] gone = where(x.labels, l -> !in(needed, l));
    if (gone.length == 0) {
      return x;
    }
    int[] stay = where(x.labels, l -> in(needed, l));
    // A label is as long as this operand's axis here, so that a broadcast axis is not counted
    // several times.
    Operand m = arrange(e, x, join(stay, gone), true);
    int[] own = ownSizes(x, gone);
    int k = product(own);
    int rows = Math.toIntExact(k == 0 ? product(ownSizes(x, stay)) : m.t.size() / k);
    Tensor ones = Values.filled(Spec.of(x.t.dtype(), k, 1), 1);
    Tensor y = Memory.empty(new Spec(x.t.dtype(), Shape.of(rows, 1)));
    multiplyInto(m.t, new int[] {rows, k}, false, ones, new int[] {k, 1}, false, y);
    return new Operand(Memory.alias(y, new Spec(y.dtype(), flat(ownSizes(x, stay)))), stay);
  }

  private static int[] ownSizes(Operand x, int[] labels) {
    int[] strides = new int[labels.length];
    int[] dims = x.t.shape().rawDims();
    for (int i = 0; i < labels.length; i++) {
      for (int k = 0; k < x.labels.length; k++) {
        if (x.labels[k] == labels[i]) {
          strides[i] = dims[k];
        }
      }
    }
    return strides;
  }

  private static void multiplyInto(
      Tensor a, int[] aDims, boolean ta, Tensor b, int[] bDims, boolean tb, Tensor y) {
    MatMulCpu.product(
        a.dtype(), a.segment(), aDims, ta, b.dtype(), b.segment(), bDims, tb, false, y);
  }

  private static Operand multiply(Equation e, Operand a, Operand b, int[] needed) {
    Operand x = keepOnly(e, a, join(needed, b.labels));
    Operand y = keepOnly(e, b, join(needed, a.labels));
    int[] stack = where(x.labels, l -> y.has(l) && in(needed, l));
    int[] sum = where(x.labels, l -> y.has(l) && !in(needed, l));
    int[] rows = where(x.labels, l -> !y.has(l));
    int[] columns = where(y.labels, l -> !x.has(l));
    int s = count(e, stack);
    int m = count(e, rows);
    int k = count(e, sum);
    int n = count(e, columns);
    boolean tx = lies(e, x, join(stack, sum, rows)) && !lies(e, x, join(stack, rows, sum));
    boolean ty = lies(e, y, join(stack, columns, sum)) && !lies(e, y, join(stack, sum, columns));
    Operand p = arrange(e, x, tx ? join(stack, sum, rows) : join(stack, rows, sum), false);
    Operand q = arrange(e, y, ty ? join(stack, columns, sum) : join(stack, sum, columns), false);
    int[] labels = join(stack, rows, columns);
    Tensor z = Memory.empty(new Spec(x.t.dtype(), Shape.of(s, m, n)));
    if (z.size() > 0) {
      multiplyInto(
          p.t,
          tx ? new int[] {s, k, m} : new int[] {s, m, k},
          tx,
          q.t,
          ty ? new int[] {s, n, k} : new int[] {s, k, n},
          ty,
          z);
    }
    return new Operand(
        Memory.alias(z, new Spec(z.dtype(), flat(IntStream.of(labels).map(e::size).toArray()))),
        labels);
  }

  /// Tells whether an operand's axes are these labels in this order, none of them broadcast.
  private static boolean lies(Equation e, Operand x, int[] labels) {
    return Arrays.equals(x.labels, labels) && x.t.size() == count(e, labels);
  }

  /// Moves an operand so that its axes are these labels: repeated labels become diagonals, short
  /// axes are stretched unless `own` sizes are asked for.
  private static Operand arrange(Equation e, Operand x, int[] labels, boolean own) {
    int[] dims = own ? ownSizes(x, labels) : IntStream.of(labels).map(e::size).toArray();
    if (Arrays.equals(x.labels, labels) && x.t.size() == product(dims)) {
      return x;
    }
    Tensor y = Memory.empty(new Spec(x.t.dtype(), flat(dims)));
    Strided.copy(
        x.t.dtype().bytes(),
        dims,
        x.t.segment(),
        strides(e, x, labels),
        y.segment(),
        Strided.rowMajor(dims));
    return new Operand(y, labels);
  }

  private static long[] strides(Equation e, Operand x, int[] labels) {
    int[] dims = dimsOf(e, x);
    long[] own = Strided.rowMajor(dims);
    long[] s = new long[labels.length];
    for (int i = 0; i < labels.length; i++) {
      for (int k = 0; k < x.labels.length; k++) {
        s[i] += x.labels[k] == labels[i] && dims[k] != 1 ? own[k] : 0;
      }
    }
    return s;
  }

  private static int[] dimsOf(Equation e, Operand x) {
    return x.t.rank() == x.labels.length
        ? x.t.shape().rawDims()
        : IntStream.of(x.labels).map(e::size).toArray();
  }

  /// Writes the sum as the result; where the result repeats a label, only its diagonal is not zero.
  private static void place(Equation e, Operand x, Tensor y) {
    int[] labels = where(e.out, l -> true);
    int[] dims = IntStream.of(labels).map(e::size).toArray();
    long[] own = Strided.rowMajor(y.shape().rawDims());
    long[] to = new long[labels.length];
    for (int i = 0; i < labels.length; i++) {
      for (int k = 0; k < e.out.length; k++) {
        to[i] += e.out[k] == labels[i] ? own[k] : 0;
      }
    }
    if (labels.length < e.out.length) {
      y.segment().fill((byte) 0);
    }
    Strided.copy(x.t.dtype().bytes(), dims, x.t.segment(), strides(e, x, labels), y.segment(), to);
  }
}
