package dev.merapi.bench;

import dev.merapi.device.Workers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Measures workloads eagerly and as graphs, side by side, and beside other systems if asked to.
@Command(
    name = "functions",
    mixinStandardHelpOptions = true,
    description = {
      "Measures models eagerly and as graphs, in turns, with one thread and with all.",
      "%nTurns that other processes disturb are set aside as long as there are quiet ones."
    })
final class FunctionsBench implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "WORK",
      description = "the workloads to measure: W1, W2, W3, W6 (default: all)")
  private List<String> works = new ArrayList<>();

  @Option(
      names = "--peers",
      description = "also measures TensorFlow and PyTorch where Python has them")
  private boolean peers;

  @Option(
      names = "--python",
      paramLabel = "FILE",
      defaultValue = "python3",
      description =
          "the Python with the peers, of a virtual environment for example"
              + " (default: ${DEFAULT-VALUE})")
  private String python;

  @Option(names = "--json", paramLabel = "FILE", description = "writes the results, one a line")
  private Optional<Path> json = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      split = ",",
      description = "numbers of threads (default: 1 and that of the processors)")
  private List<Integer> threads = new ArrayList<>();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "4",
      description = "quiet seconds for each workload (default: ${DEFAULT-VALUE})")
  private double seconds;

  @Option(
      names = "--most",
      paramLabel = "S",
      defaultValue = "20",
      description = "seconds to wait for quiet before loud turns count (default: ${DEFAULT-VALUE})")
  private double most;

  /// For picocli, which builds every command from its class.
  FunctionsBench() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    List<Workload> chosen =
        Workloads.ALL.stream().filter(w -> works.isEmpty() || works.contains(w.id())).toList();
    List<Integer> counts = threads;
    if (counts.isEmpty()) {
      counts = Workers.threads() == 1 ? List.of(1) : List.of(1, Workers.threads());
    }
    List<Line> lines = new ArrayList<>();
    for (int n : counts) {
      Workers.setThreads(n);
      List<String> problems = new ArrayList<>();
      Path script =
          Path.of(System.getProperty("merapi.root", "."), "tests/src/test/bench/peers.py");
      List<Peer> others = peers ? Peer.start(python, script, n, problems) : List.of();
      problems.forEach(p -> out.println("left out: " + p));
      try {
        for (Workload w : chosen) {
          measure(w, n, others, lines, out);
        }
      } finally {
        others.forEach(Peer::close);
      }
    }
    if (json.isPresent()) {
      Files.write(json.get(), lines.stream().map(Line::json).toList());
    }
    return 0;
  }

  private void measure(Workload w, int n, List<Peer> others, List<Line> lines, PrintWriter out) {
    List<Case> cases = new ArrayList<>(List.of(new Own(w, false), new Own(w, true)));
    List<Long> processes = new ArrayList<>(List.of(ProcessHandle.current().pid()));
    for (Peer p : others) {
      processes.add(p.pid());
      List<String> modes = p.modes();
      for (String mode : modes.subList(1, modes.size())) {
        cases.add(p.setUp(w, modes.getFirst(), mode));
      }
    }
    out.printf("%n%s, %d thread%s: %s%n", w.id(), n, n == 1 ? "" : "s", w.title());
    out.flush();
    double share = seconds / Math.max(1, cases.size() / 2.0);
    Timing.Times t = Timing.take(cases, processes, Math.min(2, share), seconds, most);
    out.printf(
        "  %-22s %-9s %10s  %-19s %8s  %s%n", "", "", "ms a step", "p10 .. p90", "gain", "check");
    for (int i = 0; i < cases.size(); i++) {
      Line l = Line.of(w, n, cases.get(i), i, t);
      lines.add(l);
      out.printf(
          Locale.ROOT,
          "  %-22s %-9s %10.4g  %-19s %7.2fx  %s%n",
          l.system(),
          l.mode(),
          l.median(),
          String.format(Locale.ROOT, "%.4g .. %.4g", l.low(), l.high()),
          l.gain(),
          l.check());
    }
    out.printf(
        Locale.ROOT,
        "  (%d rounds%s; other processes had %s of the machine)%n",
        t.rounds().length,
        t.quiet() ? "" : ", none of them quiet",
        Double.isNaN(t.others()) ? "an unknown share" : Math.round(100 * t.others()) + " %");
    out.flush();
  }
}
