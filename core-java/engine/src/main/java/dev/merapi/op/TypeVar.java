package dev.merapi.op;

import dev.merapi.tensor.DType;
import org.jspecify.annotations.Nullable;

/// A type variable of an operation: which types it ranges over, and its default where no input
/// decides it.
public record TypeVar(String name, Types types, @Nullable DType otherwise) {}
