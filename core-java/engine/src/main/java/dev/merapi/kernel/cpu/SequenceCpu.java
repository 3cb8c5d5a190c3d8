package dev.merapi.kernel.cpu;

import dev.merapi.device.Workers;
import dev.merapi.kernel.Expr;
import dev.merapi.kernel.cpu.CellMath.Block;
import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/// All steps of a recurrent layer, forward and back; subclasses know the cell.
///
/// Inputs lie batch first. What every step needs of the input alone is one product before the first
/// step if the kernel is large, and the gradients of the weights are products after the last. In
/// between each piece of the batch goes through all steps on one thread, so that threads need not
/// wait for each other at every step. A row's numbers do not depend on the piece it is in.
///
/// Rows of a step hold slots of `units` elements each, one for each gate; [#gates] keeps them for
/// the gradient, [#before] the output before each step. A step that the mask leaves out repeats
/// state and output.
abstract class SequenceCpu {
  private static final Expr X = Expr.in(0);
  private static final Expr Y = Expr.in(1);

  /// Work in multiplications below which a second thread does not pay, about 100 µs.
  private static final long SERIAL_WORK = 8_000_000;

  /// Elements of a kernel that stays in the second-level cache beside the recurrent one. Then each
  /// step's product with the input is taken in the step: written by one pass over the sequence and
  /// read by the next, the slots of W5 (8 MB) cost more than the product.
  private static final int SMALL_KERNEL = 1 << 18;

  /// Rows of a piece of the batch: fewer would read the weights too often.
  private static final int FEWEST_ROWS = 6;

  final Call call;
  final CellMath math;
  final int batch;
  final int time;
  final int features;
  final int units;

  /// Slots of a row.
  final int slots;

  /// Whether all outputs leave, or the last one alone.
  final boolean sequences;

  private final boolean zeroOutput;
  private final @Nullable MemorySegment mask;
  final MemorySegment x;
  final MemorySegment kernel;
  final MemorySegment recurrent;

  /// Slots of all rows `(batch, time, slots · units)`; going back, what arrives before the gates.
  MemorySegment gates = MemorySegment.NULL;

  /// Output before each step `(batch, time, units)`.
  MemorySegment before = MemorySegment.NULL;

  /// What arrives at the outputs.
  private MemorySegment dy = MemorySegment.NULL;

  /// What arrives at the output before the step that is being undone `(batch, units)`.
  MemorySegment dh = MemorySegment.NULL;

  /// With a mask: what arrives at the output that a row shows, and has not yet found a step.
  private MemorySegment shown = MemorySegment.NULL;

  private MemorySegment zeros = MemorySegment.NULL;
  private MemorySegment y = MemorySegment.NULL;
  private MemorySegment last = MemorySegment.NULL;

  private final RowLoop add;

  SequenceCpu(Call c, int slots) {
    call = c;
    math = new CellMath(c.dtype("x"));
    Shape s = c.shape("x");
    batch = s.dim(0);
    time = s.dim(1);
    features = s.dim(2);
    units = c.shape("recurrent_kernel").dim(0);
    this.slots = slots;
    sequences = c.attrs.b("return_sequences");
    zeroOutput = c.attrs.b("zero_output_for_mask");
    mask = c.shape("mask").rank() == 2 ? c.in("mask").segment() : null;
    x = math.in(c.in("x"));
    kernel = math.in(c.in("kernel"));
    recurrent = math.in(c.in("recurrent_kernel"));
    RowLoop.Builder b = RowLoop.of(math.type, 2);
    add = b.writes(b.apply(X.add(Y), 0, 1));
  }

  /// Takes the next step of rows `r0` to `r1 - 1`: reads and writes [#gates], reads the states
  /// before, and hands what it computes to [#stateTo] for each row that counts.
  abstract void step(int t, int r0, int r1);

  /// Undoes a step: leaves in [#dGates] what arrives before its gates, and in [#dh] what arrives at
  /// the states before.
  abstract void stepBack(int t, int r0, int r1);

  /// Copies the states but the output of a row that the mask leaves out.
  void keepState(int t, int b) {}

  final boolean isMasked(int b, int t) {
    return mask != null && mask.get(ValueLayout.JAVA_BYTE, (long) b * time + t) == 0;
  }

  /// Returns where the slots of a step begin.
  final long gateAt(int b, int t) {
    return ((long) b * time + t) * slots * units;
  }

  final long stateAt(int b, int t) {
    return ((long) b * time + t) * units;
  }

