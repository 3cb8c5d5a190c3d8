package dev.merapi.say;

/// Holds the four parts of an error: what happened, what was given, what was expected, how to fix
/// it.
///
/// The first line is complete in itself; an empty part is left out. Inside a model a last line
/// names the layer.
public record Message(String what, String given, String expected, String fix) {

  /// Starts a message with its first line, for example `"Add: shapes (2, 3) and (2,) do not
  /// broadcast"`.
  public static Message what(String what) {
    return new Message(what, "", "", "");
  }

  public Message given(String text) {
    return new Message(what, text, expected, fix);
  }

  public Message expected(String text) {
    return new Message(what, given, text, fix);
  }

  public Message fix(String text) {
    return new Message(what, given, expected, text);
  }

  /// Returns the whole text, one line a part.
  public String text() {
    StringBuilder s = new StringBuilder(what);
    line(s, "given", given);
    line(s, "expected", expected);
    line(s, "fix", fix);
    String inside = Inside.path();
    if (!inside.isEmpty()) {
      line(s, "in", inside + ", called from " + Where.userLine());
    }
    return s.toString();
  }

  private static void line(StringBuilder s, String label, String text) {
    if (!text.isEmpty()) {
      s.append("\n  ").append(String.format("%-9s", label)).append(' ').append(text);
    }
  }

  public ShapeError shapeError() {
    return new ShapeError(this);
  }

  public TypeError typeError() {
    return new TypeError(this);
  }

  public AttrError attrError() {
    return new AttrError(this);
  }

  public ValueError valueError() {
    return new ValueError(this);
  }

  public GradientError gradientError() {
    return new GradientError(this);
  }

  public ClosedError closedError() {
    return new ClosedError(this);
  }

  public SymbolError symbolError() {
    return new SymbolError(this);
  }

  public DeviceError deviceError() {
    return new DeviceError(this);
  }
}
