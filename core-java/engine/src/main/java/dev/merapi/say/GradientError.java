package dev.merapi.say;

/// Says that a gradient cannot be had, and where the way to it breaks.
public final class GradientError extends IllegalStateException {
  private static final long serialVersionUID = 1;

  private final transient Message message;

  public GradientError(Message message) {
    super(message.text());
    this.message = message;
  }

  /// Returns the parts of the message, for programs and tests.
  public Message parts() {
    return message;
  }
}
