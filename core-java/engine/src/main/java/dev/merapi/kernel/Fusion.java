package dev.merapi.kernel;

import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Describes several element-wise operations that are carried out in one pass, as an immutable
/// graph.
///
/// All operations run over the positions of one shape. Inputs are tensors laid over it by strides,
/// which are 0 along axes where one element serves all positions. Each value is numbered by the
/// order in which the builder met it, and may be read by any number of later ones. A value that
/// leaves is stored for every position, or folded along some axes, so that it is never stored
/// whole.
///
/// Every value is rounded to its dtype, also where it is not stored: a fusion gives the bits that
/// its operations would give one after the other.
///
/// Fusions are equal when they are built alike, so one can be the key of a cache.
public final class Fusion {
  /// How a value is folded along axes.
  public enum Way {
    SUM,
    MEAN,
    PROD,
    MAX,
    MIN
  }

  /// A tensor that is read. `spec` is that of the whole tensor; `strides` count its elements from
  /// one position to the next along each axis of the fusion's shape.
  public record Input(Spec spec, List<Long> strides) {}

  /// An operation: what it computes of the values `args`, and the dtype that its result is rounded
  /// to.
  public record Node(Expr meaning, DType dtype, List<Integer> args) {}

  /// A value that leaves; `way` is null if it is stored for every position, else it is folded along
  /// `axes`, which are in ascending order.
  public record Output(int value, @Nullable Way way, List<Integer> axes) {}

  private final Shape shape;
  private final List<Input> inputs;
  private final List<Node> nodes;
  private final List<Output> outputs;
  private final int hash;

  private Fusion(Shape shape, List<Input> inputs, List<Node> nodes, List<Output> outputs) {
    this.shape = shape;
    this.inputs = List.copyOf(inputs);
    this.nodes = List.copyOf(nodes);
    this.outputs = List.copyOf(outputs);
    this.hash =
        ((shape.hashCode() * 31 + this.inputs.hashCode()) * 31 + this.nodes.hashCode()) * 31
            + this.outputs.hashCode();
  }

  /// Starts the description of a fusion over the positions of `shape`, which must be known.
  public static Builder over(Shape shape) {
    return new Builder(shape);
  }

  public Shape shape() {
    return shape;
  }

  public List<Input> inputs() {
    return inputs;
  }

  /// Returns the operations; the arguments of each are inputs or results of earlier ones: number i
  /// is input i, number `inputs().size() + k` the result of operation k.
  public List<Node> nodes() {
    return nodes;
  }

  public List<Output> outputs() {
    return outputs;
  }

  /// Returns the dtype of a value, numbered as in [#nodes].
  public DType dtype(int value) {
    int n = inputs.size();
    return value < n ? inputs.get(value).spec().dtype() : nodes.get(value - n).dtype();
  }

  /// Returns dtype and shape of output `o`; axes that are folded are left out.
  public Spec outSpec(int o) {
    Output out = outputs.get(o);
    int[] dims = shape.rawDims();
    int[] kept = new int[dims.length - out.axes().size()];
    int k = 0;
    for (int axis = 0; axis < dims.length; axis++) {
      if (!out.axes().contains(axis)) {
        kept[k++] = dims[axis];
      }
    }
    return new Spec(dtype(out.value()), Shape.ofOwned(kept));
  }

