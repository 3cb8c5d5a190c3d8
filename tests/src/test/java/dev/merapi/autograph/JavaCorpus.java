package dev.merapi.autograph;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.eager.Variable;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Functions as a Java programmer writes them, each of one float32 scalar, that branch and loop on
/// tensors. They are run as they stand and as graphs.
public final class JavaCorpus {
  private JavaCorpus() {}

  private static boolean gt(Tensor x, double y) {
    return tf.greater(x, (float) y).booleanValue();
  }

  private static boolean lt(Tensor x, double y) {
    return tf.less(x, (float) y).booleanValue();
  }

  private static Tensor add(Object x, Object y) {
    return tf.add(x, y);
  }

  private static Tensor mul(Object x, Object y) {
    return tf.multiply(x, y);
  }

  private static Tensor sub(Object x, Object y) {
    return tf.subtract(x, y);
  }

  public static Tensor ifElse(Tensor x) {
    Tensor y;
    if (tf.greater(x, 0f).booleanValue()) {
      y = tf.multiply(x, 2f);
    } else {
      y = tf.negative(x);
    }
    return add(y, 1f);
  }

  public static Tensor ifOnly(Tensor x) {
    Tensor y = x;
    if (tf.less(y, 0f).booleanValue()) {
      y = tf.negative(y);
    }
    return tf.square(y);
  }

  public static Tensor elseIf(Tensor x) {
    if (gt(x, 10)) {
      return tf.constant(10f);
    } else if (gt(x, 3)) {
      return mul(x, x);
    } else if (lt(x, -3)) {
      return mul(x, -1f);
    } else {
      return tf.zerosLike(x);
    }
  }

  public static Tensor conditional(Tensor x) {
    return add(1f, tf.greater(x, 0f).booleanValue() ? x : tf.negative(x));
  }

  public static Tensor early(Tensor x) {
    if (gt(x, 5)) {
      return tf.constant(5f);
    }
    if (lt(x, -5)) {
      return tf.constant(-5f);
    }
    return mul(x, x);
  }

  public static Tensor and(Tensor x) {
    if (tf.greater(x, 0f).booleanValue() && tf.less(x, 5f).booleanValue()) {
      return mul(x, 10f);
    }
    return tf.negative(x);
  }

  public static Tensor or(Tensor x) {
    if (tf.less(x, 0f).booleanValue() || tf.greater(x, 5f).booleanValue()) {
      return mul(x, 10f);
    }
    return tf.negative(x);
  }

  public static Tensor andOrNot(Tensor x) {
    boolean small = tf.less(x, 2f).booleanValue();
    boolean odd = !(small && tf.greater(x, -2f).booleanValue()) || tf.equal(x, 0f).booleanValue();
    return odd ? mul(x, 3f) : add(x, 7f);
  }

  public static Tensor predicate(Tensor x) {
    if (gt(x, 1) && !lt(x, 4)) {
      return mul(x, 2f);
    }
    return mul(x, 3f);
  }

  private static boolean between(Tensor x, double lo, double hi) {
    return gt(x, lo) && lt(x, hi);
  }

  public static Tensor nestedPredicate(Tensor x) {
    return between(x, -1, 1) == between(x, 0, 3) ? add(x, 1f) : sub(x, 1f);
  }

  private static Tensor pick(boolean first, Tensor a, Tensor b) {
    return first ? a : b;
  }

  public static Tensor booleanArgument(Tensor x) {
    return pick(gt(x, 0), mul(x, 2f), mul(x, -3f));
  }

  public static Tensor whileLoop(Tensor x) {
    Tensor n = x;
    while (tf.greater(n, 1f).booleanValue()) {
      n = tf.divide(n, 2f);
    }
    return n;
  }

  public static Tensor twoVariables(Tensor x) {
    Tensor n = x;
    Tensor sum = tf.constant(0f);
    while (gt(n, 0)) {
      sum = add(sum, mul(n, n));
      n = sub(n, 1f);
    }
    return sum;
  }

