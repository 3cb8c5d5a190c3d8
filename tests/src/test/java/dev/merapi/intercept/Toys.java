package dev.merapi.intercept;

import dev.merapi.function.intercept.CallSites;
import dev.merapi.function.intercept.Declaration;
import dev.merapi.function.intercept.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Stands in for functions, so that interception is tested apart from tracing: a toy runs the body
/// once for each list of (identical) arguments and answers from memory from then on. Calls inside a
/// body that a toy is running pass, as they do inside a trace.
public final class Toys {
  private static final Map<Key, Toy> ALL = new ConcurrentHashMap<>();
  private static final Set<List<Object>> MADE = ConcurrentHashMap.newKeySet();
  private static final ThreadLocal<Integer> DEPTH = ThreadLocal.withInitial(() -> 0);
  private static boolean installed;

  private record Key(Class<?> owner, String method) {}

  private Toys() {}

  /// Makes toys for the methods of classes whose names begin in this way, from now on.
  public static synchronized void install() {
    if (!installed) {
      installed = true;
      CallSites.makers(before ->
          d -> {
            String owner = d.owner().getName();
            return owner.startsWith("dev.merapi.intercept.") || owner.indexOf('.') < 0
                ? make(d)
                : before.make(d);
          });
    }
  }

  private static Toy make(Declaration d) {
    Toy toy = new Toy(d);
    if (!MADE.add(List.of(d.owner(), d.method(), d.body().type()))) {
      throw new AssertionError("a second function for " + d);
    }
    ALL.put(new Key(d.owner(), d.method()), toy);
    return toy;
  }

  /// Returns the toy of a method, or null if no call of it was intercepted.
  public static Toy of(Class<?> owner, String method) {
    return ALL.get(new Key(owner, method));
  }

  /// Returns the toys of the class whose methods' names contain `part`.
  public static List<Toy> like(Class<?> owner, String part) {
    return ALL.values().stream()
        .filter(t -> t.declaration.owner() == owner && t.declaration.method().contains(part))
        .toList();
  }

  public static final class Toy implements Entry {
    public final Declaration declaration;
    private final List<Object[]> keys = new ArrayList<>();
    private final List<Object> results = new ArrayList<>();

    /// How often a call came in from outside of any trace.
    public int calls;

    /// How often one came in from inside of a trace.
    public int inlined;

    /// How often the body was run.
    public int traces;

    private Toy(Declaration d) {
      this.declaration = d;
    }

    @Override
    public synchronized Object enter(Object[] arguments) throws Throwable {
      if (DEPTH.get() > 0) {
        inlined++;
        return PASS;
      }
      calls++;
      for (int i = 0; i < keys.size(); i++) {
        if (same(keys.get(i), arguments)) {
          return results.get(i);
        }
      }
      traces++;
      DEPTH.set(DEPTH.get() + 1);
      try {
        Object result = declaration.body().invokeWithArguments(arguments);
        keys.add(arguments.clone());
        results.add(result);
        return result;
      } finally {
        DEPTH.set(DEPTH.get() - 1);
      }
    }

    private static boolean same(Object[] a, Object[] b) {
      boolean same = a.length == b.length;
      for (int i = 0; same && i < a.length; i++) {
        same = a[i] == b[i] || a[i] instanceof Number && a[i].equals(b[i]);
      }
      return same;
    }

    @Override
    public String toString() {
      return declaration.method() + " calls " + calls + " traces " + traces + " inlined " + inlined;
    }
  }
}
