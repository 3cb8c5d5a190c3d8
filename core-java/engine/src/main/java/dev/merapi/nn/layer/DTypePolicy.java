package dev.merapi.nn.layer;

import dev.merapi.nn.config.Kind;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which type a layer computes in, and which type its weights are kept in.
///
/// @param name Keras's: `float32`, `mixed_bfloat16`, …
public record DTypePolicy(String name, DType compute, DType variable) {
  public static final DTypePolicy FLOAT32 = new DTypePolicy("float32", DType.F32, DType.F32);

  private static volatile DTypePolicy global = FLOAT32;

  /// Reads a policy by name or type; null is the global one.
  public static final Kind<DTypePolicy> KIND =
      new Kind<>() {
        @Override
        public DTypePolicy read(@Nullable Object given) {
          return switch (given) {
            case null -> global;
            case DTypePolicy p -> p;
            case DType d -> new DTypePolicy(d.toString(), d, d);
            case String s -> of(s);
            case Map<?, ?> form when form.get("config") instanceof Map<?, ?> c ->
                read(c.get("name"));
            default -> throw new Misfit("");
          };
        }

        @Override
        public Object write(DTypePolicy p) {
          Map<String, @Nullable Object> form = new LinkedHashMap<>();
          form.put("module", "keras");
          form.put("class_name", "DTypePolicy");
          form.put("config", Map.of("name", p.name));
          form.put("registered_name", null);
          return form;
        }

        @Override
        public String expected() {
          return "a type such as \"float32\", or \"mixed_bfloat16\", \"mixed_float16\"";
        }
      };

  /// Returns the policy called `name`.
  ///
  /// Fails: `ValueError` when there is none.
  public static DTypePolicy of(String name) {
    switch (name) {
      case "mixed_bfloat16":
        return new DTypePolicy(name, DType.BF16, DType.F32);
      case "mixed_float16":
        return new DTypePolicy(name, DType.F16, DType.F32);
      default:
        for (DType d : DType.values()) {
          if (d.toString().equals(name)) {
            return new DTypePolicy(name, d, d);
          }
        }
        throw Message.what("Cannot convert '" + name + "' to a mixed precision `DTypePolicy`")
            .expected("mixed_bfloat16, mixed_float16, or an element type such as float32")
            .valueError();
    }
  }

  /// Returns the policy of layers that are given none.
  public static DTypePolicy global() {
    return global;
  }

  public static void setGlobal(DTypePolicy policy) {
    global = policy;
  }

  /// Tells whether weights are kept in another type than computed in.
  public boolean isMixed() {
    return compute != variable;
  }
}
