package dev.merapi.tensor;

/// Names the element type of a tensor, as NumPy and TensorFlow spell it.
///
/// The constants' own names (`F32`, `BF16`, …) are those used inside symbols and tables;
/// [#toString()] gives the spelling that users meet (`float32`).
public enum DType {
  F16("float16", 2, 19, Kind.FLOAT),
  BF16("bfloat16", 2, 14, Kind.FLOAT),
  F32("float32", 4, 1, Kind.FLOAT),
  F64("float64", 8, 2, Kind.FLOAT),
  I8("int8", 1, 6, Kind.INT),
  I16("int16", 2, 5, Kind.INT),
  I32("int32", 4, 3, Kind.INT),
  I64("int64", 8, 9, Kind.INT),
  U8("uint8", 1, 4, Kind.UINT),
  U16("uint16", 2, 17, Kind.UINT),
  U32("uint32", 4, 22, Kind.UINT),
  U64("uint64", 8, 23, Kind.UINT),
  BOOL("bool", 1, 10, Kind.BOOL),
  /// Sequences of bytes of any length; kept on the Java heap.
  STRING("string", 0, 7, Kind.STRING),
  C64("complex64", 8, 8, Kind.COMPLEX),
  C128("complex128", 16, 18, Kind.COMPLEX),
  /// Handles of things that outlive a call: places of variables, tables, iterators.
  RESOURCE("resource", 0, 20, Kind.HANDLE),
  /// Values that only some operations understand: lists of tensors, datasets.
  VARIANT("variant", 0, 21, Kind.HANDLE);

  /// Families of element types that follow the same rules.
  public enum Kind {
    FLOAT,
    INT,
    UINT,
    BOOL,
    STRING,
    COMPLEX,
    /// Java objects that operations pass on; nothing is computed with them.
    HANDLE
  }

  private final String label;
  private final int bytes;
  private final int code;
  private final Kind kind;

  DType(String label, int bytes, int code, Kind kind) {
    this.label = label;
    this.bytes = bytes;
    this.code = code;
    this.kind = kind;
  }

  /// Returns the size of one element in bytes; 0 for strings and handles, which live on the Java
  /// heap.
  public int bytes() {
    return bytes;
  }

  /// Returns TensorFlow's number for this type in graph files (`DT_FLOAT` is 1).
  public int code() {
    return code;
  }

  public Kind kind() {
    return kind;
  }

  /// Tells whether values are real numbers with a fraction (float16 … float64).
  public boolean isFloating() {
    return kind == Kind.FLOAT;
  }

  /// Tells whether values are whole numbers, signed or not; bool is none.
  public boolean isInteger() {
    return kind == Kind.INT || kind == Kind.UINT;
  }

  public boolean isComplex() {
    return kind == Kind.COMPLEX;
  }

  /// Tells whether elements are Java objects that operations only pass on.
  public boolean isHandle() {
    return kind == Kind.HANDLE;
  }

  /// Tells whether a gradient can flow through values of this type.
  public boolean isDifferentiable() {
    return kind == Kind.FLOAT || kind == Kind.COMPLEX;
  }

  /// Returns the type of the real and imaginary part of a complex type, else the type itself.
  public DType real() {
    return switch (this) {
      case C64 -> F32;
      case C128 -> F64;
      default -> this;
    };
  }

  /// Returns the type whose user-facing name is `label`.
  ///
  /// Fails: `IllegalArgumentException` naming the label when there is none.
  public static DType of(String label) {
    for (DType d : values()) {
      if (d.label.equals(label)) {
        return d;
      }
    }
    throw new IllegalArgumentException(
        "no dtype is called '" + label + "'; there are float32, int32, bool and so on");
  }

  /// Returns the type with TensorFlow's number `code`.
  ///
  /// Fails: `IllegalArgumentException` naming the code when there is none.
  public static DType ofCode(int code) {
    for (DType d : values()) {
      if (d.code == code) {
        return d;
      }
    }
    throw new IllegalArgumentException("no dtype has TensorFlow's number " + code);
  }

  /// Returns what TensorFlow prints for a type: `<dtype: 'float32'>`.
  public String shown() {
    return "<dtype: '" + label + "'>";
  }

  @Override
  public String toString() {
    return label;
  }
}
