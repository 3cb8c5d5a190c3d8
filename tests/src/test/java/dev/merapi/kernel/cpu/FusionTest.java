package dev.merapi.kernel.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.merapi.kernel.Expr;
import dev.merapi.kernel.Fusion;
import dev.merapi.memory.Memory;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Registry;
import dev.merapi.programs.Fork;
import dev.merapi.say.ShapeError;
import dev.merapi.say.TypeError;
import dev.merapi.say.ValueError;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Fused kernels give the bits of their operations carried out one after the other.
class FusionTest {
  private static final Expr X = Expr.in(0);
  private static final Expr Y = Expr.in(1);

  private static Tensor floats(float... v) {
    Tensor t = Memory.empty(Spec.of(DType.F32, v.length));
    for (int i = 0; i < v.length; i++) {
      t.segment().setAtIndex(ValueLayout.JAVA_FLOAT, i, v[i]);
    }
    return t;
  }

  private static Tensor random(Spec spec, long seed) {
    Random random = new Random(seed);
    Tensor t = Memory.empty(spec);
    for (long i = 0; i < t.size(); i++) {
      t.segment().setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextGaussian());
    }
    return t;
  }

  private static Tensor run(Fusion f, Tensor... in) {
    Tensor out = Memory.empty(f.outSpec(0));
    FusedKernel.of(f).run(in, new Tensor[] {out});
    return out;
  }

  /// Programs of their own, as the tier is chosen when the JVM starts; see [FusionCases].
  @Test
  void fusionsDrawnAtRandomAgreeWithTheirOperationsInAllTiers() {
    String cases = "150";
    Fork.Result vector =
        Fork.run(List.of("--add-modules", "jdk.incubator.vector"), FusionCases.class, "0", cases);
    Fork.Result plain = Fork.run(List.of(), FusionCases.class, "0", cases);
    assertEquals(0, plain.status(), plain.err());
    assertEquals(0, vector.status(), vector.err());
    assertTrue(plain.out().startsWith("digest "), plain.out());
    assertEquals(plain.out(), vector.out());
  }

  @Test
  void warmKernelsMakeNoObjects() {
    // The JVM's compiler decides by its profile which objects it can do without, and never thinks
    // again: one JVM in some compiles a loop so that it makes some. Two in a row would be ours.
    Fork.Result r = allocations();
    if (r.status() != 0) {
      System.out.println("first JVM: " + r.out() + r.err());
      r = allocations();
    }
    assertEquals(0, r.status(), r.out() + r.err());
  }

  private static Fork.Result allocations() {
    return Fork.run(
        List.of("--add-modules", "jdk.incubator.vector"), FusionPrograms.class, "allocations");
  }

  @Test
  void sumsOfAFormulaAreExact() {
    Fusion.Builder f = Fusion.over(Shape.of(4));
    int x = f.in(Spec.of(DType.F32, 4));
    f.reduce(Fusion.Way.SUM, f.apply(X.mul(X).add(Expr.c(1)), x), 0);
    assertEquals(34f, run(f.build(), floats(1, 2, 3, 4)).item());
  }

  @Test
  void manyOperationsAreCutIntoSeveralLoops() {
    Fusion.Builder f = Fusion.over(Shape.of(2500));
    Spec s = Spec.of(DType.F32, 2500);
    int v = f.in(s);
    int w = f.in(s);
    Tensor x = random(s, 1);
    Tensor y = random(s, 2);
    Tensor want = x;
    OpRef tanh = OpRef.to("Tanh");
    OpRef add = OpRef.to("AddV2");
    for (int i = 0; i < 24; i++) {
      v = f.apply(X.tanh(), f.apply(X.add(Y), v, w));
      want = tanh.of(add.of(want, y));
    }
    f.out(v);
    FusedKernel kernel = FusedKernel.of(f.build());
    StagePlan joint = present(kernel.code.joint());
    assertTrue(joint.stages().length > 2 && joint.stages().length < 24);
    Tensor out = Memory.empty(s);
    kernel.code.use(joint);
    kernel.run(new Tensor[] {x, y}, new Tensor[] {out});
    assertEquals(-1, want.segment().mismatch(out.segment()));
    // Over its own input, as a plan of buffers may have it.
    kernel.run(new Tensor[] {x, y}, new Tensor[] {x});
    assertEquals(-1, want.segment().mismatch(x.segment()));
  }

  private static <T> T present(T value) {
    assertNotNull(value);
    return value;
  }

  @Test
  void outputsMayLieOverInputs() {
    Spec s = Spec.of(DType.F32, 3000);
    Fusion.Builder b = Fusion.over(s.shape());
    int x = b.in(s);
    int y = b.in(s);
    b.out(b.apply(X.exp(), b.apply(X.mul(Y), x, y)));
    b.out(b.apply(X.sub(Y), b.apply(X.tanh(), y), x));
    FusedKernel kernel = FusedKernel.of(b.build());
    StagePlan[] plans = {kernel.code.single(true), present(kernel.code.joint())};
    Tensor p = random(s, 1);
    Tensor q = random(s, 2);
    Tensor[] want = {Memory.empty(s), Memory.empty(s)};
    kernel.run(new Tensor[] {p, q}, want);
    for (StagePlan plan : plans) {
      kernel.code.use(plan);
      Tensor[] own = {random(s, 1), random(s, 2)};
      kernel.run(own, own);
      assertEquals(-1, want[0].segment().mismatch(own[0].segment()));
      assertEquals(-1, want[1].segment().mismatch(own[1].segment()));
    }
  }

  @Test
  void everyScalarMeaningIsThatOfItsOperation() {
    int met = 0;
    for (OpDef op : Registry.all()) {
      Expr meaning = op.scalar();
      if (meaning == null || op.isStateful()) {
        continue;
      }
      Fusion.Builder f = Fusion.over(Shape.of(19));
      Spec s = Spec.of(DType.F32, 19);
      Tensor[] in = new Tensor[op.inputs().size()];
      int[] args = new int[in.length];
      boolean fits = true;
      for (int i = 0; i < in.length; i++) {
        fits &= op.accepts(i, DType.F32);
        in[i] = random(s, met + i);
        args[i] = f.in(s);
      }
      if (!fits) {
        continue;
      }
      Tensor want = op.of(in);
      f.out(f.applyTo(want.dtype(), meaning, args));
      assertEquals(-1, want.segment().mismatch(run(f.build(), in).segment()), op.name());
      met++;
    }
    assertTrue(met > 60, met + " operations");
  }

  @Test
  void meaningsFollowAttributes() {
    OpDef leaky = Registry.find("LeakyRelu");
    Expr e = present(Meanings.of(leaky, leaky.attrs("alpha", 0.5f)));
    assertEquals(X.gt(Expr.c(0.0)).select(X, X.mul(Expr.c(0.5))), e);
    OpDef cast = Registry.find("Cast");
    assertEquals(X.cast(DType.I32), Meanings.of(cast, cast.attrs("DstT", DType.I32)));
    OpDef product = Registry.find("MatMul");
    assertNull(Meanings.of(product, product.defaults()));
  }

  @Test
  void kernelsAreKnownByTheirStructure() {
    Fusion[] f = new Fusion[3];
    for (int i = 0; i < 3; i++) {
      Fusion.Builder b = Fusion.over(Shape.of(5, 2));
      int x = b.in(Spec.of(DType.F32, 5, i == 2 ? 2 : 1));
      b.out(b.apply(X.exp(), x));
      f[i] = b.build();
    }
    assertEquals(f[0], f[1]);
    assertSame(FusedKernel.of(f[0]), FusedKernel.of(f[1]));
    assertNotEquals(f[0], f[2]);
    assertEquals(
        """
        over (5, 2)
        %0 float32 (5, 1) by [1, 0]
        %1 float32 = exp(x0) of %0
        -> float32 (5, 2) %1
        """,
        f[0].toString());
  }

  @Test
  void mistakesAreNamed() {
    Fusion.Builder f = Fusion.over(Shape.of(2, 3));
    var shape = assertThrows(ShapeError.class, () -> f.in(Spec.of(DType.F32, 2)));
    assertTrue(shape.getMessage().contains("(2, 3)"), shape.getMessage());
    assertThrows(ShapeError.class, () -> f.in(Spec.of(DType.F32, 5), 3, 1));
    assertThrows(ShapeError.class, () -> Fusion.over(Shape.of(2, -1)));
    int x = f.in(Spec.of(DType.F32, 3));
    int n = f.in(Spec.of(DType.I32, 3));
    int c = f.in(Spec.of(DType.C64, 3));
    assertThrows(IllegalArgumentException.class, () -> f.apply(X.add(Y), x, n));
    assertThrows(TypeError.class, () -> f.reduce(Fusion.Way.SUM, c, 0));
    assertThrows(ShapeError.class, () -> f.reduce(Fusion.Way.SUM, x, 2));
    assertThrows(IllegalStateException.class, f::build);
    f.out(f.apply(X.div(Y), n, n));
    Fusion fusion = f.build();
    Tensor zeros = Memory.empty(Spec.of(DType.I32, 3));
    zeros.segment().fill((byte) 0);
    Tensor[] in = {floats(1, 2, 3), zeros, Memory.empty(Spec.of(DType.C64, 3))};
    Tensor[] out = {Memory.empty(fusion.outSpec(0))};
    FusedKernel kernel = FusedKernel.of(fusion);
    var zero = assertThrows(ValueError.class, () -> kernel.run(in, out));
    assertTrue(zero.getMessage().startsWith("Integer division by zero"), zero.getMessage());
    Tensor[] wrong = {floats(1, 2), zeros, in[2]};
    var spec = assertThrows(ShapeError.class, () -> kernel.run(wrong, out));
    assertTrue(spec.getMessage().contains("input 0"), spec.getMessage());
  }
}
