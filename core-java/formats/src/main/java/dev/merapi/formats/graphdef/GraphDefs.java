package dev.merapi.formats.graphdef;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TextFormat;
import dev.merapi.formats.AtomicFiles;
import dev.merapi.formats.proto.GraphDef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads and writes GraphDef messages: files, bytes, and protocol buffers' text form.
///
/// A file whose name ends in `.pbtxt` or `.pb.txt` holds text, any other bytes.
public final class GraphDefs {
  private GraphDefs() {}

  /// Reads a file.
  ///
  /// Fails: `GraphDefError` naming the file when its content is no GraphDef.
  public static GraphDef read(Path file) throws IOException {
    return isText(file)
        ? parseText(Files.readString(file), file.toString())
        : parse(Files.readAllBytes(file), file.toString());
  }

  /// Writes a file, as text if its name says so; the same graph gives the same bytes.
  public static void write(Path file, GraphDef graph) throws IOException {
    byte[] bytes = isText(file) ? text(graph).getBytes(StandardCharsets.UTF_8) : bytes(graph);
    AtomicFiles.write(file, out -> out.write(bytes));
  }

  private static boolean isText(Path file) {
    String name = file.getFileName() == null ? "" : file.getFileName().toString();
    return name.endsWith(".pbtxt") || name.endsWith(".pb.txt");
  }

  /// Reads a message; `origin` names its source in errors.
  public static GraphDef parse(byte[] bytes, String origin) {
    try {
      return GraphDef.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw Place.of(origin)
          .fault(
              "this is no GraphDef: " + e.getMessage(),
              bytes.length + " bytes",
              "a GraphDef message, as TensorFlow writes into frozen_graph.pb",
              "read a SavedModel's saved_model.pb with the reader of SavedModels",
              e);
    }
  }

  /// Reads the text form; `origin` names its source in errors.
  public static GraphDef parseText(CharSequence text, String origin) {
    GraphDef.Builder b = GraphDef.newBuilder();
    try {
      TextFormat.merge(text, b);
    } catch (TextFormat.ParseException e) {
      throw Place.of(origin)
          .fault(
              "this is no GraphDef in text form: " + Attributes.firstLine(e),
              "line " + e.getLine() + ", column " + e.getColumn(),
              "protocol buffers' text form of a GraphDef",
              "",
              e);
    }
    return b.build();
  }

  /// Returns the message's bytes; the same graph gives the same bytes.
  public static byte[] bytes(GraphDef graph) {
    byte[] bytes = new byte[graph.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      graph.writeTo(out);
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new IllegalStateException("This is a bug in Merapi: an array is too short", e);
    }
    return bytes;
  }

  /// Returns protocol buffers' text form.
  public static String text(GraphDef graph) {
    return TextFormat.printer().printToString(graph);
  }
}
