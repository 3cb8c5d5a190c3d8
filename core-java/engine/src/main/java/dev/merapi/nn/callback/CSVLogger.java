package dev.merapi.nn.callback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes the numbers of each epoch as a line of a CSV file, so that a run that is cut off keeps
/// the epochs before.
public final class CSVLogger extends Callback {
  private final Path file;
  private final String separator;
  private final boolean append;
  private @Nullable List<String> keys;
  private @Nullable Writer writer;
  private boolean header = true;

  public CSVLogger(String file) {
    this(file, ",", false);
  }

  /// @param append goes on in a file that exists
  public CSVLogger(String file, String separator, boolean append) {
    this.file = Path.of(file);
    this.separator = separator;
    this.append = append;
  }

  @Override
  public void onTrainBegin(Map<String, Double> logs) {
    try {
      header = !append || !Files.exists(file) || Files.size(file) == 0;
      keys = null;
      writer =
          append
              ? Files.newBufferedWriter(
                  file,
                  StandardCharsets.UTF_8,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.APPEND)
              : Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("CSVLogger cannot write " + file, e);
    }
  }

  @Override
  public void onEpochEnd(int epoch, Map<String, Double> logs) {
    Writer w = writer;
    if (w == null) {
      return;
    }
    List<String> names = keys;
    if (names == null) {
      names = new ArrayList<>(logs.keySet());
      names.sort(null);
      keys = names;
    }
    List<String> fields = new ArrayList<>(List.of("" + epoch));
    for (String name : names) {
      Double value = logs.get(name);
      fields.add(value == null ? "NA" : PythonNumbers.of(value));
    }
    try {
      if (header) {
        w.write("epoch" + separator + String.join(separator, names) + "\n");
        header = false;
      }
      w.write(String.join(separator, fields) + "\n");
      w.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("CSVLogger cannot write " + file, e);
    }
  }

  @Override
  public void onTrainEnd(Map<String, Double> logs) {
    try {
      if (writer != null) {
        writer.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("CSVLogger cannot write " + file, e);
    } finally {
      writer = null;
    }
  }
}
