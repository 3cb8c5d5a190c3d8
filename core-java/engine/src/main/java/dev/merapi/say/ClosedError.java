package dev.merapi.say;

/// Says that something was used after it had ended: a released tensor, a spent tape.
public final class ClosedError extends IllegalStateException {
  private static final long serialVersionUID = 1;

  private final transient Message message;

  public ClosedError(Message message) {
    super(message.text());
    this.message = message;
  }

  /// Returns the parts of the message, for programs and tests.
  public Message parts() {
    return message;
  }
}