  /// Distance of the slots of one row of the batch from those of the next.
  final int gateStride() {
    return Math.multiplyExact(Math.multiplyExact(time, slots), units);
  }

  final int stateStride() {
    return Math.multiplyExact(time, units);
  }

  /// Returns where the output of step `t` is the output before.
  final MemorySegment stateTo(int t) {
    return t + 1 < time ? before : last;
  }

  final long stateToAt(int b, int t) {
    return t + 1 < time ? stateAt(b, t + 1) : (long) b * units;
  }

  final void copy(MemorySegment from, long at, MemorySegment to, long toAt, long n) {
    int w = math.type.bytes();
    MemorySegment.copy(from, at * w, to, toAt * w, n * w);
  }

  final void fill(MemorySegment s, long at, long n) {
    math.part(s, at, n).fill((byte) 0);
  }

  /// Returns an output, or room of the same kind where the call does not want it.
  final MemorySegment kept(int output, long n) {
    Tensor t = call.out(output);
    return t.size() == n ? math.out(t) : math.room(n);
  }

  private interface Piece {
    void rows(int r0, int r1);
  }

  /// Cuts the batch. Bits do not depend on the cut, so it may follow the number of threads.
  private void pieces(Piece piece) {
    long work = (long) batch * time * units * units * slots;
    int most = Math.max(1, batch / FEWEST_ROWS);
    int count = work < SERIAL_WORK ? 1 : Math.min(Workers.threads(), most);
    int n = count;
    Workers.run(
        n, i -> piece.rows((int) ((long) batch * i / n), (int) ((long) batch * (i + 1) / n)));
  }

  /// Computes all steps.
  ///
  /// @param columns slots that the product with the kernel fills, the first ones
  final void forward(int columns) {
    y = math.out(call.out(0));
    last = math.out(call.out(1));
    long rows = (long) batch * time;
    gates = kept(gatesOut(), rows * slots * units);
    before = kept(gatesOut() + 1, rows * units);
    MemorySegment h0 = math.in(call.in("h"));
    int all = columns * units;
    SteadyProduct ofInput =
        math.type == DType.F32 && (long) features * all <= SMALL_KERNEL
            ? SteadyProduct.of(math.type, 2, false, features, all, kernel, 0, all)
            : null;
    if (ofInput == null) {
      Block to = new Block(gates, 0, slots * units);
      Block from = new Block(x, 0, features);
      Block by = new Block(kernel, 0, all);
      math.product(false, false, (int) rows, all, features, from, by, to, false);
    }
    if (mask != null || time == 0) {
      y.fill((byte) 0);
    }
    if (time == 0) {
      last.copyFrom(h0);
    } else {
      for (int b = 0; b < batch; b++) {
        copy(h0, (long) b * units, before, stateAt(b, 0), units);
      }
    }
    pieces((r0, r1) -> {
      for (int t = 0; t < time; t++) {
        if (ofInput != null) {
          long at = ((long) r0 * time + t) * features;
          int next = time * features;
          ofInput.multiply(r1 - r0, x, at, next, gates, gateAt(r0, t), gateStride(), false);
        }
        step(t, r0, r1);
        for (int b = r0; b < r1; b++) {
          show(t, b);
        }
      }
    });
    math.finish(y, call.out(0));
    math.finish(last, call.out(1));
    if (call.out(gatesOut()).size() > 0) {
      math.finish(gates, call.out(gatesOut()));
      math.finish(before, call.out(gatesOut() + 1));
    }
  }

  /// Number of the output that keeps the gates; the one after it keeps the outputs before.
  abstract int gatesOut();

  /// Writes the output of a step, and the states of a row that the mask leaves out.
  private void show(int t, int b) {
    if (isMasked(b, t)) {
      copy(before, stateAt(b, t), stateTo(t), stateToAt(b, t), units);
      keepState(t, b);
      if (sequences && t > 0 && !zeroOutput) {
        copy(y, stateAt(b, t - 1), y, stateAt(b, t), units);
      } else if (!sequences && zeroOutput) {
        fill(y, (long) b * units, units);
      }
    } else if (sequences) {
      copy(stateTo(t), stateToAt(b, t), y, stateAt(b, t), units);
    } else if (t == time - 1 || mask != null) {
      copy(stateTo(t), stateToAt(b, t), y, (long) b * units, units);
    }
  }

  /// What arrives before the gates of all steps, `(batch, time, dSlots · units)`.
  MemorySegment dGates = MemorySegment.NULL;

  int dSlots;

  final long dGateAt(int b, int t) {
    return ((long) b * time + t) * dSlots * units;
  }

