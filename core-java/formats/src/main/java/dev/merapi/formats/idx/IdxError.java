package dev.merapi.formats.idx;

import dev.merapi.formats.FileError;
import java.nio.file.Path;

/// Reports a damaged or unsuitable IDX file.
public final class IdxError extends FileError {
  private static final long serialVersionUID = 1;

  /// See [FileError].
  public IdxError(Path file, long offset, String what, String given, String expected, String fix) {
    super(file, offset, what, given, expected, fix);
  }
}