  public static Tensor doWhile(Tensor x) {
    Tensor n = x;
    do {
      n = sub(n, 3f);
    } while (gt(n, 0));
    return n;
  }

  public static Tensor doWhileFresh(Tensor x) {
    Tensor n = x;
    Tensor r;
    do {
      r = mul(n, 0.5f);
      n = sub(n, 3f);
    } while (gt(r, 0));
    return add(r, n);
  }

  public static Tensor whileTrueBreak(Tensor x) {
    Tensor n = x;
    while (true) {
      if (lt(n, 1)) {
        break;
      }
      n = tf.divide(n, 3f);
    }
    return n;
  }

  public static Tensor breakAfterBody(Tensor x) {
    Tensor n = x;
    Tensor sum = tf.constant(0f);
    while (gt(n, 0)) {
      sum = add(sum, n);
      if (gt(sum, 12)) {
        break;
      }
      n = sub(n, 1f);
    }
    return add(mul(sum, 100f), n);
  }

  public static Tensor twoBreaks(Tensor x) {
    Tensor n = x;
    while (true) {
      n = sub(n, 1f);
      if (lt(n, 0)) {
        break;
      }
      n = mul(n, 0.7f);
      if (lt(n, 0.5)) {
        n = add(n, 100f);
        break;
      }
    }
    return n;
  }

  public static Tensor continues(Tensor x) {
    Tensor n = x;
    Tensor sum = tf.constant(0f);
    while (gt(n, 0)) {
      n = sub(n, 1f);
      if (gt(n, 3)) {
        continue;
      }
      sum = add(sum, n);
    }
    return sum;
  }

  public static Tensor returnInLoop(Tensor x) {
    Tensor n = x;
    Tensor k = tf.constant(0f);
    while (gt(n, 0.1)) {
      n = mul(n, 0.5f);
      k = add(k, 1f);
      if (gt(k, 4)) {
        return mul(n, -1f);
      }
    }
    return add(n, k);
  }

  public static Tensor nested(Tensor x) {
    Tensor i = tf.constant(0f);
    Tensor s = tf.constant(0f);
    while (tf.less(i, x).booleanValue()) {
      Tensor j = tf.constant(0f);
      while (tf.less(j, i).booleanValue()) {
        s = add(s, mul(j, x));
        j = add(j, 1f);
      }
      i = add(i, 1f);
    }
    return s;
  }

  public static Tensor labelledBreak(Tensor x) {
    Tensor i = tf.constant(0f);
    Tensor s = tf.constant(0f);
    outer:
    while (lt(i, 6)) {
      Tensor j = tf.constant(0f);
      while (lt(j, 4)) {
        s = add(s, x);
        if (gt(s, 10)) {
          break outer;
        }
        if (lt(s, -20)) {
          i = add(i, 2f);
          continue outer;
        }
        j = add(j, 1f);
      }
      i = add(i, 1f);
    }
    return add(s, mul(i, 1000f));
  }

  public static Tensor ifInWhileInIf(Tensor x) {
    Tensor y = x;
    if (gt(x, 0)) {
      while (gt(y, 1)) {
        if (gt(y, 4)) {
          y = sub(y, 2f);
        } else {
          y = sub(y, 0.5f);
        }
      }
    } else {
      y = mul(y, 2f);
    }
    return y;
  }

  public static Tensor irregularBreak(Tensor x) {
    Tensor n = x;
    while (true) {
      if (gt(n, 2)) {
        n = sub(n, 3f);
        if (lt(n, 0)) {
          break;
        }
      } else {
        n = add(n, 0.75f);
      }
    }
    return n;
  }

  public static Tensor hostFor(Tensor x) {
    Tensor s = x;
    for (int i = 0; i < 3; i++) {
      if (gt(s, 4)) {
        s = tf.divide(s, 2f);
      } else {
        s = mul(s, 3f);
      }
    }
    return s;
  }

