package dev.merapi.function.intercept;

/// Makes the entry of a method; called once for each method, before its first call.
///
/// Runs inside the linking of that call, so it calls no annotated method of the same class.
@FunctionalInterface
public interface EntryMaker {
  Entry make(Declaration declaration);
}
