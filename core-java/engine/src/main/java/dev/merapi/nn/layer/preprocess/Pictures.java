package dev.merapi.nn.layer.preprocess;

import dev.merapi.nn.Ops;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Pictures brought into one form, cut, and resized.
public final class Pictures {
  private static final OpRef SLICE = OpRef.to("Slice");
  private static final OpRef DIV = OpRef.to("RealDiv");

  private Pictures() {}

  /// Applies a function of batches with channels last to pictures in another form: without a batch,
  /// or with channels first.
  ///
  /// Fails: `ShapeError` when the rank is not 3 or 4.
  public static Tensor each(
      String layer, Tensor x, boolean channelsFirst, UnaryOperator<Tensor> f) {
    int rank = x.shape().isRankKnown() ? x.rank() : 0;
    if (rank != 3 && rank != 4) {
      throw Message.what(
              "layer \""
                  + layer
                  + "\": expected image tensor to have rank 3 (single image) or 4"
                  + " (batch of images)")
          .given("input " + x.spec())
          .expected(
              channelsFirst
                  ? "(batch, channels, height, width)"
                  : "(batch, height, width, channels)")
          .shapeError();
    }
    Tensor batch = rank == 3 ? Ops.expand(x, 0) : x;
    Tensor y = f.apply(channelsFirst ? Ops.transpose(batch, 0, 2, 3, 1) : batch);
    Tensor back = channelsFirst ? Ops.transpose(y, 0, 3, 1, 2) : y;
    return rank == 3 ? Ops.squeeze(back, 0) : back;
  }

  /// Resizes a batch with half-pixel centres; float32, or for `nearest` the type it had.
  static Tensor resized(Tensor x, int height, int width, String method, boolean antialias) {
    Tensor size = Values.ints(height, width);
    boolean filtered = method.startsWith("lanczos") || antialias && method.startsWith("bi");
    if (filtered) {
      OpRef op = OpRef.to("ScaleAndTranslate");
      String kernel =
          switch (method) {
            case "bilinear" -> "triangle";
            case "bicubic" -> "keyscubic";
            default -> method;
          };
      Tensor was = Sizes.vector(Sizes.axis(x, 1), Sizes.axis(x, 2));
      Tensor scale = DIV.of(Ops.cast(size, DType.F32), Ops.cast(was, DType.F32));
      Tensor still = Values.floats(new float[2], 2);
      return op.with(
          op.attrs("kernel_type", kernel, "antialias", antialias), x, size, scale, still);
    }
    return switch (method) {
      case "nearest" -> half("ResizeNearestNeighbor", x, size);
      case "bilinear" -> half("ResizeBilinear", x, size);
      case "bicubic" -> half("ResizeBicubic", x, size);
      default -> OpRef.to("ResizeArea").of(x, size);
    };
  }

  private static Tensor half(String name, Tensor x, Tensor size) {
    OpRef op = OpRef.to(name);
    return op.with(op.attrs("half_pixel_centers", true), x, size);
  }

  /// Resizes the largest middle part of the wanted proportions, bilinear.
  public static Tensor part(Tensor x, int height, int width) {
    return cropped(x, height, width, "bilinear", false);
  }

  /// Resizes the largest middle part of the wanted proportions.
  static Tensor cropped(Tensor x, int height, int width, String method, boolean antialias) {
    Tensor h = Sizes.axis(x, 1);
    Tensor w = Sizes.axis(x, 2);
    Tensor newHeight = Ops.min(h, share(w, height, width));
    Tensor newWidth = Ops.min(w, share(h, width, height));
    newHeight = Ops.max(newHeight, Values.scalar(1));
    newWidth = Ops.max(newWidth, Values.scalar(1));
    Tensor part = cut(x, half(h, newHeight), half(w, newWidth), newHeight, newWidth);
    return resized(part, height, width, method, antialias);
  }

