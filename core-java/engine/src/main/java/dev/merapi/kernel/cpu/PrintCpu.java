package dev.merapi.kernel.cpu;

import dev.merapi.op.Call;
import dev.merapi.tensor.PrintFormat;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Writes values into templates and texts to where they shall be seen.
public final class PrintCpu {
  private static final System.Logger LOG = System.getLogger("dev.merapi.print");
  private static final String FILE = "file://";

  private PrintCpu() {}

  /// Fills a template's places with the values of the inputs.
  public static void format(Call c) {
    String text =
        PrintFormat.template(
            c.attrs.s("template"), c.attrs.s("placeholder"), c.attrs.i("summarize"), c.inputs());
    c.out(0).strings()[0] = text.getBytes(StandardCharsets.UTF_8);
  }

  /// Writes a text to the stream that the attribute names.
  public static void print(Call c) {
    byte[] text = c.in(0).strings()[0];
    String end = c.attrs.s("end");
    String to = c.attrs.s("output_stream");
    switch (to) {
      case "stdout" -> write(System.out, text, end);
      case "stderr" -> write(System.err, text, end);
      case "log(info)" -> log(System.Logger.Level.INFO, text);
      case "log(warning)" -> log(System.Logger.Level.WARNING, text);
      case "log(error)" -> log(System.Logger.Level.ERROR, text);
      default -> append(Path.of(to.substring(FILE.length())), text, end);
    }
  }

  /// Tells whether there is a stream of this name.
  public static boolean knows(String stream) {
    return switch (stream) {
      case "stdout", "stderr", "log(info)", "log(warning)", "log(error)" -> true;
      default -> stream.startsWith(FILE) && stream.length() > FILE.length();
    };
  }

  /// One write for text and end, so that lines of two threads do not mix.
  private static void write(PrintStream to, byte[] text, String end) {
    synchronized (to) {
      to.writeBytes(text);
      to.writeBytes(end.getBytes(StandardCharsets.UTF_8));
      to.flush();
    }
  }

  private static void log(System.Logger.Level level, byte[] text) {
    LOG.log(level, () -> new String(text, StandardCharsets.UTF_8));
  }

  private static void append(Path file, byte[] text, String end) {
    try {
      byte[] tail = end.getBytes(StandardCharsets.UTF_8);
      byte[] all = java.util.Arrays.copyOf(text, text.length + tail.length);
      System.arraycopy(tail, 0, all, text.length, tail.length);
      Files.write(file, all, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("PrintV2: cannot write to " + file + ": " + e.getMessage(), e);
    }
  }
}