  public static Tensor hostForBreak(Tensor x) {
    Tensor s = x;
    for (int i = 0; i < 5; i++) {
      if (gt(s, 4)) {
        break;
      }
      s = add(mul(s, 2f), (float) i);
    }
    return s;
  }

  public static Tensor hostListBreak(Tensor x) {
    Tensor s = x;
    for (float f : List.of(1f, 2f, 3f)) {
      if (gt(s, 4)) {
        break;
      }
      if (lt(s, -4)) {
        continue;
      }
      s = mul(s, f + 1);
    }
    return s;
  }

  public static Tensor hostListTwice(Tensor x) {
    Tensor s = x;
    for (float f : new ArrayList<>(List.of(1f, 2f, 3f))) {
      if (gt(s, 0)) {
        if (gt(s, 6)) {
          return mul(s, -1f);
        }
        s = add(s, f);
      } else {
        s = sub(s, f);
      }
    }
    return s;
  }

  public static Tensor flag(Tensor x) {
    Tensor n = x;
    boolean done = false;
    while (!done) {
      n = sub(n, 1.5f);
      done = lt(n, 0);
    }
    return n;
  }

  public static Tensor found(Tensor x) {
    Tensor n = x;
    boolean found = false;
    while (gt(n, 0)) {
      if (tf.equal(n, 3f).booleanValue()) {
        found = true;
      }
      n = sub(n, 1f);
    }
    return found ? mul(n, 2f) : add(n, 50f);
  }

  public static Tensor rangeFor(Tensor x) {
    Tensor s = x;
    for (Tensor i : tf.iterate(tf.range(5))) {
      s = add(s, mul(tf.cast(i, tf.float32), x));
    }
    return s;
  }

  public static Tensor dynamicRange(Tensor x) {
    Tensor s = x;
    for (Tensor i : tf.iterate(tf.range(tf.cast(tf.abs(x), tf.int32)))) {
      s = add(s, tf.cast(i, tf.float32));
    }
    return s;
  }

  public static Tensor rowsFor(Tensor x) {
    Tensor m = mul(tf.reshape(tf.cast(tf.range(6), tf.float32), 3, 2), x);
    Tensor s = tf.zeros(2);
    for (Tensor row : tf.iterate(m)) {
      if (gt(tf.reduceSum(row), 3)) {
        continue;
      }
      s = add(s, mul(row, row));
    }
    return tf.reduceSum(s);
  }

  public static Tensor rowsBreak(Tensor x) {
    Tensor s = tf.constant(0f);
    for (Tensor row : tf.iterate(mul(tf.constant(new float[] {1, 2, 3, 4}), x))) {
      if (gt(s, 5)) {
        break;
      }
      s = add(s, row);
    }
    return s;
  }

  public static Tensor helper(Tensor x) {
    return add(leaky(x), leaky(sub(x, 4f)));
  }

  static Tensor leaky(Tensor x) {
    return gt(x, 0) ? x : mul(x, 0.1f);
  }

  public static Tensor lambda(Tensor x) {
    UnaryOperator<Tensor> f = t -> gt(t, 1) ? sub(t, 1f) : add(t, 5f);
    return f.andThen(t -> lt(t, 4) ? mul(t, 2f) : t).apply(x);
  }

  public static Tensor streamed(Tensor x) {
    return List.of(1f, 2f, 3f).stream()
        .reduce(x, (a, k) -> gt(a, k) ? sub(a, k) : add(a, k), (a, b) -> a);
  }

  public static Tensor listInBothArms(Tensor x) {
    List<Tensor> l = new ArrayList<>(List.of(x));
    if (gt(x, 0)) {
      l.add(mul(x, 2f));
    } else {
      l.add(mul(x, 3f));
    }
    return add(l.get(1), tf.constant((float) l.size()));
  }

