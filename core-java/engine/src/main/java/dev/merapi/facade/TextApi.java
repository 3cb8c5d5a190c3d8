package dev.merapi.facade;

import dev.merapi.op.Literals;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import dev.merapi.tensor.TensorLike;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The functions of `tf.strings` that are more than one operation, and `tf.print`.
public abstract class TextApi extends TfStringsOps {
  private static final OpRef STRING_FORMAT = OpRef.to("StringFormat");
  private static final OpRef STRING_JOIN = OpRef.to("StringJoin");
  private static final OpRef REDUCE_JOIN = OpRef.to("ReduceJoin");
  private static final OpRef PRINT = OpRef.to("PrintV2");

  protected TextApi() {}

  /// Where and how [#print(Options, Object...)] writes.
  ///
  /// @param stream stderr, stdout, log(info), log(warning), log(error) or file://path
  /// @param end what follows the last value
  /// @param separator what stands between two values
  /// @param summarize items at each edge of an axis; -1 shows all
  public record Options(String stream, String end, String separator, int summarize) {
    public static final Options DEFAULT = new Options("stderr", "\n", " ", 3);

    public Options stream(String to) {
      return new Options(to, end, separator, summarize);
    }

    public Options end(String text) {
      return new Options(stream, text, separator, summarize);
    }

    public Options separator(String text) {
      return new Options(stream, end, text, summarize);
    }

    public Options summarize(int items) {
      return new Options(stream, end, separator, items);
    }
  }

  /// Prints values to stderr, blanks between them, long axes cut to three items at each edge.
  public static void print(Object... values) {
    print(Options.DEFAULT, values);
  }

  /// Prints values: tensors by their content, text as it is, lists in brackets, all else as Java
  /// writes it.
  public static void print(Options options, Object... values) {
    Tensor text;
    if (values.length == 1
        && asTensor(values[0]) instanceof Tensor t
        && t.dtype() == DType.STRING
        && t.rank() == 0) {
      text = t;
    } else {
      List<Tensor> tensors = new ArrayList<>();
      String hole = hole(values);
      StringBuilder template = new StringBuilder();
      for (int i = 0; i < values.length; i++) {
        template.append(i == 0 ? "" : options.separator);
        append(values[i], hole, template, tensors, false);
      }
      text = fill(template.toString(), hole, options.summarize, tensors);
    }
    PRINT.all(PRINT.attrs("output_stream", options.stream, "end", options.end), text);
  }

  private static @Nullable Tensor asTensor(Object value) {
    return value instanceof Tensor t ? t : value instanceof TensorLike l ? l.asTensor() : null;
  }

  /// Returns a mark for the places of tensors that no text among the values holds.
  private static String hole(Object[] values) {
    StringBuilder all = new StringBuilder();
    for (Object v : values) {
      append(v, "", all, new ArrayList<>(), false);
    }
    String hole = "{}";
    while (all.indexOf(hole) >= 0) {
      hole = "{" + hole + "}";
    }
    return hole;
  }

  private static void append(
      Object v, String hole, StringBuilder to, List<Tensor> tensors, boolean inList) {
    Tensor t = asTensor(v);
    if (t != null) {
      to.append(hole);
      tensors.add(t);
    } else if (v instanceof List<?> l) {
      to.append('[');
      for (int i = 0; i < l.size(); i++) {
        to.append(i == 0 ? "" : ", ");
        append(l.get(i), hole, to, tensors, true);
      }
      to.append(']');
    } else if (v instanceof CharSequence s && inList) {
      to.append('\'').append(s).append('\'');
    } else if (v.getClass().isArray()) {
      to.append(hole);
      tensors.add(Literals.of(v));
    } else {
      to.append(v);
    }
  }

  /// Writes values into the places `{}` of a template.
  ///
  /// Fails: `ValueError` when there are more or fewer places than values.
  public static Tensor format(String template, Object... values) {
    return format(template, "{}", 3, values);
  }

  /// @param placeholder what marks a place
  /// @param summarize items at each edge of an axis; -1 shows all
  public static Tensor format(
      String template, String placeholder, int summarize, Object... values) {
    List<Tensor> tensors = new ArrayList<>();
    for (Object v : values) {
      Tensor t = asTensor(v);
      tensors.add(t != null ? t : Literals.of(v));
    }
    return fill(template, placeholder, summarize, tensors);
  }

  private static Tensor fill(String template, String hole, int summarize, List<Tensor> tensors) {
    return STRING_FORMAT.with(
        STRING_FORMAT.attrs("template", template, "placeholder", hole, "summarize", summarize),
        tensors.toArray(new Tensor[0]));
  }

  /// Joins the strings that stand at the same place of several tensors.
  public static Tensor join(List<Tensor> inputs, String separator) {
    return STRING_JOIN.with(
        STRING_JOIN.attrs("separator", separator), inputs.toArray(new Tensor[0]));
  }

  /// Joins strings along axes; without axes along all, the last one first.
  public static Tensor reduceJoin(Tensor inputs, String separator, boolean keepDims, int... axes) {
    int[] along = axes;
    if (along.length == 0) {
      along = new int[inputs.rank()];
      for (int i = 0; i < along.length; i++) {
        along[i] = along.length - 1 - i;
      }
    }
    return REDUCE_JOIN.with(
        REDUCE_JOIN.attrs("separator", separator, "keep_dims", keepDims),
        inputs,
        Values.ints(along));
  }
}
