package dev.merapi.say;

/// Says that an element type does not fit.
public final class TypeError extends ArgumentError {
  private static final long serialVersionUID = 1;

  public TypeError(Message message) {
    super(message);
  }
}
