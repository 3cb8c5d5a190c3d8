package dev.merapi.formats.npy;

import dev.merapi.formats.FileError;
import java.nio.file.Path;

/// Reports a damaged or unsuitable NPY or NPZ file.
public final class NpyError extends FileError {
  private static final long serialVersionUID = 1;

  /// See [FileError].
  public NpyError(Path file, long offset, String what, String given, String expected, String fix) {
    super(file, offset, what, given, expected, fix);
  }
}
