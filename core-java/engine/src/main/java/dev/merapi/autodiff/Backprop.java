package dev.merapi.autodiff;

import dev.merapi.eager.Variable;
import dev.merapi.memory.Memory;
import dev.merapi.memory.Scope;
import dev.merapi.op.ArgDef;
import dev.merapi.op.Attrs;
import dev.merapi.op.Grad;
import dev.merapi.op.IndexedSlices;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Registry;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Walks the entries of a tape from the last to the first and sends gradients to the inputs.
///
/// Whatever a gradient makes for itself is given back right after it; a gradient that has been used
/// up is given back when its entry is done. So a backward pass holds little more than the gradients
/// still under way.
final class Backprop {
  private static final OpRef ADD = OpRef.to("AddV2");
  private static final OpRef ADD_N = OpRef.to("AddN");
  private static final OpRef SHAPE = OpRef.to("Shape");
  private static final OpRef GATHER = OpRef.to("GatherV2");
  private static final OpRef ONES_LIKE = OpRef.to("OnesLike");
  private static final OpRef ZEROS_LIKE = OpRef.to("ZerosLike");
  private static final OpRef ZERO_LIST = OpRef.to("TensorListNone");
  private static final OpRef ADD_LISTS = OpRef.to("TensorListAdd");

  private final List<Entry> entries;
  private final LongSet tracked;
  private final Map<Object, List<Tensor>> reads;

  /// Gradients under way, by number of the tensor: `Tensor` or `IndexedSlices`. The map holds a
  /// claim on each.
  private final Map<Long, Object> arrived = new HashMap<>();

  Backprop(List<Entry> entries, LongSet tracked, Map<Object, List<Tensor>> reads) {
    this.entries = entries;
    this.tracked = tracked;
    this.reads = reads;
  }

  Gradients run(
      List<?> targets,
      List<?> sources,
      @Nullable List<@Nullable Tensor> outputGradients,
      boolean zeros) {
    LongSet wanted = new LongSet();
    for (Object s : sources) {
      for (Tensor t : tensors(s)) {
        wanted.add(t.id());
      }
    }
    for (int i = 0; i < targets.size(); i++) {
      Tensor y = target(targets.get(i));
      if (!tracked.has(y.idOrZero())) {
        continue;
      }
      Tensor dy = outputGradients == null ? null : outputGradients.get(i);
      if (dy != null && !dy.shape().accepts(y.shape())) {
        throw Message.what(
                "GradientTape: the gradient given for target "
                    + i
                    + " has another shape than the target")
            .given("gradient " + dy.spec() + " · target " + y.spec())
            .expected(y.spec().toString())
            .shapeError();
      }
      arrive(y.id(), dy == null ? ones(y) : dy);
    }
    for (int i = entries.size() - 1; i >= 0 && !arrived.isEmpty(); i--) {
      step(entries.get(i), wanted);
    }
    @Nullable Object[] results = new Object[sources.size()];
    for (int i = 0; i < results.length; i++) {
      Object sum = null;
      for (Tensor t : tensors(sources.get(i))) {
        Object g = arrived.get(t.id());
        sum = sum == null ? g : g == null ? sum : add(sum, g);
      }
      if (sum == null && zeros) {
        Object x = sources.get(i);
        sum = x instanceof Tensor t ? zeros(t) : Values.filled(spec(x), 0);
      }
      results[i] = sum;
    }
    arrived.forEach((id, g) -> handOver(g, wanted.has(id)));
    return new Gradients(results);
  }

  /// Gives up the claim on a gradient: one that was asked for passes to the scope around, or to the
  /// collector when there is none.
  private static void handOver(Object g, boolean askedFor) {
    Tensor first = g instanceof IndexedSlices s ? s.values() : (Tensor) g;
    boolean scoped = askedFor && Memory.lease(first);
    if (scoped && g instanceof IndexedSlices s) {
      Memory.lease(s.indices());
    }
    if (scoped || !askedFor) {
      release(g);
    }
  }

  private Tensor target(Object y) {
    if (y instanceof Variable v) {
      return v.peek();
    }
    if (y instanceof Tensor t) {
      return t;
    }
    throw Message.what("GradientTape.gradient: a target must be a tensor or a variable")
        .given(String.valueOf(y))
        .typeError();
  }

  private List<Tensor> tensors(Object source) {
    if (source instanceof Variable v) {
      return reads.getOrDefault(v, List.of());
    }
    if (source instanceof Tensor t) {
      return List.of(t);
    }
    throw Message.what("GradientTape.gradient: a source must be a tensor or a variable")
        .given(String.valueOf(source))
        .typeError();
  }

