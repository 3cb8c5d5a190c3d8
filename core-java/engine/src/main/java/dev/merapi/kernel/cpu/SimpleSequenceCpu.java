package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Expr;
import dev.merapi.memory.Scope;
import dev.merapi.op.Call;
import java.lang.foreign.MemorySegment;

/// Keras's SimpleRNN over whole sequences: `h = activation(x·w + h·r + b)`.
public final class SimpleSequenceCpu extends SequenceCpu {
  private static final Expr X = Expr.in(0);
  private static final Expr Y = Expr.in(1);
  private static final Expr Z = Expr.in(2);
  private static final Expr ONE = Expr.c(1);

  private MemorySegment bias = MemorySegment.NULL;
  private final SteadyProduct product;
  private final RowLoop forward;
  private final RowLoop back;

  private SimpleSequenceCpu(Call c, boolean goesBack) {
    super(c, 1);
    product = SteadyProduct.of(math.type, 0, goesBack, units, units, recurrent, 0, units);
    String f = c.attrs.s("activation");
    RowLoop.Builder b = RowLoop.of(math.type, 2);
    int h = b.apply(activation(f, X.add(Y)), 0, 1);
    // Twice, for the slot and for the next step.
    forward = b.writes(h, b.apply(X, h));
    RowLoop.Builder d = RowLoop.of(math.type, 3);
    back = d.writes(d.apply(slope(f).mul(Y.add(Z)), 0, 1, 2));
  }

  private static Expr activation(String name, Expr e) {
    return switch (name) {
      case "tanh" -> e.tanh();
      case "sigmoid" -> e.sigmoid();
      case "relu" -> e.max(Expr.c(0));
      default -> e;
    };
  }

  /// Returns the slope of an activation whose result is x.
  private static Expr slope(String name) {
    return switch (name) {
      case "tanh" -> ONE.sub(X.mul(X));
      case "sigmoid" -> ONE.sub(X).mul(X);
      case "relu" -> X.gt(Expr.c(0)).select(ONE, Expr.c(0));
      default -> ONE;
    };
  }

  /// Outputs: outputs, last output; results of the activation, outputs before.
  public static void forward(Call c) {
    for (int i = 0; i < c.outs(); i++) {
      c.out(i);
    }
    try (Scope _ = Scope.open()) {
      SimpleSequenceCpu s = new SimpleSequenceCpu(c, false);
      s.bias = s.math.in(c.in("bias"));
      s.forward(1);
    }
  }

  @Override
  int gatesOut() {
    return 2;
  }

  @Override
  void step(int t, int r0, int r1) {
    long at = gateAt(r0, t);
    product.multiply(r1 - r0, before, stateAt(r0, t), stateStride(), gates, at, gateStride(), true);
    RowLoop.Use u = forward.use((long) (r1 - r0) * units);
    u.in(1, bias, 0);
    for (int b = r0; b < r1; b++) {
      if (!isMasked(b, t)) {
        u.in(0, gates, gateAt(b, t));
        u.out(0, gates, gateAt(b, t));
        u.out(1, stateTo(t), stateToAt(b, t));
        u.run(units);
      }
    }
    u.end();
  }

  /// Outputs: gradients of input, first output, kernel, recurrent kernel and bias.
  public static void backward(Call c) {
    for (int i = 0; i < c.outs(); i++) {
      c.out(i);
    }
    try (Scope _ = Scope.open()) {
      new SimpleSequenceCpu(c, true).backward();
    }
  }

  private void backward() {
    backward(1, 1);
    if (needsInput()) {
      MemorySegment dx = math.out(call.out(0));
      inputGradient(dx, 0, 1, 0, 1, false);
      math.finish(dx, call.out(0));
    }
    MemorySegment dw = math.out(call.out(2));
    kernelGradient(dw, 0, 1, 0, 1);
    math.finish(dw, call.out(2));
    MemorySegment dr = math.out(call.out(3));
    weightGradient(before, 0, units, units, dr, 0, 1, 0, 1);
    math.finish(dr, call.out(3));
    MemorySegment db = math.out(call.out(4));
    db.copyFrom(sums());
    math.finish(db, call.out(4));
  }

  @Override
  void stepBack(int t, int r0, int r1) {
    RowLoop.Use u = back.use((long) (r1 - r0) * units);
    for (int b = r0; b < r1; b++) {
      if (isMasked(b, t)) {
        continue;
      }
      u.in(0, gates, gateAt(b, t));
      u.in(1, dh, (long) b * units);
      placeArriving(u, 2, b, t);
      u.out(0, dGates, dGateAt(b, t));
      u.run(units);
      arrived(b);
      fill(dh, (long) b * units, units);
    }
    u.end();
    product.multiply(
        r1 - r0, dGates, dGateAt(r0, t), gateStride(), dh, (long) r0 * units, units, true);
  }
}
