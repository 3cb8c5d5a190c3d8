package dev.merapi.function;

import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads types and shapes as annotations spell them: `"float32[?, 784]"`, `"int32"`,
/// `"string[...]"`.
final class SpecText {
  private static final Pattern FORM = Pattern.compile("\\s*(\\w+)\\s*(?:\\[([^]]*)])?\\s*");

  private SpecText() {}

  /// Returns the type and shape; no brackets stand for a single number, `?` for an unknown axis,
  /// `...` for an unknown rank. Names of axes are unknown axes too.
  ///
  /// Fails: `ValueError` on anything else.
  static Spec parse(String text) {
    Matcher m = FORM.matcher(text);
    if (m.matches()) {
      for (DType d : DType.values()) {
        if (d.toString().equals(m.group(1))) {
          return new Spec(d, shape(text, m.group(2)));
        }
      }
    }
    throw wrong(text);
  }

  private static Shape shape(String text, String axes) {
    if (axes == null || axes.isBlank()) {
      return Shape.SCALAR;
    }
    if (axes.strip().equals("...")) {
      return Shape.UNKNOWN;
    }
    String[] parts = axes.split(",");
    int[] dims = new int[parts.length];
    for (int i = 0; i < dims.length; i++) {
      String p = parts[i].strip();
      if (p.matches("\\d{1,9}")) {
        dims[i] = Integer.parseInt(p);
      } else if (p.equals("?") || p.equals("None") || p.matches("[A-Za-z_]\\w*")) {
        dims[i] = Shape.UNKNOWN_SIZE;
      } else {
        throw wrong(text);
      }
    }
    return Shape.of(dims);
  }

  private static RuntimeException wrong(String text) {
    return Message.what("'" + text + "' is not a type and shape")
        .expected(
            "an element type ("
                + String.join(", ", Arrays.stream(DType.values()).map(DType::toString).toList())
                + ") and sizes of axes in brackets")
        .fix("write for example \"float32[?, 784]\"")
        .valueError();
  }
}
