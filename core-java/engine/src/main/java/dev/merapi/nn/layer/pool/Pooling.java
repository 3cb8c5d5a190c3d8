package dev.merapi.nn.layer.pool;

import static dev.merapi.nn.Ops.expand;
import static dev.merapi.nn.Ops.squeeze;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Checks;
import dev.merapi.nn.layer.Layer;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What all layers share that take one number of each window.
///
/// Operations know two and three axes; a sequence goes through them as a picture one pixel high.
abstract class Pooling extends Layer {
  final Setting<int[]> poolSize;
  private final Setting<String> padding;
  private final Setting<int @Nullable []> strides;
  private final Setting<String> dataFormat;

  /// @param defaultSize of windows that nobody says the size of; null where somebody must
  Pooling(@Nullable Integer defaultSize) {
    int n = rank();
    int[] size = new int[n];
    Arrays.fill(size, defaultSize == null ? 1 : defaultSize);
    poolSize =
        defaultSize == null
            ? required("pool_size", Kinds.sizes(n, 1))
            : setting("pool_size", Kinds.sizes(n, 1), size);
    padding = setting("padding", Kinds.oneOf("valid", "same"), "valid");
    strides = setting("strides", Kinds.sizes(n, 1).orNone(), null);
    dataFormat = setting("data_format", Kinds.DATA_FORMAT, "channels_last");
  }

  /// Returns the number of axes along which windows slide.
  abstract int rank();

  /// Returns the operation for that many axes; two for one axis.
  abstract OpRef op();

  @Override
  protected void build(Shape input) {
    Checks.rank(name(), input, rank() + 2);
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    boolean first = dataFormat.get().equals("channels_first");
    int at = first ? 2 : 1;
    int[] given = strides.get();
    OpRef op = op();
    String format = rank() == 3 ? first ? "NCDHW" : "NDHWC" : first ? "NCHW" : "NHWC";
    Tensor y =
        op.with(
            op.attrs(
                "ksize", perAxis(poolSize.get(), at),
                "strides", perAxis(given == null ? poolSize.get() : given, at),
                "padding", padding.get().toUpperCase(Locale.ROOT),
                "data_format", format),
            rank() == 1 ? expand(x, at) : x);
    return rank() == 1 ? squeeze(y, at) : y;
  }

  private int[] perAxis(int[] spatial, int at) {
    int n = Math.max(2, rank());
    int[] all = new int[n + 2];
    Arrays.fill(all, 1);
    System.arraycopy(spatial, 0, all, at + n - rank(), rank());
    return all;
  }

  /// Keras writes the strides that hold, given or not.
  @Override
  public Map<String, @Nullable Object> getConfig() {
    Map<String, @Nullable Object> c = super.getConfig();
    c.computeIfAbsent("strides", k -> c.get("pool_size"));
    return c;
  }
}
