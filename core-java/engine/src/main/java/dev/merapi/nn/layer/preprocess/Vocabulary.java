package dev.merapi.nn.layer.preprocess;

import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.Kinds;
import dev.merapi.op.Literals;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import dev.merapi.tensor.TensorLike;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A vocabulary as an argument: texts or whole numbers, each once, or a file with one a line.
///
/// @param terms `String` or `Long`
/// @param isFile whether they came from a file; then configurations do not hold them
record Vocabulary(List<Object> terms, boolean isFile) {
  /// A flag that must be false: results of ours are dense.
  static final Kind<Boolean> NOT_SPARSE =
      Kinds.simple(
          "false: results are dense tensors", g -> Boolean.FALSE.equals(g) ? Boolean.FALSE : null);

  /// @param isText whether terms are texts, else whole numbers
  static Kind<Vocabulary> kind(boolean isText) {
    return new Kind<>() {
      @Override
      public Vocabulary read(@Nullable Object given) {
        if (given instanceof Vocabulary v) {
          return v;
        }
        if (given instanceof String || given instanceof Path) {
          return new Vocabulary(lines(Path.of(given.toString()), isText), true);
        }
        List<Object> terms = new ArrayList<>();
        for (Object o : items(given)) {
          terms.add(term(o, isText));
        }
        return new Vocabulary(terms, false);
      }

      @Override
      public @Nullable Object write(Vocabulary value) {
        return value.isFile ? null : value.terms;
      }

      @Override
      public String expected() {
        return isText ? "a list of texts, or the path of a file" : "a list of whole numbers";
      }
    };
  }

  /// One term, as it is kept.
  static Object term(@Nullable Object o, boolean isText) {
    if (isText && o instanceof String) {
      return o;
    }
    if (isText && o instanceof byte[] b) {
      return new String(b, StandardCharsets.UTF_8);
    }
    if (isText || o == null) {
      throw new Kind.Misfit(String.valueOf(o));
    }
    return Kinds.LONG.read(o);
  }

  private static List<?> items(@Nullable Object given) {
    if (given instanceof Tensor t) {
      return terms(t);
    }
    return given instanceof TensorLike l ? terms(l.asTensor()) : Kinds.items(given);
  }

  /// Returns the elements of a tensor of texts or whole numbers, in their order.
  static List<Object> terms(Tensor t) {
    List<Object> all = new ArrayList<>(Math.toIntExact(t.size()));
    if (t.dtype() == DType.STRING) {
      for (byte[] b : t.strings()) {
        all.add(new String(b, StandardCharsets.UTF_8));
      }
    } else {
      for (long i : t.toLongArray()) {
        all.add(i);
      }
    }
    return all;
  }

  private static List<Object> lines(Path file, boolean isText) {
    if (!Files.isRegularFile(file)) {
      throw Message.what("Vocabulary file " + file + " does not exist")
          .expected("a text file with one term a line")
          .valueError();
    }
    try {
      List<Object> terms = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        terms.add(isText ? line : (Object) Long.valueOf(line.strip()));
      }
      while (isText && !terms.isEmpty() && terms.getLast().equals("")) {
        terms.removeLast();
      }
      return terms;
    } catch (IOException e) {
      throw Message.what("Vocabulary file " + file + " cannot be read: " + e.getMessage())
          .expected("a text file in UTF-8")
          .valueError();
    }
  }

  /// Returns terms as a vector of strings or int64.
  static Tensor tensor(List<?> terms, boolean isText) {
    if (isText) {
      byte[][] bytes = new byte[terms.size()][];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = ((String) terms.get(i)).getBytes(StandardCharsets.UTF_8);
      }
      return Literals.bytes(bytes, bytes.length);
    }
    Tensor t = Values.filled(new Spec(DType.I64, Shape.of(terms.size())), 0);
    for (int i = 0; i < terms.size(); i++) {
      t.segment().setAtIndex(ValueLayout.JAVA_LONG, i, (Long) terms.get(i));
    }
    return t;
  }
}
