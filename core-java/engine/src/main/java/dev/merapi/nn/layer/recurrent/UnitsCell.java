package dev.merapi.nn.layer.recurrent;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.op.Attrs;
import dev.merapi.op.Context;
import dev.merapi.op.OpRef;
import dev.merapi.op.Recorder;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Cells whose inputs and states are vectors, and whose steps can be one operation.
public abstract class UnitsCell extends KernelCell {
  private static final OpRef MATMUL = OpRef.to("MatMul");
  private static final OpRef MUL = OpRef.to("Mul");
  private static final OpRef EXPAND = OpRef.to("ExpandDims");

  final Setting<Integer> units = required("units", Kinds.POSITIVE);

  private int features;

  UnitsCell(@Nullable String name, int gates) {
    super(name, gates);
  }

  @Override
  public List<Integer> stateSize() {
    return List.of(units.get());
  }

  @Override
  public final int outputSize() {
    return units.get();
  }

  @Override
  final int sequenceRank() {
    return 3;
  }

  @Override
  final Shape inputSample() {
    return Shape.of(features);
  }

  @Override
  final Shape stateSample() {
    return Shape.of(units.get());
  }

  /// As in Keras: only with dropout of states.
  @Override
  final boolean drawsForEachGate() {
    return dropsStates();
  }

  @Override
  protected void build(Shape step) {
    features = lastAxis(step, 2);
    int n = gates * units.get();
    make(Shape.of(features, n), Shape.of(units.get(), n));
  }

  static Tensor product(Tensor x, List<Tensor> drawn, Tensor kernel, int columns) {
    return product(x, drawn, kernel, columns, 1, MATMUL::of);
  }

  static Tensor[] split(Tensor x, int n) {
    return split(x, n, 1);
  }

  /// Tells whether steps can be one operation: not with dropout of states, nor where gradients of
  /// gradients may be asked for, which single steps have.
  final boolean isWhole(Way way) {
    Recorder r = Context.get().recorder();
    return way.drawn().recurrent().isEmpty()
        && way.drawn().input().size() <= 1
        && (r == null || r.order() < 2);
  }

  /// Carries out one of the whole-sequence operations: its inputs are those given, with dropout,
  /// and its mask and attributes those of the way.
  final Tensor[] whole(OpRef op, Way way, Map<String, Object> more, Tensor... in) {
    Tensor x = in[0];
    if (!way.drawn().input().isEmpty()) {
      x = MUL.of(x, EXPAND.of(way.drawn().input().getFirst(), Values.scalar(1)));
    }
    Tensor[] all = Arrays.copyOf(in, in.length + 1);
    all[0] = x;
    Tensor mask = way.mask();
    all[in.length] = mask != null ? mask : Values.filled(Spec.of(DType.BOOL), 1);
    // Whoever records, or runs a graph later, may want the gradient.
    boolean keep = Context.get().recorder() != null || !Context.get().isEager();
    List<Object> attrs = new ArrayList<>();
    attrs.addAll(List.of("return_sequences", way.sequences()));
    attrs.addAll(List.of("zero_output_for_mask", way.zeroOutput(), "keep", keep));
    more.forEach((k, v) -> attrs.addAll(List.of(k, v)));
    Attrs a = op.attrs(attrs.toArray());
    return op.all(a, all);
  }
}
