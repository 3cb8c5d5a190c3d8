package dev.merapi.formats.graphdef;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.merapi.formats.proto.DataType;
import dev.merapi.formats.proto.TensorProto;
import dev.merapi.memory.Memory;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.nio.ByteOrder;

/// Tensors as TensorFlow writes them into graphs: read with every length checked, written as
/// TensorFlow does.
///
/// A message holds either the elements' bytes (little-endian, row-major), or values in the field of
/// their type, where the last one given stands for all that follow and none at all means zeros.
///
/// Source: the comments of `tensorflow/core/framework/tensor.proto`.
public final class TensorProtos {
  /// A few bytes of a damaged file can ask for any number of equal strings. So many pointers fit
  /// half a gigabyte of heap; more must really be in the file.
  private static final long MOST_REPEATED_STRINGS = 1L << 26;

  private TensorProtos() {}

  /// Returns the tensor that `p` describes.
  ///
  /// Fails: `GraphDefError` naming `origin` and `node` when the message does not hold together or
  /// holds a type without kernels; `MemoryError` when there is no room.
  public static Tensor read(TensorProto p, String origin, String node) {
    return read(p, new Place(origin, node));
  }

  static Tensor read(TensorProto p, Place place) {
    DType d = Shapes.type(p.getDtypeValue(), place);
    Shape shape = Shapes.read(p.getTensorShape(), place);
    if (!shape.isKnown()) {
      throw place.fault(
          "a constant's shape is not known",
          d + " " + shape,
          "a size for every axis",
          "the file is damaged: write it anew");
    }
    return switch (d.kind()) {
      case STRING -> strings(p, new Spec(d, shape), place);
      case HANDLE ->
          throw place.fault(
              "a " + d + " cannot be a constant",
              d + " " + shape,
              "numbers, truth values or strings",
              "handles exist only while a program runs");
      default -> numbers(p, new Spec(d, shape), place);
    };
  }

  private static Tensor strings(TensorProto p, Spec spec, Place place) {
    long n = spec.shape().size();
    int given = p.getStringValCount();
    if (!p.getTensorContent().isEmpty()) {
      throw place.fault(
          "strings lie in tensor_content, where only numbers may",
          p.getTensorContent().size() + " bytes",
          "string_val",
          "write the graph anew with TensorFlow 1.0 or newer");
    }
    if (given > n || n > Math.max(given, MOST_REPEATED_STRINGS)) {
      throw count(place, spec, given, "string_val");
    }
    byte[][] all = new byte[(int) n][];
    byte[] last = {};
    for (int i = 0; i < n; i++) {
      if (i < given) {
        last = p.getStringVal(i).toByteArray();
      }
      all[i] = last;
    }
    return Memory.texts(spec, all);
  }

  private static Tensor numbers(TensorProto p, Spec spec, Place place) {
    ByteString content = p.getTensorContent();
    int width = spec.dtype().bytes();
    // Divided, not multiplied: the number of elements of a damaged file may be near 2⁶³.
    if (!content.isEmpty()
        && (content.size() % width != 0 || content.size() / width != spec.shape().size())) {
      throw place.fault(
          "a constant holds " + content.size() + " bytes, which its shape does not ask for",
          spec + " · " + content.size() + " bytes of tensor_content",
          spec.shape().size() + " elements of " + width + " bytes",
          "the file is damaged: write it anew");
    }
    int perElement = spec.dtype().isComplex() ? 2 : 1;
    int given = content.isEmpty() ? values(p, spec.dtype()) : 0;
    if (given % perElement != 0 || given / perElement > spec.shape().size()) {
      throw count(place, spec, given, "values");
    }
    if (content.isEmpty() && spec.shape().size() > Memory.info().budget() / spec.dtype().bytes()) {
      throw place.fault(
          "a constant of " + spec + " does not fit into memory",
          spec + " from " + given + " values",
          "at most " + Memory.info().budget() + " bytes",
          "raise it with tf.config.setMemoryBudget if the file is meant so");
    }
    Tensor t = Memory.empty(spec);
    if (spec.shape().size() == 0) {
      return t;
    }
    MemorySegment to = t.segment();
    if (!content.isEmpty()) {
      fill(to, content, spec.dtype());
    } else {
      fill(to, p, spec, given / perElement);
    }
    return t;
  }

