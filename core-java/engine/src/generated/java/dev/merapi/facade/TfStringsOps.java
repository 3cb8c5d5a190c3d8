// Generated from the declarations in dev.merapi.op.family by dev.merapi.generate.Facades: do not edit.
package dev.merapi.facade;

import dev.merapi.op.OpRef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.List;

/// The operations of `tf.strings`, one method each.
public abstract class TfStringsOps {
  protected TfStringsOps() {}

  private static final OpRef AS_STRING = OpRef.to("AsString");

  /// Writes values as text, as C's printf does.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Gradient: none; strings have no slope.
  public static Tensor asString(Object input) {
    return Operands.call(AS_STRING, input);
  }

  /// Writes values as text, as C's printf does.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// `precision` is -1 if not given.
  ///
  /// `scientific` is false if not given.
  ///
  /// `shortest` is false if not given.
  ///
  /// `width` is -1 if not given.
  ///
  /// `fill` is  if not given.
  ///
  /// Gradient: none; strings have no slope.
  public static Tensor asString(Object input, long precision, boolean scientific, boolean shortest, long width, String fill) {
    return Operands.call(AS_STRING, AS_STRING.attrs("precision", precision, "scientific", scientific, "shortest", shortest, "width", width, "fill", fill), input);
  }

  private static final OpRef REGEX_FULL_MATCH = OpRef.to("RegexFullMatch");

  /// Tells which strings are matched from end to end by a regular expression (syntax of RE2).
  ///
  /// Gradient: none; strings have no slope.
  public static Tensor regexFullMatch(Object input, Object pattern) {
    return Operands.call(REGEX_FULL_MATCH, input, pattern);
  }

  private static final OpRef REGEX_REPLACE = OpRef.to("RegexReplace");

  /// Replaces what a regular expression (syntax of RE2) matches; \1 stands for the first group.
  ///
  /// Gradient: none; strings have no slope.
  public static Tensor regexReplace(Object input, Object pattern, Object rewrite) {
    return REGEX_REPLACE.of(Operands.of(REGEX_REPLACE.get(), input, pattern, rewrite));
  }

  /// Replaces what a regular expression (syntax of RE2) matches; \1 stands for the first group.
  ///
  /// `replaceGlobal` is true if not given.
  ///
  /// Gradient: none; strings have no slope.
  public static Tensor regexReplace(Object input, Object pattern, Object rewrite, boolean replaceGlobal) {
    return REGEX_REPLACE.with(REGEX_REPLACE.attrs("replace_global", replaceGlobal), Operands.of(REGEX_REPLACE.get(), input, pattern, rewrite));
  }

  private static final OpRef STRING_LENGTH = OpRef.to("StringLength");

  /// Counts the bytes of strings, or with the unit UTF8_CHAR their characters.
  ///
  /// Gradient: none; strings have no slope.
  public static Tensor length(Object input) {
    return Operands.call(STRING_LENGTH, input);
  }

  /// Counts the bytes of strings, or with the unit UTF8_CHAR their characters.
  ///
  /// `unit` is BYTE if not given.
  ///
  /// Gradient: none; strings have no slope.
  public static Tensor length(Object input, String unit) {
    return Operands.call(STRING_LENGTH, STRING_LENGTH.attrs("unit", unit), input);
  }

  private static final OpRef STRING_LOWER = OpRef.to("StringLower");

  /// Makes letters small: those of ASCII, or with the encoding utf-8 all.
  ///
  /// Gradient: none; strings have no slope.
  public static Tensor lower(Object input) {
    return Operands.call(STRING_LOWER, input);
  }

  /// Makes letters small: those of ASCII, or with the encoding utf-8 all.
  ///
  /// `encoding` is  if not given.
  ///
  /// Gradient: none; strings have no slope.
  public static Tensor lower(Object input, String encoding) {
    return Operands.call(STRING_LOWER, STRING_LOWER.attrs("encoding", encoding), input);
  }

