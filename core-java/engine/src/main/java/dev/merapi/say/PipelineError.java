package dev.merapi.say;

/// Says that user code inside a stage of a data pipeline failed; the cause is what that code threw.
public final class PipelineError extends IllegalStateException {
  private static final long serialVersionUID = 1;

  private final transient Message message;
  private final String stage;
  private final long element;

  /// @param stage the stage's name, `map`
  /// @param element which of the stage's inputs was being worked on, counted from 0 in this
  ///   iteration
  public PipelineError(Message message, String stage, long element, Throwable cause) {
    super(message.text(), cause);
    this.message = message;
    this.stage = stage;
    this.element = element;
  }

  /// Returns the parts of the message, for programs and tests.
  public Message parts() {
    return message;
  }

  /// Returns the name of the stage whose code failed.
  public String stage() {
    return stage;
  }

  /// Returns which of the stage's inputs failed, counted from 0 in this iteration.
  public long element() {
    return element;
  }
}
