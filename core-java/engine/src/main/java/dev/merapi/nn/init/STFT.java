package dev.merapi.nn.init;

import dev.merapi.nn.config.HasSettings;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.config.Settings;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Makes the kernel of a convolution that computes one part, real or imaginary, of a short-time
/// Fourier transform: `w(t) · cos(2πft)` or `−w(t) · sin(2πft)`.
///
/// Shapes: `(frame, 1, bands)`, the transform having `2 · (bands − 1)` places. `scaling` divides by
/// the root of the window's energy (`density`), by its sum (`spectrum`), or not (null). Windows are
/// those of [FrameWindows], or null for none.
public final class STFT implements Initializer, HasSettings {
  private final Settings settings = new Settings("STFT");
  private final Setting<String> side = settings.add("side", Kinds.oneOf("real", "imag"), "real");
  private final Setting<@Nullable String> window =
      settings.add("window", Kinds.oneOf(FrameWindows.names()).orNone(), "hann");
  private final Setting<@Nullable String> scaling =
      settings.add("scaling", Kinds.oneOf("density", "spectrum").orNone(), "density");
  private final Setting<Boolean> periodic = settings.add("periodic", Kinds.FLAG, false);

  public STFT() {}

  /// @param side `real` or `imag`
  /// @param window such as `hann`, or null for none
  /// @param scaling `density`, `spectrum` or null
  /// @param periodic whether the window fits to itself, as spectra want it
  public STFT(String side, @Nullable String window, @Nullable String scaling, boolean periodic) {
    this.side.set(side);
    this.window.set(window);
    this.scaling.set(scaling);
    this.periodic.set(periodic);
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public Tensor make(Shape shape, DType dtype) {
    if (shape.rank() != 3) {
      throw Message.what("STFT: shape " + shape + " is not that of a kernel over time")
          .expected("(frame length, 1, frequency bands)")
          .shapeError();
    }
    int frame = shape.dim(0);
    int inputs = shape.dim(1);
    int bands = shape.dim(2);
    String name = window.get();
    double[] w = new double[frame];
    java.util.Arrays.fill(w, 1);
    double divisor = 1;
    if (name != null) {
      w = FrameWindows.of(name, frame, periodic.get());
      divisor = divisor(w);
    }
    boolean real = side.get().equals("real");
    Tensor t = Values.filled(new Spec(dtype, shape), 0);
    for (int i = 0; i < frame; i++) {
      for (int f = 0; f < bands; f++) {
        double angle = 2 * Math.PI * f * i / (2.0 * (bands - 1));
        double y = (real ? Math.cos(angle) : -Math.sin(angle)) * w[i] / divisor;
        for (int c = 0; c < inputs; c++) {
          Values.put(t.segment(), dtype, ((long) i * inputs + c) * bands + f, y);
        }
      }
    }
    return t;
  }

  private double divisor(double[] w) {
    String word = scaling.get();
    double sum = 0;
    for (double x : w) {
      sum += "density".equals(word) ? x * x : Math.abs(x);
    }
    return word == null ? 1 : word.equals("density") ? Math.sqrt(sum) : sum;
  }
}
