package dev.merapi.formats.npy;

import dev.merapi.tensor.DType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Holds one array on its way from or to a file.
///
/// @param dtype any but string, bfloat16 and handles, which NumPy does not have
/// @param shape axes, outermost first; none for a single value
/// @param data elements in row-major order, little-endian, from position to limit
public record NpyArray(DType dtype, int[] shape, ByteBuffer data) {

  /// Fails: `IllegalArgumentException` when NumPy has no such type, or the bytes do not fit the
  /// shape.
  public NpyArray {
    if (dtype.bytes() == 0 || dtype == DType.BF16) {
      throw new IllegalArgumentException(
          "NPY: NumPy has no element type for "
              + dtype
              + ".\n"
              + "  given     "
              + dtype
              + "\n"
              + "  expected  a number type or bool\n"
              + "  fix       convert to float32 first");
    }
    long bytes = dtype.bytes();
    for (int size : shape) {
      bytes = Math.multiplyExact(bytes, (long) size);
    }
    if (bytes != data.remaining()) {
      throw new IllegalArgumentException(
          "NPY: the bytes do not fit the shape.\n"
              + "  given     %d bytes · shape %s of %s\n"
                  .formatted(data.remaining(), Arrays.toString(shape), dtype)
              + "  expected  %d bytes\n".formatted(bytes)
              + "  fix       give the elements of exactly this array");
    }
    data = data.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /// Returns the elements from their first byte, without moving anybody's position.
  @Override
  public ByteBuffer data() {
    return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }
}
