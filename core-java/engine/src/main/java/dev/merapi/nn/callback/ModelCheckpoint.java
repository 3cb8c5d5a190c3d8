package dev.merapi.nn.callback;

import dev.merapi.say.Message;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Saves the model, or its weights, after epochs or batches.
///
/// The path may name numbers as Python's `format` does: `cp-{epoch:04d}-{val_loss:.2f}.ckpt`, the
/// epoch counted from 1.
public final class ModelCheckpoint extends Callback {
  private static final Pattern FIELD =
      Pattern.compile("\\{(\\w+)(?::(0?)(\\d*)(?:\\.(\\d+))?([df]?))?}");

  private final String path;
  private Watching watching = new Watching("ModelCheckpoint", "val_loss", "auto", 0);
  private int verbose;
  private boolean saveBestOnly;
  private boolean saveWeightsOnly;
  private int everyBatches;
  private int period = 1;
  private int epoch;
  private int batches;
  private int epochs;
  private @Nullable WeightFiles files;

  public ModelCheckpoint(String path) {
    this.path = path;
  }

  /// Saves only when this number got better.
  ///
  /// @param mode `min`, `max` or `auto`
  public ModelCheckpoint saveBestOnly(String monitor, String mode) {
    watching = new Watching("ModelCheckpoint", monitor, mode, 0);
    saveBestOnly = true;
    return this;
  }

  public ModelCheckpoint saveBestOnly(boolean on) {
    saveBestOnly = on;
    return this;
  }

  public ModelCheckpoint saveWeightsOnly(boolean on) {
    saveWeightsOnly = on;
    return this;
  }

  public ModelCheckpoint verbose(int level) {
    verbose = level;
    return this;
  }

  /// Saves after every so many epochs.
  public ModelCheckpoint period(int everyEpochs) {
    period = everyEpochs;
    return this;
  }

  /// Saves after every so many batches instead of after epochs.
  public ModelCheckpoint saveFreq(int everySoManyBatches) {
    everyBatches = everySoManyBatches;
    return this;
  }

  /// Writes with this instead of what is on the class path.
  public ModelCheckpoint files(WeightFiles files) {
    this.files = files;
    return this;
  }

  @Override
  public void onTrainBegin(Map<String, Double> logs) {
    if (files == null) {
      files = WeightFiles.find();
    }
  }

  @Override
  public void onEpochBegin(int epoch, Map<String, Double> logs) {
    this.epoch = epoch;
  }

  @Override
  public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
    if (everyBatches > 0 && ++batches >= everyBatches) {
      batches = 0;
      save(logs);
    }
  }

  @Override
  public void onEpochEnd(int epoch, Map<String, Double> logs) {
    if (everyBatches == 0 && ++epochs >= period) {
      epochs = 0;
      save(logs);
    }
  }

  private void save(Map<String, Double> logs) {
    String file = fill(path, epoch + 1, logs);
    if (saveBestOnly) {
      Double current = watching.in(logs, "ModelCheckpoint");
      if (current == null) {
        return;
      }
      double before = watching.best();
      if (!watching.improves(current)) {
        say(watching.monitor() + " did not improve from " + number(before));
        return;
      }
      say(
          watching.monitor()
              + (Double.isInfinite(before)
                  ? " improved from " + (before > 0 ? "inf" : "-inf")
                  : " improved from " + number(before))
              + " to "
              + number(current)
              + ", saving model to "
              + file);
    } else {
      say("saving model to " + file);
    }
    if (files != null) {
      files.save(model(), file, saveWeightsOnly);
    }
  }

  private static String number(double x) {
    return String.format(Locale.ROOT, "%.5f", x);
  }

  private void say(String what) {
    if (verbose > 0) {
      System.out.println("\nEpoch " + (epoch + 1) + ": " + what);
    }
  }

  /// Fills a template in.
  ///
  /// Fails: `ValueError` naming a field that is not in the logs.
  static String fill(String template, int epoch, Map<String, Double> logs) {
    Matcher m = FIELD.matcher(template);
    StringBuilder s = new StringBuilder();
    while (m.find()) {
      String name = m.group(1);
      Double value = name.equals("epoch") ? (Double) (double) epoch : logs.get(name);
      if (value == null) {
        throw Message.what(
                "Failed to format this callback filepath: \""
                    + template
                    + "\". Reason: '"
                    + name
                    + "'")
            .expected("epoch, or one of " + String.join(", ", logs.keySet()))
            .valueError();
      }
      boolean whole = name.equals("epoch") && m.group(4) == null;
      String width = m.group(3) == null || m.group(3).isEmpty() ? "" : m.group(2) + m.group(3);
      String text =
          whole
              ? String.format(Locale.ROOT, "%" + width + "d", epoch)
              : m.group(4) == null
                  ? PythonNumbers.of(value)
                  : String.format(Locale.ROOT, "%" + width + "." + m.group(4) + "f", value);
      m.appendReplacement(s, Matcher.quoteReplacement(text));
    }
    return m.appendTail(s).toString();
  }
}
