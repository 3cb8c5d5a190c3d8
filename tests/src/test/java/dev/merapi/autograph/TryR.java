package dev.merapi.autograph;

import dev.merapi.function.Function;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.lang.reflect.Method;
import java.util.*;

final class TryR {
  public static void main(String[] args) throws Throwable {
    Class<?> c = new Converting("dev.merapi.autograph.JavaRefusals").loadClass("dev.merapi.autograph.JavaRefusals");
    Method[] ms = c.getDeclaredMethods();
    Arrays.sort(ms, Comparator.comparing(Method::getName));
    for (Method m : ms) {
      if (!java.lang.reflect.Modifier.isPublic(m.getModifiers())) continue;
      m.setAccessible(true);
      Function.Code code = a -> { try { return m.invoke(null, a); } catch (java.lang.reflect.InvocationTargetException e) { throw e.getCause(); } };
      Function f = new Function(m.getName(), List.of("x"), code, Function.Options.DEFAULT);
      try { Object o = f.call(tf.constant(3f)); System.out.println("!!! " + m.getName() + " " + o + "\n" + f.concreteFunctions().get(0)); }
      catch (Throwable e) { System.out.println(m.getName() + ": " + e); if (args.length > 0 && args[0].equals(m.getName())) e.printStackTrace(System.out); }
    }
  }
}
