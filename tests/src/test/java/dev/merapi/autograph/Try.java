package dev.merapi.autograph;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.function.Function;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.lang.reflect.Method;
import java.util.List;

final class Try {
  public static void main(String[] args) throws Throwable {
    Class<?> c = new Converting("dev.merapi.autograph.JavaCorpus").loadClass(args[0]);
    float[] inputs = {7, -2, 1, 4, 0.5f, 3, -30};
    int good = 0;
    for (Method m : c.getDeclaredMethods()) {
      if (!java.lang.reflect.Modifier.isPublic(m.getModifiers()) || args.length > 1 && !m.getName().equals(args[1])) continue;
      m.setAccessible(true);
      Function.Code code = a -> { try { return m.invoke(null, a); } catch (java.lang.reflect.InvocationTargetException e) { throw e.getCause(); } };
      Function f = new Function(m.getName(), List.of("x"), code, Function.Options.DEFAULT);
      try {
        for (float v : inputs) {
          Tensor x = tf.constant(v);
          Tensor want = (Tensor) m.invoke(null, x);
          Tensor got = (Tensor) f.call(x);
          if (!want.toString().equals(got.toString())) throw new IllegalStateException(v + ": want " + want + " got " + got);
          Tensor gw, gg;
          try (GradientTape t = new GradientTape()) { t.watch(x); Tensor y = (Tensor) m.invoke(null, x); gw = t.gradient(y, x); }
          if (args.length > 2 || System.getProperty("grad") != null) {
          try (GradientTape t = new GradientTape()) { t.watch(x); Tensor y = (Tensor) f.call(x); gg = t.gradient(y, x); }
          if (!java.util.Objects.equals(gw == null ? "0.0" : gw.format(), gg == null ? "0.0" : gg.format())) throw new IllegalStateException(v + ": grad want " + gw + " got " + gg); }
        }
        good++;
        if (args.length > 1) System.out.println(f.concreteFunctions().get(0));
      } catch (Throwable e) {
        Throwable r = e;
        System.out.println(m.getName() + ": " + r);
        if (args.length > 1) r.printStackTrace(System.out);
      }
    }
    System.out.println(good + " good");
  }
}
