package dev.merapi.op;

/// Code that computes an operation on one device.
@FunctionalInterface
public interface Kernel {
  /// Reads the inputs of `call` and fills its outputs.
  void run(Call call);
}
