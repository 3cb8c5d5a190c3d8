package dev.merapi.kernel.cpu;

import dev.merapi.device.Workers;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;

/// One run of a [FusedKernel]: cuts the work into pieces, computes them tile by tile and folds what
/// is to be folded. It is kept for the next run.
///
/// Pieces follow from the shape alone. Those of a fold are cut as [FoldBlockF32] cuts them.
final class FusedRun implements Workers.Task {
  private static final int BLOCK = FoldLoopsF32.BLOCK;
  private static final int PIECE = FoldBlockF32.PIECE;
  private static final int NARROW = FoldBlockF32.NARROW;

  final MemorySegment[] in;
  final MemorySegment[] out;

  private final FusedKernel kernel;
  private final FusedLayout layout;
  private final long size;

  /// What outputs that are not folded by tiles are written to.
  private final MemorySegment[] store;

  /// A fold's own memory for its results, and for those of segments.
  private final MemorySegment[] own;

  private final MemorySegment[] parts;
  private final int limit;
  private StagePlan plan;

  // The form of pieces if there is a fold: a block (outer, n, inner), of which n is cut into
  // segments of segmentRows, and inner into tiles of columns.
  private final boolean folds;
  private final long outer;
  private final long n;
  private final long inner;
  private final long segmentRows;
  private final long segments;
  private final int tile;
  private final long tiles;
  private final long units;

  /// Elements of a piece, or units if there is a fold.
  private final long piece;

  private final int pieces;

  FusedRun(FusedKernel k) {
    kernel = k;
    layout = k.layout;
    size = k.fusion().shape().size();
    int outs = k.folds.length;
    in = new MemorySegment[k.fusion().inputs().size()];
    out = new MemorySegment[outs];
    store = new MemorySegment[outs];
    own = new MemorySegment[outs];
    parts = new MemorySegment[outs];
    limit = layout.isUnlimited() ? Integer.MAX_VALUE : FusedLayout.TILE;
    plan = k.code.plan(0);
    FusedFold form = k.former;
    folds = form != null;
    outer = form == null ? 1 : form.outer;
    n = form == null ? size : form.n;
    inner = form == null ? 1 : form.inner;
    boolean columns = inner > 1;
    segmentRows = columns ? FoldBlockF32.segmentRows(inner) : PIECE;
    segments = Math.max(1, (n + segmentRows - 1) / segmentRows);
    tile = (int) Math.min(inner, FoldBlockF32.TILE);
    tiles = tile == 0 ? 0 : (inner + tile - 1) / tile;
    if (!folds) {
      units = size;
      piece = Elementwise.chunk(k.code.cost());
    } else {
      units = outer * segments * tiles;
      piece = Math.max(1, PIECE / (Math.clamp(n, 1, segmentRows) * Math.max(1, tile)));
    }
    pieces = Math.toIntExact((units + piece - 1) / piece);
    for (int o = 0; o < outs; o++) {
      FusedFold f = k.folds[o];
      if (f == null) {
        continue;
      }
      own[o] = Scratch.forever(f.bytes());
      if (k.tiled[o] && segments > 1) {
        parts[o] = Scratch.forever(outer * segments * inner * f.wide.bytes());
      }
    }
    clear();
  }

  /// Forgets the tensors.
  void clear() {
    Arrays.fill(in, MemorySegment.NULL);
    Arrays.fill(out, MemorySegment.NULL);
    Arrays.fill(store, MemorySegment.NULL);
  }

  /// Tells whether [#go] asks the pool for memory.
  boolean needsScope() {
    for (int o = 0; o < out.length; o++) {
      FusedFold f = kernel.folds[o];
      if (f != null && (!kernel.tiled[o] || f.passes() > 2 || size == 0)) {
        return true;
      }
    }
    return false;
  }

  /// Computes `out` from `in`.
  void go() {
    for (int o = 0; o < out.length; o++) {
      if (kernel.folds[o] == null) {
        store[o] = out[o];
      } else if (!kernel.tiled[o]) {
        store[o] = Scratch.bytes(Math.max(1, size * kernel.bytes[o]));
      }
    }
    if (size > 0) {
      plan = kernel.code.plan(size);
      if (Elementwise.isWorthSharing(size, kernel.code.cost())) {
        Workers.run(pieces, this);
      } else {
        for (int p = 0; p < pieces; p++) {
          run(p);
        }
      }
    }
    for (int o = 0; o < out.length; o++) {
      FusedFold f = kernel.folds[o];
      if (f != null && out[o].byteSize() > 0) {
        if (size == 0) {
          f.whole(MemorySegment.NULL, own[o], out[o]);
        } else if (!kernel.tiled[o]) {
          f.whole(store[o], own[o], out[o]);
        } else if (segments > 1) {
          MemorySegment y = f.first(own[o], out[o]);
          f.tile.block(f.fold.further(), parts[o], outer, segments, inner, y);
        }
        f.finish(own[o], out[o]);
      }
    }
  }

  @Override
  public void run(int number) {
    Lane lane = plan.lane(layout.end());
    try {
      layout.begin(lane, in);
      long begin = number * piece;
      long end = Math.min(units, begin + piece);
      if (!folds) {
        span(lane, begin, (int) (end - begin), 0);
      } else if (inner > 1) {
        for (long u = begin; u < end; u++) {
          columns(lane, u);
        }
      } else if (n > BLOCK) {
        for (long u = begin; u < end; u++) {
          longRow(lane, u);
        }
      } else {
        int some = (int) (BLOCK / n);
        for (long row = begin; row < end; row += some) {
          rows(lane, row, (int) Math.min(some, end - row));
        }
      }
    } finally {
      lane.clear();
    }
  }

