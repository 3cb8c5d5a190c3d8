package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.NUMBERS;
import static dev.merapi.op.Types.REALS;
import static dev.merapi.op.family.Grads.conj;
import static dev.merapi.op.family.Grads.neg;

import dev.merapi.kernel.cpu.CrossCpu;
import dev.merapi.kernel.cpu.EinsumCpu;
import dev.merapi.kernel.cpu.Equation;
import dev.merapi.op.AttrDef;
import dev.merapi.op.Grad;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Products in index notation, and of vectors in space. Neighbour: MatMulOps.
public final class EinsumOps {
  private static final OpRef EINSUM_OP = OpRef.to("Einsum");
  private static final OpRef CROSS_OP = OpRef.to("Cross");
  private static final OpRef FILL = OpRef.to("Fill");
  private static final OpRef CONCAT = OpRef.to("ConcatV2");
  private static final OpRef BROADCAST_ARGS = OpRef.to("BroadcastGradientArgs");
  private static final OpRef SUM = OpRef.to("Sum");
  private static final OpRef RESHAPE = OpRef.to("Reshape");
  private static final OpRef BROADCAST_TO = OpRef.to("BroadcastTo");

  private EinsumOps() {}

  /// Declares the family; all is done by the class's own start.
  public static void load() {}

  public static final OpDef EINSUM =
      op("Einsum")
          .says(
              "Multiplies tensors whose axes are named by letters, and sums over letters that the"
                  + " result lacks.")
          .formula("ij,jk->ik: yᵢₖ = Σ aᵢⱼ bⱼₖ over j")
          .ins("inputs", "T")
          .out("output", "T")
          .attr("equation", AttrDef.Kind.STRING)
          .type("T", NUMBERS)
          .infer(c -> c.out(0, c.dtype(0), Equation.of(c).shape()))
          .grad(keep("inputs"), EinsumOps::einsumGradient)
          .cpu(EinsumCpu::run)
          .cuda("gemm")
          .accurate(-1, -1)
          .mustFail(
              "Expected dimension 3 at axis 0 of the input shaped [4,2] but got dimension 4",
              Map.of("equation", "ij,jk->ik"),
              Spec.of(DType.F32, 2, 3),
              Spec.of(DType.F32, 4, 2))
          .mustFail(
              "Expected input 0 to have rank 2 but got: 3",
              Map.of("equation", "ij,jk->ik"),
              Spec.of(DType.F32, 2, 3, 1),
              Spec.of(DType.F32, 3, 2))
          .mustFail(
              "label 'k' of the result is in no operand",
              Map.of("equation", "ij->ik"),
              Spec.of(DType.F32, 2, 3))
          .declare();

  private static void einsumGradient(Grad g, Tensor dy) {
    Equation e = Equation.parse("Einsum", g.attrs().s("equation"));
    Tensor[] x = g.keptList("inputs");
    for (int i = 0; i < x.length; i++) {
      if (g.needs("inputs", i)) {
        g.to("inputs", i, operandGradient(e, x, i, dy));
      }
    }
  }

  /// The product of `dy` and the other operands, with the labels of operand `i` as the result.
  /// Letters that only operand `i` has were summed over: a row of ones stands for each of them.
  private static Tensor operandGradient(Equation e, Tensor[] x, int i, Tensor dy) {
    String own = e.terms[i];
    List<String> terms = new ArrayList<>(List.of(e.result));
    List<Tensor> operands = new ArrayList<>(List.of(dy));
    for (int k = 0; k < x.length; k++) {
      if (k != i) {
        terms.add(e.terms[k]);
        operands.add(conj(x[k]));
      }
    }
    String elsewhere = String.join("", terms);
    int[] dims = x[i].shape().dims();
    int dots = dims.length - own.replace("...", "").length();
    int open = own.indexOf("...");
    for (int k = 0; k < dims.length; k++) {
      if (open >= 0 && k >= open && k < open + dots) {
        continue;
      }
      String letter = letterAt(own, k, open, dots);
      if (!elsewhere.contains(letter)) {
        terms.add(letter);
        operands.add(FILL.of(Sizes.vector(Sizes.axis(x[i], k)), Grads.number(dy, 1)));
        elsewhere += letter;
      }
    }
    boolean stretched = open >= 0 && elsewhere.contains("...");
    String to = stretched ? own : own.replace("...", "");
    Tensor t =
        EINSUM_OP.with(
            EINSUM_OP.attrs("equation", String.join(",", terms) + "->" + to),
            operands.toArray(Tensor[]::new));
    int at = stretched ? open : -1;
    return x[i].shape().isKnown() && t.shape().isKnown()
        ? fit(t, x[i].shape(), at, t.rank() - (dims.length - dots), dots)
        : openFit(t, x[i], at);
  }