  private static final OpRef STRING_STRIP = OpRef.to("StringStrip");

  /// Cuts white space off both ends.
  ///
  /// Gradient: none; strings have no slope.
  public static Tensor strip(Object input) {
    return Operands.call(STRING_STRIP, input);
  }

  private static final OpRef STRING_TO_HASH_BUCKET_FAST = OpRef.to("StringToHashBucketFast");

  /// Maps strings to numbers of buckets by FarmHash's fingerprint.
  ///
  /// Source: Pike, FarmHash, 2014
  ///
  /// Gradient: none; numbers of buckets are whole numbers.
  public static Tensor toHashBucketFast(Object input, long numBuckets) {
    return Operands.call(STRING_TO_HASH_BUCKET_FAST, STRING_TO_HASH_BUCKET_FAST.attrs("num_buckets", numBuckets), input);
  }

  private static final OpRef STRING_TO_HASH_BUCKET_STRONG = OpRef.to("StringToHashBucketStrong");

  /// Maps strings to numbers of buckets by a keyed hash that is hard to attack.
  ///
  /// Source: Aumasson, Bernstein, SipHash: a fast short-input PRF, 2012
  ///
  /// Gradient: none; numbers of buckets are whole numbers.
  public static Tensor toHashBucketStrong(Object input, long numBuckets, int... key) {
    return Operands.call(STRING_TO_HASH_BUCKET_STRONG, STRING_TO_HASH_BUCKET_STRONG.attrs("num_buckets", numBuckets, "key", key), input);
  }

  private static final OpRef STRING_TO_NUMBER = OpRef.to("StringToNumber");

  /// Reads strings as numbers.
  ///
  /// Types out_type: float32, float64, int32, int64, uint32 or uint64.
  ///
  /// Gradient: none; strings have no slope.
  public static Tensor toNumber(Object stringTensor) {
    return Operands.call(STRING_TO_NUMBER, stringTensor);
  }

  /// Reads strings as numbers.
  ///
  /// Types out_type: float32, float64, int32, int64, uint32 or uint64.
  ///
  /// Gradient: none; strings have no slope.
  public static Tensor toNumber(Object stringTensor, DType outType) {
    return Operands.call(STRING_TO_NUMBER, STRING_TO_NUMBER.attrs("out_type", outType), stringTensor);
  }

  private static final OpRef STRING_UPPER = OpRef.to("StringUpper");

  /// Makes letters large: those of ASCII, or with the encoding utf-8 all.
  ///
  /// Gradient: none; strings have no slope.
  public static Tensor upper(Object input) {
    return Operands.call(STRING_UPPER, input);
  }

  /// Makes letters large: those of ASCII, or with the encoding utf-8 all.
  ///
  /// `encoding` is  if not given.
  ///
  /// Gradient: none; strings have no slope.
  public static Tensor upper(Object input, String encoding) {
    return Operands.call(STRING_UPPER, STRING_UPPER.attrs("encoding", encoding), input);
  }

  private static final OpRef SUBSTR = OpRef.to("Substr");

  /// Takes pieces of strings by position and length; positions below zero count from the end.
  ///
  /// Types T: int32 or int64.
  ///
  /// Gradient: none; strings have no slope.
  public static Tensor substr(Object input, Object pos, Object len) {
    return SUBSTR.of(Operands.of(SUBSTR.get(), input, pos, len));
  }

  /// Takes pieces of strings by position and length; positions below zero count from the end.
  ///
  /// Types T: int32 or int64.
  ///
  /// `unit` is BYTE if not given.
  ///
  /// Gradient: none; strings have no slope.
  public static Tensor substr(Object input, Object pos, Object len, String unit) {
    return SUBSTR.with(SUBSTR.attrs("unit", unit), Operands.of(SUBSTR.get(), input, pos, len));
  }
}
