package dev.merapi.nn.init;

import dev.merapi.say.Message;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/// Finds initializers by Keras' names.
public final class Initializers {
  private static final Map<String, Supplier<Initializer>> KNOWN = new LinkedHashMap<>();

  /// Other spellings that Keras accepts.
  private static final Map<String, String> ALIASES =
      Map.of(
          "zero", "zeros", "one", "ones", "normal", "random_normal", "uniform", "random_uniform");

  static {
    KNOWN.put("zeros", Zeros::new);
    KNOWN.put("ones", Ones::new);
    KNOWN.put("constant", () -> new Constant(0));
    KNOWN.put("random_uniform", RandomUniform::new);
    KNOWN.put("random_normal", RandomNormal::new);
    KNOWN.put("truncated_normal", TruncatedNormal::new);
    KNOWN.put("variance_scaling", VarianceScaling::new);
    KNOWN.put("glorot_uniform", GlorotUniform::new);
    KNOWN.put("glorot_normal", GlorotNormal::new);
    KNOWN.put("he_uniform", HeUniform::new);
    KNOWN.put("he_normal", HeNormal::new);
    KNOWN.put("lecun_uniform", LecunUniform::new);
    KNOWN.put("lecun_normal", LecunNormal::new);
    KNOWN.put("orthogonal", Orthogonal::new);
    KNOWN.put("identity", Identity::new);
  }

  private Initializers() {}

  /// Returns a new initializer with default settings; case and underscores do not matter
  /// (`HeNormal`, `he_normal`).
  ///
  /// Fails: `ValueError` listing the known names.
  public static Initializer get(String name) {
    String wanted = plain(name);
    for (Map.Entry<String, String> a : ALIASES.entrySet()) {
      if (a.getKey().equals(wanted)) {
        wanted = plain(a.getValue());
      }
    }
    for (Map.Entry<String, Supplier<Initializer>> e : KNOWN.entrySet()) {
      if (plain(e.getKey()).equals(wanted)) {
        return e.getValue().get();
      }
    }
    throw Message.what("there is no initializer called '" + name + "'")
        .given("'" + name + "'")
        .expected("one of " + String.join(", ", KNOWN.keySet()))
        .valueError();
  }

  private static String plain(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }
}
