package dev.merapi.formats.graphdef;

/// Where in which graph something stands, for messages.
///
/// @param origin the file as the caller named it, or what else the graph came from
/// @param node the node's name, empty for the whole graph
record Place(String origin, String node) {

  static Place of(String origin) {
    return new Place(origin, "");
  }

  Place at(String nodeName) {
    return new Place(origin, nodeName);
  }

  GraphDefError fault(String what, String given, String expected, String fix) {
    return new GraphDefError(this, what, given, expected, fix);
  }

  GraphDefError fault(String what, String given, String expected, String fix, Throwable cause) {
    return new GraphDefError(this, what, given, expected, fix, cause);
  }

  @Override
  public String toString() {
    return node.isEmpty() ? origin : origin + ", node '" + node + "'";
  }
}
