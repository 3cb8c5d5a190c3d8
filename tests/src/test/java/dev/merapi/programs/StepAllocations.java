package dev.merapi.programs;

import dev.merapi.eager.Variable;
import dev.merapi.op.Attrs;
import dev.merapi.op.Call;
import dev.merapi.op.OpDef;
import dev.merapi.op.Registry;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.lang.management.ManagementFactory;

/// Prints how many bytes of Java heap one step of each optimizer takes once it is compiled: the
/// least of several rounds, because the compiler's own work is counted too.
final class StepAllocations {
  private static final int ELEMENTS = 4096;
  private static final int WARM_UP = 20_000;
  private static final int ROUNDS = 7;
  private static final int CALLS = 1000;

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private StepAllocations() {}

  public static void main(String[] args) {
    Variable var = new Variable(tf.ones(ELEMENTS));
    Variable slot = new Variable(tf.zeros(ELEMENTS));
    Variable second = new Variable(tf.zeros(ELEMENTS));
    Tensor grad = tf.fill(new int[] {ELEMENTS}, 0.5f);
    Tensor rate = tf.constant(0.001f);
    Tensor zero = tf.constant(0f);
    Tensor v = var.handle();
    Tensor a = slot.handle();
    Tensor b = second.handle();
    print("add", false, "AssignAddVariableOp", v, grad);
    print("descent", false, "ResourceApplyGradientDescent", v, rate, grad);
    print("momentum", false, "ResourceApplyMomentum", v, a, rate, grad, rate);
    print("nesterov", true, "ResourceApplyMomentum", v, a, rate, grad, rate);
    print("keras", true, "ResourceApplyKerasMomentum", v, a, rate, grad, rate);
    Tensor[] adam = {v, a, b, zero, zero, rate, rate, rate, rate, grad};
    print("adam", false, "ResourceApplyAdam", adam);
    print("nadam", true, "ResourceApplyAdam", adam);
    print("ftrl", false, "ResourceApplyFtrl", v, a, b, grad, rate, zero, zero, tf.constant(-0.5f));
    Tensor four = tf.fill(new int[] {4}, 0.5f);
    Tensor five = tf.fill(new int[] {5}, 0.5f);
    print("keras-adam", "adam", grad, four, v, a, b);
    print("keras-rmsprop", "rmsprop_momentum", grad, five, v, a, b);
  }

  private static void print(String what, String rule, Tensor... in) {
    OpDef op = Registry.find("_TrainStep");
    print(what, op, op.attrs("rule", rule), in);
  }

  private static void print(String what, boolean nesterov, String name, Tensor... in) {
    OpDef op = Registry.find(name);
    print(what, op, nesterov ? op.attrs("use_nesterov", true) : op.defaults(), in);
  }

  private static void print(String what, OpDef op, Attrs attrs, Tensor... in) {
    Call call = new Call(op, attrs, in);
    op.infer().infer(call);
    for (int i = 0; i < WARM_UP; i++) {
      op.cpu().run(call);
    }
    long least = Long.MAX_VALUE;
    for (int r = 0; r < ROUNDS; r++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        op.cpu().run(call);
      }
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    // The bean's own answer may be counted once a round.
    System.out.println(what + " " + least / CALLS);
  }
}
