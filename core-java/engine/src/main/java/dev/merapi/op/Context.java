package dev.merapi.op;

import org.jspecify.annotations.Nullable;

/// What holds on one thread: who carries calls out, and who looks on.
public final class Context {
  private static final ThreadLocal<Context> CURRENT = ThreadLocal.withInitial(Context::new);

  private Executor executor = Base.EXECUTOR;
  private @Nullable Recorder recorder;

  private Context() {}

  /// The executor of threads that set no other; found by name because its room comes after this
  /// one.
  private static final class Base {
    static final Executor EXECUTOR = load();

    private static Executor load() {
      try {
        return (Executor) Class.forName("dev.merapi.eager.Eager").getField("EXECUTOR").get(null);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(
            "This is a bug in Merapi: the eager executor is not in the jar", e);
      }
    }
  }

  public static Context get() {
    return CURRENT.get();
  }

  public Executor executor() {
    return executor;
  }

  /// Tells whether calls are carried out at once; in a trace they are not.
  public boolean isEager() {
    return executor == Base.EXECUTOR;
  }

  public void setExecutor(Executor e) {
    executor = e;
  }

  public @Nullable Recorder recorder() {
    return recorder;
  }

  public void setRecorder(@Nullable Recorder r) {
    recorder = r;
  }
}
