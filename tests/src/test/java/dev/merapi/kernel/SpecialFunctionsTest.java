package dev.merapi.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Holds Bessel functions, integrals and incomplete gamma and beta functions to values by mpmath
/// (golden/mpmath).
class SpecialFunctionsTest {
  private static double ours(String name, double[] x) {
    return switch (name) {
      case "j0" -> Bessel.j0(x[0]);
      case "j1" -> Bessel.j1(x[0]);
      case "y0" -> Bessel.y0(x[0]);
      case "y1" -> Bessel.y1(x[0]);
      case "k0" -> Bessel.k0(x[0]);
      case "k1" -> Bessel.k1(x[0]);
      case "k0e" -> Bessel.k0e(x[0]);
      case "k1e" -> Bessel.k1e(x[0]);
      case "dawson" -> Integrals.dawson(x[0]);
      case "ei" -> Integrals.ei(x[0]);
      case "spence" -> Integrals.spence(x[0]);
      case "fresnelCos" -> Integrals.fresnelCos(x[0]);
      case "fresnelSin" -> Integrals.fresnelSin(x[0]);
      case "lower" -> Incomplete.lower(x[0], x[1]);
      case "upper" -> Incomplete.upper(x[0], x[1]);
      case "lowerByShape1" -> Incomplete.lowerByShape(x[0], x[1], 1);
      case "lowerByShape2" -> Incomplete.lowerByShape(x[0], x[1], 2);
      case "lowerByShape3" -> Incomplete.lowerByShape(x[0], x[1], 3);
      case "hurwitz" -> Zeta.hurwitz(x[0], x[1]);
      case "polygamma" -> Zeta.polygamma(x[0], x[1]);
      case "beta" -> Incomplete.beta(x[0], x[1], x[2]);
      default -> throw new IllegalArgumentException("no function " + name);
    };
  }

  /// Returns the relative error allowed; functions that pass through 0 have it beside their size
  /// elsewhere.
  private static double allowed(String name, double exact) {
    return switch (name) {
      case "j0", "j1", "y0", "y1" -> 1e-15 + 2e-15 * Math.abs(exact);
      case "ei" -> 1e-15 + 4e-15 * Math.abs(exact);
      case "lower", "upper" -> 2e-14 * Math.abs(exact);
      case "lowerByShape1", "lowerByShape2", "lowerByShape3" -> 1e-14 + 1e-13 * Math.abs(exact);
      case "polygamma" -> 2e-14 * Math.abs(exact);
      case "beta" -> 1e-13 * Math.abs(exact);
      default -> 4e-15 * Math.abs(exact);
    };
  }

  private static List<String[]> golden() throws IOException {
    InputStream in = SpecialFunctionsTest.class.getResourceAsStream("/golden/mpmath/integrals.txt");
    try (BufferedReader r = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return r.lines().filter(l -> !l.startsWith("#")).map(l -> l.split(" ")).toList();
    }
  }

  @Test
  void valuesAgreeWithMpmath() throws IOException {
    for (String[] row : golden()) {
      double[] x = Arrays.stream(row).skip(1).mapToDouble(Double::parseDouble).toArray();
      double exact = x[x.length - 1];
      double y = ours(row[0], x);
      double error = Math.abs(y - exact);
      assertTrue(
          error <= allowed(row[0], exact),
          String.join(" ", row) + " here " + y + ", wrong by " + error);
    }
  }

  @Test
  void edgesOfTheDomainGiveInfinityOrNan() {
    double inf = Double.POSITIVE_INFINITY;
    assertEquals(-inf, Bessel.y0(0));
    assertEquals(-inf, Bessel.y1(0));
    assertEquals(inf, Bessel.k0(0));
    assertEquals(inf, Bessel.k1e(0));
    assertEquals(Double.NaN, Bessel.y0(-1));
    assertEquals(Double.NaN, Bessel.k0e(-1));
    assertEquals(0, Bessel.j1(inf));
    assertEquals(0, Bessel.k1(inf));
    assertEquals(-inf, Integrals.ei(0));
    assertEquals(inf, Integrals.ei(inf));
    assertEquals(Double.NaN, Integrals.spence(-0.5));
    assertEquals(0.5, Integrals.fresnelCos(inf));
    assertEquals(-0.5, Integrals.fresnelSin(-inf));
    assertEquals(0, Incomplete.lower(2, 0));
    assertEquals(0, Incomplete.upper(2, inf));
    assertEquals(Double.NaN, Incomplete.lower(-1, 2));
    assertEquals(Double.NaN, Incomplete.beta(1, 1, 1.5));
    assertEquals(1, Zeta.hurwitz(inf, 1));
    for (String name : List.of("j0", "y1", "k0", "dawson", "ei", "spence", "fresnelCos")) {
      assertEquals(Double.NaN, ours(name, new double[] {Double.NaN}), name);
    }
  }
}