  public static Tensor listElement(Tensor x) {
    List<Tensor> l = new ArrayList<>(List.of(x, x));
    if (gt(x, 0)) {
      l.set(0, mul(x, 2f));
    }
    return add(l.get(0), l.get(1));
  }

  public static Tensor mapEntry(Tensor x) {
    Map<String, Tensor> m = new HashMap<>();
    m.put("a", x);
    if (gt(x, 0)) {
      m.put("a", mul(x, 2f));
      m.put("b", x);
    } else {
      m.put("b", mul(x, 4f));
    }
    return add(m.get("a"), m.get("b"));
  }

  public static Tensor arrayElement(Tensor x) {
    Tensor[] a = {x, mul(x, 2f)};
    if (gt(x, 2)) {
      Tensor t = a[0];
      a[0] = a[1];
      a[1] = t;
    }
    return sub(a[0], a[1]);
  }

  public static Tensor listInLoop(Tensor x) {
    List<Tensor> l = new ArrayList<>(List.of(x, tf.constant(0f)));
    while (gt(l.get(0), 0)) {
      l.set(1, add(l.get(1), l.get(0)));
      l.set(0, sub(l.get(0), 1f));
    }
    return add(l.get(0), l.get(1));
  }

  static final class Acc {
    Tensor s = tf.constant(0f);

    void add(Tensor x) {
      s = tf.add(s, x);
    }
  }

  public static Tensor fieldInLoop(Tensor x) {
    Acc a = new Acc();
    Tensor n = x;
    while (gt(n, 0)) {
      a.s = add(a.s, n);
      a.add(tf.constant(0.5f));
      n = sub(n, 1f);
    }
    return a.s;
  }

  public static Tensor fieldInArm(Tensor x) {
    Acc a = new Acc();
    if (gt(x, 1)) {
      a.add(x);
    } else {
      a.s = mul(x, 3f);
      a.add(tf.constant(1f));
    }
    a.add(x);
    return a.s;
  }

  record Pair(Tensor a, Tensor b) {}

  public static Tensor records(Tensor x) {
    Pair p = gt(x, 2) ? new Pair(x, mul(x, 2f)) : new Pair(tf.negative(x), x);
    return add(p.a(), p.b());
  }

  public static Tensor recordInLoop(Tensor x) {
    Pair p = new Pair(x, tf.constant(1f));
    while (gt(p.a(), 0)) {
      p = new Pair(sub(p.a(), 1f), mul(p.b(), 1.5f));
    }
    return add(p.a(), p.b());
  }

  public static Tensor listsFromArms(Tensor x) {
    List<Tensor> l = gt(x, 0) ? List.of(x, mul(x, x)) : List.of(tf.negative(x), x);
    return sub(l.get(0), l.get(1));
  }

  // Falling through is what is asked about here.
  @SuppressWarnings("fallthrough")
  public static Tensor switchOnInt(Tensor x) {
    switch (tf.cast(x, tf.int32).intValue()) {
      case 1:
        return mul(x, 10f);
      case 4:
        x = add(x, 1f);
      case 7:
        return mul(x, 20f);
      default:
        return tf.negative(x);
    }
  }

  public static Tensor switchExpression(Tensor x) {
    return switch (tf.cast(x, tf.int32).intValue()) {
      case 0, 1, 2 -> add(x, 1f);
      case 100 -> tf.zerosLike(x);
      default -> mul(x, 2f);
    };
  }

  public static Tensor numbers(Tensor x) {
    if (x.floatValue() > 3.5f) {
      return mul(x, 2f);
    }
    return x.item() <= -1 ? add(x, 1f) : x.intValue() == 1 ? mul(x, 5f) : x;
  }

  public static Tensor tryFinally(Tensor x) {
    int[] count = {0};
    try {
      return gt(x, 0) ? x : tf.negative(x);
    } finally {
      count[0]++;
    }
  }

