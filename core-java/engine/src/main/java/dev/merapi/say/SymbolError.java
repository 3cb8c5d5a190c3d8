package dev.merapi.say;

/// Says that a tensor of a trace was used where a value is needed, or outside the trace or branch
/// that it belongs to.
public final class SymbolError extends IllegalStateException {
  private static final long serialVersionUID = 1;

  private final transient Message message;

  public SymbolError(Message message) {
    super(message.text());
    this.message = message;
  }

  /// Returns the parts of the message, for programs and tests.
  public Message parts() {
    return message;
  }
}
