package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Types.INTS;
import static dev.merapi.op.family.Scalars.X;
import static dev.merapi.op.family.Scalars.Y;
import static dev.merapi.op.family.Scalars.binary;
import static dev.merapi.op.family.Scalars.unary;

import dev.merapi.kernel.Expr;
import dev.merapi.kernel.cpu.PointwiseCpu;
import dev.merapi.op.OpDef;
import dev.merapi.op.Rules;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;

/// Logic and shifts on the bits of whole numbers.
public final class BitOps {
  private static final String WHOLE = "whole numbers have no derivative";

  private static OpDef bits(String name, Expr meaning, String says, String api) {
    return binary(name, INTS, meaning)
        .says(says)
        .noGrad(WHOLE)
        .mustFail(name + ": x must be", Spec.of(DType.F32, 3), Spec.of(DType.F32, 3))
        .api(api)
        .declare();
  }

  public static final OpDef AND =
      bits("BitwiseAnd", X.bitAnd(Y), "Keeps the bits that both have.", "bitwise.bitwiseAnd");

  public static final OpDef OR =
      bits("BitwiseOr", X.bitOr(Y), "Sets the bits that either has.", "bitwise.bitwiseOr");

  public static final OpDef XOR =
      bits("BitwiseXor", X.bitXor(Y), "Sets the bits that just one has.", "bitwise.bitwiseXor");

  public static final OpDef LEFT_SHIFT =
      bits(
          "LeftShift",
          X.shl(Y),
          "Shifts bits to the left; shifts are limited to the width.",
          "bitwise.leftShift");

  public static final OpDef RIGHT_SHIFT =
      bits(
          "RightShift",
          X.shr(Y),
          "Shifts bits to the right, keeping the sign of signed types.",
          "bitwise.rightShift");

  public static final OpDef INVERT =
      unary("Invert", INTS, X.bitNot())
          .says("Turns every bit around.")
          .noGrad(WHOLE)
          .api("bitwise.invert")
          .declare();

  public static final OpDef POPULATION_COUNT =
      op("PopulationCount")
          .says("Counts the bits that are 1.")
          .in("x", "T")
          .out("y", DType.U8)
          .type("T", INTS)
          .infer(Rules.like(DType.U8))
          .cpu(PointwiseCpu::countBits)
          .cuda("unary")
          .noGrad(WHOLE)
          .mustFail("PopulationCount: x must be", Spec.of(DType.F32, 3))
          .declare();

  private BitOps() {}

  static void load() {}
}
