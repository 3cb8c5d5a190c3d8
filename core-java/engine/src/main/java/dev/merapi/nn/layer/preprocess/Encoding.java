package dev.merapi.nn.layer.preprocess;

import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.Kinds;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Turns numbers of categories into vectors with a place for each category.
final class Encoding {
  static final String INT = "int";
  static final String ONE_HOT = "one_hot";
  static final String MULTI_HOT = "multi_hot";
  static final String COUNT = "count";
  static final String TF_IDF = "tf_idf";

  private static final OpRef ONES = OpRef.to("OneHot");
  private static final OpRef COUNTS = OpRef.to("DenseBincount");

  private Encoding() {}

  /// One of several modes; Keras's older names are understood too.
  static Kind<String> modes(String... modes) {
    Kind<String> known = Kinds.oneOf(modes);
    return new Kind<>() {
      @Override
      public String read(@Nullable Object given) {
        return known.read(
            given instanceof String s
                ? switch (s.toLowerCase(Locale.ROOT)) {
                  case "binary" -> MULTI_HOT;
                  case "tf-idf" -> TF_IDF;
                  default -> s;
                }
                : given);
      }

      @Override
      public String expected() {
        return known.expected();
      }
    };
  }

  /// Returns the encoded numbers; numbers of no category leave nothing.
  ///
  /// Shapes: one hot `(…)` → `(…, depth)`, a last axis of 1 goes first; otherwise `(batch, n)` →
  /// `(batch, depth)`.
  ///
  /// @param weights what each number counts, where counted; else null
  static Tensor of(
      String layer, Tensor ids, String mode, int depth, DType type, @Nullable Tensor weights) {
    if (mode.equals(INT)) {
      return Ops.cast(ids, type);
    }
    Tensor x = Ops.cast(ids, DType.I64);
    if (!x.shape().isRankKnown()) {
      throw Message.what(layer + ": the rank of the input is not known")
          .expected("an input of known rank")
          .shapeError();
    }
    if (x.rank() == 0) {
      x = Ops.expand(x, -1);
    }
    if (mode.equals(ONE_HOT)) {
      return hot(x.rank() > 1 && x.shape().dim(-1) == 1 ? Ops.squeeze(x, -1) : x, depth, type);
    }
    boolean once = mode.equals(MULTI_HOT);
    if (x.rank() <= 2) {
      // Counts of 16 bits are added up in more.
      DType sum = type == DType.F16 || type == DType.BF16 ? DType.F32 : type;
      Tensor each = weights != null ? Ops.cast(weights, sum) : Values.filled(Spec.of(sum, 0), 0);
      Tensor y = COUNTS.with(COUNTS.attrs("binary_output", once), x, Whole.scalar(depth), each);
      return Ops.cast(y, type);
    }
    Tensor each = hot(x, depth, type);
    if (weights != null) {
      each = Ops.mul(each, Ops.expand(weights, -1));
    }
    return once ? Ops.most(each, false, 1) : Ops.sum(each, false, 1);
  }

  private static Tensor hot(Tensor x, int depth, DType type) {
    Spec one = Spec.of(type);
    return ONES.of(x, Values.scalar(depth), Values.filled(one, 1), Values.filled(one, 0));
  }
}
