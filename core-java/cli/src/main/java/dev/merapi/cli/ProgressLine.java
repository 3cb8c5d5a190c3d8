package dev.merapi.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/// Shows how far a training is: one line that changes on a terminal, a line now and then in a log.
///
/// Loss and accuracy are means since the epoch began; speed and time left follow from the last few
/// seconds, so that the slow first steps of a JVM are soon forgotten.
final class ProgressLine implements Trainer.Watcher {
  private static final double TERMINAL_SECONDS = 0.1;
  private static final double LOG_SECONDS = 10;

  /// Time after which an old speed counts for 1/e of its weight.
  private static final double MEMORY_SECONDS = 3;

  private final PrintWriter out;
  private final boolean terminal;
  private final LongSupplier nanos;
  private final int epochs;
  private final int steps;
  private final long imagesToDo;

  private long imagesDone;
  private long imagesInEpoch;
  private double lossSum;
  private double rightSum;
  private double imagesPerSecond;
  private long measured;
  private long imagesMeasured;
  private long shown;
  private int shownLength;

  ProgressLine(PrintWriter out, boolean terminal, LongSupplier nanos, Trainer.Job job) {
    this.out = out;
    this.terminal = terminal;
    this.nanos = nanos;
    epochs = job.epochs();
    steps = job.steps();
    imagesToDo = (long) epochs * job.data().train().size();
    measured = nanos.getAsLong();
    shown = measured;
  }

  /// Tells whether what this program prints is read by a person as it comes.
  static boolean onTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  @Override
  public void saw(Trainer.Step step) {
    if (step.step() == 1) {
      imagesInEpoch = 0;
      lossSum = 0;
      rightSum = 0;
    }
    imagesDone += step.images();
    imagesInEpoch += step.images();
    lossSum += step.loss() * step.images();
    rightSum += step.accuracy() * step.images();
    long now = nanos.getAsLong();
    measure(now);
    boolean epochEnds = step.step() == steps;
    double since = (now - shown) / 1e9;
    if (epochEnds || since >= (terminal ? TERMINAL_SECONDS : LOG_SECONDS)) {
      show(text(step), epochEnds);
      shown = now;
    }
  }

  private void measure(long now) {
    double seconds = (now - measured) / 1e9;
    if (seconds < 0.05 && imagesPerSecond > 0 || seconds <= 0) {
      return;
    }
    double speed = (imagesDone - imagesMeasured) / seconds;
    double old = imagesPerSecond > 0 ? Math.exp(-seconds / MEMORY_SECONDS) : 0;
    imagesPerSecond = old * imagesPerSecond + (1 - old) * speed;
    measured = now;
    imagesMeasured = imagesDone;
  }

  private String text(Trainer.Step step) {
    String left = imagesPerSecond > 0 ? clock((imagesToDo - imagesDone) / imagesPerSecond) : "?";
    return String.format(
        Locale.ROOT,
        "epoch %d/%d  step %d/%d  loss %.4f  accuracy %.2f %%  %.0f images/s  %s left",
        step.epoch(),
        epochs,
        step.step(),
        steps,
        lossSum / imagesInEpoch,
        100 * rightSum / imagesInEpoch,
        imagesPerSecond,
        left);
  }

  private void show(String text, boolean last) {
    if (!terminal) {
      out.println(text);
    } else {
      // Blanks cover what a longer line left behind; that needs no escape codes.
      out.print("\r" + text + " ".repeat(Math.max(0, shownLength - text.length())));
      shownLength = text.length();
      if (last) {
        out.println();
        shownLength = 0;
      }
    }
    out.flush();
  }

  /// Spells seconds as `m:ss` or `h:mm:ss`.
  static String clock(double seconds) {
    long s = (long) Math.ceil(seconds);
    return s < 3600
        ? String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
  }
}
