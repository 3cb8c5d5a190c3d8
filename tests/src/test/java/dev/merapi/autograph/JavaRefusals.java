package dev.merapi.autograph;

import dev.merapi.eager.Variable;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Functions that no graph can hold. Each must be refused while it is traced, by a message that names
/// the variable and the line; the expected texts lie in `autograph/refusals.txt`.
public final class JavaRefusals {
  private JavaRefusals() {}

  private static boolean gt(Tensor x, double y) {
    return tf.greater(x, (float) y).booleanValue();
  }

  public static Tensor counter(Tensor x) {
    Tensor n = x;
    int k = 0;
    while (gt(n, 1)) {
      n = tf.divide(n, 2f);
      k++;
    }
    return tf.add(n, (float) k);
  }

  public static Tensor intOfArms(Tensor x) {
    int k;
    if (gt(x, 0)) {
      k = 2;
    } else {
      k = 3;
    }
    return tf.multiply(x, (float) k);
  }

  public static Tensor zeroOrOne(Tensor x) {
    int k = 0;
    if (gt(x, 0)) {
      k = 1;
    }
    return tf.multiply(x, (float) k);
  }

  public static Tensor stringOfArms(Tensor x) {
    String s = "a";
    if (gt(x, 0)) {
      s = "b";
    }
    return s.equals("a") ? x : tf.negative(x);
  }

  public static Tensor listOfOneArm(Tensor x) {
    List<Tensor> all = new ArrayList<>(List.of(x));
    if (gt(x, 0)) {
      all.add(tf.negative(x));
    }
    return all.get(0);
  }

  public static Tensor listGrows(Tensor x) {
    List<Tensor> steps = new ArrayList<>();
    Tensor n = x;
    while (gt(n, 1)) {
      n = tf.divide(n, 2f);
      steps.add(n);
    }
    return n;
  }

  public static Tensor keysOfOneArm(Tensor x) {
    Map<String, Tensor> named = new HashMap<>();
    if (gt(x, 0)) {
      named.put("a", x);
    } else {
      named.put("b", x);
    }
    return named.values().iterator().next();
  }

  static final class Counter {
    int steps;
    String last = "";

    void step() {
      steps++;
    }
  }

  public static Tensor hostFieldInArm(Tensor x) {
    Counter c = new Counter();
    if (gt(x, 0)) {
      c.step();
    }
    return tf.add(x, (float) c.steps);
  }

  public static Tensor hostFieldInLoop(Tensor x) {
    Counter c = new Counter();
    Tensor n = x;
    while (gt(n, 0)) {
      n = tf.subtract(n, 1f);
      c.step();
    }
    return tf.add(n, (float) c.steps);
  }

  static int calls;

  public static Tensor staticField(Tensor x) {
    if (gt(x, 0)) {
      calls++;
      return x;
    }
    return tf.negative(x);
  }

  public static Tensor arrayOfInts(Tensor x) {
    int[] k = {1};
    if (gt(x, 0)) {
      k[0] = 5;
    }
    return tf.multiply(x, (float) k[0]);
  }

  public static Tensor text(Tensor x) {
    StringBuilder b = new StringBuilder();
    if (gt(x, 0)) {
      b.append("positive");
    }
    return b.isEmpty() ? x : tf.negative(x);
  }

  public static Tensor dtypes(Tensor x) {
    Tensor y = x;
    if (gt(x, 0)) {
      y = tf.cast(x, tf.int32);
    }
    return y;
  }

  public static Tensor dtypeInLoop(Tensor x) {
    Tensor n = x;
    while (gt(tf.cast(n, tf.float32), 1)) {
      n = tf.cast(tf.divide(n, 2f), tf.float64);
    }
    return n;
  }

  public static Tensor nullOfArm(Tensor x) {
    Tensor y = null;
    if (gt(x, 0)) {
      y = x;
    }
    return y == null ? tf.negative(x) : y;
  }

