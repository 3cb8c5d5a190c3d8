package dev.merapi.function.intercept;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// One method's gate and entry.
record Passage(Gate gate, Entry entry) {
  /// `enter0` … `enter4`, then `enter`.
  private static final MethodHandle[] ENTER = new MethodHandle[6];

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      for (int i = 0; i < 5; i++) {
        ENTER[i] = lookup.findVirtual(Entry.class, "enter" + i, MethodType.genericMethodType(i));
      }
      ENTER[5] =
          lookup.findVirtual(
              Entry.class, "enter", MethodType.methodType(Object.class, Object[].class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /// Returns what a prologue of this type calls: (arguments) → result, or `Entry.PASS`.
  MethodHandle handle(MethodType type) {
    int arguments = type.parameterCount();
    MethodHandle enter =
        arguments < 5
            ? ENTER[arguments].bindTo(entry)
            : ENTER[5].bindTo(entry).asCollector(Object[].class, arguments);
    MethodHandle pass =
        MethodHandles.dropArguments(
            MethodHandles.constant(Object.class, Entry.PASS), 0, type.parameterList());
    return MethodHandles.guardWithTest(gate.test(), pass, enter.asType(type));
  }
}