  private static String letterAt(String term, int axis, int open, int dots) {
    int at = open >= 0 && axis >= open + dots ? axis - dots : axis;
    return String.valueOf(term.replace("...", "").charAt(at));
  }

  /// Sums over ellipsis axes along which the operand was stretched, and stretches over those that
  /// were summed.
  private static Tensor fit(Tensor t, Shape x, int open, int dots, int ownDots) {
    if (t.shape().equals(x)) {
      return t;
    }
    int[] axes = new int[Math.max(dots, 0)];
    int n = 0;
    for (int k = 0; open >= 0 && k < dots; k++) {
      int own = k - (dots - ownDots);
      if (own < 0 || x.dim(open + own) == 1 && t.shape().dim(open + k) != 1) {
        axes[n++] = open + k;
      }
    }
    Tensor s = n == 0 ? t : SUM.of(t, Values.ints(Arrays.copyOf(axes, n)));
    if (s.size() == x.size()) {
      return RESHAPE.of(s, Values.ints(x.dims()));
    }
    int[] ones = x.dims();
    int at = open < 0 ? 0 : open;
    int missing = ownDots - (open < 0 ? 0 : dots);
    int first = open < 0 ? x.rank() - s.rank() : missing;
    Arrays.fill(ones, at, at + first, 1);
    return BROADCAST_TO.of(RESHAPE.of(s, Values.ints(ones)), Values.ints(x.dims()));
  }

  /// Does the same where sizes are not known yet: the missing axes of either side, which begin at
  /// `open`, count as 1.
  private static Tensor openFit(Tensor t, Tensor x, int open) {
    int more = t.rank() - x.rank();
    if (open < 0 && more == 0) {
      return t;
    }
    Tensor dims = Sizes.of(x);
    if (more >= 0) {
      Tensor axes = BROADCAST_ARGS.of(widened(dims, open, more), Sizes.of(t));
      return RESHAPE.of(SUM.of(t, axes), dims);
    }
    Tensor wide = RESHAPE.of(t, widened(Sizes.of(t), Math.max(open, 0), -more));
    Tensor axes = BROADCAST_ARGS.of(dims, Sizes.of(wide));
    return BROADCAST_TO.of(SUM.with(SUM.attrs("keep_dims", true), wide, axes), dims);
  }

  /// Puts `n` ones into a shape.
  private static Tensor widened(Tensor dims, int at, int n) {
    Tensor front = Sizes.part(dims, Values.scalar(0), Values.scalar(at));
    Tensor back = Sizes.part(dims, Values.scalar(at), Sizes.count(dims));
    int[] ones = new int[n];
    Arrays.fill(ones, 1);
    return CONCAT.of(front, Values.ints(ones), back, Values.scalar(0));
  }

  public static final OpDef CROSS =
      op("Cross")
          .says("Takes the cross products of vectors of three along the last axis.")
          .formula("p = (a₁b₂ − a₂b₁, a₂b₀ − a₀b₂, a₀b₁ − a₁b₀)")
          .in("a", "T")
          .in("b", "T")
          .out("product", "T")
          .type("T", REALS)
          .infer(c -> {
            Shape a = c.shape(0);
            Shape b = c.shape(1);
            if (!a.accepts(b)) {
              throw c.fault(
                      "Both inputs must be of same shape: " + a.brackets() + " vs. " + b.brackets())
                  .expected("two tensors of one shape")
                  .shapeError();
            }
            Shape s = a.isKnown() ? a : b;
            if (s.isRankKnown() && (s.rank() == 0 || s.dim(-1) >= 0 && s.dim(-1) != 3)) {
              throw c.fault("Cross-products are only defined for 3-element vectors.")
                  .expected("a last axis of 3")
                  .shapeError();
            }
            c.out(0, c.dtype(0), s);
          })
          .grad(
              keep("a", "b"),
              (g, dy) -> {
                if (g.needs("a")) {
                  g.to("a", CROSS_OP.of(g.kept("b"), dy));
                }
                if (g.needs("b")) {
                  g.to("b", neg(CROSS_OP.of(g.kept("a"), dy)));
                }
              })
          .cpu(CrossCpu::run)
          .cuda("cross")
          // float32 is computed in float64: where products cancel, TensorFlow is several roundings
          // off.
          .accurate(-8, -2)
          .mustFail(
              "only defined for 3-element vectors",
              Spec.of(DType.F32, 2, 4),
              Spec.of(DType.F32, 2, 4))
          .mustFail(
              "must be of same shape: [2,3] vs. [3]",
              Spec.of(DType.F32, 2, 3),
              Spec.of(DType.F32, 3))
          .api("linalg.cross")
          .declare();
}