  public static Tensor nullBeforeLoop(Tensor x) {
    Tensor best = null;
    Tensor n = x;
    while (gt(n, 0)) {
      best = n;
      n = tf.subtract(n, 1f);
    }
    return best == null ? x : best;
  }

  public static Tensor vectorCondition(Tensor x) {
    Tensor v = tf.stack(List.of(x, x));
    return tf.greater(v, 0f).booleanValue() ? x : tf.negative(x);
  }

  public static Tensor numberInArithmetic(Tensor x) {
    float v = x.floatValue();
    return tf.multiply(x, v + 1);
  }

  public static Tensor numberAsIndex(Tensor x) {
    float[] table = {1, 2, 3};
    return tf.multiply(x, table[tf.cast(x, tf.int32).intValue()]);
  }

  public static Tensor truthAsArgument(Tensor x) {
    return tf.reduceSum(tf.constant(String.valueOf(gt(x, 0)).length()));
  }

  public static Tensor truthThroughPredicate(Tensor x) {
    Predicate<Tensor> positive = t -> gt(t, 0);
    return positive.test(x) ? x : tf.negative(x);
  }

  public static Tensor truthInField(Tensor x) {
    boolean[] flags = {false};
    flags[0] = gt(x, 0);
    return flags[0] ? x : tf.negative(x);
  }

  public static Tensor twoObjects(Tensor x) {
    Counter c = gt(x, 0) ? new Counter() : new Counter();
    return tf.add(x, (float) c.steps);
  }

  static final Variable ONE = new Variable(tf.constant(1f), "one");
  static final Variable TWO = new Variable(tf.constant(2f), "two");

  public static Tensor twoVariables(Tensor x) {
    Variable v = gt(x, 0) ? ONE : TWO;
    return tf.multiply(x, v);
  }

  public static Tensor endless(Tensor x) {
    Tensor n = x;
    for (int i = 0; i < 1000; i++) {
      if (gt(n, 1e6)) {
        break;
      }
      n = tf.multiply(n, 2f);
    }
    return n;
  }

  public static Tensor iteratorInArm(Tensor x) {
    Iterator<Float> it = List.of(2f, 3f).iterator();
    Tensor y = x;
    if (gt(x, 0)) {
      y = tf.multiply(y, it.next());
    }
    return tf.multiply(y, it.next());
  }

  public static Tensor exceptionCaughtOutside(Tensor x) {
    try {
      if (gt(x, 0)) {
        throw new IllegalStateException("positive");
      }
      return x;
    } catch (IllegalStateException e) {
      return tf.negative(x);
    }
  }

  public static Tensor failureCaughtOutside(Tensor x) {
    Tensor y = x;
    try {
      if (gt(x, 0)) {
        y = tf.matmul(x, x);
      }
    } catch (IllegalArgumentException e) {
      y = tf.negative(x);
    }
    return y;
  }

  public static Tensor scalarRows(Tensor x) {
    Tensor s = x;
    for (Tensor row : tf.iterate(x)) {
      s = tf.add(s, row);
    }
    return s;
  }

  static Tensor leaked = tf.constant(0f);

  private static void leak(Tensor t) {
    leaked = t;
  }

  private static Tensor leaked() {
    return leaked;
  }

  public static Tensor tensorOutOfBranch(Tensor x) {
    if (gt(x, 0)) {
      leak(tf.multiply(x, 2f));
    }
    return tf.add(leaked(), x);
  }

  public static Tensor elementsOfArms(Tensor x) {
    List<Tensor> l = gt(x, 0) ? List.of(x) : List.of(x, x);
    return l.get(0);
  }

  public static Tensor synchronizedBlock(Tensor x) {
    synchronized (ONE) {
      return gt(x, 0) ? x : tf.negative(x);
    }
  }

  public static Tensor factorial(Tensor x) {
    return gt(x, 1) ? tf.multiply(x, factorial(tf.subtract(x, 1f))) : tf.onesLike(x);
  }
}
