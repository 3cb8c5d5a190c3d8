package dev.merapi.function.autograph;

import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;
import dev.merapi.tensor.TensorLike;
import java.lang.classfile.instruction.InvokeInstruction;

/// The calls at which a program reads one number or truth value out of a tensor, to decide on it.
///
/// In a trace the value is not there yet; the interpreter goes on with a [Symbolic] in its place.
public final class Conditions {
  private static final String TENSOR = "dev/merapi/tensor/Tensor";
  private static final String HERE = "dev/merapi/function/autograph/Conditions";
  private static final String ROWS = "dev/merapi/function/autograph/Rows";

  private Conditions() {}

  /// Returns the only element as a truth value: true for anything but zero.
  public static boolean truth(TensorLike x) {
    return x.asTensor().booleanValue();
  }

  /// Compares two numbers, at least one of them a tensor of one element.
  ///
  /// Fails: `ValueError` when one is not a number (nan): no integer says "neither less nor greater
  /// nor equal".
  public static int compare(Object a, Object b) {
    double x = number(a);
    double y = number(b);
    if (Double.isNaN(x) || Double.isNaN(y)) {
      throw Message.what("cannot compare " + x + " with " + y + " as a Boolean: nan has no order")
          .given("left " + a + " · right " + b)
          .expected("numbers")
          .fix("test with tf.math.isNan(x), or compare with `gt`, `lt`, …, where nan gives false")
          .valueError();
    }
    return x < y ? -1 : x > y ? 1 : 0;
  }

  private static double number(Object o) {
    return o instanceof TensorLike t ? t.asTensor().item() : ((Number) o).doubleValue();
  }

  /// Tells whether a call reads a value that may have to be symbolic.
  static boolean isSite(InvokeInstruction v) {
    String owner = v.owner().asInternalName();
    String name = v.name().stringValue();
    return switch (owner) {
      case TENSOR -> reads(name);
      case HERE -> true;
      default -> false;
    };
  }

  /// Tells whether a call gives what a tensor may decide: one of the above, a method of the program
  /// that takes a tensor and returns a truth value, or the question to an iterator.
  static boolean mayTell(InvokeInstruction v) {
    if (isSite(v)) {
      return true;
    }
    String type = v.type().stringValue();
    if (!type.endsWith(")Z")) {
      return false;
    }
    return v.name().equalsString("hasNext")
        || type.contains("L" + TENSOR + ";")
        || type.contains("L" + TENSOR + "Like;");
  }

  static boolean reads(String name) {
    return switch (name) {
      case "booleanValue", "item", "floatValue", "intValue", "longValue" -> true;
      default -> false;
    };
  }

  static boolean isTensor(InvokeInstruction v) {
    return v.owner().asInternalName().equals(TENSOR);
  }

  static boolean isHere(InvokeInstruction v) {
    return v.owner().asInternalName().equals(HERE);
  }

  /// Tells whether a call starts going over a tensor.
  static boolean isRows(InvokeInstruction v) {
    return v.owner().asInternalName().equals(ROWS);
  }
}