  /// Resizes after filling up to the wanted proportions.
  static Tensor padded(
      Tensor x, int height, int width, String method, boolean antialias, double fill) {
    Tensor h = Sizes.axis(x, 1);
    Tensor w = Sizes.axis(x, 2);
    Tensor top = half(Ops.max(h, share(w, height, width)), h);
    Tensor left = half(Ops.max(w, share(h, width, height)), w);
    Tensor none = Values.scalar(0);
    Tensor pads =
        Ops.reshape(
            Sizes.vector(none, none, top, top, left, left, none, none),
            Values.scalar(4),
            Values.scalar(2));
    Tensor y = OpRef.to("PadV2").of(x, pads, Ops.number(x, fill));
    return resized(y, height, width, method, antialias);
  }

  /// What a side is where the other one is `other`, in the proportion `a` to `b`.
  private static Tensor share(Tensor other, int a, int b) {
    Tensor times = Ops.cast(Ops.mul(other, Values.scalar(a)), DType.F32);
    return Ops.cast(Ops.div(times, Values.scalar((float) b)), DType.I32);
  }

  private static Tensor half(Tensor more, Tensor less) {
    Tensor difference = Ops.cast(Ops.sub(more, less), DType.F32);
    return Ops.cast(Ops.div(difference, Values.scalar(2f)), DType.I32);
  }

  /// Cuts a part out of each picture of a batch; all numbers are scalars of int32.
  public static Tensor cut(Tensor x, Tensor top, Tensor left, Tensor height, Tensor width) {
    Tensor none = Values.scalar(0);
    Tensor all = Values.scalar(-1);
    Tensor y =
        SLICE.of(x, Sizes.vector(none, top, left, none), Sizes.vector(all, height, width, all));
    return Ops.ensure(y, x.shape().dim(0), -1, -1, x.shape().dim(3));
  }

  /// Returns the middle of each picture of a batch, or the resized middle of those that are too
  /// small.
  static Tensor middle(Tensor x, int height, int width) {
    Shape s = x.shape();
    int h = s.dim(1);
    int w = s.dim(2);
    if (h < 0 || w < 0) {
      return flexible(x, height, width);
    }
    if (h >= height && w >= width) {
      return cut(
          x,
          Values.scalar((h - height) / 2),
          Values.scalar((w - width) / 2),
          Values.scalar(height),
          Values.scalar(width));
    }
    return Ops.cast(cropped(x, height, width, "bilinear", false), x.dtype());
  }

  /// Sizes that only show when a graph runs: the part that resizing would take is the middle itself
  /// where a picture is large enough.
  private static Tensor flexible(Tensor x, int height, int width) {
    Tensor h = Sizes.axis(x, 1);
    Tensor w = Sizes.axis(x, 2);
    Tensor large =
        Ops.and(
            Ops.greaterEqual(h, Values.scalar(height)), Ops.greaterEqual(w, Values.scalar(width)));
    Tensor partHeight = Ops.max(Ops.min(h, share(w, height, width)), Values.scalar(1));
    Tensor partWidth = Ops.max(Ops.min(w, share(h, width, height)), Values.scalar(1));
    Tensor newHeight = Ops.where(large, Values.scalar(height), partHeight);
    Tensor newWidth = Ops.where(large, Values.scalar(width), partWidth);
    Tensor part = cut(x, half(h, newHeight), half(w, newWidth), newHeight, newWidth);
    return Ops.cast(resized(part, height, width, "bilinear", false), x.dtype());
  }

  /// Brings resized pixels back to the type they had, whole numbers rounded and kept in range.
  static Tensor like(Tensor resized, DType type) {
    if (resized.dtype() == type) {
      return resized;
    }
    if (!type.isInteger()) {
      return Ops.cast(resized, type);
    }
    Tensor whole = OpRef.to("Rint").of(resized);
    @Nullable Tensor bounded = bounded(whole, type);
    return Ops.cast(bounded == null ? whole : bounded, type);
  }

  private static @Nullable Tensor bounded(Tensor x, DType type) {
    int bits = 8 * type.bytes();
    if (bits > 16) {
      return null;
    }
    boolean signed = type == DType.I8 || type == DType.I16;
    double low = signed ? -(1 << bits - 1) : 0;
    double high = signed ? (1 << bits - 1) - 1 : (1 << bits) - 1;
    return Ops.min(Ops.max(x, low), high);
  }
}
