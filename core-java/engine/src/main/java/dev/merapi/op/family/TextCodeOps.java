package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.family.TextOps.HOST;
import static dev.merapi.op.family.TextOps.NO_PATH;

import dev.merapi.kernel.cpu.PrintCpu;
import dev.merapi.kernel.cpu.TextHashCpu;
import dev.merapi.op.AttrDef;
import dev.merapi.op.Call;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import java.util.Map;

/// Hashes of strings, templates and printing. Neighbours: TextOps (what strings are made of).
public final class TextCodeOps {
  private static final Spec TEXTS = Spec.of(DType.STRING, 2);

  private TextCodeOps() {}

  static void load() {}

  private static OpBuilder buckets(String name, String input) {
    return op(name)
        .in(input, DType.STRING)
        .out("output", DType.I64)
        .attr("num_buckets", AttrDef.Kind.INT)
        .infer(c -> {
          if (c.attrs.l("num_buckets") < 1) {
            throw c.fault("num_buckets must be >= 1, got " + c.attrs.l("num_buckets"))
                .expected("at least one bucket")
                .attrError();
          }
          key(c);
          c.out(0, DType.I64, c.shape(0));
        })
        .cuda(HOST)
        .noGrad("numbers of buckets are whole numbers")
        .mustFail("num_buckets must be >= 1", none(name), TEXTS);
  }

  private static Map<String, Object> none(String name) {
    return name.endsWith("Strong")
        ? Map.of("num_buckets", 0, "key", new int[] {1, 2})
        : Map.of("num_buckets", 0);
  }

  private static void key(Call c) {
    if (c.op.name().endsWith("Strong") && c.attrs.ints("key").length != 2) {
      throw c.fault("Key must have 2 elements")
          .given(c.attrs.ints("key").length + " elements")
          .attrError();
    }
  }

  public static final OpDef STRING_TO_HASH_BUCKET_FAST =
      buckets("StringToHashBucketFast", "input")
          .says("Maps strings to numbers of buckets by FarmHash's fingerprint.")
          .source("Pike, FarmHash, 2014")
          .cpu(TextHashCpu.buckets(TextHashCpu::farm))
          .api("strings.toHashBucketFast")
          .declare();

  public static final OpDef STRING_TO_HASH_BUCKET_STRONG =
      buckets("StringToHashBucketStrong", "input")
          .says("Maps strings to numbers of buckets by a keyed hash that is hard to attack.")
          .source("Aumasson, Bernstein, SipHash: a fast short-input PRF, 2012")
          .attr("key", AttrDef.Kind.INTS)
          .cpu(TextHashCpu::keyed)
          .api("strings.toHashBucketStrong")
          .declare();

  public static final OpDef STRING_TO_HASH_BUCKET =
      buckets("StringToHashBucket", "string_tensor")
          .says("Maps strings to numbers of buckets; the hash of the first versions.")
          .source("Appleby, MurmurHash2, 2008")
          .cpu(TextHashCpu.buckets(TextHashCpu::murmur))
          .declare();

  public static final OpDef STRING_FORMAT =
      op("StringFormat")
          .says("Writes values into the places of a template; long axes are cut to their edges.")
          .insOfAnyType("inputs", "T")
          .out("output", DType.STRING)
          .attr("template", "%s")
          .attr("placeholder", "%s")
          .attr("summarize", 3)
          .infer(c -> c.out(0, DType.STRING, Shape.SCALAR))
          .cpu(PrintCpu::format)
          .cuda(HOST)
          .noGrad(NO_PATH)
          .mustFail("the template has 1 places for 2 values", TEXTS, Spec.of(DType.F32))
          .declare();

  public static final OpDef PRINT_V2 =
      op("PrintV2")
          .says(
              "Writes a text to a stream: stderr, stdout, log(info), log(warning), log(error) or"
                  + " file://…")
          .in("input", DType.STRING)
          .attr("output_stream", "stderr")
          .attr("end", "\n")
          .stateful()
          .infer(c -> {
            TextOps.scalar(c, 0, "input");
            if (!PrintCpu.knows(c.attrs.s("output_stream"))) {
              throw c.fault("there is no output stream '" + c.attrs.s("output_stream") + "'")
                  .expected("stderr, stdout, log(info), log(warning), log(error) or file://path")
                  .attrError();
            }
          })
          .cpu(PrintCpu::print)
          .cuda(HOST)
          .noGrad("printing gives nothing")
          .mustFail("input must be a scalar", TEXTS)
          .declare();
}
