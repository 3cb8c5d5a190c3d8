package dev.merapi.kernel.cpu;

/// A shape with some axes marked, as runs of neighbouring axes that are all marked or all not.
///
/// Axes of size 1 are left out: any tensor becomes a short nest.
final class Nest {
  final long[] sizes;
  final boolean[] marked;
  final int runs;

  Nest(int[] dims, int[] axes) {
    boolean[] mark = new boolean[dims.length];
    for (int a : axes) {
      mark[a] = true;
    }
    sizes = new long[dims.length];
    marked = new boolean[dims.length];
    int n = 0;
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] == 1) {
        continue;
      }
      if (n > 0 && marked[n - 1] == mark[i]) {
        sizes[n - 1] *= dims[i];
      } else {
        sizes[n] = dims[i];
        marked[n++] = mark[i];
      }
    }
    runs = n;
  }
}