  /// Computes `count` positions from `e` on; what is folded by tiles goes to the tile from its
  /// element `at` on.
  private void span(Lane lane, long e, int count, long at) {
    for (int done = 0; done < count; ) {
      int m = layout.tile(e + done, Math.min(count - done, limit));
      layout.place(lane, in, e + done, m);
      for (int o = 0; o < out.length; o++) {
        if (kernel.result[o] < 0) {
          continue;
        }
        int b = in.length + kernel.result[o];
        if (kernel.tiled[o]) {
          lane.segment[b] = lane.memory;
          lane.offset[b] = kernel.slot[o] + (at + done) * kernel.bytes[o];
        } else {
          lane.segment[b] = store[o];
          lane.offset[b] = (e + done) * kernel.bytes[o];
        }
      }
      plan.run(lane, m);
      done += m;
    }
  }

  private FusedFold fold(int o) {
    return Objects.requireNonNull(kernel.folds[o]);
  }

  /// Returns where a tile begins in the thread's memory, in elements.
  private long tileAt(int o) {
    return kernel.slot[o] / kernel.bytes[o];
  }

  /// Returns what the values of a tile are to be read from: the tile, or where they are stored.
  private MemorySegment values(Lane lane, int o) {
    int from = kernel.source[o];
    return from == o ? lane.memory : store[from];
  }

  /// Returns where in [#values] those of a tile begin whose first position is `e`, in elements.
  private long valuesAt(int o, long e) {
    return kernel.source[o] == o ? tileAt(o) : e;
  }

  /// Returns where the folded numbers of segments go.
  private MemorySegment target(int o) {
    return segments > 1 ? parts[o] : fold(o).first(own[o], out[o]);
  }

  private void rows(Lane lane, long row, int count) {
    span(lane, row * n, (int) (count * n), 0);
    for (int o = 0; o < out.length; o++) {
      if (kernel.tiled[o]) {
        FusedFold f = fold(o);
        long at = valuesAt(o, row * n);
        f.tile.rows(f.fold, values(lane, o), at, count, (int) n, target(o), row);
      }
    }
  }

  /// Folds one segment of a row of more than one block.
  private void longRow(Lane lane, long u) {
    long s = u % segments * segmentRows;
    long from = u / segments * n + s;
    int length = (int) Math.min(segmentRows, n - s);
    for (int b = 0; b < length; b += BLOCK) {
      int m = Math.min(BLOCK, length - b);
      span(lane, from + b, m, 0);
      for (int o = 0; o < out.length; o++) {
        if (kernel.tiled[o]) {
          FusedFold f = fold(o);
          if (length <= BLOCK) {
            f.tile.rows(f.fold, values(lane, o), valuesAt(o, from), 1, m, target(o), u);
          } else {
            long at = valuesAt(o, from + b);
            f.tile.block(f.fold, values(lane, o), at, m, target(o), u, b > 0);
          }
        }
      }
    }
  }

  /// Folds one tile of columns of one segment.
  private void columns(Lane lane, long u) {
    long c = u % tiles * tile;
    long s = u / tiles % segments;
    long o = u / tiles / segments;
    int rows = (int) Math.min(segmentRows, n - s * segmentRows);
    int width = (int) Math.min(tile, inner - c);
    long row = o * n + s * segmentRows;
    long to = (o * segments + s) * inner + c;
    if (inner < NARROW && rows * inner >= 2 * NARROW) {
      narrow(lane, row * inner, rows, to);
      return;
    }
    int some = Math.max(4, BLOCK / width / 4 * 4);
    for (int r = 0; r < rows; r += some) {
      int m = Math.min(some, rows - r);
      if (width == inner) {
        span(lane, (row + r) * inner, m * width, 0);
      } else {
        for (int k = 0; k < m; k++) {
          span(lane, (row + r + k) * inner + c, width, (long) k * width);
        }
      }
      for (int i = 0; i < out.length; i++) {
        if (kernel.tiled[i]) {
          FusedFold f = fold(i);
          long at = valuesAt(i, (row + r) * inner + c);
          long stride = kernel.source[i] == i ? width : inner;
          f.tile.columns(f.fold, values(lane, i), at, m, stride, width, target(i), to, r > 0);
        }
      }
    }
  }

  /// Folds a narrow block as rows of several of its rows, and then these.
  private void narrow(Lane lane, long from, int rows, long to) {
    int width = (int) inner;
    int together = Math.min(rows, NARROW / width);
    int wide = together * width;
    int all = rows / together;
    int some = BLOCK / wide / 4 * 4;
    for (int r = 0; r < all; r += some) {
      int m = Math.min(some, all - r);
      span(lane, from + (long) r * wide, m * wide, 0);
      for (int o = 0; o < out.length; o++) {
        if (kernel.tiled[o]) {
          FusedFold f = fold(o);
          long at = valuesAt(o, from + (long) r * wide);
          f.tile.columns(f.fold, values(lane, o), at, m, wide, wide, lane.memory, sumsAt(o), r > 0);
        }
      }
    }
    int left = rows % together;
    if (left > 0) {
      span(lane, from + (long) all * wide, left * width, 0);
    }
    for (int o = 0; o < out.length; o++) {
      if (kernel.tiled[o]) {
        FusedFold f = fold(o);
        long at = valuesAt(o, from + (long) all * wide);
        f.tile.narrow(
            f.fold,
            lane.memory,
            sumsAt(o),
            together,
            width,
            values(lane, o),
            at,
            left,
            target(o),
            to);
      }
    }
  }

  private long sumsAt(int o) {
    return tileAt(o) + FusedLayout.TILE;
  }
}
