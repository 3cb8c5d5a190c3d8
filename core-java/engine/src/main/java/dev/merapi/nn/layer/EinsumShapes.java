package dev.merapi.nn.layer;

import dev.merapi.say.Message;
import dev.merapi.tensor.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Shapes of kernel and bias that follow from an equation, the input and the wanted output.
///
/// Axes under `...` stand for letters of their own; the batch is one of them where they come first.
///
/// @param bias null for none
record EinsumShapes(Shape kernel, @Nullable Shape bias) {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\.\\.\\.)?([a-zA-Z]+)(\\.\\.\\.)?,([a-zA-Z]+)->(\\.\\.\\.)?([a-zA-Z]+)(\\.\\.\\.)?");

  static EinsumShapes of(
      String layer, String equation, @Nullable String biasAxes, Shape input, Shape output) {
    Matcher m = FORM.matcher(equation.replace(" ", ""));
    if (!m.matches() || m.group(1) != null && m.group(3) != null) {
      throw Message.what(
              layer
                  + ": Invalid einsum equation '"
                  + equation
                  + "'. Equations must be in the form [X],[Y]->[Z], ...[X],[Y]->...[Z], or"
                  + " [X]...,[Y]->[Z]....")
          .expected("letters for the axes of input, kernel and output")
          .valueError();
    }
    boolean left = m.group(1) != null;
    String in = m.group(2);
    String out = m.group(6);
    int hidden = input.rank() - in.length();
    if (hidden < 0 || hidden > 0 && !left && m.group(3) == null) {
      throw Message.what(
              layer + ": equation '" + equation + "' names " + in.length() + " axes of the input")
          .given("input " + input)
          .expected("a letter for each axis, or `...`")
          .shapeError();
    }
    int named = left ? 0 : 1; // Of the output's letters, those that the output shape leaves out.
    if (output.rank() + named != out.length()) {
      throw Message.what(
              layer + ": output_shape " + output + " does not fit equation '" + equation + "'")
          .expected((out.length() - named) + " sizes")
          .shapeError();
    }
    Map<Character, Integer> sizes = new HashMap<>();
    for (int i = 0; i < in.length(); i++) {
      sizes.put(in.charAt(i), input.dim(left ? hidden + i : i));
    }
    for (int i = named; i < out.length(); i++) {
      int wanted = output.dim(i - named);
      Integer there = sizes.get(out.charAt(i));
      if (there != null && there >= 0 && wanted >= 0 && there != wanted) {
        throw Message.what(
                layer
                    + ": Input shape and output shape do not match at shared dimension '"
                    + out.charAt(i)
                    + "'. Input shape is "
                    + there
                    + ", and output shape is "
                    + wanted
                    + ".")
            .given("input " + input + " · output_shape " + output)
            .shapeError();
      }
      if (there == null || there < 0) {
        sizes.put(out.charAt(i), wanted);
      }
    }
    String names = m.group(4);
    int[] kernel = new int[names.length()];
    for (int i = 0; i < kernel.length; i++) {
      Integer n = sizes.get(names.charAt(i));
      if (n == null) {
        throw Message.what(
                layer
                    + ": Weight dimension '"
                    + names.charAt(i)
                    + "' did not have a match in either the input spec '"
                    + in
                    + "' or the output spec '"
                    + out
                    + "'. For this layer, the weight must be fully specified.")
            .valueError();
      }
      kernel[i] = n;
    }
    Shape bias = biasAxes == null ? null : bias(biasAxes, out, left ? 0 : hidden, sizes);
    return new EinsumShapes(Shape.of(kernel), bias);
  }

  /// The bias starts at its first axis; axes of the output that it does not have are 1.
  private static Shape bias(String axes, String out, int behind, Map<Character, Integer> sizes) {
    int first = out.length();
    for (char c : axes.toCharArray()) {
      int at = out.indexOf(c);
      if (at < 0) {
        throw Message.what(
                "Bias dimension '"
                    + c
                    + "' was requested, but is not part of the output spec '"
                    + out
                    + "'")
            .valueError();
      }
      first = Math.min(first, at);
    }
    int[] dims = new int[out.length() - first + behind];
    for (int i = 0; i < dims.length; i++) {
      char c = i < out.length() - first ? out.charAt(first + i) : '.';
      dims[i] = axes.indexOf(c) >= 0 ? sizes.getOrDefault(c, -1) : 1;
    }
    return Shape.of(dims);
  }
}