  @Override
  public boolean equals(Object o) {
    return this == o
        || (o instanceof Fusion f
            && hash == f.hash
            && shape.equals(f.shape)
            && inputs.equals(f.inputs)
            && nodes.equals(f.nodes)
            && outputs.equals(f.outputs));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /// Returns what computes `rows` rows of this fusion, the positions of the first `axes` axes being
  /// its rows; null if outputs are folded or inputs do not lie row after row.
  public @Nullable Fusion rows(int axes, int rows) {
    int[] dims = shape.rawDims();
    long all = 1;
    for (int i = 0; i < axes; i++) {
      all *= dims[i];
    }
    List<Input> pieces = new ArrayList<>();
    for (Input in : inputs) {
      Input piece = rows(in, dims, axes, all, rows);
      if (piece == null) {
        return null;
      }
      pieces.add(piece);
    }
    for (Output o : outputs) {
      if (o.way() != null) {
        return null;
      }
    }
    return new Fusion(rows(dims, axes, rows), pieces, nodes, outputs);
  }

  private static Shape rows(int[] dims, int axes, int rows) {
    int[] piece = new int[dims.length - axes + 1];
    piece[0] = rows;
    System.arraycopy(dims, axes, piece, 1, dims.length - axes);
    return Shape.ofOwned(piece);
  }

  private static @Nullable Input rows(Input in, int[] dims, int axes, long all, int rows) {
    List<Long> strides = in.strides();
    long[] merged = new long[dims.length - axes + 1];
    for (int i = axes; i < dims.length; i++) {
      merged[i - axes + 1] = strides.get(i);
    }
    boolean moves = false;
    for (int i = 0; i < axes; i++) {
      moves |= strides.get(i) != 0;
    }
    if (!moves) {
      return new Input(in.spec(), boxed(merged));
    }
    int[] own = in.spec().shape().rawDims();
    int ownAxes = 0;
    long product = 1;
    while (ownAxes < own.length && product < all) {
      product *= own[ownAxes++];
    }
    if (product != all) {
      return null;
    }
    long step = in.spec().shape().size() / all;
    merged[0] = rows == 1 ? 0 : step;
    for (int i = axes - 1; i >= 0; i--) {
      if (dims[i] != 1 && strides.get(i) != step) {
        return null;
      }
      step *= dims[i];
    }
    return new Input(in.spec().withShape(rows(own, ownAxes, rows)), boxed(merged));
  }

  private static List<Long> boxed(long[] v) {
    List<Long> all = new ArrayList<>();
    for (long l : v) {
      all.add(l);
    }
    return List.copyOf(all);
  }

  /// Writes one value a line, as `%2 float32 = x0 * x1 of %0 %1`.
  @Override
  public String toString() {
    StringBuilder s = new StringBuilder("over ").append(shape).append('\n');
    for (int i = 0; i < inputs.size(); i++) {
      Input in = inputs.get(i);
      s.append('%').append(i).append(' ').append(in.spec());
      s.append(" by ").append(in.strides()).append('\n');
    }
    for (int i = 0; i < nodes.size(); i++) {
      Node n = nodes.get(i);
      s.append('%').append(inputs.size() + i).append(' ').append(n.dtype());
      s.append(" = ").append(n.meaning());
      for (int k = 0; k < n.args().size(); k++) {
        s.append(k == 0 ? " of %" : " %").append(n.args().get(k));
      }
      s.append('\n');
    }
    for (int o = 0; o < outputs.size(); o++) {
      Output out = outputs.get(o);
      s.append("-> ").append(outSpec(o));
      if (out.way() != null) {
        s.append(' ').append(out.way()).append(" along ").append(out.axes()).append(" of");
      }
      s.append(" %").append(out.value()).append('\n');
    }
    return s.toString();
  }

  /// Collects a fusion's values in any order in which arguments come before their users.
  public static final class Builder {
    private static final int INPUT = 1 << 30;

    private final Shape shape;
    private final List<Input> inputs = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();

    /// For each value met, its input number with the bit INPUT, or its operation's number.
    private final List<Integer> values = new ArrayList<>();

    private Builder(Shape shape) {
      if (!shape.isKnown()) {
        throw Message.what("a fusion needs a shape that is known, not " + shape)
            .fix("fuse when the shapes of the arguments are known")
            .shapeError();
      }
      this.shape = shape;
    }

    /// Adds a tensor that stretches to the fusion's shape by TensorFlow's rules; returns its
    /// number.
    ///
    /// Fails: `ShapeError` when it does not stretch.
    public int in(Spec spec) {
      int[] dims = spec.shape().rawDims();
      int[] to = shape.rawDims();
      long[] strides = new long[to.length];
      long stride = 1;
      for (int k = 1; k <= dims.length; k++) {
        int d = dims[dims.length - k];
        int t = k <= to.length ? to[to.length - k] : -1;
        if (d != t && (d != 1 || t < 0)) {
          throw Message.what("a fusion over " + shape + " cannot read an input of another shape")
              .given(spec.toString())
              .expected("axes equal from the right, or 1")
              .shapeError();
        }
        strides[to.length - k] = d == 1 ? 0 : stride;
        stride *= d;
      }
      return in(spec, strides);
    }

    /// Adds a tensor whose axis `perm[i]` lies along axis i of the fusion's shape; returns its
    /// number.
    public int transposed(Spec spec, int... perm) {
      int[] dims = spec.shape().rawDims();
      long[] own = new long[dims.length];
      long stride = 1;
      for (int axis = dims.length - 1; axis >= 0; axis--) {
        own[axis] = stride;
        stride *= dims[axis];
      }
      long[] strides = new long[perm.length];
      for (int i = 0; i < perm.length; i++) {
        strides[i] = dims[perm[i]] == 1 ? 0 : own[perm[i]];
      }
      return in(spec, strides);
    }

    /// Adds a tensor laid over the fusion's shape by strides in elements; returns its number.
    ///
    /// Fails: `ShapeError` when a position lies outside the tensor.
    public int in(Spec spec, long... strides) {
      int[] dims = shape.rawDims();
      long last = 0;
      boolean fits = strides.length == dims.length;
      List<Long> list = new ArrayList<>();
      for (int i = 0; fits && i < dims.length; i++) {
        // Along an axis of one position nothing moves: like tensors are described alike.
        long step = dims[i] == 1 ? 0 : strides[i];
        fits = step >= 0;
        last += step * Math.max(0, dims[i] - 1);
        list.add(step);
      }
      if (!fits || (shape.size() > 0 && last >= spec.shape().size())) {
        throw Message.what("the strides of an input leave its tensor")
            .given(spec + " by " + List.of(box(strides)) + " over " + shape)
            .expected("one stride of 0 or more for each axis, all positions inside the tensor")
            .shapeError();
      }
      values.add(INPUT | inputs.size());
      inputs.add(new Input(spec, List.copyOf(list)));
      return values.size() - 1;
    }

    private static Long[] box(long[] v) {
      Long[] b = new Long[v.length];
      for (int i = 0; i < v.length; i++) {
        b[i] = v[i];
      }
      return b;
    }

    /// Adds an operation whose input i is value `args[i]` and whose result has the dtype that the
    /// expression gives; returns its number.
    ///
    /// Fails: `IllegalArgumentException` when the expression does not take the arguments' dtypes.
    public int apply(Expr meaning, int... args) {
      return node(meaning, meaning.dtype(dtypes(args)), args);
    }

    /// Adds an operation whose result is converted to `dtype`; returns its number.
    public int applyTo(DType dtype, Expr meaning, int... args) {
      meaning.dtype(dtypes(args));
      return node(meaning, dtype, args);
    }

    private DType[] dtypes(int[] args) {
      DType[] t = new DType[args.length];
      for (int i = 0; i < t.length; i++) {
        t[i] = dtype(args[i]);
      }
      return t;
    }

    /// Returns the dtype of a value.
    public DType dtype(int value) {
      int v = values.get(value);
      return v >= INPUT ? inputs.get(v - INPUT).spec().dtype() : nodes.get(v).dtype();
    }

    private int node(Expr meaning, DType dtype, int[] args) {
      List<Integer> list = new ArrayList<>();
      for (int a : args) {
        list.add(values.get(a));
      }
      values.add(nodes.size());
      nodes.add(new Node(meaning, dtype, List.copyOf(list)));
      return values.size() - 1;
    }

    /// Lets a value leave, stored for every position; returns the output's number.
    public int out(int value) {
      outputs.add(new Output(values.get(value), null, List.of()));
      return outputs.size() - 1;
    }

    /// Lets a value leave folded along axes, which may be negative to count from the last; returns
    /// the output's number. With no axes it leaves as it is.
    ///
    /// Fails: `ShapeError` when there is no such axis, `TypeError` for a complex or, but for
    /// [Way#MAX] and [Way#MIN], a bool value.
    public int reduce(Way way, int value, int... axes) {
      DType t = dtype(value);
      if (t.isComplex() || (t == DType.BOOL && way != Way.MAX && way != Way.MIN)) {
        throw Message.what("a fusion does not fold " + t + " by " + way)
            .expected("real numbers, or MAX or MIN of bools")
            .typeError();
      }
      boolean[] marked = new boolean[shape.rank()];
      for (int a : axes) {
        marked[shape.axis("Fusion", a)] = true;
      }
      List<Integer> list = new ArrayList<>();
      for (int i = 0; i < marked.length; i++) {
        if (marked[i]) {
          list.add(i);
        }
      }
      outputs.add(new Output(values.get(value), list.isEmpty() ? null : way, List.copyOf(list)));
      return outputs.size() - 1;
    }

    /// Ends the description.
    ///
    /// Fails: `IllegalStateException` when nothing leaves.
    public Fusion build() {
      if (outputs.isEmpty()) {
        throw new IllegalStateException("a fusion of which no value leaves computes nothing");
      }
      List<Node> numbered = new ArrayList<>();
      for (Node n : nodes) {
        numbered.add(
            new Node(n.meaning(), n.dtype(), n.args().stream().map(this::number).toList()));
      }
      List<Output> leaving = new ArrayList<>();
      for (Output o : outputs) {
        leaving.add(new Output(number(o.value()), o.way(), o.axes()));
      }
      return new Fusion(shape, inputs, numbered, leaving);
    }

    /// Inputs come first, then operations.
    private int number(int value) {
      return value >= INPUT ? value - INPUT : inputs.size() + value;
    }
  }
}
