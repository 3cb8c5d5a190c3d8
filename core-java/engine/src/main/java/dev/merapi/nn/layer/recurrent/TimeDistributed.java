package dev.merapi.nn.layer.recurrent;

import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.Saved;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.nn.layer.Mode;
import dev.merapi.op.OpRef;
import dev.merapi.op.family.Sizes;
import dev.merapi.say.Message;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Applies a layer to each step of sequences.
///
/// Shapes: `(batch, time, …)` to `(batch, time, …)`. All steps of all rows are one batch for the
/// layer. One with statistics, as `BatchNormalization`, is called step by step while training, as
/// in Keras, for its statistics move with each call.
public final class TimeDistributed extends Layer implements LayerArguments<TimeDistributed> {
  private static final OpRef RESHAPE = OpRef.to("Reshape");
  private static final OpRef UNPACK = OpRef.to("Unpack");
  private static final OpRef PACK = OpRef.to("Pack");

  private static final Kind<Layer> LAYER =
      new Kind<>() {
        @Override
        public Layer read(@Nullable Object given) {
          return switch (given) {
            case Layer l -> l;
            case Map<?, ?> form -> Saved.read(form, Layer.class);
            case null, default -> throw new Misfit("");
          };
        }

        @Override
        public @Nullable Object write(Layer layer) {
          return Saved.write(layer);
        }

        @Override
        public String expected() {
          return "a layer";
        }
      };

  private final Setting<Layer> layer = required("layer", LAYER);

  private @Nullable Layer inner;

  private TimeDistributed() {
    supportsMasking();
  }

  public TimeDistributed(Layer layer) {
    this();
    this.layer.set(layer);
    inner = layer;
  }

  @Override
  public void readConfig(Map<String, ?> config) {
    super.readConfig(config);
    inner = layer.get();
  }

  /// Returns the layer that is applied.
  public Layer layer() {
    return Objects.requireNonNull(inner);
  }

  @Override
  protected void build(Shape input) {
    if (input.rank() < 3) {
      throw Message.what(
              "`TimeDistributed` Layer should be passed an `input_shape` with at least 3"
                  + " dimensions, received: "
                  + input)
          .expected("(batch, time, …)")
          .shapeError();
    }
    int[] d = input.dims();
    int[] step = new int[d.length - 1];
    step[0] = d[0];
    System.arraycopy(d, 2, step, 1, step.length - 1);
    layer().buildFor(Shape.of(step));
  }

  @Override
  protected List<Tensor> call(List<Tensor> inputs, Mode mode) {
    Tensor x = inputs.getFirst();
    Tensor mask = mode.mask(0);
    if (mask != null) {
      fits(x, mask);
    }
    // A mask with a value for each step alone says nothing to a layer inside of one step.
    Tensor further = mask != null && mask.rank() > 2 ? mask : null;
    boolean moves = mode.training() && !layer().nonTrainableVariables().isEmpty();
    int time = x.shape().dim(1);
    return List.of(moves && time > 0 ? stepwise(x, further, time, mode) : atOnce(x, further, mode));
  }

  private void fits(Tensor x, Tensor mask) {
    Shape m = mask.shape();
    boolean right = m.rank() >= 2;
    for (int i = 0; right && i < 2; i++) {
      right = m.dim(i) < 0 || x.shape().dim(i) < 0 || m.dim(i) == x.shape().dim(i);
    }
    if (!right) {
      throw Message.what(
              "The `mask` passed to the `TimeDistributed` layer has a shape "
                  + m
                  + " that is incompatible with the input shape "
                  + x.shape())
          .expected("a mask that begins with the axes (batch, time) of the input")
          .shapeError();
    }
  }

  private Tensor stepwise(Tensor x, @Nullable Tensor mask, int time, Mode mode) {
    Tensor[] steps = UNPACK.all(UNPACK.attrs("num", time, "axis", 1), x);
    Tensor[] masks = mask == null ? null : UNPACK.all(UNPACK.attrs("num", time, "axis", 1), mask);
    Tensor[] out = new Tensor[time];
    for (int t = 0; t < time; t++) {
      List<@Nullable Tensor> m = Arrays.asList(masks == null ? null : masks[t]);
      out[t] = layer().applyAll(steps[t], mode.training(), m).getFirst();
    }
    return PACK.with(PACK.attrs("axis", 1), out);
  }

  private Tensor atOnce(Tensor x, @Nullable Tensor mask, Mode mode) {
    List<@Nullable Tensor> m = Arrays.asList(mask == null ? null : joined(mask));
    Tensor y = layer().applyAll(joined(x), mode.training(), m).getFirst();
    List<Tensor> dims = new ArrayList<>();
    dims.add(Sizes.axis(x, 0));
    dims.add(Sizes.axis(x, 1));
    int[] known = new int[y.rank() + 1];
    known[0] = x.shape().dim(0);
    known[1] = x.shape().dim(1);
    for (int i = 1; i < y.rank(); i++) {
      dims.add(Sizes.axis(y, i));
      known[i + 1] = y.shape().dim(i);
    }
    Tensor apart = RESHAPE.of(y, Sizes.vector(dims.toArray(new Tensor[0])));
    return Cell.shaped(apart, Shape.of(known));
  }

  /// Makes one axis of the first two.
  private static Tensor joined(Tensor x) {
    List<Tensor> dims = new ArrayList<>();
    Tensor rows = Sizes.times(Sizes.axis(x, 0), Sizes.axis(x, 1));
    dims.add(rows);
    int[] known = new int[x.rank() - 1];
    Tensor number = Sizes.known(rows);
    known[0] = number == null ? -1 : number.intValue();
    for (int i = 2; i < x.rank(); i++) {
      dims.add(Sizes.axis(x, i));
      known[i - 1] = x.shape().dim(i);
    }
    Tensor joined = RESHAPE.of(x, Sizes.vector(dims.toArray(new Tensor[0])));
    return Cell.shaped(joined, Shape.of(known));
  }
}
