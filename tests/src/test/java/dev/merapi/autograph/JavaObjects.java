package dev.merapi.autograph;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.eager.Variable;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/// Functions as a Java programmer writes them, each of one float32 scalar, whose branches and loops
/// on tensors change lists, fields, variables, or call helpers and lambdas. They are run as they
/// stand and as graphs.
public final class JavaObjects {
  private JavaObjects() {}

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

  public static Tensor growing(Tensor x) {
    Tensor v = tf.reshape(x, new int[] {1});
    while (lt(tf.cast(tf.size(v), tf.float32), 5)) {
      v = tf.concat(List.of(mul(v, 2f), tf.reshape(x, new int[] {1})), 0);
    }
    return tf.reduceSum(v);
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

  public static Tensor swappedLists(Tensor x) {
    List<Tensor> a = new ArrayList<>(List.of(x));
    List<Tensor> b = new ArrayList<>(List.of(tf.constant(2f)));
    Tensor n = x;
    while (gt(n, 0)) {
      List<Tensor> t = a;
      a = b;
      b = t;
      n = sub(n, 1f);
    }
    return sub(a.get(0), mul(b.get(0), 3f));
  }

  public static Tensor aliasedList(Tensor x) {
    List<Tensor> a = new ArrayList<>(List.of(x, x));
    List<Tensor> b = a;
    if (gt(x, 0)) {
      b.set(0, mul(x, 2f));
    } else {
      a.set(1, mul(x, 5f));
    }
    return add(add(a.get(0), b.get(1)), b.get(0));
  }

  public static Tensor arrayInLoop(Tensor x) {
    Tensor[] fib = {tf.zerosLike(x), tf.onesLike(x)};
    Tensor n = x;
    while (gt(n, 0)) {
      Tensor next = add(fib[0], fib[1]);
      fib[0] = fib[1];
      fib[1] = mul(next, 0.9f);
      n = sub(n, 1f);
    }
    return add(fib[0], mul(fib[1], x));
  }

  public static Tensor mapInLoop(Tensor x) {
    Map<String, Tensor> m = new HashMap<>(Map.of("n", x, "s", tf.constant(0f)));
    while (gt(m.get("n"), 0)) {
      m.put("s", add(m.get("s"), mul(m.get("n"), x)));
      m.put("n", sub(m.get("n"), 1f));
    }
    return m.get("s");
  }

  public static Tensor reference(Tensor x) {
    AtomicReference<Tensor> r = new AtomicReference<>(x);
    if (gt(x, 1)) {
      r.set(mul(x, 2f));
    }
    for (Tensor i : tf.iterate(tf.range(2))) {
      r.updateAndGet(t -> mul(t, 1.5f));
    }
    return r.get();
  }

  public static Tensor unfinishedObject(Tensor x) {
    Pair p = new Pair(gt(x, 0) ? x : mul(x, 2f), tf.less(x, 3f).booleanValue() ? x : mul(x, x));
    return sub(p.a(), p.b());
  }

  public static Tensor finallyAndBreak(Tensor x) {
    Tensor n = x;
    Tensor s = tf.constant(0f);
    while (gt(n, 0)) {
      try {
        if (gt(s, 8)) {
          break;
        }
        s = add(s, n);
      } finally {
        n = sub(n, 1f);
      }
    }
    return add(s, mul(n, 10f));
  }

  private static final class Running {
    private Tensor mean = tf.constant(0f);
    private final List<Tensor> last = new ArrayList<>(List.of(tf.constant(0f)));

    void see(Tensor x) {
      mean = add(mul(mean, 0.9f), mul(x, 0.1f));
      if (gt(x, 0)) {
        last.set(0, x);
      }
    }

    Tensor all(Tensor x) {
      Tensor n = x;
      while (gt(n, -2)) {
        see(n);
        n = sub(n, 1f);
      }
      return add(mean, mul(last.get(0), 100f));
    }
  }

  public static Tensor stateOfAnObject(Tensor x) {
    Running r = new Running();
    if (gt(x, 2)) {
      r.see(mul(x, 3f));
    }
    return r.all(x);
  }

  public static Tensor arrayOfLambda(Tensor x) {
    Tensor[] s = {x};
    Runnable step = () -> s[0] = gt(s[0], 2) ? sub(s[0], 2f) : mul(s[0], 1.5f);
    for (Tensor i : tf.iterate(tf.range(3))) {
      step.run();
    }
    return s[0];
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

  public static Tensor wideLocals(Tensor x) {
    long k = 3;
    double d = 0.5;
    Tensor n = x;
    while (gt(n, 1)) {
      n = mul(n, (float) (d * k / 2));
      if (gt(n, 50)) {
        break;
      }
      n = sub(n, 1f);
    }
    return add(n, (float) (k + d));
  }

  public static Tensor numberLoop(Tensor x) {
    Tensor n = x;
    while (n.floatValue() >= 2 && n.item() < 1000) {
      n = sub(n, 1.5f);
    }
    return n;
  }

  public static Tensor manyReturns(Tensor x) {
    if (gt(x, 0)) {
      if (gt(x, 3)) {
        if (gt(x, 6)) {
          return mul(x, 2f);
        }
        x = add(x, 1f);
      } else if (lt(x, 0.75)) {
        return mul(x, 3f);
      }
      x = mul(x, x);
    }
    if (lt(x, -10)) {
      return tf.negative(x);
    }
    return add(x, 0.5f);
  }

  public static Tensor whileInCondition(Tensor x) {
    Tensor n = x;
    Tensor m;
    while (gt(m = mul(n, 0.5f), 1)) {
      n = sub(m, 0.125f);
    }
    return add(n, mul(m, 10f));
  }
}
