package dev.merapi.say;

/// Says that an argument does not fit; its subclasses say in which way.
public class ArgumentError extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final transient Message message;

  public ArgumentError(Message message) {
    super(message.text());
    this.message = message;
  }

  /// Returns the parts of the message, for programs and tests.
  public Message parts() {
    return message;
  }
}
