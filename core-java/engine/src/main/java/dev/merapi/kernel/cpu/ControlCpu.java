package dev.merapi.kernel.cpu;

import dev.merapi.memory.Memory;
import dev.merapi.memory.Scope;
import dev.merapi.op.Body;
import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// Runs the graphs that calls of control flow hold.
///
/// What a body returns carries a claim of the caller's. A loop gives the values of one iteration
/// back as soon as the next one has made its own, so that it holds two generations at most.
public final class ControlCpu {
  private ControlCpu() {}

  /// Runs one of two branches.
  public static void branch(Call c) {
    Body taken = c.attrs.body(isTrue(c.in(0)) ? "then_branch" : "else_branch");
    run(c, taken, rest(c, 1));
  }

  /// Runs the branch with the given number; the last one for all other numbers.
  public static void choose(Call c) {
    Body[] branches = c.attrs.bodies("branches");
    int i = c.in(0).intValue();
    run(c, branches[i < 0 || i >= branches.length ? branches.length - 1 : i], rest(c, 1));
  }

  /// Runs a graph as it is.
  public static void call(Call c) {
    run(c, c.attrs.body("f"), c.inputs());
  }

  /// Runs a body as long as a condition holds.
  public static void loop(Call c) {
    Body cond = c.attrs.body("cond");
    Body body = c.attrs.body("body");
    Tensor[] first = c.inputs();
    check(c, cond, first);
    check(c, body, first);
    Tensor[] now = first;
    Scope scope = Scope.suspend();
    try {
      while (holds(cond, now)) {
        Tensor[] next = body.run(now);
        if (now != first) {
          release(now);
        }
        now = next;
      }
    } catch (Throwable t) {
      if (now != first) {
        release(now);
      }
      throw t;
    } finally {
      Scope.resume(scope);
    }
    for (int i = 0; i < now.length; i++) {
      if (now == first) {
        // No iteration at all: the result is the input, under a tensor object and claim of its own.
        c.give(i, Memory.alias(now[i], now[i].spec()));
      } else {
        c.give(i, now[i]);
        if (scope != null) {
          scope.adopt(now[i]);
        }
      }
    }
  }

  private static void check(Call c, Body body, Tensor[] in) {
    Spec[] want = body.inputSpecs();
    for (int i = 0; i < in.length; i++) {
      if (!want[i].shape().accepts(in[i].shape())) {
        throw c.fault("input " + i + " of graph '" + body.name() + "' has shape " + in[i].shape())
            .expected(want[i].toString())
            .shapeError();
      }
    }
  }

  private static boolean holds(Body cond, Tensor[] in) {
    Tensor t = cond.run(in)[0];
    boolean yes = isTrue(t);
    t.storage().release();
    return yes;
  }

  private static void release(Tensor[] values) {
    for (Tensor t : values) {
      t.storage().release();
    }
  }

  /// Tells whether a value counts as true: a scalar that is not zero, a text that is not empty; of
  /// other shapes, one that has elements.
  static boolean isTrue(Tensor t) {
    if (t.rank() > 0) {
      return t.size() > 0;
    }
    if (t.dtype() == DType.BOOL) {
      return t.segment().get(ValueLayout.JAVA_BYTE, 0) != 0;
    }
    return t.dtype() == DType.STRING ? t.strings()[0].length > 0 : t.item() != 0;
  }

  private static Tensor[] rest(Call c, int from) {
    return Arrays.copyOfRange(c.inputs(), from, c.ins());
  }

  private static void run(Call c, Body body, Tensor[] in) {
    check(c, body, in);
    Tensor[] out = body.run(in);
    for (int i = 0; i < out.length; i++) {
      c.give(i, out[i]);
    }
  }
}
