package dev.merapi.suite;

import dev.merapi.memory.Memory;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Half;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One recorded call of TensorFlow; the form is described in
/// `tests/golden/tensorflow-2.21/README.md`.
///
/// @param outputs null where the operation leaves an output unset
/// @param variables indices of inputs that are variables; the outputs then are their values
///   afterwards
/// @param fails TensorFlow's message when it refused the call
public record Golden(
    String op,
    String name,
    Map<String, Attr> attrs,
    List<Array> inputs,
    List<@Nullable Array> outputs,
    @Nullable List<@Nullable Array> dy,
    @Nullable List<@Nullable Array> dx,
    int[] variables,
    @Nullable String fails,
    @Nullable String note) {

  /// One attribute: TensorFlow's name of its kind, and the value as JSON has it.
  public record Attr(String kind, @Nullable Object value) {}

  /// How a tensor is printed; a text is null where the case is about another way of printing.
  ///
  /// @param summarize the limit given to `tf.print`, which wrote `printed`
  public record Print(
      String name,
      Array tensor,
      @Nullable String numpyStr,
      @Nullable String numpyRepr,
      @Nullable String tensorStr,
      @Nullable String tensorRepr,
      @Nullable Integer summarize,
      @Nullable String printed) {}

  /// One recorded tensor: little-endian bytes, or strings.
  public record Array(DType dtype, int[] dims, byte[] data, byte @Nullable [][] strings) {

    public Spec spec() {
      return Spec.of(dtype, dims);
    }

    public int size() {
      return Math.toIntExact(Shape.of(dims).size());
    }

    /// Makes a tensor of these elements.
    public Tensor tensor() {
      byte[][] texts = strings;
      return texts != null ? Memory.texts(spec(), texts) : Values.bytes(dtype, data, dims);
    }

    /// Returns what a tensor holds, in the form of goldens.
    public static Array of(Tensor t) {
      return t.dtype() == DType.STRING
          ? new Array(t.dtype(), t.shape().dims(), new byte[0], t.strings().clone())
          : new Array(t.dtype(), t.shape().dims(), t.toByteArray(), null);
    }

    /// Returns how many real numbers there are: two an element for complex types.
    public int parts() {
      return dtype.isComplex() ? 2 * size() : size();
    }

    /// Returns real number `i`; exact but for 64-bit integers beyond 2^53.
    public double part(int i) {
      ByteBuffer b = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
      return switch (dtype) {
        case F16 -> Half.fromF16(b.getShort(2 * i));
        case BF16 -> Half.fromBf16(b.getShort(2 * i));
        case F32, C64 -> b.getFloat(4 * i);
        case F64, C128 -> b.getDouble(8 * i);
        case I8 -> data[i];
        case U8, BOOL -> data[i] & 0xff;
        case I16 -> b.getShort(2 * i);
        case U16 -> b.getShort(2 * i) & 0xffff;
        case I32 -> b.getInt(4 * i);
        case U32 -> b.getInt(4 * i) & 0xffffffffL;
        case I64 -> b.getLong(8 * i);
        case U64 -> {
          long l = b.getLong(8 * i);
          yield l >= 0 ? l : ((l >>> 1) | (l & 1)) * 2.0;
        }
        case STRING, RESOURCE, VARIANT -> throw new IllegalStateException(dtype + " is no number");
      };
    }

    /// Returns all real numbers.
    public double[] parts64() {
      double[] p = new double[parts()];
      for (int i = 0; i < p.length; i++) {
        p[i] = part(i);
      }
      return p;
    }

    /// Makes an array of a float or complex type from real numbers, rounding them.
    public static Array of(DType dtype, int[] dims, double[] parts) {
      int width = dtype.isComplex() ? dtype.bytes() / 2 : dtype.bytes();
      ByteBuffer b = ByteBuffer.allocate(parts.length * width).order(ByteOrder.LITTLE_ENDIAN);
      for (double p : parts) {
        switch (dtype) {
          case F16 -> b.putShort(Half.toF16((float) p));
          case BF16 -> b.putShort(Half.toBf16((float) p));
          case F32, C64 -> b.putFloat((float) p);
          case F64, C128 -> b.putDouble(p);
          default -> throw new IllegalStateException(dtype + " holds no fractions");
        }
      }
      return new Array(dtype, dims, b.array(), null);
    }

    /// Returns element `i` as a person reads it.
    public String text(int i) {
      byte[][] texts = strings;
      if (texts != null) {
        return "'" + new String(texts[i], java.nio.charset.StandardCharsets.ISO_8859_1) + "'";
      }
      if (dtype.isComplex()) {
        return part(2 * i) + (part(2 * i + 1) < 0 ? "" : "+") + part(2 * i + 1) + "i";
      }
      if (dtype == DType.I64 || dtype == DType.U64) {
        long l = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getLong(8 * i);
        return dtype == DType.I64 ? Long.toString(l) : Long.toUnsignedString(l);
      }
      double p = part(i);
      return dtype.isFloating()
          ? dtype == DType.F64 ? Double.toString(p) : Float.toString((float) p)
          : Long.toString((long) p);
    }

    /// Returns `float32 (2, 3) [1.0, 2.0, …]`.
    @Override
    public String toString() {
      StringBuilder s = new StringBuilder(spec().toString()).append(" [");
      int n = size();
      for (int i = 0; i < Math.min(n, 12); i++) {
        s.append(i == 0 ? "" : ", ").append(text(i));
      }
      return s.append(n > 12 ? ", …]" : "]").toString();
    }
  }

  /// Tells whether all numbers of all inputs are finite and of ordinary size.
  boolean isTame() {
    for (Array a : inputs) {
      if (a.dtype().isDifferentiable()) {
        for (double p : a.parts64()) {
          if (!(Math.abs(p) < 1e6) || p != 0 && Math.abs(p) < 1e-6) {
            return false;
          }
        }
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return op + "/" + name;
  }
}