  /// Returns shape and type of a target or source.
  static Spec spec(Object tensorOrVariable) {
    if (tensorOrVariable instanceof Variable v) {
      return v.peek().spec();
    }
    if (tensorOrVariable instanceof Tensor t) {
      return t.spec();
    }
    throw Message.what("GradientTape: a target or source must be a tensor or a variable")
        .given(String.valueOf(tensorOrVariable))
        .typeError();
  }

  private void step(Entry e, LongSet wanted) {
    boolean any = false;
    for (int i = e.ins; i < e.ids.length; i++) {
      any |= arrived.containsKey(e.ids[i]);
    }
    if (!any) {
      return;
    }
    if (e.custom != null) {
      custom(e);
    } else {
      try (Scope _ = Scope.open()) {
        new View(e).apply();
      }
    }
    for (int i = e.ins; i < e.ids.length; i++) {
      if (!wanted.has(e.ids[i])) {
        Object g = arrived.remove(e.ids[i]);
        if (g != null) {
          release(g);
        }
      }
    }
  }

  private void custom(Entry e) {
    @Nullable Tensor[] dy = new Tensor[e.outs()];
    for (int i = 0; i < dy.length; i++) {
      Object g = arrived.get(e.ids[e.ins + i]);
      dy[i] = g == null ? null : tensor(g);
    }
    @Nullable Tensor[] dx = Objects.requireNonNull(e.custom).apply(dy);
    if (dx.length != e.ins) {
      throw Message.what("customGradient: " + e.name + " returned " + dx.length + " gradients")
          .expected("one for each of the " + e.ins + " inputs, null where none flows")
          .gradientError();
    }
    for (int i = 0; i < e.ins; i++) {
      Tensor g = dx[i];
      if (g != null && tracked.has(e.ids[i])) {
        arrive(e.ids[i], g);
      }
    }
  }

  private void arrive(long id, Object g) {
    Object before = arrived.get(id);
    if (before == null) {
      retain(g);
      arrived.put(id, g);
    } else {
      Object sum = add(before, g);
      retain(sum);
      arrived.put(id, sum);
      release(before);
    }
  }

  private static Object add(Object a, Object b) {
    if (a instanceof Tensor t && t.dtype() == DType.VARIANT) {
      return ADD_LISTS.of(t, (Tensor) b);
    }
    if (a instanceof IndexedSlices s && b instanceof IndexedSlices t) {
      OpDef concat = Registry.find("ConcatV2");
      Tensor axis = Values.scalar(0);
      return new IndexedSlices(
          concat.of(s.values(), t.values(), axis),
          concat.of(s.indices(), t.indices(), axis),
          s.denseShape(),
          s.rows());
    }
    Tensor x = tensor(a);
    // Graphs show sums of gradients under TensorFlow's name.
    return (x.isSymbolic() ? ADD_N : ADD).of(x, tensor(b));
  }

  private static Tensor ones(Tensor like) {
    return like.shape().isKnown() ? Values.filled(like.spec(), 1) : ONES_LIKE.of(like);
  }

  private static Tensor zeros(Tensor like) {
    if (like.dtype() == DType.VARIANT) {
      return ZERO_LIST.of(like);
    }
    return like.shape().isKnown() ? Values.filled(like.spec(), 0) : ZEROS_LIKE.of(like);
  }

  private static Tensor tensor(Object g) {
    return g instanceof IndexedSlices s ? Gradients.dense(s) : (Tensor) g;
  }

  private static void retain(Object g) {
    if (g instanceof IndexedSlices s) {
      s.values().storage().retain();
      s.indices().storage().retain();
    } else {
      ((Tensor) g).storage().retain();
    }
  }

  private static void release(Object g) {
    if (g instanceof IndexedSlices s) {
      s.values().storage().release();
      s.indices().storage().release();
    } else {
      ((Tensor) g).storage().release();
    }
  }

  /// One entry as its gradient sees it.
  private final class View implements Grad {
    private final Entry e;
    private final OpDef op;

    View(Entry e) {
      this.e = e;
      this.op = Objects.requireNonNull(e.op);
    }

    void apply() {
      var rule = op.gradient();
      if (rule == null) {
        return;
      }
      rule.apply(this, isMixed() ? Values.scalar(0f) : dyOrZeros(0));
    }

