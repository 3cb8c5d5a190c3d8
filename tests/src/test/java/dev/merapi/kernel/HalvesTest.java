package dev.merapi.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.merapi.kernel.cpu.Loops;
import dev.merapi.tensor.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Loops convert float16 as the JDK does.
class HalvesTest {
  private static final Expr X = Expr.in(0);

  @Test
  void everyFloat16IsWidenedExactly() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment in = arena.allocate(1 << 17, 64);
      MemorySegment out = arena.allocate(1 << 18, 64);
      for (int i = 0; i < 1 << 16; i++) {
        in.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) i);
      }
      for (Loop loop : Loops.variants(X, new DType[] {DType.F16}, DType.F32, 0)) {
        loop.run(in, 0, in, 0, in, 0, out, 0, 1 << 16);
        for (int i = 0; i < 1 << 16; i++) {
          float want = Float.float16ToFloat((short) i);
          float got = out.getAtIndex(ValueLayout.JAVA_FLOAT, i);
          assertEquals(Float.floatToIntBits(want), Float.floatToIntBits(got), "bits " + i);
        }
      }
    }
  }

  /// Takes every float16, what lies in the middle of two, their neighbours, and floats of all
  /// magnitudes.
  @Test
  void float32IsRoundedToTheNearestFloat16() {
    int count = 7 << 16;
    Random random = new Random(1);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment in = arena.allocate(4L * count, 64);
      MemorySegment out = arena.allocate(2L * count, 64);
      for (int i = 0; i < 1 << 16; i++) {
        float x = Float.float16ToFloat((short) i);
        float middle = (x + Float.float16ToFloat((short) (i + 1))) / 2;
        float any = Float.intBitsToFloat(random.nextInt());
        float[] all = {
          x,
          Math.nextUp(x),
          Math.nextDown(x),
          middle,
          Math.nextUp(middle),
          Math.nextDown(middle),
          any
        };
        MemorySegment.copy(all, 0, in, ValueLayout.JAVA_FLOAT, 28L * i, 7);
      }
      for (Loop loop : Loops.variants(X, new DType[] {DType.F32}, DType.F16, 0)) {
        loop.run(in, 0, in, 0, in, 0, out, 0, count);
        for (int i = 0; i < count; i++) {
          float x = in.getAtIndex(ValueLayout.JAVA_FLOAT, i);
          float want = Float.float16ToFloat(Float.floatToFloat16(x));
          float got = Float.float16ToFloat(out.getAtIndex(ValueLayout.JAVA_SHORT, i));
          assertEquals(Float.floatToIntBits(want), Float.floatToIntBits(got), "of " + x);
        }
      }
    }
  }
}