  private static GraphDefError count(Place place, Spec spec, int given, String field) {
    return place.fault(
        "a constant holds " + given + " " + field + ", its shape asks for " + spec.shape().size(),
        spec + " · " + given + " " + field,
        "at most one for each element",
        "the file is damaged: write it anew");
  }

  /// Returns how many numbers the field of the type holds.
  private static int values(TensorProto p, DType d) {
    return switch (d) {
      case F16, BF16 -> p.getHalfValCount();
      case F32 -> p.getFloatValCount();
      case F64 -> p.getDoubleValCount();
      case I8, I16, I32, U8, U16 -> p.getIntValCount();
      case I64 -> p.getInt64ValCount();
      case U32 -> p.getUint32ValCount();
      case U64 -> p.getUint64ValCount();
      case BOOL -> p.getBoolValCount();
      case C64 -> p.getScomplexValCount();
      case C128 -> p.getDcomplexValCount();
      case STRING, RESOURCE, VARIANT -> throw new IllegalStateException(d.toString());
    };
  }

  /// Copies little-endian bytes into memory of this machine's order.
  private static void fill(MemorySegment to, ByteString content, DType d) {
    MemorySegment from = MemorySegment.ofBuffer(content.asReadOnlyByteBuffer());
    int width = d.real().bytes();
    long n = from.byteSize() / width;
    switch (width) {
      case 1 -> to.copyFrom(from);
      case 2 ->
          MemorySegment.copy(from, LITTLE_SHORT, 0, to, ValueLayout.JAVA_SHORT_UNALIGNED, 0, n);
      case 4 -> MemorySegment.copy(from, LITTLE_INT, 0, to, ValueLayout.JAVA_INT_UNALIGNED, 0, n);
      default ->
          MemorySegment.copy(from, LITTLE_LONG, 0, to, ValueLayout.JAVA_LONG_UNALIGNED, 0, n);
    }
    if (d == DType.BOOL) {
      // Kernels count on 0 and 1; a file may hold any byte.
      for (long i = 0; i < n; i++) {
        to.set(ValueLayout.JAVA_BYTE, i, (byte) (to.get(ValueLayout.JAVA_BYTE, i) == 0 ? 0 : 1));
      }
    }
  }

  private static final ValueLayout.OfShort LITTLE_SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt LITTLE_INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LITTLE_LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static void fill(MemorySegment to, TensorProto p, Spec spec, int given) {
    int bytes = spec.dtype().bytes();
    if (given == 0) {
      to.fill((byte) 0);
      return;
    }
    for (int i = 0; i < given; i++) {
      put(to, p, spec.dtype(), i);
    }
    MemorySegment last = to.asSlice((long) (given - 1) * bytes, bytes);
    long n = spec.shape().size();
    for (long i = given; i < n; i++) {
      MemorySegment.copy(last, 0, to, i * bytes, bytes);
    }
  }

