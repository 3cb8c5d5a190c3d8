package dev.merapi.nn.callback;

import dev.merapi.nn.config.Json;

/// Numbers as Python prints them.
final class PythonNumbers {
  private PythonNumbers() {}

  static String of(double x) {
    return Json.write(x);
  }
}
