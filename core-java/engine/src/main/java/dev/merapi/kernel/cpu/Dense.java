package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import java.lang.foreign.MemorySegment;

/// A matrix in float64, row by row, with imaginary parts if it is complex: what decompositions
/// compute with.
final class Dense {
  final int rows;
  final int cols;
  final double[] re;

  /// Empty for real matrices.
  final double[] im;

  final boolean complex;

  Dense(int rows, int cols, boolean complex) {
    this.rows = rows;
    this.cols = cols;
    this.complex = complex;
    re = new double[Math.multiplyExact(rows, cols)];
    im = new double[complex ? re.length : 0];
  }

  static Dense identity(int n, boolean complex) {
    Dense d = new Dense(n, n, complex);
    for (int i = 0; i < n; i++) {
      d.re[i * n + i] = 1;
    }
    return d;
  }

  /// Reads matrix number `index` of a stack.
  static Dense load(MemorySegment x, DType d, long index, int rows, int cols) {
    Dense m = new Dense(rows, cols, d.isComplex());
    long at = index * rows * cols;
    if (d == DType.F64) {
      MemorySegment.copy(x, JAVA_DOUBLE_UNALIGNED, at * Double.BYTES, m.re, 0, m.re.length);
      return m;
    }
    for (int i = 0; i < m.re.length; i++) {
      if (m.complex) {
        m.re[i] = Wide.number(x, d.real(), 2 * (at + i));
        m.im[i] = Wide.number(x, d.real(), 2 * (at + i) + 1);
      } else {
        m.re[i] = Wide.number(x, d, at + i);
      }
    }
    return m;
  }

  /// Writes this matrix as number `index` of a stack.
  void store(MemorySegment y, DType d, long index) {
    long at = index * rows * cols;
    for (int i = 0; i < re.length; i++) {
      if (d.isComplex()) {
        Values.put(y, d.real(), 2 * (at + i), re[i]);
        Values.put(y, d.real(), 2 * (at + i) + 1, complex ? im[i] : 0);
      } else {
        Values.put(y, d, at + i, re[i]);
      }
    }
  }

  Dense copy() {
    Dense d = new Dense(rows, cols, complex);
    System.arraycopy(re, 0, d.re, 0, re.length);
    System.arraycopy(im, 0, d.im, 0, im.length);
    return d;
  }

  /// Returns the transpose with imaginary parts negated.
  Dense adjoint() {
    Dense d = new Dense(cols, rows, complex);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        d.re[j * rows + i] = re[i * cols + j];
        if (complex) {
          d.im[j * rows + i] = -im[i * cols + j];
        }
      }
    }
    return d;
  }

  double abs(int i, int j) {
    int at = i * cols + j;
    return complex ? Math.hypot(re[at], im[at]) : Math.abs(re[at]);
  }

  double imAt(int at) {
    return complex ? im[at] : 0;
  }

  void set(int at, double r, double i) {
    re[at] = r;
    if (complex) {
      im[at] = i;
    }
  }

  /// Adds `(fr + i·fi)` times row `k` of `from` to row `i`, columns `first` and on.
  void addRow(int i, Dense from, int k, int first, double fr, double fi) {
    int to = i * cols;
    int at = k * from.cols;
    if (!complex) {
      for (int c = first; c < cols; c++) {
        re[to + c] += fr * from.re[at + c];
      }
      return;
    }
    for (int c = first; c < cols; c++) {
      double a = from.re[at + c];
      double b = from.im[at + c];
      re[to + c] += fr * a - fi * b;
      im[to + c] += fr * b + fi * a;
    }
  }

  /// Multiplies row `i` by `fr + i·fi`.
  void scaleRow(int i, double fr, double fi) {
    for (int c = i * cols; c < (i + 1) * cols; c++) {
      double a = re[c];
      double b = imAt(c);
      set(c, a * fr - b * fi, a * fi + b * fr);
    }
  }

  void swapRows(int i, int k) {
    swap(re, i, k);
    if (complex) {
      swap(im, i, k);
    }
  }

  private void swap(double[] v, int i, int k) {
    for (int c = 0; c < cols; c++) {
      double t = v[i * cols + c];
      v[i * cols + c] = v[k * cols + c];
      v[k * cols + c] = t;
    }
  }
}
