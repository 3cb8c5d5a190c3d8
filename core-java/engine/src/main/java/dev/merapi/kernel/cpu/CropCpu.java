package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.merapi.device.Workers;
import dev.merapi.memory.Scope;
import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;

/// Cuts boxes out of images `(batch, height, width, channels)` and sends gradients back.
///
/// Positions are float32, as in TensorFlow: so the same of them lie outside the image.
public final class CropCpu {
  /// Elements computed in about 50 µs.
  private static final long SERIAL_WORK = 20_000;

  /// Where the pixels of one side of a crop lie along the same side of the image.
  ///
  /// @param low pixel before, or the nearest one; -1 outside the image
  /// @param high pixel behind
  /// @param share how far from low to high
  private record Side(int[] low, int[] high, float[] share) {
    /// @param from first corner, as a part of the image's side
    /// @param step from one pixel of the crop to the next
    static Side of(float from, float to, float step, int image, int crop, boolean nearest) {
      Side s = new Side(new int[crop], new int[crop], new float[crop]);
      for (int i = 0; i < crop; i++) {
        float at = crop > 1 ? from * (image - 1) + i * step : 0.5f * (from + to) * (image - 1);
        if (!(at >= 0 && at <= image - 1)) {
          s.low[i] = -1;
        } else if (nearest) {
          s.low[i] = (int) (at + 0.5f);
          s.high[i] = s.low[i];
        } else {
          s.low[i] = (int) Math.floor(at);
          s.high[i] = (int) Math.ceil(at);
          s.share[i] = at - s.low[i];
        }
      }
      return s;
    }
  }

  private final Tensor boxes;
  private final int[] images;
  private final int height;
  private final int width;
  private final int channels;
  private final Shape crops;
  private final boolean nearest;
  private final boolean ofBoxes;

  private CropCpu(Call c, Shape image, Shape crops) {
    boxes = c.in("boxes");
    images = c.in("box_ind").toIntArray();
    height = image.dim(1);
    width = image.dim(2);
    channels = image.dim(3);
    this.crops = crops;
    nearest = c.attrs.s("method").equals("nearest");
    ofBoxes = c.out(0).rank() == 2;
    for (int at : images) {
      if (at < 0 || at >= image.dim(0)) {
        throw c.fault("box_index has values outside [0, batch_size)")
            .given("box_index " + at + ", " + image.dim(0) + " images")
            .expected("the number of an image for each box")
            .valueError();
      }
    }
    for (int i = 0; i < 4 * images.length; i++) {
      if (!Float.isFinite(corner(i))) {
        throw c.fault("Boxes contains at least one element that is not finite")
            .given("box " + i / 4 + " holds " + corner(i))
            .expected("finite corners")
            .valueError();
      }
    }
    if (crops.dim(0) != images.length || crops.dim(3) != channels) {
      throw c.fault("crops of shape " + crops + " are not those of " + images.length + " boxes")
          .expected("one crop for each box, with " + channels + " channels")
          .shapeError();
    }
  }

  private float corner(long i) {
    return boxes.segment().getAtIndex(JAVA_FLOAT_UNALIGNED, i);
  }

  private Side rows(int box) {
    return side(4L * box, height, crops.dim(1));
  }

  private Side columns(int box) {
    return side(4L * box + 1, width, crops.dim(2));
  }

  private Side side(long first, int image, int crop) {
    float from = corner(first);
    float to = corner(first + 2);
    // TensorFlow rounds in another order where it looks for the corners' gradients, which decides
    // on which side of a pixel a position lies.
    float step =
        crop < 2
            ? 0
            : ofBoxes
                ? (to - from) * ((image - 1) / (float) (crop - 1))
                : (to - from) * (image - 1) / (crop - 1);
    return Side.of(from, to, step, image, crop, nearest);
  }

  private static float get(MemorySegment s, long i) {
    return s.getAtIndex(JAVA_FLOAT_UNALIGNED, i);
  }

  private static void put(MemorySegment s, long i, float v) {
    s.setAtIndex(JAVA_FLOAT_UNALIGNED, i, v);
  }

  /// Returns the position of a pixel of an image.
  private long pixel(int image, int y, int x) {
    return (((long) image * height + y) * width + x) * channels;
  }

  private long crop(int box, int y, int x) {
    return (((long) box * crops.dim(1) + y) * crops.dim(2) + x) * channels;
  }

  private void share(int chunks, Workers.Task task) {
    Planes.share(crops.size() < SERIAL_WORK, chunks, task);
  }

  /// Cuts and resizes.
  public static void forward(Call c) {
    Tensor y = c.out(0);
    if (y.size() == 0) {
      return;
    }
    CropCpu k = new CropCpu(c, c.shape(0), y.shape());
    float outside = (float) c.attrs.f("extrapolation_value");
    try (Scope _ = Scope.open()) {
      MemorySegment from = Staged.in(c.in(0), DType.F32);
      k.share(k.images.length, box -> k.fill(from, box, y.segment(), outside));
    }
  }

