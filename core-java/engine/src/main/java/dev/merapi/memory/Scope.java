package dev.merapi.memory;

import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Gives the memory of all tensors made inside back at its end, except those kept.
///
/// Scopes nest and belong to the thread that opened them. A kept tensor passes to the scope around,
/// if there is one.
public final class Scope implements AutoCloseable {
  private static final ThreadLocal<@Nullable Scope> CURRENT = new ThreadLocal<>();

  private final @Nullable Scope outer;
  private final ArrayList<Tensor> made = new ArrayList<>();
  private boolean open = true;

  private Scope(@Nullable Scope outer) {
    this.outer = outer;
  }

  /// Opens a scope on this thread.
  public static Scope open() {
    Scope s = new Scope(CURRENT.get());
    CURRENT.set(s);
    return s;
  }

  /// Leaves the scopes of this thread for a while: what is made then belongs to nobody. Returns
  /// what [#resume] needs to come back.
  public static @Nullable Scope suspend() {
    Scope s = CURRENT.get();
    if (s != null) {
      CURRENT.set(null);
    }
    return s;
  }

  /// Comes back from [#suspend()].
  public static void resume(@Nullable Scope suspended) {
    if (suspended != null) {
      CURRENT.set(suspended);
    }
  }

  /// Hands a tensor to this scope, which gives its memory back at the end.
  public void adopt(Tensor t) {
    made.add(t);
  }

  static @Nullable Scope current() {
    return CURRENT.get();
  }

  void add(Tensor t) {
    made.add(t);
  }

  /// Hands `t` out of the scope: it lives on after the end. Returns `t`.
  public Tensor keep(Tensor t) {
    for (int i = made.size() - 1; i >= 0; i--) {
      if (made.get(i).storage() == t.storage()) {
        Tensor root = made.remove(i);
        if (outer != null) {
          outer.add(root);
        }
        break;
      }
    }
    return t;
  }

  /// Ends the scope; a second call does nothing.
  @Override
  public void close() {
    if (!open) {
      return;
    }
    open = false;
    CURRENT.set(outer);
    for (int i = 0; i < made.size(); i++) {
      made.get(i).storage().release();
    }
    made.clear();
  }
}
