package dev.merapi.say;

/// Says that a method cannot run as a graph.
public final class GraphFunctionError extends ArgumentError {
  private static final long serialVersionUID = 1;

  public GraphFunctionError(Message message) {
    super(message);
  }
}
