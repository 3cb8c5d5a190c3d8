package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Fusion;
import dev.merapi.tensor.DType;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The loops of a fusion, whatever its shape: kernels that differ in shapes alone share them.
///
/// They begin as the loops of single operations, run by turns over stretches that stay in the
/// first-level cache. Once that has happened often enough, loops that do many operations at once
/// are compiled by the thread that warms loops up, and take over when they are fast. Both give the
/// same bits, so where they change over cannot be seen.
final class FusedCode {
  /// What the loops depend on. Bit i of `single` says that input i is one element; `outputs` are
  /// the values that are written.
  record Key(List<DType> inputs, long single, List<Fusion.Node> nodes, List<Integer> outputs) {}

  /// As many as there are loops of single operations, at most; see [Loops].
  private static final int REMEMBERED = 1024;

  /// Elements seen before compiling pays.
  private static final long OFTEN = 1 << 16;

  private static final ConcurrentHashMap<Key, FusedCode> KNOWN = new ConcurrentHashMap<>();

  private final StagePlanner planner;
  private final long cost;

  /// Written by the warming thread, and read once a run.
  private volatile StagePlan plan;

  /// Counted without care for other threads: it only decides when to compile.
  private long seen;

  private FusedCode(Key key) {
    planner = new StagePlanner(key);
    plan = planner.single(planner.canJoin());
    cost = planner.cost();
  }

  static FusedCode of(Key key) {
    FusedCode code = KNOWN.get(key);
    if (code == null) {
      FusedCode made = new FusedCode(key);
      if (KNOWN.size() >= REMEMBERED) {
        KNOWN.clear();
      }
      FusedCode earlier = KNOWN.putIfAbsent(key, made);
      code = earlier == null ? made : earlier;
    }
    return code;
  }

  /// Returns the estimated work for one element in picoseconds on one core.
  long cost() {
    return cost;
  }

  /// Returns the fastest loops there are so far, for a run over `n` elements.
  StagePlan plan(long n) {
    if (seen < OFTEN) {
      seen += n;
      if (seen >= OFTEN && planner.canJoin()) {
        WarmUp.later(this::compile);
      }
    }
    return plan;
  }

  /// Returns the loops of single operations; if only `meanwhile`, they are not warmed up for it.
  StagePlan single(boolean meanwhile) {
    return planner.single(meanwhile);
  }

  /// Returns loops that do many operations at once, cold, or null if that gains nothing.
  @Nullable StagePlan joint() {
    return planner.joint();
  }

  private void compile() {
    StagePlan joint = planner.joint();
    if (joint != null) {
      warm(joint, 0);
    } else {
      use(planner.single(false));
    }
  }

  /// Lets runs that begin from now on take these loops.
  void use(StagePlan better) {
    plan = better;
  }

  /// Warms the stages from number `from` on, and then puts the plan to use.
  private void warm(StagePlan joint, int from) {
    Stage[] stages = joint.stages();
    for (int i = from; i < stages.length; i++) {
      if (stages[i] instanceof Stage.Joint s && s.vector != s.scalar) {
        int next = i + 1;
        WarmUp.askFused(
            s.scalar,
            s.vector,
            s.lanes,
            s.results,
            () -> warm(joint, next),
            () -> use(planner.single(false)));
        return;
      }
    }
    use(joint);
  }
}
