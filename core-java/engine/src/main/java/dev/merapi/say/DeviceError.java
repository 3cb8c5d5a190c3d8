package dev.merapi.say;

/// Says that a device is absent, refused or has failed.
public final class DeviceError extends IllegalStateException {
  private static final long serialVersionUID = 1;

  private final transient Message message;

  public DeviceError(Message message) {
    super(message.text());
    this.message = message;
  }

  /// Returns the parts of the message, for programs and tests.
  public Message parts() {
    return message;
  }
}
