package dev.merapi.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.merapi.formats.npy.NpyArray;
import dev.merapi.formats.npy.Npz;
import dev.merapi.tensor.DType;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainMnistTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<Trainer.Job> jobs = new ArrayList<>();

  /// Learns nothing; tells of every step as a real trainer would.
  private Trainer.Result pretend(Trainer.Job job, Trainer.Watcher watcher) {
    jobs.add(job);
    for (int epoch = 1; epoch <= job.epochs(); epoch++) {
      int left = job.data().train().size();
      for (int step = 1; step <= job.steps(); step++) {
        int images = Math.min(left, job.batch());
        watcher.saw(new Trainer.Step(epoch, step, images, 0.5, 0.75));
        left -= images;
      }
    }
    NpyArray weights = new NpyArray(DType.U8, new int[] {2}, ByteBuffer.wrap(new byte[] {3, 4}));
    return new Trainer.Result(0.9875, 0.0421, Map.of("dense/bias", weights));
  }

  private int run(String... options) {
    String[] args = new String[options.length + 2];
    args[0] = "train";
    args[1] = "mnist";
    System.arraycopy(options, 0, args, 2, options.length);
    return Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true), this::pretend)
        .execute(args);
  }

  private void assertNotUnderstood(String complaint, String... options) {
    assertEquals(2, run(options));
    assertEquals("", out.toString());
    assertEquals(complaint, err.toString().lines().findFirst().orElse(""));
    assertTrue(err.toString().contains("Usage: merapi train mnist"), err.toString());
    assertEquals(List.of(), jobs);
  }

  @Test
  @DisplayName("weights and curve are written, and the test accuracy is printed")
  void whole() throws IOException {
    Path where = folder.resolve("new/place");
    assertEquals(0, run("--epochs", "2", "--out", where.toString()), err.toString());
    assertEquals("", err.toString());
    assertTrue(out.toString().contains("test accuracy 98.75 %, test loss 0.0421"), out.toString());
    // 10000 pictures in batches of 50.
    assertTrue(
        out.toString().contains("epoch 2/2  step 200/200  loss 0.5000  accuracy 75.00 %"),
        out.toString());
    assertFalse(out.toString().contains("\r"), "a log has no carriage returns");
    assertEquals(4, Npz.read(where.resolve("mnist-cnn.npz")).get("dense/bias").data().get(1));
    assertTrue(Files.readString(where.resolve("mnist-cnn.svg")).contains("98.75"));
    try (var files = Files.list(where)) {
      assertEquals(2, files.count());
    }
  }

  @Test
  @DisplayName("options reach the trainer")
  void options() {
    String[] options = {
      "--model", "mlp", "--epochs=1", "--batch=100", "--seed=-7", "--threads=3", "--out=" + folder
    };
    assertEquals(0, run(options), err.toString());
    Trainer.Job job = jobs.getFirst();
    assertEquals(Trainer.Model.MLP, job.model());
    assertEquals(1, job.epochs());
    assertEquals(100, job.batch());
    assertEquals(-7, job.seed());
    assertEquals(3, job.threads());
    assertEquals(10_000, job.data().train().size());
    assertEquals(2_000, job.data().test().size());
  }

  @Test
  @DisplayName("a model that does not exist gets usage, the models there are, and status 2")
  void unknownModel() {
    assertNotUnderstood(
        "Invalid value for option '--model': expected one of [mlp, cnn] but was 'rnn'",
        "--model",
        "rnn");
  }

  @Test
  @DisplayName("an unknown flag gets usage and status 2")
  void unknownFlag() {
    assertNotUnderstood("Unknown option: '--fast'", "--fast");
  }

  @Test
  @DisplayName("no epochs, no threads or no batch get usage and status 2")
  void outOfRange() {
    assertNotUnderstood(
        "Invalid value for option '--epochs': expected 1 or more but was '0'", "--epochs", "0");
    err.getBuffer().setLength(0);
    assertNotUnderstood(
        "Invalid value for option '--threads': expected 1 or more but was '-1'", "--threads=-1");
    err.getBuffer().setLength(0);
    assertNotUnderstood(
        "Invalid value for option '--batch': expected 1 or more but was '0'", "--batch", "0");
  }

  @Test
  @DisplayName("a folder without MNIST is one error in four parts and status 1, and trains nothing")
  void noData() {
    assertEquals(1, run("--data", folder.toString(), "--out", folder.toString()));
    assertTrue(err.toString().startsWith("MNIST: a file is missing."), err.toString());
    for (String part : new String[] {"given", "expected", "fix", "train-images-idx3-ubyte"}) {
      assertTrue(err.toString().contains(part), err.toString());
    }
    assertFalse(err.toString().contains("\tat "), "no stack trace for a user's mistake");
    assertEquals(List.of(), jobs);
  }

  @Test
  @DisplayName("an output folder that cannot be made is found out before training")
  void noPlace() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertEquals(1, run("--out", file.toString()));
    assertTrue(err.toString().contains(file.toString()), err.toString());
    assertEquals(List.of(), jobs);
  }

  @Test
  @DisplayName("help names every option and the files written")
  void help() {
    assertEquals(0, run("--help"));
    for (String part :
        new String[] {
          "--model",
          "--data",
          "--epochs",
          "--batch",
          "--seed",
          "--threads",
          "--out",
          "--help",
          ".npz",
          ".svg",
          "mlp, cnn"
        }) {
      assertTrue(out.toString().contains(part), part + " is missing in\n" + out);
    }
  }
}
