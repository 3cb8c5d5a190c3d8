package dev.merapi.data;

import org.jspecify.annotations.Nullable;

/// One pass through a stage.
///
/// A pass belongs to one thread at a time. After an exception it goes on with the next element.
interface Cursor {
  /// Returns the next element, or null at the end; after the end again null.
  @Nullable Element next();

  /// Stops threads that work ahead for this pass, and those of the passes that it reads from. May
  /// be called twice.
  default void close() {}
}
