package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.COMPLEX;
import static dev.merapi.op.Types.FIXED;
import static dev.merapi.op.family.Grads.mul;
import static dev.merapi.op.family.Scalars.X;
import static dev.merapi.op.family.Scalars.Y;

import dev.merapi.kernel.Expr;
import dev.merapi.kernel.cpu.CastCpu;
import dev.merapi.kernel.cpu.ElementwiseKernel;
import dev.merapi.op.Call;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Rules;
import dev.merapi.op.Types;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;

/// Conversions between element types, complex numbers included.
public final class CastOps {
  private static final Types F32_F64 = Types.of(DType.F32, DType.F64);

  private static final OpRef CAST_OF = OpRef.to("Cast");
  private static final OpRef COMPLEX_OF = OpRef.to("Complex");
  private static final OpRef REAL_OF = OpRef.to("Real");
  private static final OpRef IMAG_OF = OpRef.to("Imag");

  public static final OpDef CAST =
      op("Cast")
          .says(
              "Converts every element to another type; fractions are cut, whole numbers wrap"
                  + " around.")
          .in("x", "SrcT")
          .out("y", "DstT")
          .type("SrcT", FIXED)
          .type("DstT", FIXED)
          .attr("Truncate", false)
          .infer(c -> c.out(0, c.attrs.type("DstT"), c.shape(0)))
          .cpu(CastCpu::run)
          .cuda("cast")
          .grad(
              keep(),
              (g, dy) -> {
                DType to = g.dtypeOf("x");
                if (to.isDifferentiable()) {
                  g.to("x", CAST_OF.with(CAST_OF.attrs("DstT", to), dy));
                }
              })
          .api("cast")
          .declare();

  /// Starts an operation from complex to real numbers; `Tout` is the type of the parts.
  private static OpBuilder parts(String name, String in, String out, Types types, Expr meaning) {
    return op(name)
        .in(in, "T")
        .out(out, "Tout")
        .type("T", types)
        .type("Tout", F32_F64, DType.F32)
        .infer(c -> c.out(0, partType(c), c.shape(0)))
        .scalar(meaning)
        .cpu(ElementwiseKernel.of(meaning))
        .cuda("unary");
  }

  private static DType partType(Call c) {
    DType real = c.dtype(0).real();
    if (c.attrs.get("Tout") instanceof DType d && d != real) {
      throw c.fault("Tout is " + d + ", but the parts of " + c.dtype(0) + " are " + real)
          .expected("Tout = " + real)
          .attrError();
    }
    return real;
  }

  private static Tensor complex(Tensor re, Tensor im) {
    DType t = re.dtype() == DType.F64 ? DType.C128 : DType.C64;
    return COMPLEX_OF.with(COMPLEX_OF.attrs("Tout", t), re, im);
  }

  private static Tensor real(Tensor z) {
    return REAL_OF.with(REAL_OF.attrs("Tout", z.dtype().real()), z);
  }

  private static Tensor imag(Tensor z) {
    return IMAG_OF.with(IMAG_OF.attrs("Tout", z.dtype().real()), z);
  }

  public static final OpDef COMPLEX_OP =
      op("Complex")
          .says("Makes complex numbers from real and imaginary parts.")
          .in("real", "T")
          .in("imag", "T")
          .out("out", "Tout")
          .type("T", F32_F64, DType.F32)
          .type("Tout", COMPLEX, DType.C64)
          .infer(c ->
              c.out(
                  0,
                  c.dtype(0) == DType.F64 ? DType.C128 : DType.C64,
                  Rules.broadcast(c, c.shape(0), c.shape(1))))
          .scalar(X.complex(Y))
          .cpu(ElementwiseKernel.of(X.complex(Y)))
          .cuda("binary")
          .grad(
              keep(),
              (g, dz) -> {
                Grads.operand(g, "real", real(dz));
                Grads.operand(g, "imag", imag(dz));
              })
          .api("complex", "dtypes.complex")
          .declare();

  public static final OpDef REAL =
      parts("Real", "input", "output", COMPLEX, X.real())
          .says("Takes the real part.")
          .grad(keep(), (g, dy) -> g.to("input", complex(dy, mul(dy, 0))))
          .declare();

  public static final OpDef IMAG =
      parts("Imag", "input", "output", COMPLEX, X.imag())
          .says("Takes the imaginary part.")
          .grad(keep(), (g, dy) -> g.to("input", complex(mul(dy, 0), dy)))
          .declare();

  public static final OpDef COMPLEX_ABS =
      parts("ComplexAbs", "x", "y", COMPLEX, X.abs())
          .says("Takes the magnitude of complex numbers.")
          .grad(
              keep("x", "y"),
              (g, dy) -> {
                Tensor y = g.kept("y");
                Tensor w = OpRef.to("DivNoNan").of(dy, y);
                g.to("x", mul(complex(w, mul(w, 0)), g.kept("x")));
              })
          .accurate(2, 2)
          .declare();

  public static final OpDef ANGLE =
      parts("Angle", "input", "output", COMPLEX, X.angle())
          .says("Takes the angle of complex numbers in radians, from −π to π.")
          .grad(
              keep("input"),
              (g, dy) -> {
                Tensor z = g.kept("input");
                Tensor re = real(z);
                Tensor im = imag(z);
                Tensor norm = Grads.add(Grads.square(re), Grads.square(im));
                Tensor w = Grads.div(dy, norm);
                g.to("input", complex(Grads.neg(mul(w, im)), mul(w, re)));
              })
          .accurate(2, 2)
          .api("math.angle")
          .declare();

  public static final OpDef CONJ =
      op("Conj")
          .says("Changes the sign of imaginary parts.")
          .in("input", "T")
          .out("output", "T")
          .type("T", COMPLEX, DType.C64)
          .infer(Rules.like())
          .scalar(X.conj())
          .cpu(ElementwiseKernel.of(X.conj()))
          .cuda("unary")
          .grad(keep(), (g, dy) -> g.to("input", Grads.conj(dy)))
          .declare();

  private CastOps() {}

  static void load() {}
}
