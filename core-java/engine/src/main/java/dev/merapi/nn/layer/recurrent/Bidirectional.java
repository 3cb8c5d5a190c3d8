package dev.merapi.nn.layer.recurrent;

import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Saved;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.nn.layer.Mode;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Goes through sequences from both ends, with two layers, and merges what they give.
///
/// The layers are copies of the one that is given; the second one may be another, which must go
/// backwards. Further inputs are the states before the first step, first those of the forward
/// layer. Outputs of the second layer are put into the order of the input before they are merged.
public final class Bidirectional extends Layer implements LayerArguments<Bidirectional> {
  private static final OpRef REVERSE = OpRef.to("ReverseV2");
  private static final OpRef CONCAT = OpRef.to("ConcatV2");
  private static final OpRef ADD = OpRef.to("AddV2");
  private static final OpRef MUL = OpRef.to("Mul");
  private static final OpRef DIV = OpRef.to("RealDiv");

  private static final Kind<Recurrent> LAYER =
      new Kind<>() {
        @Override
        public Recurrent read(@Nullable Object given) {
          return switch (given) {
            case Recurrent r -> r;
            case Map<?, ?> form -> Saved.read(form, Recurrent.class);
            case null, default -> throw new Misfit("");
          };
        }

        @Override
        public @Nullable Object write(Recurrent layer) {
          return Saved.write(layer);
        }

        @Override
        public String expected() {
          return "a recurrent layer: LSTM, GRU, SimpleRNN or RNN";
        }
      };

  private final Setting<@Nullable String> mergeMode =
      setting("merge_mode", Kinds.oneOf("sum", "mul", "concat", "ave").orNone(), "concat");
  private final Setting<Recurrent> layer = required("layer", LAYER);
  private final Setting<@Nullable Recurrent> backwardLayer =
      setting("backward_layer", LAYER.orNone(), null);

  private @Nullable Recurrent forward;
  private @Nullable Recurrent backward;

  private Bidirectional() {
    supportsMasking();
  }

  public Bidirectional(Recurrent layer) {
    this();
    this.layer.set(layer);
    copies();
  }

  public Bidirectional(Recurrent layer, @Nullable String mergeMode) {
    this(layer);
    mergeMode(mergeMode);
  }

  /// @param backwardLayer a layer that goes backwards, otherwise like the first
  public Bidirectional(
      Recurrent layer, @Nullable String mergeMode, @Nullable Recurrent backwardLayer) {
    this();
    this.layer.set(layer);
    this.backwardLayer.set(backwardLayer);
    mergeMode(mergeMode);
    copies();
  }

  /// @param mode `concat`, `sum`, `mul`, `ave`; null for two outputs
  public Bidirectional mergeMode(@Nullable String mode) {
    return with("merge_mode", mode);
  }

  /// Takes the place of the copy that goes backwards.
  public Bidirectional backwardLayer(Recurrent other) {
    with("backward_layer", other);
    copies();
    return this;
  }

  public Recurrent forwardLayer() {
    return Objects.requireNonNull(forward);
  }

  public Recurrent backwardLayer() {
    return Objects.requireNonNull(backward);
  }

  @Override
  public void readConfig(Map<String, ?> config) {
    super.readConfig(config);
    copies();
  }

  /// Makes the two layers, and lets the arguments tell of them.
  private void copies() {
    Recurrent one = layer.get();
    Recurrent f = copy(one, "forward_", false);
    Recurrent given = backwardLayer.get();
    Recurrent b = given != null ? given : copy(one, "backward_", true);
    if (f.isGoingBackwards() == b.isGoingBackwards()) {
      throw Message.what(
              "Forward layer and backward layer should have different `go_backwards` value."
                  + " Received: forward_layer.go_backwards "
                  + f.isGoingBackwards()
                  + ", backward_layer.go_backwards="
                  + b.isGoingBackwards())
          .valueError();
    }
    same("stateful", f.isStateful(), b.isStateful());
    same("return_sequences", f.isReturningSequences(), b.isReturningSequences());
    same("return_state", f.isReturningState(), b.isReturningState());
    f.showZeros(f.isReturningSequences());
    b.showZeros(b.isReturningSequences());
    forward = f;
    backward = b;
    layer.set(f);
    backwardLayer.set(b);
  }

