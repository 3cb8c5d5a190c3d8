package dev.merapi.nn.callback;

import dev.merapi.nn.model.Model;
import dev.merapi.say.Message;
import java.util.ServiceLoader;

/// Writes and reads models and their weights; the files house brings one, found with
/// `ServiceLoader`.
public interface WeightFiles {
  /// Writes to a path in the format that its name asks for.
  ///
  /// @param weightsOnly whether the architecture is left out
  void save(Model model, String path, boolean weightsOnly);

  /// Reads weights into a model that has them.
  void load(Model model, String path);

  /// Returns the one on the class path.
  ///
  /// Fails: `ValueError` saying which jar brings one.
  static WeightFiles find() {
    return ServiceLoader.load(WeightFiles.class)
        .findFirst()
        .orElseThrow(() ->
            Message.what("nothing on the class path can write models to files")
                .expected("a service " + WeightFiles.class.getName())
                .fix("add merapi-formats to the class path, or pass a WeightFiles")
                .valueError());
  }
}