  private void fill(MemorySegment from, int box, MemorySegment to, float outside) {
    Side rows = rows(box);
    Side columns = columns(box);
    int image = images[box];
    for (int i = 0; i < crops.dim(1); i++) {
      for (int j = 0; j < crops.dim(2); j++) {
        long at = crop(box, i, j);
        if (rows.low[i] < 0 || columns.low[j] < 0) {
          for (int k = 0; k < channels; k++) {
            put(to, at + k, outside);
          }
          continue;
        }
        long topLeft = pixel(image, rows.low[i], columns.low[j]);
        if (nearest) {
          MemorySegment.copy(
              from, topLeft * Float.BYTES, to, at * Float.BYTES, (long) channels * Float.BYTES);
          continue;
        }
        long topRight = pixel(image, rows.low[i], columns.high[j]);
        long bottomLeft = pixel(image, rows.high[i], columns.low[j]);
        long bottomRight = pixel(image, rows.high[i], columns.high[j]);
        for (int k = 0; k < channels; k++) {
          float left = get(from, topLeft + k);
          float top = left + (get(from, topRight + k) - left) * columns.share[j];
          left = get(from, bottomLeft + k);
          float bottom = left + (get(from, bottomRight + k) - left) * columns.share[j];
          put(to, at + k, top + (bottom - top) * rows.share[i]);
        }
      }
    }
  }

  /// Adds gradients up at the pixels of the images, those of one image in the order of the boxes.
  public static void toImage(Call c) {
    Tensor dx = c.out(0);
    if (dx.size() == 0) {
      return;
    }
    CropCpu k = new CropCpu(c, dx.shape(), c.shape(0));
    DType t = Staged.wide(dx.dtype());
    try (Scope _ = Scope.open()) {
      MemorySegment to = Staged.out(dx, t, false);
      int image = k.height * k.width * k.channels;
      k.share(
          dx.shape().dim(0),
          n -> {
            double[] sums = new double[image];
            for (int box = 0; box < k.images.length; box++) {
              if (k.images[box] == n) {
                k.spread(c.in(0).segment(), box, sums);
              }
            }
            Panel.store(sums, to, t, (long) n * image, image);
          });
      Staged.finish(to, dx, t, false);
    }
  }

  private void spread(MemorySegment dy, int box, double[] sums) {
    Side rows = rows(box);
    Side columns = columns(box);
    for (int i = 0; i < crops.dim(1); i++) {
      for (int j = 0; j < crops.dim(2); j++) {
        if (rows.low[i] < 0 || columns.low[j] < 0) {
          continue;
        }
        long at = crop(box, i, j);
        int top = (int) pixel(0, rows.low[i], 0);
        int bottom = (int) pixel(0, rows.high[i], 0);
        int left = columns.low[j] * channels;
        int right = columns.high[j] * channels;
        for (int k = 0; k < channels; k++) {
          double d = get(dy, at + k);
          double below = d * rows.share[i];
          double above = d - below;
          sums[top + left + k] += above * (1 - columns.share[j]);
          sums[top + right + k] += above * columns.share[j];
          sums[bottom + left + k] += below * (1 - columns.share[j]);
          sums[bottom + right + k] += below * columns.share[j];
        }
      }
    }
  }

  /// Computes what arrives at the corners of the boxes.
  public static void toBoxes(Call c) {
    Tensor y = c.out(0);
    if (y.size() == 0) {
      return;
    }
    CropCpu k = new CropCpu(c, c.shape("image"), c.shape("grads"));
    try (Scope _ = Scope.open()) {
      MemorySegment x = Staged.in(c.in("image"), DType.F32);
      MemorySegment dy = c.in("grads").segment();
      k.share(
          k.images.length,
          box -> Panel.store(k.pull(x, dy, box), y.segment(), DType.F32, 4L * box, 4));
    }
  }

  private double[] pull(MemorySegment x, MemorySegment dy, int box) {
    Side rows = rows(box);
    Side columns = columns(box);
    int image = images[box];
    double[] corners = new double[4];
    for (int i = 0; i < crops.dim(1); i++) {
      for (int j = 0; j < crops.dim(2); j++) {
        if (rows.low[i] < 0 || columns.low[j] < 0) {
          continue;
        }
        long topLeft = pixel(image, rows.low[i], columns.low[j]);
        long topRight = pixel(image, rows.low[i], columns.high[j]);
        long bottomLeft = pixel(image, rows.high[i], columns.low[j]);
        long bottomRight = pixel(image, rows.high[i], columns.high[j]);
        double down = 0;
        double across = 0;
        double v = rows.share[i];
        double h = columns.share[j];
        for (int k = 0; k < channels; k++) {
          double a = get(x, topLeft + k);
          double b = get(x, topRight + k);
          double c = get(x, bottomLeft + k);
          double d = get(x, bottomRight + k);
          double g = get(dy, crop(box, i, j) + k);
          down += g * ((1 - h) * (c - a) + h * (d - b));
          across += g * ((1 - v) * (b - a) + v * (d - c));
        }
        corners(corners, 0, down, i, crops.dim(1), height);
        corners(corners, 1, across, j, crops.dim(2), width);
      }
    }
    return corners;
  }

  /// Adds what arrives at a position to the first and the last corner along its side.
  private static void corners(double[] to, int first, double d, int at, int crop, int image) {
    double last = crop > 1 ? (double) at / (crop - 1) : 0.5;
    to[first] += d * (1 - last) * (image - 1);
    to[first + 2] += d * last * (image - 1);
  }
}
