package dev.merapi.op;

import dev.merapi.tensor.DType;
import org.jspecify.annotations.Nullable;

/// One input or output of an operation.
///
/// Its element type is either fixed or that of a type variable (`T`), or neither: then any type
/// will do. A list holds as many tensors as the others of the same call; its length is the
/// attribute `N` in graph files.
public record ArgDef(String name, @Nullable String typeVar, @Nullable DType fixed, boolean list) {}
