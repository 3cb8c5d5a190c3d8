package dev.merapi.formats.graphdef;

/// Reports a graph file, or a message in memory, that is damaged or asks for what Merapi cannot do.
public sealed class GraphDefError extends IllegalArgumentException permits MissingOperations {
  private static final long serialVersionUID = 1;

  private final String origin;
  private final String node;
  private final String what;
  private final String given;
  private final String expected;
  private final String fix;

  GraphDefError(
      Place place, String what, String given, String expected, String fix, Throwable cause) {
    super(text(place, what, given, expected, fix), cause);
    this.origin = place.origin();
    this.node = place.node();
    this.what = what;
    this.given = given;
    this.expected = expected;
    this.fix = fix;
  }

  GraphDefError(Place place, String what, String given, String expected, String fix) {
    super(text(place, what, given, expected, fix));
    this.origin = place.origin();
    this.node = place.node();
    this.what = what;
    this.given = given;
    this.expected = expected;
    this.fix = fix;
  }

  private static String text(Place place, String what, String given, String expected, String fix) {
    StringBuilder s = new StringBuilder(what);
    line(s, "given", given);
    line(s, "expected", expected);
    line(s, "fix", fix);
    line(s, "in", place.toString());
    return s.toString();
  }

  private static void line(StringBuilder s, String label, String text) {
    if (!text.isEmpty()) {
      s.append("\n  ").append(String.format("%-9s", label)).append(' ').append(text);
    }
  }

  /// Returns the file as the caller named it, or what else the graph came from.
  public String origin() {
    return origin;
  }

  /// Returns the name of the node at fault; empty when it is the whole graph.
  public String node() {
    return node;
  }

  public String what() {
    return what;
  }

  public String given() {
    return given;
  }

  public String expected() {
    return expected;
  }

  public String fix() {
    return fix;
  }
}
