package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.family.TextOps.HOST;
import static dev.merapi.op.family.TextOps.NO_PATH;

import dev.merapi.kernel.cpu.NGramsCpu;
import dev.merapi.kernel.cpu.SplitTextCpu;
import dev.merapi.op.AttrDef;
import dev.merapi.op.OpDef;
import dev.merapi.op.Types;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import java.util.Map;

/// Characters and n-grams of texts. Neighbours: TextOps (cutting at separators).
public final class TextPieceOps {
  private TextPieceOps() {}

  /// Declares the family.
  public static void load() {}

  public static final OpDef STRING_SPLIT_CHARACTERS =
      op("_StringSplitCharacters")
          .says(
              "Cuts strings into their UTF-8 characters; gives a sparse matrix. What is no UTF-8"
                  + " becomes U+FFFD.")
          .in("input", DType.STRING)
          .out("indices", DType.I64)
          .out("values", DType.STRING)
          .out("shape", DType.I64)
          .infer(c -> {
            if (!Shape.of(-1).accepts(c.shape(0))) {
              throw c.fault("input must be a vector, got shape: " + c.shape(0).brackets())
                  .expected("one axis")
                  .shapeError();
            }
            c.out(0, DType.I64, Shape.of(Shape.UNKNOWN_SIZE, 2));
            c.out(1, DType.STRING, Shape.of(Shape.UNKNOWN_SIZE));
            c.out(2, DType.I64, Shape.of(2));
          })
          .cpu(SplitTextCpu::splitCharacters)
          .cuda(HOST)
          .noGrad(NO_PATH)
          .mustFail("input must be a vector", Spec.of(DType.STRING))
          .declare();

  public static final OpDef STRING_N_GRAMS =
      op("StringNGrams")
          .says(
              "Joins neighbouring strings of rows: for each row and each width all runs of that"
                  + " many.")
          .in("data", DType.STRING)
          .in("data_splits", "Tsplits")
          .out("ngrams", DType.STRING)
          .out("ngrams_splits", "Tsplits")
          .attr("separator", AttrDef.Kind.STRING)
          .attr("ngram_widths", AttrDef.Kind.INTS)
          .attr("left_pad", AttrDef.Kind.STRING)
          .attr("right_pad", AttrDef.Kind.STRING)
          .attr("pad_width", AttrDef.Kind.INT)
          .attr("preserve_short_sequences", AttrDef.Kind.BOOL)
          .type("Tsplits", Types.INDICES, DType.I64)
          .infer(c -> {
            for (int w : c.attrs.ints("ngram_widths")) {
              if (w <= 0) {
                throw c.fault("ngram_widths must contain positive values")
                    .given("width " + w)
                    .expected("numbers of strings from 1 on")
                    .attrError();
              }
            }
            for (int i = 0; i < 2; i++) {
              if (!Shape.of(-1).accepts(c.shape(i))) {
                throw c.fault(
                        (i == 0 ? "data" : "data_splits")
                            + " must be a vector, received shape: "
                            + c.shape(i).brackets())
                    .expected("one axis")
                    .shapeError();
              }
            }
            c.out(0, DType.STRING, Shape.of(Shape.UNKNOWN_SIZE));
            c.out(1, c.dtype(1), c.shape(1));
          })
          .cpu(NGramsCpu::join)
          .cuda(HOST)
          .noGrad(NO_PATH)
          .mustFail(
              "ngram_widths must contain positive values",
              Map.of(
                  "separator",
                  " ",
                  "ngram_widths",
                  new int[] {0},
                  "left_pad",
                  "",
                  "right_pad",
                  "",
                  "pad_width",
                  0,
                  "preserve_short_sequences",
                  false),
              Spec.of(DType.STRING, 2),
              Spec.of(DType.I64, 2))
          .declare();
}
