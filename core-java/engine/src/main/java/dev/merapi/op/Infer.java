package dev.merapi.op;

/// The one rule that says which shapes and types come out; it serves eager calls, traces, import
/// and export.
@FunctionalInterface
public interface Infer {
  /// Calls `call.out(i, spec)` for every output, or fails with a typed error naming what does not
  /// fit.
  void infer(Call call);
}
