package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Expr;
import dev.merapi.memory.Cell;
import dev.merapi.memory.Memory;
import dev.merapi.op.Call;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.function.Function;

/// Kernels that read and change variables.
///
/// A change writes into the value itself when nobody else can look at it; inputs are checked before
/// the first element is written.
public final class StateCpu {
  private static final LoopTable ADD = LoopTable.of(Expr.in(0).add(Expr.in(1)));
  private static final LoopTable SUBTRACT = LoopTable.of(Expr.in(0).sub(Expr.in(1)));

  private StateCpu() {}

  public static void handle(Call c) {
    String container = c.attrs.s("container");
    String name = c.attrs.s("shared_name");
    Spec spec = new Spec(c.type("dtype"), c.attrs.shape("shape"));
    String shown = c.attrs.s("debug_name").isEmpty() ? name : c.attrs.s("debug_name");
    Cell cell =
        name.isEmpty()
            ? new Cell(shown.isEmpty() ? "Variable" : shown, spec)
            : Cell.named(container, name, spec);
    if (cell.spec().dtype() != spec.dtype()) {
      throw c.fault("'" + name + "' is a variable of another type")
          .given(cell.spec().toString())
          .expected(spec.toString())
          .typeError();
    }
    c.give(0, cell.handle());
  }

  public static void read(Call c) {
    c.give(0, c.cell(0).read());
  }

  public static void assign(Call c) {
    Cell cell = c.cell(0);
    Tensor x = c.in(1);
    if (cell.spec().dtype() != x.dtype() || !cell.spec().shape().accepts(x.shape())) {
      throw c.fault("a value of another type or shape than variable '" + cell.name() + "' has")
          .expected(cell.spec().toString())
          .shapeError();
    }
    cell.put(x);
  }

  public static void add(Call c) {
    combine(c, ADD);
  }

  public static void subtract(Call c) {
    combine(c, SUBTRACT);
  }

  private static void combine(Call c, LoopTable table) {
    Cell cell = c.cell(0);
    Tensor x = c.in(1);
    synchronized (cell) {
      Tensor from = cell.peek();
      like(c, 1, from);
      Tensor to = cell.target();
      int[] d = from.shape().rawDims();
      Elementwise.run(table, x.dtype(), from.segment(), d, x.segment(), d, to.segment(), d);
      cell.settle(to);
    }
  }

  /// Refuses an input that has not the type and shape of a variable's value.
  static void like(Call c, int i, Tensor value) {
    Spec x = c.in(i).spec();
    if (x != value.spec() && !x.equals(value.spec())) {
      throw c.fault(
              "Cannot update variable with shape "
                  + value.shape().brackets()
                  + " using a Tensor with shape "
                  + x.shape().brackets()
                  + ", shapes must be equal.")
          .expected(value.spec().toString())
          .shapeError();
    }
  }

  public static void isInitialized(Call c) {
    Values.put(c.out(0).segment(), DType.BOOL, 0, c.cell(0).isInitialized() ? 1 : 0);
  }

  public static void destroy(Call c) {
    Cell cell = c.cell(0);
    if (!cell.isInitialized() && !c.attrs.b("ignore_lookup_error")) {
      throw c.fault("variable '" + cell.name() + "' does not exist")
          .expected("a variable that holds a value")
          .valueError();
    }
    cell.clear();
  }

  public static void shape(Call c) {
    int[] d = c.cell(0).peek().shape().rawDims();
    Tensor y = c.out(0, Shape.of(d.length));
    for (int i = 0; i < d.length; i++) {
      Values.put(y.segment(), y.dtype(), i, d[i]);
    }
  }

  public static void gather(Call c) {
    int batch = c.attrs.i("batch_dims");
    int b = batch < 0 ? batch + c.shape(1).rank() : batch;
    Cell cell = c.cell(0);
    Tensor x = cell.lend();
    try {
      GatherCpu.gather(c, x, c.out(0), b, b);
    } finally {
      x.storage().release();
    }
  }

  public static void gatherNd(Call c) {
    Tensor x = c.cell(0).lend();
    try {
      GatherCpu.gatherNd(c, x, c.out(0));
    } finally {
      x.storage().release();
    }
  }

  /// Joins updates with whole rows.
  public static void scatterRows(Call c, ScatterCpu.Kind kind) {
    Cell cell = c.cell(0);
    synchronized (cell) {
      Tensor from = cell.peek();
      int[] rows = GatherCpu.checked(c, from.shape().dim(0));
      // Whole numbers divided by zero end the loop half-way.
      boolean risky = kind == ScatterCpu.Kind.DIVIDE && from.dtype().isInteger();
      Tensor to = risky ? cell.fresh() : cell.target();
      copy(from, to);
      ScatterCpu.rows(rows, c.in(2), to, kind);
      cell.settle(to);
    }
  }

  /// Joins updates with the slices that index vectors name.
  public static void scatterNd(Call c, ScatterCpu.Kind kind) {
    Cell cell = c.cell(0);
    synchronized (cell) {
      Tensor from = cell.peek();
      long[] at = GatherCpu.places(c, c.in(1), from.shape().rawDims(), "shape");
      Tensor to = cell.target();
      copy(from, to);
      ScatterCpu.apply(at, c.in(2), to, kind);
      cell.settle(to);
    }
  }

  /// Puts a value into a strided slice, which `view` finds for the variable's shape.
  public static void assignSlice(Call c, Function<Shape, SliceView> view) {
    Cell cell = c.cell(0);
    synchronized (cell) {
      Tensor from = cell.peek();
      SliceView v = view.apply(from.shape());
      Tensor to = cell.target();
      copy(from, to);
      SliceCpu.put(to, v, stretched(c.in(4), v.result()));
      cell.settle(to);
    }
  }

  /// Returns `x` with the elements of a whole slice, repeated along axes where it has one.
  private static Tensor stretched(Tensor x, Shape y) {
    if (x.shape().equals(y)) {
      return x;
    }
    Tensor t = Memory.empty(x.spec().withShape(y));
    long[] steps = new long[y.rank()];
    long[] own = Mover.steps(x.shape().rawDims());
    for (int i = 0; i < own.length; i++) {
      boolean one = x.shape().dim(i) == 1;
      steps[y.rank() - own.length + i] = one ? 0 : own[i];
    }
    Mover.copy(x, 0, steps, t, 0, Mover.steps(y.rawDims()), y.rawDims());
    return t;
  }

  private static void copy(Tensor from, Tensor to) {
    if (to != from) {
      Mover.copy(from, 0, to, 0, from.size());
    }
  }
}
