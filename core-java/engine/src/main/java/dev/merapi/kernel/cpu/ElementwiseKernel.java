package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Expr;
import dev.merapi.op.Call;
import dev.merapi.op.Kernel;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleFunction;

/// Computes a scalar expression over whole tensors: the CPU kernel of every element-wise operation.
public final class ElementwiseKernel implements Kernel {
  private final LoopTable table;
  private final int typed;

  private ElementwiseKernel(LoopTable table, int typed) {
    this.table = table;
    this.typed = typed;
  }

  /// Returns the kernel of an expression whose inputs have one type.
  public static Kernel of(Expr meaning) {
    return new ElementwiseKernel(LoopTable.of(meaning), 0);
  }

  /// Returns the kernel of an expression whose first input is bool and whose others have one type.
  public static Kernel select(Expr meaning) {
    return new ElementwiseKernel(LoopTable.select(meaning), 1);
  }

  /// Returns a kernel whose expression depends on a float attribute.
  public static Kernel by(String attribute, DoubleFunction<Expr> meaning) {
    return new ByAttribute(attribute, meaning, new ConcurrentHashMap<>());
  }

  /// A kernel for each value of an attribute.
  record ByAttribute(String attribute, DoubleFunction<Expr> meaning, Map<Double, Kernel> known)
      implements Kernel {
    @Override
    public void run(Call c) {
      double a = c.attrs.f(attribute);
      Kernel k = known.get(a);
      if (k == null) {
        k = of(meaning.apply(a));
        if (known.size() < 64) {
          known.put(a, k);
        }
      }
      k.run(c);
    }
  }

  @Override
  public void run(Call c) {
    Tensor out = c.out(0);
    Tensor a = c.in(0);
    DType t = c.dtype(typed);
    try {
      switch (c.ins()) {
        case 1 ->
            Elementwise.run(
                table, t, a.segment(), a.shape().rawDims(), out.segment(), out.shape().rawDims());
        case 2 -> {
          Tensor b = c.in(1);
          Elementwise.run(
              table,
              t,
              a.segment(),
              a.shape().rawDims(),
              b.segment(),
              b.shape().rawDims(),
              out.segment(),
              out.shape().rawDims());
        }
        default -> {
          Tensor b = c.in(1);
          Tensor d = c.in(2);
          Elementwise.run(
              table,
              t,
              a.segment(),
              a.shape().rawDims(),
              b.segment(),
              b.shape().rawDims(),
              d.segment(),
              d.shape().rawDims(),
              out.segment(),
              out.shape().rawDims());
        }
      }
    } catch (ArithmeticException e) {
      throw failed(c);
    }
  }

  private static RuntimeException failed(Call c) {
    if (c.op.name().equals("Pow")) {
      return c.fault("Integers to negative integer powers are not allowed")
          .expected("exponents of 0 or more")
          .fix("convert to float32 first: tf.cast(x, tf.float32)")
          .valueError();
    }
    return c.fault("Integer division by zero").expected("a divisor without zeros").valueError();
  }
}
