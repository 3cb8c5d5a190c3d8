package dev.merapi.graph;

import dev.merapi.say.Message;
import dev.merapi.say.Where;
import dev.merapi.tensor.Storage;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Stands behind a tensor that a graph will compute: output `index` of `node`.
public final class Symbol extends Storage {
  private final Node node;
  private final int index;

  /// The value if it follows from constants alone; found on first question.
  private @Nullable Tensor constant;

  private boolean asked;

  Symbol(Node node, int index) {
    this.node = node;
    this.index = index;
  }

  /// Returns the symbol behind a tensor of a trace.
  ///
  /// Fails: `IllegalStateException` for a tensor that has a value; callers ask first.
  public static Symbol of(Tensor t) {
    if (t.storage() instanceof Symbol s) {
      return s;
    }
    throw new IllegalStateException("This is a bug in Merapi: " + t.spec() + " is not symbolic");
  }

  /// Returns the node that a tensor of a trace comes from.
  public static Node node(Tensor t) {
    return of(t).node;
  }

  public Node node() {
    return node;
  }

  public int index() {
    return index;
  }

  @Override
  public boolean isSymbolic() {
    return true;
  }

  @Override
  public String symbol() {
    return node.name() + ":" + index;
  }

  /// Says which handle this input will always stand for.
  void stand(@Nullable Tensor handle) {
    constant = handle;
    asked = true;
  }

  @Override
  public @Nullable Tensor constant() {
    if (!asked) {
      constant = Constants.value(node, index);
      asked = true;
    }
    return constant;
  }

  /// Returns the bytes of a value that follows from constants; refuses for all others: there are no
  /// bytes before the graph runs.
  @Override
  public MemorySegment segment() {
    return known().storage().segment();
  }

  @Override
  public byte[][] strings() {
    return known().storage().strings();
  }

  private Tensor known() {
    Tensor t = constant();
    if (t == null) {
      throw hostUse();
    }
    return t;
  }

  private RuntimeException hostUse() {
    String madeAt = node.where() == null ? "" : ", made at " + Where.line(node.where());
    return Message.what(
            "Using a symbolic `tf.Tensor` as a host value (a Java or Python `bool`, number, array"
                + " or index) is not allowed: "
                + symbol()
                + " has no value while its function is being traced")
        .given(
            node.outputs()[index]
                + madeAt
                + ", in graph '"
                + node.graph().name()
                + "' · read at "
                + Where.userLine())
        .expected("tensor operations on it, or a value that does not depend on the arguments")
        .fix(
            "annotate the method that branches with @GraphFunction so that `if` and `while` are"
                + " converted, or use tf.cond / tf.whileLoop; to look at it, tf.print(x)")
        .symbolError();
  }

  @Override
  public void retain() {}

  @Override
  public void release() {}

  @Override
  public String device() {
    return node.device();
  }
}
