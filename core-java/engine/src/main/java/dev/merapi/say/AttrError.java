package dev.merapi.say;

/// Says that an attribute of an operation is missing, unknown or out of its range.
public final class AttrError extends ArgumentError {
  private static final long serialVersionUID = 1;

  public AttrError(Message message) {
    super(message);
  }
}
