package dev.merapi.nn.layer;

import dev.merapi.graph.Tracer;
import dev.merapi.op.Attrs;
import dev.merapi.op.Deferred;
import dev.merapi.op.OpDef;
import dev.merapi.say.Message;
import dev.merapi.say.Where;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One call of a layer in a model that is put together: which layer, on what, giving what.
///
/// @param inputs outputs of other connections, or tensors with a value
/// @param training what the call said of it, or null
/// @param outputs tensors that only models can compute
public record Connection(
    Layer layer, List<Tensor> inputs, @Nullable Boolean training, List<Tensor> outputs) {

  /// Stands behind output `index` of a connection.
  private static final class Output extends Deferred {
    private final int index;
    private @Nullable Connection from;

    Output(int index) {
      this.index = index;
    }

    @Override
    public Tensor[] call(OpDef op, Attrs attrs, Tensor[] inputs) {
      return OperationLayer.connect(op, attrs, inputs);
    }

    @Override
    public String symbol() {
      return from == null ? "" : from.layer.name() + ":" + index;
    }

    @Override
    public MemorySegment segment() {
      throw noValue();
    }

    @Override
    public byte[][] strings() {
      throw noValue();
    }

    private RuntimeException noValue() {
      return Message.what(
              "A KerasTensor has no value: it is "
                  + symbol()
                  + " of a model that has"
                  + " not been called")
          .given("read at " + Where.userLine())
          .expected("layers and tf operations on it")
          .fix("make a model of it, new Model(inputs, outputs), and call that on data")
          .symbolError();
    }
  }

  /// Calls a layer on what is not there yet: finds out types and shapes by tracing the call.
  static Connection of(Layer layer, List<Tensor> inputs, @Nullable Boolean training) {
    List<Spec> specs;
    layer.buildFor(inputs.stream().map(Tensor::shape).toArray(Shape[]::new));
    try (Tracer t = Tracer.openAlone(layer.name())) {
      List<Tensor> xs = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        Tensor x = inputs.get(i);
        xs.add(x.storage() instanceof Deferred ? t.input("x" + i, x.spec()) : x);
      }
      specs = layer.applyAll(xs, training, null).stream().map(Tensor::spec).toList();
    }
    return of(layer, inputs, training, specs);
  }

  static Connection of(
      Layer layer, List<Tensor> inputs, @Nullable Boolean training, List<Spec> specs) {
    List<Tensor> outputs = new ArrayList<>();
    for (Spec s : specs) {
      outputs.add(new Tensor(s, new Output(outputs.size())));
    }
    Connection c = new Connection(layer, List.copyOf(inputs), training, List.copyOf(outputs));
    for (Tensor t : outputs) {
      ((Output) t.storage()).from = c;
    }
    return c;
  }

  /// Returns the call that a tensor is an output of; null for one that has a value.
  public static @Nullable Connection from(Tensor t) {
    return t.storage() instanceof Output o ? o.from : null;
  }

  /// Returns which output of its call a tensor is.
  public static int index(Tensor t) {
    return t.storage() instanceof Output o ? o.index : 0;
  }
}
