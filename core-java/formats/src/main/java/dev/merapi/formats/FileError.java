package dev.merapi.formats;

import java.nio.file.Path;

/// Reports a file whose content is not what its format asks for, and the place in it.
public class FileError extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final transient Path file;
  private final long offset;
  private final String what;
  private final String given;
  private final String expected;
  private final String fix;

  /// @param file the file as the caller named it
  /// @param offset bytes from the start of the (unpacked) content to the first wrong one
  /// @param what the fault in one sentence
  /// @param given what the file holds
  /// @param expected what the format asks for
  /// @param fix what the user can do
  public FileError(Path file, long offset, String what, String given, String expected, String fix) {
    super(
        "%s\n  given     %s\n  expected  %s\n  fix       %s\n  in        %s, byte %d"
            .formatted(what, given, expected, fix, file, offset));
    this.file = file;
    this.offset = offset;
    this.what = what;
    this.given = given;
    this.expected = expected;
    this.fix = fix;
  }

  public Path file() {
    return file;
  }

  /// Returns the place of the fault in bytes from the start; in a packed file, of the unpacked
  /// content, unless the packing itself is damaged.
  public long offset() {
    return offset;
  }

  public String what() {
    return what;
  }

  public String given() {
    return given;
  }

  public String expected() {
    return expected;
  }

  public String fix() {
    return fix;
  }
}