  private static void put(MemorySegment to, TensorProto p, DType d, int i) {
    switch (d) {
      case F16, BF16 -> to.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) p.getHalfVal(i));
      case F32 -> to.setAtIndex(ValueLayout.JAVA_FLOAT, i, p.getFloatVal(i));
      case F64 -> to.setAtIndex(ValueLayout.JAVA_DOUBLE, i, p.getDoubleVal(i));
      case I8, U8 -> to.set(ValueLayout.JAVA_BYTE, i, (byte) p.getIntVal(i));
      case I16, U16 -> to.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) p.getIntVal(i));
      case I32 -> to.setAtIndex(ValueLayout.JAVA_INT, i, p.getIntVal(i));
      case I64 -> to.setAtIndex(ValueLayout.JAVA_LONG, i, p.getInt64Val(i));
      case U32 -> to.setAtIndex(ValueLayout.JAVA_INT, i, p.getUint32Val(i));
      case U64 -> to.setAtIndex(ValueLayout.JAVA_LONG, i, p.getUint64Val(i));
      case BOOL -> to.set(ValueLayout.JAVA_BYTE, i, (byte) (p.getBoolVal(i) ? 1 : 0));
      case C64 -> {
        to.setAtIndex(ValueLayout.JAVA_FLOAT, 2L * i, p.getScomplexVal(2 * i));
        to.setAtIndex(ValueLayout.JAVA_FLOAT, 2L * i + 1, p.getScomplexVal(2 * i + 1));
      }
      case C128 -> {
        to.setAtIndex(ValueLayout.JAVA_DOUBLE, 2L * i, p.getDcomplexVal(2 * i));
        to.setAtIndex(ValueLayout.JAVA_DOUBLE, 2L * i + 1, p.getDcomplexVal(2 * i + 1));
      }
      case STRING, RESOURCE, VARIANT -> throw new IllegalStateException(d.toString());
    }
  }

  /// Returns the message for a tensor: one number in the field of its type, more as bytes, as
  /// `tf.make_tensor_proto` does.
  public static TensorProto write(Tensor t) {
    DType d = t.dtype();
    TensorProto.Builder b =
        TensorProto.newBuilder()
            .setDtype(DataType.forNumber(d.code()))
            .setTensorShape(Shapes.write(t.shape()));
    if (d == DType.STRING) {
      for (byte[] s : t.strings()) {
        b.addStringVal(ByteString.copyFrom(s == null ? new byte[0] : s));
      }
    } else if (d.kind() == DType.Kind.HANDLE) {
      throw Message.what("a " + d + " cannot be written into a graph file")
          .given(t.spec().toString())
          .expected("numbers, truth values or strings")
          .typeError();
    } else if (t.size() == 1) {
      one(b, t.segment(), d);
    } else if (t.size() > 1) {
      b.setTensorContent(content(t));
    }
    return b.build();
  }

  private static ByteString content(Tensor t) {
    byte[] bytes = new byte[Math.toIntExact(t.spec().bytes())];
    MemorySegment to = MemorySegment.ofArray(bytes);
    MemorySegment from = t.segment();
    int width = t.dtype().real().bytes();
    long n = bytes.length / width;
    switch (width) {
      case 1 -> MemorySegment.copy(from, 0, to, 0, bytes.length);
      case 2 ->
          MemorySegment.copy(from, ValueLayout.JAVA_SHORT_UNALIGNED, 0, to, LITTLE_SHORT, 0, n);
      case 4 -> MemorySegment.copy(from, ValueLayout.JAVA_INT_UNALIGNED, 0, to, LITTLE_INT, 0, n);
      default ->
          MemorySegment.copy(from, ValueLayout.JAVA_LONG_UNALIGNED, 0, to, LITTLE_LONG, 0, n);
    }
    Reference.reachabilityFence(t);
    return UnsafeByteOperations.unsafeWrap(bytes);
  }

  private static void one(TensorProto.Builder b, MemorySegment m, DType d) {
    switch (d) {
      case F16, BF16 -> b.addHalfVal(m.get(ValueLayout.JAVA_SHORT, 0) & 0xffff);
      case F32 -> b.addFloatVal(m.get(ValueLayout.JAVA_FLOAT, 0));
      case F64 -> b.addDoubleVal(m.get(ValueLayout.JAVA_DOUBLE, 0));
      case I8 -> b.addIntVal(m.get(ValueLayout.JAVA_BYTE, 0));
      case U8 -> b.addIntVal(m.get(ValueLayout.JAVA_BYTE, 0) & 0xff);
      case I16 -> b.addIntVal(m.get(ValueLayout.JAVA_SHORT, 0));
      case U16 -> b.addIntVal(m.get(ValueLayout.JAVA_SHORT, 0) & 0xffff);
      case I32 -> b.addIntVal(m.get(ValueLayout.JAVA_INT, 0));
      case I64 -> b.addInt64Val(m.get(ValueLayout.JAVA_LONG, 0));
      case U32 -> b.addUint32Val(m.get(ValueLayout.JAVA_INT, 0));
      case U64 -> b.addUint64Val(m.get(ValueLayout.JAVA_LONG, 0));
      case BOOL -> b.addBoolVal(m.get(ValueLayout.JAVA_BYTE, 0) != 0);
      case C64 ->
          b.addScomplexVal(m.get(ValueLayout.JAVA_FLOAT, 0))
              .addScomplexVal(m.get(ValueLayout.JAVA_FLOAT, 4));
      case C128 ->
          b.addDcomplexVal(m.get(ValueLayout.JAVA_DOUBLE, 0))
              .addDcomplexVal(m.get(ValueLayout.JAVA_DOUBLE, 8));
      case STRING, RESOURCE, VARIANT -> throw new IllegalStateException(d.toString());
    }
  }
}
