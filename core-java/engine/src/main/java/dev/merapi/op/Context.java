package dev.merapi.op;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What holds on one thread: who carries calls out, and who looks on.
public final class Context {
  private static final ThreadLocal<Context> CURRENT = ThreadLocal.withInitial(Context::new);

  private Executor executor = Base.EXECUTOR;
  private @Nullable Recorder recorder;

  /// How often a call is lent out before a fresh one takes its place. Filling the fields of an
  /// object that the collector has moved to the old generation costs a memory fence each (G1), more
  /// than the objects saved; calls that are replaced every now and then stay young.
  private static final int USES = 1024;

  /// Calls to lend out, one for each depth: a kernel or a gradient may call further operations.
  private @Nullable Call[] calls = new Call[4];

  private int depth;

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

  /// Lends out a call of `op` without inputs, until [#giveBack].
  public Call borrow(OpDef op, Attrs attrs) {
    int d = depth;
    if (d == calls.length) {
      calls = Arrays.copyOf(calls, 2 * d);
    }
    Call c = calls[d];
    if (c == null || c.uses == USES) {
      c = new Call(op, attrs);
      calls[d] = c;
    }
    c.uses++;
    c.op = op;
    c.attrs = attrs;
    depth = d + 1;
    return c;
  }

  /// Takes back the call that was lent out last.
  public void giveBack(Call c) {
    c.clear();
    depth--;
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
