package dev.merapi.bench;

/// One workload in one system, set up and ready to be timed.
interface Case {
  /// The system, for example `Merapi`.
  String system();

  /// How the system runs it, for example `graph`.
  String mode();

  /// What it computed, for comparison.
  String check();

  /// Runs steps for about so many nanoseconds; returns milliseconds a step.
  double run(long nanos);
}
