package dev.merapi.bench;

/// A workload in this process.
final class Own implements Case {
  private final String mode;
  private final Steps steps;

  Own(Workload work, boolean graph) {
    this.mode = graph ? "graph" : "eager";
    this.steps = work.setUp().apply(graph);
    if (!work.accepts(steps.check())) {
      throw new IllegalStateException(
          work.id() + " " + mode + " computes " + steps.check() + ", expected " + work.sound());
    }
  }

  @Override
  public String system() {
    return "Merapi";
  }

  @Override
  public String mode() {
    return mode;
  }

  @Override
  public String check() {
    return steps.check();
  }

  @Override
  public double run(long nanos) {
    long begin = System.nanoTime();
    long now = begin;
    int n = 0;
    while (now - begin < nanos) {
      steps.step().run();
      n++;
      now = System.nanoTime();
    }
    return (now - begin) / 1e6 / n;
  }
}
