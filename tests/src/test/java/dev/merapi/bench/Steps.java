package dev.merapi.bench;

/// A workload that is set up: one step at a time, and a value that shows it computes what it
/// should.
///
/// @param check sums of the output, or losses of the first steps, as text
record Steps(String check, Runnable step) {}
