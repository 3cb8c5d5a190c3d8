package dev.merapi.function.autograph;

import org.jspecify.annotations.Nullable;

/// Where an activation is: its variables, its operand stack, its next instruction.
///
/// `int` and its smaller kin are `Integer`s, `long` and `double` are [Wide], values that the graph
/// will compute are [Symbolic].
final class State {
  final @Nullable Object[] locals;
  final @Nullable Object[] stack;
  int depth;
  int at;

  /// What the method returns, after it has.
  @Nullable Object result;

  State(int locals, int stack) {
    this.locals = new Object[locals];
    this.stack = new Object[stack];
  }

  private State(State s) {
    this.locals = s.locals.clone();
    this.stack = s.stack.clone();
    this.depth = s.depth;
    this.at = s.at;
    this.result = s.result;
  }

  State copy(int to) {
    State s = new State(this);
    s.at = to;
    return s;
  }

  void become(State s) {
    System.arraycopy(s.locals, 0, locals, 0, locals.length);
    System.arraycopy(s.stack, 0, stack, 0, stack.length);
    depth = s.depth;
    at = s.at;
    result = s.result;
  }

  void push(@Nullable Object x) {
    stack[depth++] = x;
  }

  @Nullable Object pop() {
    Object x = stack[--depth];
    stack[depth] = null;
    return x;
  }

  int popInt() {
    return (Integer) pop();
  }
}
