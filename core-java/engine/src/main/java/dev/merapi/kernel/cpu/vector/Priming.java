package dev.merapi.kernel.cpu.vector;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Loads the Vector API's hidden halves before any loop is compiled.
///
/// The compiler assumes that classes not loaded do not exist: each vector or mask class that a
/// later loop brought in would throw away the compiled code of all earlier loops.
public final class Priming {
  private static volatile int sink;

  private Priming() {}

  /// Makes a vector and a mask of every element type and of every shape up to the preferred one.
  public static void run() {
    int bits = VectorShape.preferredShape().vectorBitSize();
    int used = 0;
    for (int size = 64; size <= bits; size *= 2) {
      VectorShape shape = VectorShape.forBitSize(size);
      used += touch(FloatVector.broadcast(VectorSpecies.of(float.class, shape), 1));
      used += touch(DoubleVector.broadcast(VectorSpecies.of(double.class, shape), 1));
      used += touch(IntVector.broadcast(VectorSpecies.of(int.class, shape), 1));
      used += touch(LongVector.broadcast(VectorSpecies.of(long.class, shape), 1));
      used += touch(ShortVector.broadcast(VectorSpecies.of(short.class, shape), (short) 1));
      used += touch(ByteVector.broadcast(VectorSpecies.of(byte.class, shape), (byte) 1));
    }
    IntVector whole = IntVector.broadcast(IntVector.SPECIES_PREFERRED, 1);
    used += touch(whole.convert(VectorOperators.I2F, 0));
    used += touch(whole.lanewise(VectorOperators.LSHL, 1).reinterpretAsFloats());
    sink = used;
  }

  private static <E> int touch(Vector<E> v) {
    return v.blend(v.add(v), v.compare(VectorOperators.LT, v).not()).length();
  }
}
