package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Types.ALL;
import static dev.merapi.op.Types.INDICES;

import dev.merapi.kernel.cpu.NumberTextCpu;
import dev.merapi.kernel.cpu.RegexCpu;
import dev.merapi.kernel.cpu.SplitTextCpu;
import dev.merapi.kernel.cpu.TextCpu;
import dev.merapi.op.AttrDef;
import dev.merapi.op.Call;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.Rules;
import dev.merapi.op.Types;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import java.util.Map;

/// Operations on strings, which are sequences of bytes. Neighbours: TextCodeOps (hashes, templates,
/// printing).
public final class TextOps {
  static final String HOST = "none: strings stay on the host";
  static final String NO_PATH = "strings have no slope";
  private static final Spec TEXTS = Spec.of(DType.STRING, 2);
  private static final Spec TEXT = Spec.of(DType.STRING);

  private TextOps() {}

  static void load() {}

  /// Starts an operation that maps every string to a value.
  private static OpBuilder each(String name, String input, DType to) {
    return op(name)
        .in(input, DType.STRING)
        .out("output", to)
        .infer(Rules.like(to))
        .cuda(HOST)
        .noGrad(NO_PATH);
  }

  public static final OpDef STRING_LENGTH =
      each("StringLength", "input", DType.I32)
          .says("Counts the bytes of strings, or with the unit UTF8_CHAR their characters.")
          .attr("unit", "BYTE", "BYTE", "UTF8_CHAR")
          .cpu(TextCpu::length)
          .mustFail("input must be string", Spec.of(DType.F32, 1))
          .api("strings.length")
          .declare();

  public static final OpDef STRING_UPPER =
      each("StringUpper", "input", DType.STRING)
          .says("Makes letters large: those of ASCII, or with the encoding utf-8 all.")
          .attr("encoding", "", "", "utf-8")
          .cpu(c -> TextCpu.changeCase(c, true))
          .api("strings.upper")
          .declare();

  public static final OpDef STRING_LOWER =
      each("StringLower", "input", DType.STRING)
          .says("Makes letters small: those of ASCII, or with the encoding utf-8 all.")
          .attr("encoding", "", "", "utf-8")
          .cpu(c -> TextCpu.changeCase(c, false))
          .api("strings.lower")
          .declare();

  public static final OpDef STRING_STRIP =
      each("StringStrip", "input", DType.STRING)
          .says("Cuts white space off both ends.")
          .cpu(TextCpu.each(TextCpu::strip))
          .api("strings.strip")
          .declare();

  public static final OpDef STRING_JOIN =
      op("StringJoin")
          .says(
              "Joins the strings that stand at the same place of several tensors; scalars join"
                  + " everywhere.")
          .ins("inputs", DType.STRING)
          .out("output", DType.STRING)
          .attr("separator", "")
          .infer(c -> c.out(0, DType.STRING, joined(c)))
          .cpu(TextCpu::join)
          .cuda(HOST)
          .noGrad(NO_PATH)
          .mustFail("Input shapes do not match: [2] vs. [3]", TEXTS, Spec.of(DType.STRING, 3))
          .declare();

  private static Shape joined(Call c) {
    Shape s = Shape.SCALAR;
    for (int i = 0; i < c.ins(); i++) {
      Shape x = c.shape(i);
      if (x.isRankKnown() && x.rank() == 0 || x.equals(s)) {
        continue;
      }
      if (s.isRankKnown() && s.rank() == 0) {
        s = x;
      } else if (!s.accepts(x)) {
        throw c.fault("Input shapes do not match: " + s.brackets() + " vs. " + x.brackets())
            .expected("equal shapes, or scalars")
            .shapeError();
      }
    }
    return s;
  }

  public static final OpDef REDUCE_JOIN =
      op("ReduceJoin")
          .says("Joins strings along axes, one axis after the other.")
          .in("inputs", DType.STRING)
          .in("reduction_indices", DType.I32)
          .out("output", DType.STRING)
          .attr("keep_dims", false)
          .attr("separator", "")
          .infer(c -> {
            Shape x = c.shape(0);
            boolean open = !x.isRankKnown() || c.constant(1) == null;
            c.out(
                0,
                DType.STRING,
                open
                    ? Shape.UNKNOWN
                    : Rules.without(
                        x, Rules.axes(c, "reduction_indices", x), c.attrs.b("keep_dims")));
          })
          .cpu(TextCpu::reduceJoin)
          .cuda(HOST)
          .noGrad(NO_PATH)
          .declare();

  public static final OpDef SUBSTR =
      op("Substr")
          .says(
              "Takes pieces of strings by position and length; positions below zero count from the"
                  + " end.")
          .in("input", DType.STRING)
          .in("pos", "T")
          .in("len", "T")
          .out("output", DType.STRING)
          .type("T", INDICES)
          .attr("unit", "BYTE", "BYTE", "UTF8_CHAR")
          .infer(c -> {
            Shape pos = c.shape(1);
            if (!pos.accepts(c.shape(2))) {
              throw c.fault("pos and len have different shapes")
                  .expected("one length a position")
                  .shapeError();
            }
            c.out(0, DType.STRING, Rules.broadcast(c, c.shape(0), pos));
          })
          .cpu(TextCpu::substr)
          .cuda(HOST)
          .noGrad(NO_PATH)
          .mustFail(
              "pos and len have different shapes", TEXTS, Spec.of(DType.I32, 2), Spec.of(DType.I32))
          .api("strings.substr")
          .declare();