  /// Undoes all steps; what subclasses do with [#dGates] comes afterwards.
  final void backward(int dSlots, int dhOut) {
    this.dSlots = dSlots;
    long rows = (long) batch * time;
    gates = math.in(call.in("gates"));
    before = math.in(call.in("before"));
    dy = math.in(call.in("dy"));
    dGates = math.room(rows * dSlots * units);
    dh = math.out(call.out(dhOut));
    dh.copyFrom(math.in(call.in("dh")));
    zeros = math.zeros(units);
    if (mask != null) {
      shown = math.zeros((long) batch * units);
    }
    pieces((r0, r1) -> {
      for (int t = time - 1; t >= 0; t--) {
        if (mask != null) {
          arrive(t, r0, r1);
        }
        stepBack(t, r0, r1);
      }
    });
    math.finish(dh, call.out(dhOut));
  }

  /// With a mask: adds what arrives at the outputs of a step, and leaves out the rows it masks.
  private void arrive(int t, int r0, int r1) {
    if (sequences || t == time - 1) {
      RowLoop.Use u = add.use((long) (r1 - r0) * units);
      for (int b = r0; b < r1; b++) {
        if (!(zeroOutput && isMasked(b, t))) {
          u.in(0, shown, (long) b * units);
          u.in(1, dy, sequences ? stateAt(b, t) : (long) b * units);
          u.out(0, shown, (long) b * units);
          u.run(units);
        }
      }
      u.end();
    }
    for (int b = r0; b < r1; b++) {
      if (isMasked(b, t)) {
        fill(dGates, dGateAt(b, t), (long) dSlots * units);
      }
    }
  }

  /// Places what arrives at the output of a step as input `i`.
  final void placeArriving(RowLoop.Use u, int i, int b, int t) {
    if (mask != null) {
      u.in(i, shown, (long) b * units);
    } else if (sequences) {
      u.in(i, dy, stateAt(b, t));
    } else if (t == time - 1) {
      u.in(i, dy, (long) b * units);
    } else {
      u.in(i, zeros, 0);
    }
  }

  /// Forgets what [#placeArriving] has placed, once it has been used.
  final void arrived(int b) {
    if (mask != null) {
      fill(shown, (long) b * units, units);
    }
  }

  /// Adds `dGates[slots from .. from + n) · (columns of the kernel from `column` on)ᵀ` to dx.
  final void inputGradient(MemorySegment dx, int from, int n, int column, int columns, boolean on) {
    math.product(
        false,
        true,
        batch * time,
        features,
        n * units,
        new Block(dGates, (long) from * units, dSlots * units),
        new Block(kernel, (long) column * units, columns * units),
        new Block(dx, 0, features),
        on);
  }

  /// Computes columns of the gradient of the kernel from what arrives in some slots.
  final void kernelGradient(MemorySegment dw, int from, int n, int column, int columns) {
    weightGradient(x, 0, features, features, dw, from, n, column, columns);
  }

  /// Computes columns of the gradient of weights that were multiplied by rows of `width` elements,
  /// `distance` apart.
  final void weightGradient(
      MemorySegment a,
      long at,
      int width,
      int distance,
      MemorySegment dw,
      int from,
      int n,
      int column,
      int columns) {
    // Slices of so many rows need no packed copy of what arrives, which is larger than they are.
    boolean direct = math.type == DType.F32 && TileF32.CURRENT.isDirect(width, n * units);
    int slices = direct ? (width + TileF32.BLOCK - 1) / TileF32.BLOCK : 1;
    Block arrived = new Block(dGates, (long) from * units, dSlots * units);
    for (int i = 0; i < slices; i++) {
      int r0 = width * i / slices;
      int r1 = width * (i + 1) / slices;
      Block rows = new Block(a, at + r0, distance);
      Block to =
          new Block(dw, (long) r0 * columns * units + (long) column * units, columns * units);
      math.product(true, false, r1 - r0, n * units, batch * time, rows, arrived, to, false);
    }
  }

  /// Sums up what arrives in the slots over all rows.
  final MemorySegment sums() {
    MemorySegment s = math.room((long) dSlots * units);
    long rows = (long) batch * time;
    if (math.type == DType.F32) {
      FoldBlockF32.run(Fold.SUM, dGates, 1, rows, (long) dSlots * units, s);
    } else {
      FoldBlockF64.run(Fold.SUM, dGates, 1, rows, (long) dSlots * units, s);
    }
    return s;
  }

  /// Tells whether the gradient of the input is asked for.
  final boolean needsInput() {
    return call.attrs.b("input_gradient");
  }
}
