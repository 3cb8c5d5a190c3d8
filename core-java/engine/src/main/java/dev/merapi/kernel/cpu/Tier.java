package dev.merapi.kernel.cpu;

/// Tells which kind of loops this JVM can run.
public enum Tier {
  /// Loops written with the Vector API; needs `--add-modules jdk.incubator.vector`.
  VECTOR,
  /// Loops that the JIT compiler turns into vector code by itself.
  PLAIN;

  private static final Tier CURRENT = choose();

  /// Returns the tier of this JVM; fixed at start-up.
  ///
  /// The system property `merapi.tier=plain` asks for plain loops although the module is there.
  public static Tier current() {
    return CURRENT;
  }

  private static Tier choose() {
    boolean module = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    boolean plain = "plain".equalsIgnoreCase(System.getProperty("merapi.tier"));
    return module && !plain ? VECTOR : PLAIN;
  }

  /// Makes the vector twin of a class, which is named at run time so that nothing links to it.
  static <T> T load(Class<T> type, String name) {
    try {
      Class<?> c = Class.forName("dev.merapi.kernel.cpu.vector." + name);
      return type.cast(c.getDeclaredConstructor().newInstance());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "This is a bug in Merapi: the class " + name + " of the vector tier is not usable", e);
    }
  }
}
