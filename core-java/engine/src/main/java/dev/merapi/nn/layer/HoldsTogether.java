package dev.merapi.nn.layer;

/// Marks models whose name does not appear in the names of their layers' weights: those that were
/// put together from layers made outside.
public interface HoldsTogether {}
