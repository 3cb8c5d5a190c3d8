package dev.merapi.function.autograph;

import dev.merapi.say.Message;
import dev.merapi.say.Where;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Words what AutoGraph cannot turn into a graph: always with the variable and the line.
final class Refusal {
  private static final String HOST_FIX =
      "make it a tensor before: tf.constant(…); or compute it from host values alone";

  private Refusal() {}

  static RuntimeException notOne(Tensor t) {
    return Message.what(
            "The truth value of a tensor with more than one element is ambiguous: shape "
                + t.shape())
        .given(t.spec() + " · at " + Where.userLine())
        .expected("one element")
        .fix("fold it with tf.reduceAny(x) or tf.reduceAll(x)")
        .shapeError();
  }

  /// Two ways leave different host values.
  static RuntimeException differs(Label label, @Nullable Object a, @Nullable Object b) {
    return Message.what(
            "AutoGraph: "
                + label.what()
                + " is "
                + text(a)
                + " after one branch of "
                + label.where()
                + " and "
                + text(b)
                + " after the other; only tensors may depend on a tensor")
        .given(label.what() + ": " + kind(a) + " · " + kind(b))
        .expected("a tensor, or the same value from both branches")
        .fix(HOST_FIX)
        .valueError();
  }

  static RuntimeException dtypes(Label label, Tensor a, Tensor b) {
    return Message.what(
            "AutoGraph: "
                + label.what()
                + " is "
                + a.dtype()
                + " after one branch of "
                + label.where()
                + " and "
                + b.dtype()
                + " after the other")
        .given(label.what() + ": " + a.spec() + " · " + b.spec())
        .expected("one element type from both branches")
        .fix("convert one with tf.cast(x, …)")
        .typeError();
  }

  static RuntimeException undefined(Label label, Tensor t) {
    return Message.what(
            "AutoGraph: " + label.what() + " has a value after one branch of " + label.where() + " only")
        .given(label.what() + ": " + t.spec())
        .expected("a value from both branches, for there is no stand-in of type " + t.dtype())
        .fix("give it a value before")
        .valueError();
  }

  static RuntimeException sizes(Label label, int a, int b) {
    return Message.what(
            "AutoGraph: "
                + label.what()
                + " has "
                + a
                + " elements after one branch of "
                + label.where()
                + " and "
                + b
                + " after the other")
        .given("a collection that is filled under a condition on a tensor")
        .expected("as many elements from both branches")
        .fix("add the same number in both branches, or choose the element: tf.where(c, x, y)")
        .valueError();
  }

  static RuntimeException iterator() {
    return Message.what(
            "AutoGraph: an iterator is used at "
                + Where.userLine()
                + " that two branches on a tensor have left at different places")
        .given("next() under a condition on a tensor")
        .expected("as many elements taken in both branches")
        .fix("take the element before the branch")
        .valueError();
  }

  /// A loop over a tensor changes a host value.
  static RuntimeException changes(Label label, @Nullable Object before, @Nullable Object after) {
    return Message.what(
            "AutoGraph: "
                + label.what()
                + " changes from "
                + text(before)
                + " to "
                + text(after)
                + " in "
                + label.where()
                + "; only tensors may change there")
        .given(label.what() + ": " + kind(before) + " · " + kind(after))
        .expected("a tensor, or a value that stays the same")
        .fix(HOST_FIX)
        .valueError();
  }

  static RuntimeException grows(Label label, int before, int after) {
    return Message.what(
            "AutoGraph: "
                + label.what()
                + " grows from "
                + before
                + " to "
                + after
                + " elements in "
                + label.where()
                + "; the graph's loop does not know how often")
        .given("a collection that is filled in a loop on a tensor")
        .expected("a collection of one size")
        .fix("collect with tf.concat, or loop over a host range")
        .valueError();
  }

  static RuntimeException loopType(Label label, Tensor before, Tensor after) {
    return Message.what(
            "AutoGraph: "
                + label.what()
                + " has dtype "
                + before.dtype()
                + " before "
                + label.where()
                + ", but dtype "
                + after.dtype()
                + " after one iteration")
        .given(label.what() + ": " + before.spec() + " · " + after.spec())
        .expected("one element type for all iterations")
        .fix("convert with tf.cast(x, …)")
        .typeError();
  }

  /// A symbolic primitive is used where code needs its value.
  static RuntimeException hostUse(Symbolic s, String use, String place) {
    String origin = s instanceof Symbolic.Truth t && t.origin() != null ? t.origin() : "";
    return Message.what(
            "AutoGraph: "
                + (s instanceof Symbolic.Truth ? "a truth value" : "a number")
                + " that depends on a tensor is "
                + use
                + " at "
                + place
                + ", before the graph has computed it")
        .given(origin.isEmpty() ? String.valueOf(s.tensor()) : origin)
        .expected("a condition of `if`, `while`, `for`, `switch`, `&&`, `||`, `!`; or a host value")
        .fix("stay with tensors: tf.where(c, x, y), tf.cast(c, …) and operations on them")
        .symbolError();
  }

  static RuntimeException deep(String place, int depth) {
    return Message.what(
            "AutoGraph: more than "
                + depth
                + " conditions on tensors lie inside one another at "
                + place)
        .given("a loop that runs while tracing, left by a condition on a tensor")
        .expected("a loop whose turns the graph repeats")
        .fix("count with a tensor: for (i in tf.range(n)), or a tensor as counter")
        .valueError();
  }

  static RuntimeException endless(String place) {
    return Message.what("AutoGraph: no way leaves the loop on a tensor at " + place)
        .given("each turn begins another, or throws")
        .expected("a loop that ends")
        .fix("leave it by a condition, break or return")
        .valueError();
  }

  static RuntimeException caught(String place, Throwable cause) {
    RuntimeException e =
        Message.what(
                "AutoGraph: an exception in a branch on a tensor is caught around the branch, at "
                    + place)
            .given(cause.toString())
            .expected("a branch that can be traced, or one that catches for itself")
            .fix("move the try into the branch")
            .valueError();
    e.initCause(cause);
    return e;
  }

  static RuntimeException large(int objects) {
    return Message.what(
            "AutoGraph: more than " + objects + " objects lie within reach of a condition on a tensor")
        .given("objects that a branch could change")
        .expected("fewer, or tensors")
        .fix("keep large host data out of the method that branches")
        .valueError();
  }

  static RuntimeException stack(String place) {
    return Message.what(
            "AutoGraph: the loop on a tensor at " + place + " leaves unfinished expressions behind")
        .given("values on the operand stack that differ between the ways out")
        .expected("a loop that is a statement")
        .fix("put the loop's result into a variable first")
        .valueError();
  }

  private static String kind(@Nullable Object o) {
    if (o instanceof Tensor t) {
      return t.spec().toString();
    }
    return o == null ? "null" : host(o).getClass().getSimpleName();
  }

  static String text(@Nullable Object o) {
    return switch (o) {
      case null -> "null";
      case Tensor t -> "a tensor";
      case Symbolic s -> "what a tensor decides";
      case CharSequence s -> "\"" + s + "\"";
      default -> {
        Object h = host(o);
        boolean plain =
            h instanceof Number || h instanceof Boolean || h instanceof Character || h instanceof Enum;
        yield plain ? h.toString() : "one " + h.getClass().getSimpleName();
      }
    };
  }

  private static Object host(Object o) {
    return switch (o) {
      case Wide.J j -> j.value();
      case Wide.D d -> d.value();
      default -> o;
    };
  }

  /// Names a value and the place where ways meet, for messages.
  record Label(String what, String where) {}
}
