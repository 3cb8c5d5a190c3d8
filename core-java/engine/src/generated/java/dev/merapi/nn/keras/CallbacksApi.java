// Generated from the classes in dev.merapi.nn by dev.merapi.generate.KerasFacades: do not edit.
package dev.merapi.nn.keras;

import dev.merapi.nn.callback.BackupAndRestore;
import dev.merapi.nn.callback.CSVLogger;
import dev.merapi.nn.callback.EarlyStopping;
import dev.merapi.nn.callback.History;
import dev.merapi.nn.callback.LambdaCallback;
import dev.merapi.nn.callback.LearningRateScheduler;
import dev.merapi.nn.callback.LearningRateScheduler.Schedule;
import dev.merapi.nn.callback.ModelCheckpoint;
import dev.merapi.nn.callback.ProgbarLogger;
import dev.merapi.nn.callback.ReduceLROnPlateau;
import dev.merapi.nn.callback.TerminateOnNaN;
import java.io.PrintStream;

/// `tf.keras.callbacks`.
public abstract class CallbacksApi {
  protected CallbacksApi() {}

  /// Saves the state of training after each epoch, and goes on from there when the program is
  /// started again.
  public static BackupAndRestore BackupAndRestore(String folder) {
    return new BackupAndRestore(folder);
  }

  /// Writes the numbers of each epoch as a line of a CSV file, so that a run that is cut off keeps
  /// the epochs before.
  public static CSVLogger CSVLogger(String file) {
    return new CSVLogger(file);
  }

  /// Writes the numbers of each epoch as a line of a CSV file, so that a run that is cut off keeps
  /// the epochs before.
  public static CSVLogger CSVLogger(String file, String separator, boolean append) {
    return new CSVLogger(file, separator, append);
  }

  /// Stops training when a number no longer gets better.
  public static EarlyStopping EarlyStopping() {
    return new EarlyStopping();
  }

  /// Stops training when a number no longer gets better.
  public static EarlyStopping EarlyStopping(String monitor, int patience) {
    return new EarlyStopping(monitor, patience);
  }

  /// Stops training when a number no longer gets better.
  public static EarlyStopping EarlyStopping(
      String monitor, int patience, double minDelta, String mode) {
    return new EarlyStopping(monitor, patience, minDelta, mode);
  }

  /// Remembers loss and metrics of every epoch; what `fit` returns.
  public static History History() {
    return new History();
  }

  /// A callback of single functions.
  public static LambdaCallback LambdaCallback() {
    return new LambdaCallback();
  }

  /// Sets the learning rate before each epoch.
  public static LearningRateScheduler LearningRateScheduler(Schedule schedule) {
    return new LearningRateScheduler(schedule);
  }

  /// Sets the learning rate before each epoch.
  public static LearningRateScheduler LearningRateScheduler(Schedule schedule, int verbose) {
    return new LearningRateScheduler(schedule, verbose);
  }

  /// Saves the model, or its weights, after epochs or batches.
  public static ModelCheckpoint ModelCheckpoint(String path) {
    return new ModelCheckpoint(path);
  }

  /// Prints how far training is: Keras's bar for each epoch, or one line.
  public static ProgbarLogger ProgbarLogger() {
    return new ProgbarLogger();
  }

  /// Prints how far training is: Keras's bar for each epoch, or one line.
  public static ProgbarLogger ProgbarLogger(PrintStream out, boolean terminal) {
    return new ProgbarLogger(out, terminal);
  }

  /// Lowers the learning rate when a number has stopped getting better.
  public static ReduceLROnPlateau ReduceLROnPlateau() {
    return new ReduceLROnPlateau();
  }

  /// Lowers the learning rate when a number has stopped getting better.
  public static ReduceLROnPlateau ReduceLROnPlateau(String monitor, double factor, int patience) {
    return new ReduceLROnPlateau(monitor, factor, patience);
  }

  /// Lowers the learning rate when a number has stopped getting better.
  public static ReduceLROnPlateau ReduceLROnPlateau(
      String monitor, double factor, int patience, double minDelta, String mode) {
    return new ReduceLROnPlateau(monitor, factor, patience, minDelta, mode);
  }

  /// Stops training at once when the loss is no number any more.
  public static TerminateOnNaN TerminateOnNaN() {
    return new TerminateOnNaN();
  }
}
