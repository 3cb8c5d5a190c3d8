package dev.merapi.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Times several cases of one workload side by side: in each round every case has a turn, so that
/// whatever else the machine does falls on all of them alike.
///
/// Rounds in which other processes had more than [#QUIET] of the machine are set aside while there
/// are quiet ones to be had.
final class Timing {
  /// The share of the machine that others may have in a quiet round.
  static final double QUIET = 0.03;

  private static final int FEWEST = 5;

  /// Times of all cases, in their order.
  ///
  /// @param rounds milliseconds a step, by round and case
  /// @param others the share of the machine that other processes had
  /// @param quiet whether only quiet rounds are in it
  record Times(double[][] rounds, double others, boolean quiet) {
    /// Returns the median of a case.
    double median(int i) {
      return quantile(column(i), 0.5);
    }

    double quantile(int i, double q) {
      return quantile(column(i), q);
    }

    /// Returns the q-quantile of how many times longer case `a` takes than case `b` in one round.
    double ratio(int a, int b, double q) {
      double[] r = new double[rounds.length];
      for (int i = 0; i < r.length; i++) {
        r[i] = rounds[i][a] / rounds[i][b];
      }
      return quantile(r, q);
    }

    private double[] column(int i) {
      return Arrays.stream(rounds).mapToDouble(r -> r[i]).toArray();
    }

    private static double quantile(double[] v, double q) {
      double[] s = v.clone();
      Arrays.sort(s);
      return s[Math.min(s.length - 1, (int) (s.length * q))];
    }
  }

  private Timing() {}

  /// @param warm seconds before anything counts, for each case
  /// @param measure seconds that count, all cases together
  /// @param most seconds after which loud rounds count too, if there are not enough quiet ones
  static Times take(
      List<? extends Case> cases, List<Long> processes, double warm, double measure, double most) {
    long turn = 50_000_000;
    for (Case c : cases) {
      // A turn takes five steps at least, so that the slowest case is measured as well.
      double step = c.run((long) (warm * 1e9));
      turn = Math.max(turn, (long) (5e6 * step));
    }
    turn = Math.min(turn, 400_000_000);
    Load load = new Load(processes);
    List<double[]> quiet = new ArrayList<>();
    List<double[]> all = new ArrayList<>();
    double quietOthers = 0;
    double allOthers = 0;
    long begin = System.nanoTime();
    double quietSeconds = 0;
    while (quiet.size() < FEWEST || quietSeconds < measure) {
      if ((System.nanoTime() - begin) / 1e9 > most && all.size() >= FEWEST) {
        break;
      }
      long start = System.nanoTime();
      double[] round = new double[cases.size()];
      for (int i = 0; i < round.length; i++) {
        // Every other round goes backwards: the first after a pause is not always the same one.
        int at = all.size() % 2 == 0 ? i : round.length - 1 - i;
        round[at] = cases.get(at).run(turn);
      }
      double others = load.others();
      all.add(round);
      allOthers += others;
      if (!(others > QUIET)) {
        quiet.add(round);
        quietOthers += others;
        quietSeconds += (System.nanoTime() - start) / 1e9;
      }
    }
    boolean enough = quiet.size() >= FEWEST;
    List<double[]> use = enough ? quiet : all;
    return new Times(
        use.toArray(double[][]::new), (enough ? quietOthers : allOthers) / use.size(), enough);
  }
}
