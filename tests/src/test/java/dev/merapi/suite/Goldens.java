package dev.merapi.suite;

import dev.merapi.op.ArgDef;
import dev.merapi.op.AttrDef;
import dev.merapi.op.Attrs;
import dev.merapi.op.OpDef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// All recorded calls of TensorFlow, by operation.
public final class Goldens {
  private static @Nullable Map<String, List<Golden>> all;

  private Goldens() {}

  /// Returns the folder of goldens: the system property `merapi.goldens`, or the one in the
  /// repository.
  public static Path folder() {
    String given = System.getProperty("merapi.goldens");
    return given != null
        ? Path.of(given)
        : Path.of(
            System.getProperty("merapi.root", "."),
            "tests/src/test/resources/golden/tensorflow-2.21");
  }

  /// Returns every case by operation, read once. Public Python functions stand under their name
  /// (`tf.nn.gelu`).
  public static synchronized Map<String, List<Golden>> all() {
    Map<String, List<Golden>> found = all;
    if (found == null) {
      found = new TreeMap<>();
      try (Stream<Path> files = Files.list(folder())) {
        for (Path p : files.filter(f -> f.toString().endsWith(".jsonl.gz")).sorted().toList()) {
          for (Map<String, Object> m : lines(p)) {
            if (m.containsKey("op")) {
              Golden g = golden(m);
              found.computeIfAbsent(g.op(), k -> new ArrayList<>()).add(g);
            }
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      all = found;
    }
    return found;
  }

  public static List<Golden> of(String op) {
    return all().getOrDefault(op, List.of());
  }

  /// Returns the recorded ways of printing tensors.
  public static List<Golden.Print> prints() {
    List<Golden.Print> all = new ArrayList<>();
    for (Map<String, Object> m : lines(folder().resolve("printing.jsonl.gz"))) {
      Long limit = (Long) m.get("summarize");
      all.add(
          new Golden.Print(
              (String) m.get("case"),
              array(m.get("tensor")),
              (String) m.get("numpy_str"),
              (String) m.get("numpy_repr"),
              (String) m.get("tensor_str"),
              (String) m.get("tensor_repr"),
              limit == null ? null : limit.intValue(),
              (String) m.get("printed")));
    }
    return all;
  }

  /// Returns the lines of a file that has a form of its own.
  public static List<Map<String, Object>> objects(String file) {
    return lines(folder().resolve(file));
  }

  /// Reads a file of one JSON object a line.
  static List<Map<String, Object>> lines(Path file) {
    List<Map<String, Object>> all = new ArrayList<>();
    try (BufferedReader r =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file), 1 << 16),
                StandardCharsets.UTF_8))) {
      for (String line = r.readLine(); line != null; line = r.readLine()) {
        all.add(Json.object(line));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  @SuppressWarnings("unchecked")
  private static Golden golden(Map<String, Object> m) {
    Map<String, Golden.Attr> attrs = new LinkedHashMap<>();
    ((Map<String, Map<String, Object>>) m.get("attrs"))
        .forEach((k, v) -> {
          Map.Entry<String, Object> e = v.entrySet().iterator().next();
          attrs.put(k, new Golden.Attr(e.getKey(), e.getValue()));
        });
    Map<String, Object> grad = (Map<String, Object>) m.get("grad");
    List<Object> vars = (List<Object>) m.getOrDefault("variables", List.of());
    return new Golden(
        (String) m.get("op"),
        (String) m.get("case"),
        attrs,
        arrays((List<Object>) m.get("inputs")),
        arrays((List<Object>) m.getOrDefault("outputs", List.of())),
        grad == null ? null : arrays((List<Object>) grad.get("dy")),
        grad == null ? null : arrays((List<Object>) grad.get("dx")),
        vars.stream().mapToInt(v -> ((Long) v).intValue()).toArray(),
        (String) m.get("fails"),
        (String) m.get("note"));
  }

  private static List<Golden.Array> arrays(List<Object> list) {
    List<Golden.Array> a = new ArrayList<>();
    for (Object o : list) {
      a.add(array(o));
    }
    return a;
  }

  /// Null stands for a gradient that does not flow.
  @SuppressWarnings({"unchecked", "NullAway"})
  static Golden.Array array(@Nullable Object o) {
    if (o == null) {
      return null;
    }
    Map<String, Object> m = (Map<String, Object>) o;
    int[] dims = ((List<Long>) m.get("shape")).stream().mapToInt(Long::intValue).toArray();
    DType dtype = DType.of((String) m.get("dtype"));
    if (dtype == DType.STRING) {
      byte[][] s =
          ((List<String>) m.get("strings"))
              .stream().map(Base64.getDecoder()::decode).toArray(byte[][]::new);
      return new Golden.Array(dtype, dims, new byte[0], s);
    }
    return new Golden.Array(dtype, dims, Base64.getDecoder().decode((String) m.get("data")), null);
  }

  /// Returns a golden's attributes for a declared operation.
  ///
  /// Types that an input decides are left out, as a user's call leaves them out. `N` and other
  /// lengths of lists are not declared. Fails: `AttrError` when another attribute is not declared.
  public static Attrs attrs(OpDef op, Golden g) {
    return attrs(op, g, false);
  }

  /// As the other method; with `wide`, types of 32-bit parts become those of 64-bit parts.
  static Attrs attrs(OpDef op, Golden g, boolean wide) {
    Map<String, Object> named = new LinkedHashMap<>();
    g.attrs()
        .forEach((key, a) -> {
          AttrDef d = declared(op, key);
          if (d == null
              && (key.equals("N") || a.kind().endsWith("type)") || a.kind().equals("type"))) {
            return;
          }
          if (d != null && d.kind() == AttrDef.Kind.TYPE && decidedByInput(op, key)) {
            return;
          }
          Object v = value(a.kind(), a.value());
          if (wide && (v == DType.F32 || v == DType.C64)) {
            v = v == DType.F32 ? DType.F64 : DType.C128;
          }
          if (v != null) {
            named.put(key, v);
          }
        });
    return op.attrs(named);
  }

  private static @Nullable AttrDef declared(OpDef op, String attr) {
    for (AttrDef d : op.attrs()) {
      if (d.name().equals(attr)) {
        return d;
      }
    }
    return null;
  }

  private static boolean decidedByInput(OpDef op, String typeVar) {
    for (ArgDef a : op.inputs()) {
      if (typeVar.equals(a.typeVar())) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Object value(String kind, @Nullable Object v) {
    if (kind.startsWith("list(") && v instanceof List<?> l) {
      return switch (kind) {
        case "list(int)" -> l.stream().mapToLong(e -> (Long) e).toArray();
        case "list(float)" -> floats(l);
        case "list(string)" -> l.stream().map(String.class::cast).toArray(String[]::new);
        case "list(type)" -> l.stream().map(e -> DType.of((String) e)).toArray(DType[]::new);
        default -> l;
      };
    }
    if (v == null) {
      return kind.equals("shape") ? Shape.UNKNOWN : null;
    }
    return switch (kind) {
      case "type" -> DType.of((String) v);
      case "float" -> number(v);
      case "shape" -> ((List<?>) v).stream().mapToInt(e -> ((Long) e).intValue()).toArray();
      default -> v;
    };
  }

  private static float[] floats(List<?> l) {
    float[] f = new float[l.size()];
    for (int i = 0; i < f.length; i++) {
      f[i] = (float) number(l.get(i));
    }
    return f;
  }

  private static double number(Object v) {
    return v instanceof String s ? Double.parseDouble(s) : ((Number) v).doubleValue();
  }
}
