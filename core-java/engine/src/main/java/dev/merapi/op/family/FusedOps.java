package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;

import dev.merapi.kernel.Fusion;
import dev.merapi.kernel.cpu.ConvCpu;
import dev.merapi.kernel.cpu.FusedKernel;
import dev.merapi.kernel.cpu.MatMulCpu;
import dev.merapi.op.AttrDef;
import dev.merapi.op.Attrs;
import dev.merapi.op.Call;
import dev.merapi.op.Kernel;
import dev.merapi.op.OpDef;
import dev.merapi.op.Types;
import dev.merapi.tensor.DType;

/// Operations that the optimiser makes out of several others; users never call them.
public final class FusedOps {
  private FusedOps() {}

  /// Declares the family.
  public static void load() {}

  public static final OpDef FUSED =
      op("_Fused")
          .says("Carries out several element-wise operations in one pass.")
          .insOfAnyType("args", "Targs")
          .outs("results", "T")
          .attr("fusion", AttrDef.Kind.FUSION)
          .infer(FusedOps::infer)
          .noGrad("the optimiser makes it after gradients were taken")
          .cpuOf(FusedOps::kernel)
          .cuda("none: fused kernels are made for each device by its own compiler")
          .declare();

  public static final OpDef MAT_MUL_BIAS =
      op("_MatMulBias")
          .says(
              "Multiplies two matrices, adds a bias to each column, and may keep what is above 0.")
          .in("a", "T")
          .in("b", "T")
          .in("bias", "T")
          .out("product", "T")
          .attr("transpose_a", false)
          .attr("transpose_b", false)
          .attr("relu", false)
          .type("T", Types.of(DType.F32, DType.F64))
          .infer(MatMulOps::inferMatMul)
          .noGrad("the optimiser makes it after gradients were taken")
          .cpu(MatMulCpu::fused)
          .cuda("gemm")
          .declare();

  public static final OpDef CONV2D_BIAS =
      ConvOps.flat(op("_Conv2DBias"))
          .says("Slides filters over images, adds a bias, and may keep what is above 0.")
          .in("input", "T")
          .in("filter", "T")
          .in("bias", "T")
          .out("output", "T")
          .type("T", Types.of(DType.F32, DType.F64))
          .attr("relu", false)
          .infer(ConvRules.forward(2, false))
          .noGrad("the optimiser makes it after gradients were taken")
          .cpu(ConvCpu::fused)
          .declare();

  private static void infer(Call c) {
    Fusion f = c.attrs.fusion("fusion");
    int n = f.outputs().size();
    c.outs(n);
    for (int i = 0; i < n; i++) {
      c.out(i, f.outSpec(i));
    }
  }

  private static Kernel kernel(Attrs a) {
    FusedKernel k = FusedKernel.of(a.fusion("fusion"));
    return c -> {
      for (int i = 0; i < c.outs(); i++) {
        c.out(i);
      }
      k.run(c.inputs(), c.finish());
    };
  }
}
