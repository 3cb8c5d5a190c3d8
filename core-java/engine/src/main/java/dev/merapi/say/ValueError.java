package dev.merapi.say;

/// Says that a value inside a tensor or an argument is out of its range.
public final class ValueError extends ArgumentError {
  private static final long serialVersionUID = 1;

  public ValueError(Message message) {
    super(message);
  }
}