  private static OpBuilder split(String name, String separator) {
    return op(name)
        .in("input", DType.STRING)
        .in(separator, DType.STRING)
        .out("indices", DType.I64)
        .out("values", DType.STRING)
        .out("shape", DType.I64)
        .infer(c -> {
          if (c.shape(0).isRankKnown() && c.shape(0).rank() != 1) {
            throw c.fault("input must be a vector, got shape: " + c.shape(0).brackets())
                .expected("one axis")
                .shapeError();
          }
          scalar(c, 1, separator);
          c.out(0, DType.I64, Shape.of(Shape.UNKNOWN_SIZE, 2));
          c.out(1, DType.STRING, Shape.of(Shape.UNKNOWN_SIZE));
          c.out(2, DType.I64, Shape.of(2));
        })
        .cuda(HOST)
        .noGrad(NO_PATH)
        .mustFail("input must be a vector", TEXT, TEXT);
  }

  /// Refuses an input that is not a single value.
  static void scalar(Call c, int i, String name) {
    Shape s = c.shape(i);
    if (s.isRankKnown() && s.rank() != 0) {
      throw c.fault(name + " must be a scalar, got shape: " + s.brackets())
          .expected("a scalar")
          .shapeError();
    }
  }

  public static final OpDef STRING_SPLIT_V2 =
      split("StringSplitV2", "sep")
          .says(
              "Cuts strings at a separator, or at white space if it is empty; gives a sparse"
                  + " matrix.")
          .attr("maxsplit", -1)
          .cpu(SplitTextCpu::split)
          .declare();

  public static final OpDef STRING_SPLIT =
      split("StringSplit", "delimiter")
          .says("Cuts strings at every byte that the delimiter holds; gives a sparse matrix.")
          .attr("skip_empty", true)
          .cpu(SplitTextCpu::splitAtBytes)
          .declare();

  public static final OpDef AS_STRING =
      op("AsString")
          .says("Writes values as text, as C's printf does.")
          .in("input", "T")
          .out("output", DType.STRING)
          .type("T", ALL)
          .attr("precision", -1)
          .attr("scientific", false)
          .attr("shortest", false)
          .attr("width", -1)
          .attr("fill", "", "", " ", "+", "-", "0")
          .infer(c -> {
            numberFormat(c);
            c.out(0, DType.STRING, c.shape(0));
          })
          .cpu(NumberTextCpu::asString)
          .cuda(HOST)
          .noGrad(NO_PATH)
          .mustFail(
              "precision not supported for datatype int32",
              Map.of("precision", 3),
              Spec.of(DType.I32, 1))
          .api("strings.asString")
          .declare();

  private static void numberFormat(Call c) {
    DType d = c.dtype(0);
    boolean scientific = c.attrs.b("scientific");
    boolean shortest = c.attrs.b("shortest");
    if (!d.isDifferentiable() && (scientific || shortest)) {
      throw c.fault("scientific and shortest format not supported for datatype " + d)
          .expected("a float or complex type")
          .attrError();
    }
    if (!d.isDifferentiable() && c.attrs.i("precision") >= 0) {
      throw c.fault("precision not supported for datatype " + d)
          .expected("a float or complex type")
          .attrError();
    }
    if (scientific && shortest) {
      throw c.fault("Cannot select both scientific and shortest notation")
          .expected("one of them")
          .attrError();
    }
  }

  public static final OpDef STRING_TO_NUMBER =
      op("StringToNumber")
          .says("Reads strings as numbers.")
          .in("string_tensor", DType.STRING)
          .out("output", "out_type")
          .type(
              "out_type",
              Types.of(DType.F32, DType.F64, DType.I32, DType.I64, DType.U32, DType.U64),
              DType.F32)
          .infer(c -> c.out(0, c.type("out_type"), c.shape(0)))
          .cpu(NumberTextCpu::toNumber)
          .cuda(HOST)
          .noGrad(NO_PATH)
          .api("strings.toNumber")
          .declare();

  public static final OpDef REGEX_FULL_MATCH =
      each("RegexFullMatch", "input", DType.BOOL)
          .says(
              "Tells which strings are matched from end to end by a regular expression (syntax of"
                  + " RE2).")
          .in("pattern", DType.STRING)
          .infer(c -> {
            scalar(c, 1, "pattern");
            c.out(0, DType.BOOL, c.shape(0));
          })
          .cpu(RegexCpu.fullMatch(false))
          .mustFail("pattern must be a scalar", TEXTS, TEXTS)
          .api("strings.regexFullMatch")
          .declare();

  public static final OpDef STATIC_REGEX_FULL_MATCH =
      each("StaticRegexFullMatch", "input", DType.BOOL)
          .says(
              "Tells which strings are matched from end to end by a fixed regular expression"
                  + " (syntax of RE2).")
          .attr("pattern", AttrDef.Kind.STRING)
          .cpu(RegexCpu.fullMatch(true))
          .declare();

  public static final OpDef REGEX_REPLACE =
      each("RegexReplace", "input", DType.STRING)
          .says(
              "Replaces what a regular expression (syntax of RE2) matches; \\1 stands for the first"
                  + " group.")
          .in("pattern", DType.STRING)
          .in("rewrite", DType.STRING)
          .attr("replace_global", true)
          .infer(c -> {
            scalar(c, 1, "pattern");
            scalar(c, 2, "rewrite");
            c.out(0, DType.STRING, c.shape(0));
          })
          .cpu(RegexCpu.replace(false))
          .mustFail("pattern must be a scalar", TEXTS, TEXTS, TEXT)
          .api("strings.regexReplace")
          .declare();

  public static final OpDef STATIC_REGEX_REPLACE =
      each("StaticRegexReplace", "input", DType.STRING)
          .says("Replaces what a fixed regular expression (syntax of RE2) matches.")
          .attr("pattern", AttrDef.Kind.STRING)
          .attr("rewrite", AttrDef.Kind.STRING)
          .attr("replace_global", true)
          .cpu(RegexCpu.replace(true))
          .declare();
}
