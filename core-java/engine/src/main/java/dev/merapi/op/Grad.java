package dev.merapi.op;

import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// What a gradient sees of the call it belongs to, and where it leaves its results.
public interface Grad {
  Attrs attrs();

  /// Returns a kept input or output.
  Tensor kept(String name);

  /// Returns a kept list input.
  Tensor[] keptList(String name);

  /// Returns type and shape of an input or output, kept or not.
  Spec spec(String name);

  /// Returns type and shape of the tensors of a list input.
  Spec[] specs(String name);

  default Shape shapeOf(String name) {
    return spec(name).shape();
  }

  default DType dtypeOf(String name) {
    return spec(name).dtype();
  }

  /// Returns the shape of an input or output as a vector of int32, the form in which operations
  /// take it.
  default Tensor dims(String name) {
    return Values.ints(shapeOf(name).rawDims());
  }

  /// Returns the size of an axis of an input or output as a scalar of int32.
  default Tensor size(String name, int axis) {
    return Values.scalar(shapeOf(name).dim(axis));
  }

  /// Returns the shape of one tensor of a list input as a vector of int32.
  default Tensor dims(String list, int index) {
    return Values.ints(specs(list)[index].shape().rawDims());
  }

  /// Returns the size of an axis of one tensor of a list input as a scalar of int32.
  default Tensor size(String list, int index, int axis) {
    return Values.scalar(specs(list)[index].shape().dim(axis));
  }

  /// Returns how many outputs the call had.
  int outs();

  /// Returns the gradient that arrives at output `i`, or null if none does.
  @Nullable Tensor dy(int i);

  /// Returns the gradient that arrives at output `i`, zeros if none does.
  Tensor dyOrZeros(int i);

  /// Tells whether anybody asks for the gradient of an input; work for others can be left out.
  boolean needs(String input);

  /// Tells the same of one tensor of a list input.
  boolean needs(String input, int index);

  /// Leaves the gradient of an input; its shape is the input's.
  void to(String input, Tensor gradient);

  void to(String input, int index, Tensor gradient);

  /// Leaves a gradient that touches only some rows of an input.
  void to(String input, IndexedSlices gradient);
}
