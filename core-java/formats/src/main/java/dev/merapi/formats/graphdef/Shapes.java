package dev.merapi.formats.graphdef;

import dev.merapi.formats.proto.DataType;
import dev.merapi.formats.proto.TensorShapeProto;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;

/// Shapes and element types in TensorFlow's messages.
final class Shapes {
  /// TensorFlow numbers the type of a reference to a variable 100 above the variable's own type.
  private static final int REFERENCE = 100;

  private Shapes() {}

  static Shape read(TensorShapeProto p, Place place) {
    if (p.getUnknownRank()) {
      return Shape.UNKNOWN;
    }
    if (p.getDimCount() > Shape.MAX_RANK) {
      throw place.fault(
          "a shape has " + p.getDimCount() + " axes, more than " + Shape.MAX_RANK,
          p.getDimCount() + " axes",
          "rank 0 to " + Shape.MAX_RANK,
          "merge axes before the graph is written");
    }
    int[] dims = new int[p.getDimCount()];
    for (int i = 0; i < dims.length; i++) {
      long size = p.getDim(i).getSize();
      if (size < -1 || size > Integer.MAX_VALUE) {
        throw place.fault(
            "axis " + i + " of a shape has size " + size,
            "dim " + i + " = " + size,
            "-1 (unknown), or 0 to " + Integer.MAX_VALUE,
            "");
      }
      dims[i] = (int) size;
    }
    try {
      return Shape.of(dims);
    } catch (IllegalArgumentException e) {
      throw place.fault("a shape is larger than memory can be", e.getMessage(), "", "", e);
    }
  }

  static TensorShapeProto write(Shape shape) {
    TensorShapeProto.Builder b = TensorShapeProto.newBuilder();
    if (!shape.isRankKnown()) {
      return b.setUnknownRank(true).build();
    }
    for (int d : shape.rawDims()) {
      b.addDimBuilder().setSize(d);
    }
    return b.build();
  }

  /// Returns the element type with TensorFlow's number; that of a reference gives what it refers
  /// to.
  static DType type(int number, Place place) {
    int code = number > REFERENCE ? number - REFERENCE : number;
    for (DType d : DType.values()) {
      if (d.code() == code) {
        return d;
      }
    }
    DataType known = DataType.forNumber(number);
    throw place.fault(
        "element type " + (known == null ? "number " + number : known) + " is not supported",
        "type " + number,
        "float16 … float64, bfloat16, int8 … int64, uint8 … uint64, bool, string, complex64,"
            + " complex128, resource or variant",
        "write the graph with one of these types; quantized and 8-bit float types have no kernels");
  }

  static DataType type(DType d) {
    DataType t = DataType.forNumber(d.code());
    if (t == null) {
      throw new IllegalStateException("This is a bug in Merapi: no DataType for " + d);
    }
    return t;
  }
}
