package dev.merapi.say;

/// Says that shapes, ranks or axes do not fit.
public final class ShapeError extends ArgumentError {
  private static final long serialVersionUID = 1;

  public ShapeError(Message message) {
    super(message);
  }
}
