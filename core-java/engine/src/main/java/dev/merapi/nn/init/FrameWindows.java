package dev.merapi.nn.init;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/// Windows that fade a frame out at its ends, by SciPy's names: those without a parameter.
///
/// Source: Harris, "On the use of windows for harmonic analysis with the discrete Fourier
/// transform", 1978; Nuttall, "Some windows with very good sidelobe behavior", 1981.
final class FrameWindows {
  private static final Map<String, IntFunction<double[]>> ALL = new LinkedHashMap<>();

  static {
    cosines("hann", 0.5, 0.5);
    cosines("hamming", 0.54, 0.46);
    cosines("blackman", 0.42, 0.50, 0.08);
    cosines("nuttall", 0.3635819, 0.4891775, 0.1365995, 0.0106411);
    cosines("blackmanharris", 0.35875, 0.48829, 0.14128, 0.01168);
    cosines("flattop", 0.21557895, 0.41663158, 0.277263158, 0.083578947, 0.006947368);
    cosines("boxcar", 1);
    ALL.put("cosine", n -> each(n, i -> Math.sin(Math.PI / n * (i + 0.5))));
    ALL.put("bartlett", n -> each(n, i -> 1 - Math.abs(2.0 * i / (n - 1) - 1)));
    ALL.put(
        "triang", n -> each(n, i -> 1 - Math.abs(2 * i - (n - 1.0)) / (n % 2 == 0 ? n : n + 1)));
    ALL.put("bohman", n -> each(n, i -> bohman(Math.abs(2.0 * i / (n - 1) - 1))));
    ALL.put(
        "barthann",
        n ->
            each(
                n,
                i -> {
                  double x = Math.abs((double) i / (n - 1) - 0.5);
                  return 0.62 - 0.48 * x + 0.38 * Math.cos(2 * Math.PI * x);
                }));
    ALL.put("parzen", n -> each(n, i -> parzen(Math.abs(i - (n - 1) / 2.0), n)));
  }

  private interface Value {
    double at(int i);
  }

  private FrameWindows() {}

  static String[] names() {
    return ALL.keySet().toArray(new String[0]);
  }

  /// Returns a window of `n` places.
  ///
  /// @param periodic whether the window, put behind itself, goes on smoothly
  static double[] of(String name, int n, boolean periodic) {
    IntFunction<double[]> f = ALL.get(name);
    if (f == null) {
      throw new IllegalStateException("This is a bug in Merapi: no window called " + name);
    }
    if (n <= 1) {
      return each(n, i -> 1);
    }
    return periodic ? Arrays.copyOf(f.apply(n + 1), n) : f.apply(n);
  }

  private static void cosines(String name, double... weights) {
    ALL.put(
        name,
        n ->
            each(
                n,
                i -> {
                  double angle = Math.PI * (2.0 * i / (n - 1) - 1);
                  double sum = 0;
                  for (int k = 0; k < weights.length; k++) {
                    sum += weights[k] * Math.cos(k * angle);
                  }
                  return sum;
                }));
  }

  private static double[] each(int n, Value v) {
    double[] w = new double[n];
    for (int i = 0; i < n; i++) {
      w[i] = v.at(i);
    }
    return w;
  }

  private static double bohman(double x) {
    return x >= 1 ? 0 : (1 - x) * Math.cos(Math.PI * x) + Math.sin(Math.PI * x) / Math.PI;
  }

  private static double parzen(double distance, int n) {
    double x = distance / (n / 2.0);
    return distance > (n - 1) / 4.0 ? 2 * Math.pow(1 - x, 3) : 1 - 6 * x * x + 6 * x * x * x;
  }
}
