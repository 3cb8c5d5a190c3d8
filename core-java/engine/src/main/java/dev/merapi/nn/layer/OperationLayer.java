package dev.merapi.nn.layer;

import dev.merapi.op.Attrs;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An operation that a program applied to the output of a layer while putting a model together:
/// `tf.add(x, y)`. Keras calls it `TFOpLambda`.
public final class OperationLayer extends Layer {
  private final OpDef op;
  private final Attrs attrs;

  private OperationLayer(OpDef op, Attrs attrs) {
    super(LayerNames.next("tf." + snakeCase(op.name())));
    this.op = op;
    this.attrs = attrs;
    supportsMasking();
  }

  static Tensor[] connect(OpDef op, Attrs attrs, Tensor[] inputs) {
    OperationLayer layer = new OperationLayer(op, attrs);
    return layer.applyAll(new ArrayList<>(List.of(inputs))).toArray(new Tensor[0]);
  }

  @Override
  protected boolean isAutocast() {
    return false;
  }

  @Override
  public String className() {
    return "TFOpLambda";
  }

  /// Fails: `ValueError`: operations between layers have no configuration.
  @Override
  public Map<String, @Nullable Object> getConfig() {
    throw Message.what(
            "layer '"
                + name()
                + "' is the operation "
                + op.name()
                + ", which no configuration holds")
        .expected("a model of layers only, where it is to be written as JSON or cloned")
        .fix("put the operation into a layer of your own and register that with Saved.register")
        .valueError();
  }

  public OpDef op() {
    return op;
  }

  public Attrs attrs() {
    return attrs;
  }

  @Override
  protected List<Tensor> call(List<Tensor> inputs, Mode mode) {
    return List.of(OpRef.to(op.name()).all(attrs, inputs.toArray(new Tensor[0])));
  }
}
