package dev.merapi.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Another system in a Python process of its own, which runs steps when it is told to: so its turns
/// come between ours, on the same machine at the same time.
///
/// The process answers one line to each line: `modes`, `set up WORK MODE`, `run NANOSECONDS`.
final class Peer implements AutoCloseable {
  private final Process process;
  private final Writer out;
  private final BufferedReader in;

  /// Starts `peers.py` for one system; it ends at once with a reason where that is not installed.
  ///
  /// @param system `tensorflow` or `torch`
  Peer(String python, Path script, String system, int threads) {
    try {
      ProcessBuilder b =
          new ProcessBuilder(python, script.toString(), system, String.valueOf(threads));
      b.environment().put("TF_CPP_MIN_LOG_LEVEL", "3");
      // PyTorch's idle threads spin for long and disturb; freed memory should not go back to the
      // system: both cost it much on few processors.
      b.environment().put("OMP_NUM_THREADS", String.valueOf(threads));
      b.environment().put("GOMP_SPINCOUNT", "20000");
      b.environment().put("MALLOC_MMAP_THRESHOLD_", "1073741824");
      b.environment().put("MALLOC_TRIM_THRESHOLD_", "8589934592");
      b.environment().put("MALLOC_TOP_PAD_", "67108864");
      b.redirectError(ProcessBuilder.Redirect.DISCARD);
      process = b.start();
      out = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
      in =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  /// Returns the system's name with its version and then its modes; one line `- REASON` if it
  /// cannot be used.
  List<String> modes() {
    return List.of(ask("modes").split("\t"));
  }

  /// Sets a workload up.
  Case setUp(Workload work, String name, String mode) {
    String check = ask("set up " + work.id() + " " + mode);
    if (check.startsWith("- ")) {
      throw new IllegalStateException(name + " " + mode + " " + work.id() + ": " + check);
    }
    return new Case() {
      @Override
      public String system() {
        return name;
      }

      @Override
      public String mode() {
        return mode;
      }

      @Override
      public String check() {
        return check;
      }

      @Override
      public double run(long nanos) {
        return Double.parseDouble(ask("run " + work.id() + " " + mode + " " + nanos));
      }
    };
  }

  private String ask(String question) {
    try {
      out.write(question + "\n");
      out.flush();
      String answer = in.readLine();
      return answer == null ? "- the process has ended" : answer;
    } catch (IOException e) {
      return "- " + e.getMessage();
    }
  }

  @Override
  public void close() {
    process.destroy();
  }

  /// Starts all systems that are installed; `problems` gets the reasons for the others.
  static List<Peer> start(String python, Path script, int threads, List<String> problems) {
    List<Peer> all = new ArrayList<>();
    for (String system : List.of("tensorflow", "torch")) {
      Peer p = new Peer(python, script, system, threads);
      List<String> modes = p.modes();
      if (modes.getFirst().startsWith("- ")) {
        problems.add(system + ": " + modes.getFirst().substring(2));
        p.close();
      } else {
        all.add(p);
      }
    }
    return all;
  }
}