  private static void same(String what, boolean f, boolean b) {
    if (f != b) {
      throw Message.what(
              "Forward layer and backward layer are expected to have the same value for attribute"
                  + " \""
                  + what
                  + "\", got \""
                  + f
                  + "\" for forward layer and \""
                  + b
                  + "\" for backward layer")
          .valueError();
    }
  }

  private static Recurrent copy(Recurrent of, String prefix, boolean backwards) {
    Map<?, ?> form = (Map<?, ?>) Objects.requireNonNull(Saved.write(of));
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    ((Map<?, ?>) Objects.requireNonNull(form.get("config")))
        .forEach((k, v) -> config.put((String) k, v));
    String name = of.name();
    config.put("name", prefix + (name.startsWith(prefix) ? name.substring(prefix.length()) : name));
    if (backwards) {
      config.put("go_backwards", true);
    }
    Map<String, @Nullable Object> other = new LinkedHashMap<>();
    form.forEach((k, v) -> other.put((String) k, v));
    other.put("config", config);
    return Saved.read(other, Recurrent.class);
  }

  @Override
  protected void build(Shape input) {
    forwardLayer().buildFor(input);
    backwardLayer().buildFor(input);
  }

  @Override
  protected List<Tensor> call(List<Tensor> inputs, Mode mode) {
    Recurrent f = forwardLayer();
    Recurrent b = backwardLayer();
    int states = inputs.size() - 1;
    if (states % 2 != 0) {
      throw Message.what(name() + " is given " + states + " initial states")
          .expected("as many for the forward layer as for the backward layer")
          .valueError();
    }
    List<@Nullable Tensor> masks = Arrays.asList(mode.mask(0));
    List<Tensor> ys = f.applyAll(inputs.subList(0, 1 + states / 2), mode.training(), masks);
    List<Tensor> back = new ArrayList<>(List.of(inputs.getFirst()));
    back.addAll(inputs.subList(1 + states / 2, inputs.size()));
    List<Tensor> zs = b.applyAll(back, mode.training(), masks);
    Tensor y = ys.getFirst();
    Tensor z = zs.getFirst();
    if (f.isReturningSequences()) {
      z = REVERSE.of(z, Values.ints(1));
    }
    List<Tensor> out = new ArrayList<>(merged(y, z));
    out.addAll(ys.subList(1, ys.size()));
    out.addAll(zs.subList(1, zs.size()));
    return out;
  }

  private List<Tensor> merged(Tensor y, Tensor z) {
    return switch (mergeMode.get()) {
      case null -> List.of(y, z);
      case "sum" -> List.of(ADD.of(y, z));
      case "mul" -> List.of(MUL.of(y, z));
      case "ave" -> {
        Tensor two = Values.filled(new Spec(y.dtype(), Shape.of()), 2);
        yield List.of(DIV.of(ADD.of(y, z), two));
      }
      default -> List.of(CONCAT.of(y, z, Values.scalar(y.rank() - 1)));
    };
  }

  /// The states have no mask.
  @Override
  protected List<@Nullable Tensor> computeMask(
      List<Tensor> inputs, List<@Nullable Tensor> masks, List<Tensor> outputs) {
    @Nullable Tensor[] out = new Tensor[outputs.size()];
    if (forwardLayer().isReturningSequences() && !masks.isEmpty()) {
      out[0] = masks.getFirst();
      if (mergeMode.get() == null) {
        out[1] = masks.getFirst();
      }
    }
    return Arrays.asList(out);
  }

  /// Forgets the states of stateful layers.
  public void resetState() {
    forwardLayer().resetState();
    backwardLayer().resetState();
  }
}
