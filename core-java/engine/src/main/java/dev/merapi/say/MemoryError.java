package dev.merapi.say;

/// Says that tensors would need more memory than the budget allows, and which of them hold the
/// most.
public final class MemoryError extends IllegalStateException {
  private static final long serialVersionUID = 1;

  private final transient Message message;

  public MemoryError(Message message) {
    super(message.text());
    this.message = message;
  }

  /// Returns the parts of the message, for programs and tests.
  public Message parts() {
    return message;
  }
}
