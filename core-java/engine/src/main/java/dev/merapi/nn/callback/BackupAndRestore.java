package dev.merapi.nn.callback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Saves the state of training after each epoch, and goes on from there when the program is started
/// again.
public final class BackupAndRestore extends Callback {
  private static final String WEIGHTS = "latest.weights.h5";
  private static final String EPOCH = "training_metadata.json";

  private final Path folder;
  private boolean deleteCheckpoint = true;
  private @Nullable WeightFiles files;

  public BackupAndRestore(String folder) {
    this.folder = Path.of(folder);
  }

  /// Says whether the backup is removed when training has come to its end.
  public BackupAndRestore deleteCheckpoint(boolean on) {
    deleteCheckpoint = on;
    return this;
  }

  /// Writes with this instead of what is on the class path.
  public BackupAndRestore files(WeightFiles files) {
    this.files = files;
    return this;
  }

  @Override
  public void onTrainBegin(Map<String, Double> logs) {
    WeightFiles f = files == null ? WeightFiles.find() : files;
    files = f;
    try {
      Files.createDirectories(folder);
      if (Files.exists(folder.resolve(EPOCH))) {
        String text = Files.readString(folder.resolve(EPOCH)).replaceAll("\\D", "");
        f.load(model(), folder.resolve(WEIGHTS).toString());
        model().setInitialEpoch(Integer.parseInt(text) + 1);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("BackupAndRestore cannot use " + folder, e);
    }
  }

  @Override
  public void onEpochEnd(int epoch, Map<String, Double> logs) {
    if (files == null) {
      return;
    }
    files.save(model(), folder.resolve(WEIGHTS).toString(), true);
    try {
      Path temporary = folder.resolve(EPOCH + ".tmp");
      Files.writeString(temporary, "{\"epoch\": " + epoch + "}");
      Files.move(temporary, folder.resolve(EPOCH), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("BackupAndRestore cannot write to " + folder, e);
    }
  }

  @Override
  public void onTrainEnd(Map<String, Double> logs) {
    if (deleteCheckpoint) {
      try {
        Files.deleteIfExists(folder.resolve(EPOCH));
        Files.deleteIfExists(folder.resolve(WEIGHTS));
      } catch (IOException e) {
        throw new UncheckedIOException("BackupAndRestore cannot clean " + folder, e);
      }
    }
  }
}
