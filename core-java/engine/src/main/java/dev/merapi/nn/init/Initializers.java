package dev.merapi.nn.init;

import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.NamedKind;
import dev.merapi.say.Message;

/// Finds initializers by Keras' names.
public final class Initializers {
  public static final NamedKind<Initializer> KIND =
      new NamedKind<>(Initializer.class, "initializer")
          .with("zeros", Zeros::new, "zero")
          .with("ones", Ones::new, "one")
          .with("constant", Constant::new)
          .with("random_uniform", RandomUniform::new, "uniform")
          .with("random_normal", RandomNormal::new, "normal")
          .with("truncated_normal", TruncatedNormal::new)
          .with("variance_scaling", VarianceScaling::new)
          .with("glorot_uniform", GlorotUniform::new)
          .with("glorot_normal", GlorotNormal::new)
          .with("he_uniform", HeUniform::new)
          .with("he_normal", HeNormal::new)
          .with("lecun_uniform", LecunUniform::new)
          .with("lecun_normal", LecunNormal::new)
          .with("orthogonal", Orthogonal::new, "orthogonal_initializer")
          .with("identity", Identity::new, "identity_initializer")
          .with("stft", STFT::new, "stft_initializer");

  private Initializers() {}

  /// Returns a new initializer with default settings; case and underscores do not matter
  /// (`HeNormal`, `he_normal`).
  ///
  /// Fails: `ValueError` listing the known names.
  public static Initializer get(String name) {
    try {
      return KIND.read(name);
    } catch (Kind.Misfit e) {
      throw Message.what("there is no initializer called '" + name + "'")
          .given("'" + name + "'")
          .expected("one of " + String.join(", ", KIND.names()))
          .valueError();
    }
  }
}