  public static Tensor caughtInBranch(Tensor x) {
    Tensor y = x;
    if (gt(x, 0)) {
      try {
        y = tf.matmul(x, x);
      } catch (IllegalArgumentException e) {
        y = mul(x, 9f);
      }
    }
    return y;
  }

  public static Tensor nullCheck(Tensor x) {
    Tensor y = null;
    if (gt(x, 0)) {
      y = x;
    } else {
      y = mul(x, 3f);
    }
    return y == null ? x : add(y, 1f);
  }

  public static Tensor numberAgainstTensor(Tensor x) {
    Object y = 1f;
    if (gt(x, 0)) {
      y = mul(x, 3f);
    }
    return add(y, x);
  }

  public static Tensor swap(Tensor x) {
    Tensor a = x;
    Tensor b = tf.constant(1f);
    while (lt(b, 20)) {
      Tensor t = a;
      a = b;
      b = add(add(t, b), 1f);
      if (lt(b, -100)) {
        break;
      }
    }
    return sub(a, b);
  }

  public static Tensor growing(Tensor x) {
    Tensor v = tf.reshape(x, new int[] {1});
    while (lt(tf.cast(tf.size(v), tf.float32), 5)) {
      v = tf.concat(List.of(mul(v, 2f), tf.reshape(x, new int[] {1})), 0);
    }
    return tf.reduceSum(v);
  }

  public static Tensor constantCondition(Tensor x) {
    Tensor i = tf.constant(0);
    Tensor s = x;
    while (tf.less(i, 10).booleanValue()) {
      s = mul(s, 1.1f);
      i = tf.add(i, 1);
    }
    return s;
  }

  public static Tensor hostFlag(Tensor x) {
    boolean training = true;
    Tensor n = x;
    while (training && gt(n, 1)) {
      n = mul(n, 0.3f);
    }
    return n;
  }

  public static Tensor localOfArm(Tensor x) {
    Tensor y = x;
    if (gt(x, 0)) {
      int k = 3;
      for (int i = 0; i < k; i++) {
        y = add(y, (float) i);
      }
    } else {
      String s = "abc";
      y = mul(y, (float) s.length());
    }
    return y;
  }

  public static Tensor recursion(Tensor x) {
    return power(x, 3);
  }

  private static Tensor power(Tensor x, int n) {
    if (n == 0) {
      return tf.onesLike(x);
    }
    Tensor half = power(x, n - 1);
    return gt(half, 50) ? half : mul(half, x);
  }

  public static Tensor assertion(Tensor x) {
    assert tf.less(x, 1e6f).booleanValue() : "x is too large";
    return mul(x, 2f);
  }

  public static Tensor throwing(Tensor x) {
    if (tf.greater(x, 1e6f).booleanValue()) {
      throw new IllegalArgumentException("x is too large");
    }
    return mul(x, 2f);
  }

  static final Variable TOTAL = new Variable(tf.constant(0f), "total");

  public static Tensor variable(Tensor x) {
    TOTAL.assign(tf.constant(1f));
    if (gt(x, 0)) {
      TOTAL.assignAdd(x);
    } else {
      TOTAL.assignSub(tf.constant(2f));
    }
    Tensor n = x;
    while (gt(n, 2)) {
      TOTAL.assignAdd(tf.constant(10f));
      n = sub(n, 1f);
    }
    return add(TOTAL, n);
  }

  public static Tensor random(Tensor x) {
    Tensor n = x;
    Tensor y = tf.constant(0f);
    while (lt(y = tf.random.uniform(), 2) && gt(n, 0)) {
      n = sub(n, 1f);
    }
    return add(n, mul(y, 0f));
  }

  public static Tensor tapeInside(Tensor x) {
    try (GradientTape tape = new GradientTape()) {
      tape.watch(x);
      Tensor y = x;
      while (lt(tf.abs(y), 20)) {
        y = gt(y, 0) ? mul(y, add(y, 1f)) : sub(mul(y, 2f), 1f);
      }
      return tape.gradient(y, x);
    }
  }
}
