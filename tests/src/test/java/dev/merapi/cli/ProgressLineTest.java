package dev.merapi.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.merapi.data.digits.Digits;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {
  private final StringWriter out = new StringWriter();
  private long nanos;

  /// Two epochs of ten steps of ten pictures; each step takes as long as told.
  private void train(boolean terminal, double secondsPerStep) {
    Trainer.Job job = new Trainer.Job(Trainer.Model.CNN, Digits.make(1, 100, 1), 2, 10, 1, 1);
    ProgressLine line = new ProgressLine(new PrintWriter(out), terminal, () -> nanos, job);
    for (int epoch = 1; epoch <= 2; epoch++) {
      for (int step = 1; step <= 10; step++) {
        nanos += Math.round(secondsPerStep * 1e9);
        line.saw(new Trainer.Step(epoch, step, 10, step, step <= 5 ? 0 : 1));
      }
    }
  }

  @Test
  @DisplayName("a log gets a line every 10 seconds and one at the end of an epoch")
  void log() {
    train(false, 5);
    List<String> lines = out.toString().lines().toList();
    // Losses 1 and 2 have the mean 1.5; 10 pictures in 5 s; 18 steps of 5 s are left.
    assertEquals(
        "epoch 1/2  step 2/10  loss 1.5000  accuracy 0.00 %  2 images/s  1:30 left",
        lines.getFirst());
    assertEquals(
        "epoch 1/2  step 10/10  loss 5.5000  accuracy 50.00 %  2 images/s  0:50 left",
        lines.get(4));
    assertTrue(lines.getLast().startsWith("epoch 2/2  step 10/10  loss 5.5000"), lines.getLast());
    assertTrue(lines.getLast().endsWith("0:00 left"), lines.getLast());
    assertEquals(10, lines.size(), out.toString());
    assertEquals(-1, out.toString().indexOf('\r'));
  }

  @Test
  @DisplayName("a quick training fills no log: one line an epoch")
  void quick() {
    train(false, 0.01);
    assertEquals(2, out.toString().lines().count());
  }

  @Test
  @DisplayName("on a terminal one line changes in place, and an epoch's last line stays")
  void terminal() {
    train(true, 0.2);
    String[] lines = out.toString().split(System.lineSeparator());
    assertEquals(2, lines.length);
    assertEquals(10, lines[0].chars().filter(c -> c == '\r').count());
    assertTrue(lines[0].contains("50 images/s"), lines[0]);
    assertTrue(lines[0].contains("2.0000  accuracy 0.00 %  50 images/s  0:04 left"), lines[0]);
  }

  @Test
  @DisplayName("times are spelled in minutes, from an hour on with hours")
  void clock() {
    assertEquals("0:00", ProgressLine.clock(0));
    assertEquals("0:01", ProgressLine.clock(0.2));
    assertEquals("59:59", ProgressLine.clock(3599));
    assertEquals("1:01:01", ProgressLine.clock(3661));
  }
}
