package dev.merapi.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Who used the processors: the share of the machine that processes other than the measured ones
/// had. Known on Linux only.
final class Load {
  private final List<Long> processes;
  private double[] before;

  /// @param processes the numbers of the processes that are measured
  Load(List<Long> processes) {
    this.processes = processes;
    this.before = now();
  }

  /// Returns the others' share, 0 to 1, since the last call; NaN where it cannot be known.
  double others() {
    double[] then = before;
    double[] now = now();
    before = now;
    double passed = now[2] - then[2];
    return Math.max(0, (now[0] - then[0] - (now[1] - then[1])) / passed);
  }

  /// Busy ticks of the machine, of the measured processes, and all ticks that passed.
  private double[] now() {
    try {
      String[] f = Files.readAllLines(Path.of("/proc/stat")).getFirst().trim().split("\\s+");
      double total = 0;
      for (int i = 1; i <= 8; i++) {
        total += Double.parseDouble(f[i]);
      }
      double idle = Double.parseDouble(f[4]) + Double.parseDouble(f[5]);
      double own = 0;
      for (long p : processes) {
        String s = Files.readString(Path.of("/proc/" + p + "/stat"));
        // The program's name may hold spaces; it ends with the last bracket.
        String[] q = s.substring(s.lastIndexOf(')') + 2).split(" ");
        own += Double.parseDouble(q[11]) + Double.parseDouble(q[12]);
      }
      return new double[] {total - idle, own, total};
    } catch (IOException e) {
      return new double[] {Double.NaN, Double.NaN, Double.NaN};
    }
  }
}
