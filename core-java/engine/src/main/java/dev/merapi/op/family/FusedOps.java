package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;

import dev.merapi.kernel.Fusion;
import dev.merapi.kernel.cpu.FusedKernel;
import dev.merapi.op.AttrDef;
import dev.merapi.op.Attrs;
import dev.merapi.op.Call;
import dev.merapi.op.Kernel;
import dev.merapi.op.OpDef;

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
