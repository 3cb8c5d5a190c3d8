package dev.merapi.op.family;

import static dev.merapi.op.family.Grads.add;
import static dev.merapi.op.family.Grads.minus;
import static dev.merapi.op.family.Grads.mul;
import static dev.merapi.op.family.Grads.plus;
import static dev.merapi.op.family.Grads.sub;

import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;

/// The gradients of changes of colour spaces, written in operations that differentiate again.
final class ColorGrads {
  private static final OpRef ARG_MAX = OpRef.to("ArgMax");
  private static final OpRef ARG_MIN = OpRef.to("ArgMin");
  private static final OpRef ONE_HOT = OpRef.to("OneHot");
  private static final OpRef REVERSE = OpRef.to("ReverseV2");
  private static final OpRef ROLL = OpRef.to("Roll");
  private static final OpRef SUM = OpRef.to("Sum");
  private static final OpRef DIV_NO_NAN = OpRef.to("DivNoNan");
  private static final OpRef CAST = OpRef.to("Cast");
  private static final OpRef SPLIT = OpRef.to("Split");
  private static final OpRef CONCAT = OpRef.to("ConcatV2");
  private static final OpRef ABS = OpRef.to("Abs");
  private static final OpRef SIGN = OpRef.to("Sign");
  private static final OpRef CLIP = OpRef.to("ClipByValue");
  private static final OpRef EQUAL = OpRef.to("Equal");

  private ColorGrads() {}

  private static Tensor channels(Tensor x) {
    return SUM.with(SUM.attrs("keep_dims", true), x, Values.ints(-1));
  }

  private static Tensor[] parts(Tensor x) {
    return SPLIT.all(SPLIT.attrs("num_split", 3), Values.scalar(-1), x);
  }

  /// Returns 1 at the given channel of each pixel, else 0.
  private static Tensor mark(Tensor index, Tensor like) {
    Tensor one = Grads.number(like, 1);
    return ONE_HOT.of(index, Values.scalar(3), one, Grads.zeros(like));
  }

  private static Tensor quotient(Tensor x, Tensor y) {
    return DIV_NO_NAN.of(x, y);
  }

  /// Returns what arrives at the colours `x` of what arrives at their hues, saturations and values.
  ///
  /// With M and m the greatest and the smallest channel, value is M, saturation 1 − m/M, and hue a
  /// sixth of (a − b)/(M − m) plus a constant, where a and b are the channels after the greatest.
  /// Of equal channels the first counts as greatest and the last as smallest, as in TensorFlow.
  static Tensor fromHsv(Tensor x, Tensor dy) {
    Tensor[] d = parts(dy);
    Tensor last = Values.ints(-1);
    Tensor max = mark(ARG_MAX.of(x, Values.scalar(-1)), x);
    Tensor backwards = REVERSE.of(x, last);
    Tensor min = REVERSE.of(mark(ARG_MIN.of(backwards, Values.scalar(-1)), x), last);
    Tensor a = ROLL.of(max, Values.scalar(1), Values.scalar(-1));
    Tensor b = ROLL.of(max, Values.scalar(2), Values.scalar(-1));
    Tensor great = channels(mul(x, max));
    Tensor small = channels(mul(x, min));
    Tensor range = sub(great, small);
    Tensor ofSaturation = sub(mul(max, quotient(small, mul(great, great))), quotient(min, great));
    Tensor slope = quotient(channels(mul(x, sub(a, b))), range);
    Tensor ofHue = quotient(sub(sub(a, b), mul(slope, sub(max, min))), range);
    Tensor hue = mul(mul(d[0], 1 / 6.0), ofHue);
    return add(hue, add(mul(d[1], ofSaturation), mul(d[2], max)));
  }

  /// Returns what arrives at hues, saturations and values of what arrives at the colours.
  ///
  /// Each channel is v·(1 − s + s·ramp), its ramp a function of the hue that rises from 0 to 1 and
  /// falls again.
  static Tensor toHsv(Tensor hsv, Tensor dy) {
    Tensor[] p = parts(hsv);
    Tensor middle = numbers(hsv, 3, 2, 4);
    Tensor sense = numbers(hsv, 1, -1, -1);
    Tensor start = numbers(hsv, -1, 2, 2);
    Tensor away = sub(mul(p[0], 6), middle);
    Tensor free = add(start, mul(sense, ABS.of(away)));
    Tensor ramp = CLIP.of(free, Grads.zeros(hsv), Grads.number(hsv, 1));
    Tensor inside = CAST.with(CAST.attrs("DstT", hsv.dtype()), EQUAL.of(free, ramp));
    Tensor slope = mul(mul(inside, mul(sense, SIGN.of(away))), 6);
    Tensor dh = channels(mul(dy, mul(mul(p[1], p[2]), slope)));
    Tensor ds = channels(mul(dy, mul(p[2], plus(ramp, -1))));
    Tensor dv = channels(mul(dy, add(minus(1, p[1]), mul(p[1], ramp))));
    return CONCAT.of(dh, ds, dv, Values.scalar(-1));
  }

  private static Tensor numbers(Tensor like, double... x) {
    Tensor t = Values.doubles(x, x.length);
    DType d = like.dtype();
    return d == DType.F64 ? t : CAST.with(CAST.attrs("DstT", d), t);
  }
}