    /// Tells whether the outputs are of any type and number; such a rule asks for each by itself.
    private boolean isMixed() {
      ArgDef first = op.outputs().get(0);
      return first.list() && first.typeVar() == null && first.fixed() == null;
    }

    @Override
    public Attrs attrs() {
      return Objects.requireNonNull(e.attrs);
    }

    private int listLength() {
      int lists = 0;
      for (ArgDef a : op.inputs()) {
        lists += a.list() ? 1 : 0;
      }
      return lists == 0 ? 0 : (e.ins - (op.inputs().size() - lists)) / lists;
    }

    private int position(String name) {
      int p = 0;
      for (ArgDef a : op.inputs()) {
        if (a.name().equals(name)) {
          return p;
        }
        p += a.list() ? listLength() : 1;
      }
      for (ArgDef a : op.outputs()) {
        if (a.name().equals(name)) {
          return p;
        }
        p++;
      }
      throw new IllegalStateException(
          "This is a bug in Merapi: " + op.name() + " has no argument " + name);
    }

    @Override
    public Tensor kept(String name) {
      return keptAt(position(name), name);
    }

    private Tensor keptAt(int p, String name) {
      Tensor t = e.kept(p);
      if (t == null) {
        throw new IllegalStateException(
            "This is a bug in Merapi: the gradient of "
                + op.name()
                + " reads "
                + name
                + " but does not keep it");
      }
      return t;
    }

    @Override
    public Tensor[] keptList(String name) {
      Tensor[] l = new Tensor[listLength()];
      int p = position(name);
      for (int i = 0; i < l.length; i++) {
        l[i] = keptAt(p + i, name);
      }
      return l;
    }

    @Override
    public Spec spec(String name) {
      return e.specs[position(name)];
    }

    @Override
    public Spec[] specs(String name) {
      Spec[] l = new Spec[listLength()];
      System.arraycopy(e.specs, position(name), l, 0, l.length);
      return l;
    }

    @Override
    public Tensor dims(String name) {
      return dims(name, 0);
    }

    @Override
    public Tensor dims(String list, int index) {
      int p = position(list) + index;
      Shape s = e.specs[p].shape();
      return s.isKnown() ? Values.ints(s.rawDims()) : SHAPE.of(keptAt(p, list));
    }

    @Override
    public Tensor size(String name, int axis) {
      return size(name, 0, axis);
    }

    @Override
    public Tensor size(String list, int index, int axis) {
      Shape s = e.specs[position(list) + index].shape();
      // Of an unknown rank only axes counted from the front can be found.
      int n = s.isRankKnown() || axis < 0 ? s.dim(axis) : Shape.UNKNOWN_SIZE;
      if (n >= 0) {
        return Values.scalar(n);
      }
      Tensor at = Values.scalar(axis < 0 ? axis + s.rank() : axis);
      return GATHER.of(dims(list, index), at, Values.scalar(0));
    }

    @Override
    public int outs() {
      return e.outs();
    }

    @Override
    public @Nullable Tensor dy(int i) {
      Object g = arrived.get(e.ids[e.ins + i]);
      return g == null ? null : tensor(g);
    }

    @Override
    public Tensor dyOrZeros(int i) {
      Tensor g = dy(i);
      if (g != null) {
        return g;
      }
      Tensor y = e.kept(e.ins + i);
      return y == null ? Values.filled(e.specs[e.ins + i], 0) : zeros(y);
    }

    @Override
    public boolean needs(String input) {
      return tracked.has(e.ids[position(input)]);
    }

    @Override
    public boolean needs(String input, int index) {
      return tracked.has(e.ids[position(input) + index]);
    }

    @Override
    public void to(String input, Tensor gradient) {
      to(input, 0, gradient);
    }

    @Override
    public void to(String input, int index, Tensor gradient) {
      int p = position(input) + index;
      if (!tracked.has(e.ids[p])) {
        return;
      }
      Spec x = e.specs[p];
      if (!x.dtype().isHandle()
          && !(x.shape().accepts(gradient.shape()) && x.dtype() == gradient.dtype())) {
        throw new IllegalStateException(
            "This is a bug in Merapi: the gradient of "
                + op.name()
                + " gives "
                + input
                + " "
                + gradient.spec()
                + ", which is "
                + x);
      }
      arrive(e.ids[p], gradient);
    }

    @Override
    public void to(String input, IndexedSlices gradient) {
      int p = position(input);
      if (tracked.has(e.ids[p])) {
        arrive(e.ids[p], gradient);
      }
    }
  }
}
