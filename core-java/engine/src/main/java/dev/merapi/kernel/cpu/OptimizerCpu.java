package dev.merapi.kernel.cpu;

import dev.merapi.memory.Cell;
import dev.merapi.op.Call;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Half;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;

/// Carries out the steps of optimizers: checks, locks the places, finds where to write, and runs
/// the formulas of [StepPass] over tiles.
///
/// All places of a step stay locked while it runs, always in the same order, so that steps of
/// several threads do not mix and never wait for each other in a circle.
public final class OptimizerCpu {
  private OptimizerCpu() {}

  /// var −= alpha · delta; inputs: var, alpha, delta.
  public static void gradientDescent(Call c) {
    Cell var = c.cell(0);
    synchronized (var) {
      Tensor x = var.peek();
      StateCpu.like(c, 2, x);
      Tensor y = var.target();
      StepPass p = StepPass.take();
      p.var(x, y);
      p.grad = c.in(2).segment();
      p.rate = c.in(1).segment();
      p.run(StepPass.Rule.DESCENT, x.dtype(), x.size());
      var.settle(y);
    }
    Reference.reachabilityFence(c);
  }

  /// Inputs: var, accum, lr, grad, momentum.
  public static void momentum(Call c) {
    boolean nesterov = c.attrs.b("use_nesterov");
    momentum(c, nesterov ? StepPass.Rule.NESTEROV : StepPass.Rule.MOMENTUM);
  }

  /// Inputs: var, accum, lr, grad, momentum.
  public static void kerasMomentum(Call c) {
    boolean nesterov = c.attrs.b("use_nesterov");
    momentum(c, nesterov ? StepPass.Rule.KERAS_NESTEROV : StepPass.Rule.KERAS_MOMENTUM);
  }

  private static void momentum(Call c, StepPass.Rule rule) {
    Cell var = c.cell(0);
    Cell accum = c.cell(1);
    apart(c, var, accum, accum);
    synchronized (Cell.first(var, accum)) {
      synchronized (Cell.last(var, accum)) {
        Tensor x = var.peek();
        Tensor a = accum.peek();
        slot(c, 1, x, a);
        StateCpu.like(c, 3, x);
        Tensor newX = var.target();
        Tensor newA = accum.target();
        StepPass p = StepPass.take();
        p.var(x, newX);
        p.slot1(a, newA);
        p.rate = c.in(2).segment();
        p.grad = c.in(3).segment();
        p.beta1 = c.in(4).segment();
        p.run(rule, x.dtype(), x.size());
        var.settle(newX);
        accum.settle(newA);
      }
    }
    Reference.reachabilityFence(c);
  }

  /// Inputs: var, m, v, beta1_power, beta2_power, lr, beta1, beta2, epsilon, grad.
  public static void adam(Call c) {
    Cell var = c.cell(0);
    Cell m = c.cell(1);
    Cell v = c.cell(2);
    apart(c, var, m, v);
    Cell low = Cell.first(Cell.first(var, m), v);
    Cell high = Cell.last(Cell.last(var, m), v);
    Cell middle = Cell.last(Cell.first(var, m), Cell.first(Cell.last(var, m), v));
    synchronized (low) {
      synchronized (middle) {
        synchronized (high) {
          adam(c, var, m, v);
        }
      }
    }
    Reference.reachabilityFence(c);
  }

  private static void adam(Call c, Cell varCell, Cell mCell, Cell vCell) {
    Tensor x = varCell.peek();
    Tensor m = mCell.peek();
    Tensor v = vCell.peek();
    slot(c, 1, x, m);
    slot(c, 2, x, v);
    StateCpu.like(c, 9, x);
    Tensor newX = varCell.target();
    Tensor newM = mCell.target();
    Tensor newV = vCell.target();
    StepPass p = StepPass.take();
    p.var(x, newX);
    p.slot1(m, newM);
    p.slot2(v, newV);
    p.rate = corrected(c, p.number(), x.dtype());
    p.beta1 = c.in(6).segment();
    p.beta2 = c.in(7).segment();
    p.epsilon = c.in(8).segment();
    p.grad = c.in(9).segment();
    boolean nesterov = c.attrs.b("use_nesterov");
    p.run(nesterov ? StepPass.Rule.NADAM : StepPass.Rule.ADAM, x.dtype(), x.size());
    varCell.settle(newX);
    mCell.settle(newM);
    vCell.settle(newV);
  }

  /// Returns lr · √(1 − β₂ᵗ) / (1 − β₁ᵗ), computed in float64 for float64 and in float32 for the
  /// others, as TensorFlow does.
  private static MemorySegment corrected(Call c, MemorySegment to, DType t) {
    double power1 = number(c.in(3).segment(), t);
    double power2 = number(c.in(4).segment(), t);
    double rate = number(c.in(5).segment(), t);
    double y =
        t == DType.F64
            ? rate * Math.sqrt(1 - power2) / (1 - power1)
            : (float) rate * (float) Math.sqrt(1 - (float) power2) / (1 - (float) power1);
    Values.put(to, Formula.wide(t), 0, y);
    return to;
  }

  private static double number(MemorySegment s, DType t) {
    return switch (t) {
      case F64 -> s.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, 0);
      case F32 -> s.get(ValueLayout.JAVA_FLOAT_UNALIGNED, 0);
      case BF16 -> Half.fromBf16(s.get(ValueLayout.JAVA_SHORT_UNALIGNED, 0));
      default -> Half.fromF16(s.get(ValueLayout.JAVA_SHORT_UNALIGNED, 0));
    };
  }

  private static void apart(Call c, Cell a, Cell b, Cell d) {
    if (a == b || a == d) {
      throw c.fault("variable '" + a.name() + "' is its own slot")
          .expected("a variable of its own for each slot")
          .valueError();
    }
  }

  private static void slot(Call c, int i, Tensor var, Tensor slot) {
    if (!slot.spec().equals(var.spec())) {
      throw c.fault(
              "var and "
                  + c.op.inputs().get(i).name()
                  + " do not have the same shape "
                  + var.shape().brackets()
                  + " "
                  + slot.shape().brackets())
          .expected(var.spec().toString())
          .shapeError();
    }
  }
}
