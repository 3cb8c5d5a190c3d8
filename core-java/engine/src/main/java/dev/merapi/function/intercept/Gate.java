package dev.merapi.function.intercept;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// Lets exactly those activations of a method pass that its own function has asked for.
///
/// To trace a method its function calls the method's body, and that call meets the prologue again.
/// It carries a ticket: set on the thread just before the call, taken by the prologue, which is the
/// first thing the call does. A recursive call inside the body has none and is intercepted.
final class Gate {
  private static final ThreadLocal<@Nullable Gate> NEXT = new ThreadLocal<>();
  private static final VarHandle TICKETS;
  private static final MethodHandle ISSUE;
  private static final MethodHandle WITHDRAW;
  private static final MethodHandle PASSES;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      MethodType nothing = MethodType.methodType(void.class);
      TICKETS = lookup.findVarHandle(Gate.class, "tickets", int.class);
      ISSUE = lookup.findVirtual(Gate.class, "issue", nothing);
      WITHDRAW = lookup.findVirtual(Gate.class, "withdraw", nothing);
      PASSES = lookup.findVirtual(Gate.class, "passes", nothing.changeReturnType(boolean.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /// Tickets that threads hold now: while it is 0, which is nearly always, nobody need ask the
  /// thread.
  private volatile int tickets;

  /// Returns `body` made to pass this gate.
  MethodHandle through(MethodHandle body) {
    Class<?> result = body.type().returnType();
    MethodHandle withdraw = WITHDRAW.bindTo(this);
    MethodHandle after =
        result == void.class
            ? withdraw
            : MethodHandles.foldArguments(MethodHandles.identity(result), withdraw);
    return MethodHandles.tryFinally(
        MethodHandles.foldArguments(body, ISSUE.bindTo(this)),
        MethodHandles.dropArguments(after, 0, Throwable.class));
  }

  /// Returns the test, of no arguments, whether the body is to run now.
  MethodHandle test() {
    return PASSES.bindTo(this);
  }

  private boolean passes() {
    return (tickets != 0 && take()) || EagerSwitch.on();
  }

  private boolean take() {
    if (NEXT.get() != this) {
      return false;
    }
    NEXT.remove();
    TICKETS.getAndAdd(this, -1);
    return true;
  }

  private void issue() {
    TICKETS.getAndAdd(this, 1);
    NEXT.set(this);
  }

  /// Takes the ticket back if the call never came as far as the prologue.
  private void withdraw() {
    if (tickets != 0) {
      take();
    }
  }
}
