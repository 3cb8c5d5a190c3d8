package dev.merapi.graph;

/// The name scope and the device that hold on this thread.
public final class Names {
  private static final ThreadLocal<Names> CURRENT = ThreadLocal.withInitial(Names::new);

  private String scope = "";
  private String device = "";

  private Names() {}

  /// Ends a scope.
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  /// Opens a name scope: nodes inside are called `scope/MatMul`.
  public static Scope open(String name) {
    Names n = CURRENT.get();
    String before = n.scope;
    n.scope = before + name + "/";
    return () -> n.scope = before;
  }

  /// Asks for a device.
  public static Scope openDevice(String device) {
    Names n = CURRENT.get();
    String before = n.device;
    n.device = device;
    return () -> n.device = before;
  }

  /// Returns `name` with the scopes of this thread before it.
  public static String scoped(String name) {
    return CURRENT.get().scope + name;
  }

  public static String device() {
    return CURRENT.get().device;
  }
}
