package dev.merapi.function.intercept;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Looks into the constant pool of a class file, which is a hundred times cheaper than parsing the
/// class: this runs for every class a program loads, before anything is compiled.
final class ClassBytes {
  private static final int MAGIC = 0xCAFEBABE;
  private static final int UTF8 = 1;

  private ClassBytes() {}

  /// The bytes by which class files hold an ASCII text.
  static byte[] text(String s) {
    return s.getBytes(StandardCharsets.US_ASCII);
  }

  /// Returns whether the class file in the first `length` bytes has `text` among its constants.
  ///
  /// What is not a class file, or not one of a known form, has nothing.
  static boolean mentions(byte[] file, int length, byte[] text) {
    return find(file, length, text, false);
  }

  /// Returns whether the class file has a class of that name among its constants, or in the type of a
  /// method.
  static boolean names(byte[] file, int length, byte[] className) {
    return find(file, length, className, true);
  }

  private static boolean find(byte[] file, int length, byte[] text, boolean inTypes) {
    if (length < 10 || u4(file, 0) != MAGIC) {
      return false;
    }
    int count = u2(file, 8);
    int at = 10;
    for (int i = 1; i < count; i++) {
      if (at + 3 > length) {
        return false;
      }
      switch (file[at]) {
        case UTF8 -> {
          int size = u2(file, at + 1);
          at += 3;
          if (size == text.length
              && at + size <= length
              && Arrays.equals(file, at, at + size, text, 0, size)) {
            return true;
          }
          if (inTypes && size > text.length && at + size <= length && file[at] == '(') {
            if (inType(file, at, at + size, text)) {
              return true;
            }
          }
          at += size;
        }
        case 3, 4, 9, 10, 11, 12, 17, 18 -> at += 5;
        case 5, 6 -> {
          at += 9;
          i++;
        }
        case 7, 8, 16, 19, 20 -> at += 3;
        case 15 -> at += 4;
        default -> {
          return false;
        }
      }
    }
    return false;
  }

  private static boolean inType(byte[] file, int from, int to, byte[] className) {
    for (int i = from; i + className.length < to; i++) {
      if (file[i] == 'L'
          && Arrays.equals(file, i + 1, i + 1 + className.length, className, 0, className.length)) {
        return true;
      }
    }
    return false;
  }

  private static int u2(byte[] b, int at) {
    return (b[at] & 0xFF) << 8 | b[at + 1] & 0xFF;
  }

  private static int u4(byte[] b, int at) {
    return u2(b, at) << 16 | u2(b, at + 2);
  }
}
