package dev.merapi.function.intercept;

import java.lang.classfile.ClassModel;
import org.jspecify.annotations.Nullable;

/// One change to classes. Stages run one after the other, each on what the one before it has made.
///
/// A stage may throw anything: the class then stays as it was before the stage, and the failure is
/// reported.
interface Stage {
  /// Returns, as cheaply as possible, whether the class in the first `length` bytes may need this
  /// stage. Asked for every class that is loaded.
  ///
  /// `name` is the class's, with slashes.
  boolean concerns(String name, byte[] file, int length);

  /// Returns the changed class file, or null where there is nothing to change.
  ///
  /// `file` is what `model` was parsed from, `loader` the loader of the class.
  byte @Nullable [] apply(ClassModel model, byte[] file, ClassLoader loader, Report report);
}
