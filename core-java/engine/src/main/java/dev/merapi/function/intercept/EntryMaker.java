package dev.merapi.function.intercept;

/// Makes the entry of a method; called once for each method, before its first call.
@FunctionalInterface
public interface EntryMaker {
  Entry make(Declaration declaration);
}
