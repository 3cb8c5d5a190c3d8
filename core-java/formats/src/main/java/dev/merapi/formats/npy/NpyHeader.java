package dev.merapi.formats.npy;

import dev.merapi.tensor.DType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The Python dictionary at the start of an NPY file: `{'descr': '<f4', 'fortran_order': False,
/// 'shape': (3, 4), }`.
///
/// @param big whether elements are big-endian
/// @param fortran whether the first axis runs fastest, as in Fortran
record NpyHeader(DType dtype, boolean big, boolean fortran, int[] shape) {
  /// NumPy itself allows 32 axes, since version 2.0 64.
  private static final int MOST_AXES = 64;

  private static final long MOST_BYTES = Integer.MAX_VALUE - 8;

  private static final Pattern ENTRY =
      Pattern.compile(
          "\\s*'(descr|fortran_order|shape)'\\s*:\\s*"
              + "(?:'([^']*)'|(True|False)|\\(([0-9,\\sL]*)\\))\\s*(,|(?=\\}))");

  long bytes() {
    return Arrays.stream(shape).asLongStream().reduce(dtype.bytes(), (a, b) -> a * b);
  }

  /// Spells the dictionary, padded so that elements start at a multiple of 64 bytes.
  ///
  /// @param before bytes in the file before the dictionary
  static byte[] spell(NpyArray array, int before) {
    String shape =
        Arrays.stream(array.shape()).mapToObj(n -> n + ",").collect(Collectors.joining(" "));
    // Python wants the comma of a 1-tuple, and nobody wants one at the end of a longer tuple.
    if (array.shape().length > 1) {
      shape = shape.substring(0, shape.length() - 1);
    }
    String text =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }"
            .formatted(descr(array.dtype()), shape);
    int padding = Math.floorMod(-(before + text.length() + 1), 64);
    return (text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  /// Understands a dictionary.
  ///
  /// Fails: `NpyError` when it is not one, an entry is missing, strange or twice there, or the
  /// elements are not numbers.
  static NpyHeader parse(Path file, long offset, String text) {
    String body = text.strip();
    if (!body.startsWith("{") || !body.endsWith("}")) {
      throw strange(file, offset, text);
    }
    String descr = null;
    Boolean fortran = null;
    int[] shape = null;
    Matcher entry = ENTRY.matcher(body);
    int at = 1;
    while (!body.substring(at).isBlank() && !body.substring(at).strip().equals("}")) {
      if (!entry.find(at) || entry.start() != at) {
        throw strange(file, offset, text);
      }
      String key = entry.group(1);
      if (key.equals("descr") && descr == null && entry.group(2) != null) {
        descr = entry.group(2);
      } else if (key.equals("fortran_order") && fortran == null && entry.group(3) != null) {
        fortran = entry.group(3).equals("True");
      } else if (key.equals("shape") && shape == null && entry.group(4) != null) {
        shape = shape(file, offset, text, entry.group(4));
      } else {
        throw strange(file, offset, text);
      }
      at = entry.end();
    }
    if (descr == null || fortran == null || shape == null) {
      throw strange(file, offset, text);
    }
    DType dtype = dtype(file, offset, descr);
    long elements = 1;
    for (int size : shape) {
      if (size > 0 && elements > MOST_BYTES / dtype.bytes() / size) {
        throw new NpyError(
            file,
            offset,
            "NPY: the array is beyond what one Java array can hold.",
            "shape %s of %s".formatted(Arrays.toString(shape), dtype),
            "at most %d bytes".formatted(MOST_BYTES),
            "save it in several parts");
      }
      elements *= size;
    }
    return new NpyHeader(dtype, descr.startsWith(">"), fortran, shape);
  }

  private static int[] shape(Path file, long offset, String text, String tuple) {
    List<Integer> sizes = new ArrayList<>();
    // Python 2 wrote sizes as `3L`.
    String[] parts = tuple.replace("L", "").strip().split(",", -1);
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i].strip();
      if (part.isEmpty() && i == parts.length - 1) {
        break;
      }
      try {
        sizes.add(Integer.parseInt(part));
      } catch (NumberFormatException e) {
        throw strange(file, offset, text);
      }
    }
    if (sizes.size() > MOST_AXES) {
      throw strange(file, offset, text);
    }
    return sizes.stream().mapToInt(Integer::intValue).toArray();
  }

  private static String descr(DType dtype) {
    return switch (dtype) {
      case BOOL -> "|b1";
      case U8 -> "|u1";
      case I8 -> "|i1";
      default -> {
        String letter =
            switch (dtype.kind()) {
              case FLOAT -> "f";
              case INT -> "i";
              case UINT -> "u";
              case COMPLEX -> "c";
              default -> throw new IllegalArgumentException("NumPy has no type for " + dtype);
            };
        yield "<" + letter + dtype.bytes();
      }
    };
  }

  private static DType dtype(Path file, long offset, String descr) {
    for (DType dtype : DType.values()) {
      if (dtype.bytes() == 0 || dtype == DType.BF16) {
        continue;
      }
      String little = descr(dtype);
      String bare = little.substring(1);
      // For one byte the order means nothing, and writers differ in what they put there.
      if (descr.equals(little)
          || descr.equals(">" + bare)
          || (dtype.bytes() == 1 && (descr.equals("<" + bare) || descr.equals("=" + bare)))) {
        return dtype;
      }
    }
    if (descr.contains("O")) {
      throw new NpyError(
          file,
          offset,
          "NPY: the file holds pickled Python objects, and reading those would run their code.",
          "element type '" + descr + "'",
          "numbers or bools",
          "save from Python with numpy.save(…, allow_pickle=False)");
    }
    throw new NpyError(
        file,
        offset,
        "NPY: unknown element type.",
        "'" + descr + "'",
        "a number type such as '<f4', '<i8', '|u1', '<c8', or '|b1'",
        "convert in Python with .astype('float32')");
  }

  private static NpyError strange(Path file, long offset, String text) {
    String shown = text.strip().replaceAll("[^\\x20-\\x7e]", "?");
    return new NpyError(
        file,
        offset,
        "NPY: the header is not understood.",
        shown.length() > 120 ? shown.substring(0, 120) + "…" : shown,
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }",
        "save the array again with numpy.save");
  }
}
