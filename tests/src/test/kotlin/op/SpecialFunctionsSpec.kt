package dev.merapi.op

import dev.merapi.tensor.DType
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import kotlin.math.abs

/**
 * Functions that TensorFlow computes to a few digits only, against values of 40 digits.
 *
 * The numbers were printed by `tests/golden/exact/special_functions.py` with mpmath.
 */
class SpecialFunctionsSpec :
  StringSpec({
    val points = doubleArrayOf(0.125, 0.75, 1.5, 3.25, 7.5)
    val exact =
      mapOf(
        "BesselJ0" to
          doubleArrayOf(
            0.9960975630419852,
            0.86424227516664862,
            0.51182767173591813,
            -0.33275080217061151,
            0.2663396578803784,
          ),
        "BesselJ1" to
          doubleArrayOf(
            0.062378009134494681,
            0.34924360217486219,
            0.55793650791009964,
            0.24111968801520389,
            0.13524842757970551,
          ),
        "BesselK0" to
          doubleArrayOf(
            2.2078690867449701,
            0.61058242211646412,
            0.21380556264752574,
            0.02605875525515495,
            0.00024917761635611439,
          ),
        "BesselK0e" to
          doubleArrayOf(
            2.5018434402191294,
            1.2926029977639617,
            0.9582100532948965,
            0.67206415584938718,
            0.45052369910491569,
          ),
        "BesselK1" to
          doubleArrayOf(
            7.8311182991157512,
            0.94958046696214023,
            0.27738780045684382,
            0.029825529796040124,
            0.00026529739012528953,
          ),
        "BesselK1e" to
          doubleArrayOf(
            8.8738195864263295,
            2.0102618643339222,
            1.243165873552553,
            0.76921055165024466,
            0.47966893379102062,
          ),
        "BesselY0" to
          doubleArrayOf(
            -1.3896806251438405,
            -0.1371727693857724,
            0.38244892379775884,
            0.28828690267308705,
            0.11731328614820863,
          ),
        "BesselY1" to
          doubleArrayOf(
            -5.199936112534775,
            -1.0375945507692854,
            -0.4123086269739113,
            0.37977777371708352,
            -0.25912851048611625,
          ),
        "Dawsn" to
          doubleArrayOf(
            0.12370601848283973,
            0.52301276774451825,
            0.42824907108539863,
            0.162570914560687,
            0.067275811644630616,
          ),
        "Expint" to
          doubleArrayOf(
            -1.3732085249429833,
            1.2073328160012219,
            3.3012854491297978,
            11.757303793304925,
            289.38839820014461,
          ),
        "FresnelCos" to
          doubleArrayOf(
            0.1249924702994111,
            0.6935259907871359,
            0.44526117603982154,
            0.42633865559802077,
            0.51601825015233635,
          ),
        "FresnelSin" to
          doubleArrayOf(
            0.0010226098566217431,
            0.20887711123338357,
            0.69750496008209301,
            0.5642211995671413,
            0.46070123294683061,
          ),
        "Spence" to
          doubleArrayOf(
            1.2381234817964802,
            0.26765263908273261,
            -0.4484142069236462,
            -1.5708284488702068,
            -3.2484540717954052,
          ),
      )

    exact.forEach { (name, values) ->
      "$name of five numbers is exact to 1e-13, and in float32 to 2e-6" {
        val x = Values.doubles(points, points.size)
        val y = OpRef.to(name).of(x).toDoubleArray()
        val single = OpRef.to("Cast").let { it.with(it.attrs("DstT", DType.F32), x) }
        val z = OpRef.to(name).of(single).toDoubleArray()
        values.forEachIndexed { i, v ->
          y[i] shouldBe (v plusOrMinus 1e-13 * maxOf(1.0, abs(v)))
          z[i] shouldBe (v plusOrMinus 2e-6 * maxOf(1.0, abs(v)))
        }
      }
    }

    "IgammaGradA and IgammaDerivativeA are the derivatives of the lower incomplete gamma function by a" {
      val a = Values.doubles(DoubleArray(points.size) { 2.5 }, points.size)
      val x = Values.doubles(points, points.size)
      val first =
        doubleArrayOf(
          -0.0048558856863950287,
          -0.12667071856555226,
          -0.25217540042362785,
          -0.20767964683832333,
          -0.015031077737381761,
        )
      val second =
        doubleArrayOf(
          0.015011126692127338,
          0.15911861807689856,
          0.13655403345500949,
          -0.053524743408617682,
          -0.016876699879564625,
        )
      val d1 = OpRef.to("IgammaGradA").of(a, x).toDoubleArray()
      val d2 = OpRef.to("IgammaDerivativeA").let { it.with(it.attrs("order", 2), a, x) }.toDoubleArray()
      for (i in points.indices) {
        d1[i] shouldBe (first[i] plusOrMinus 1e-11)
        d2[i] shouldBe (second[i] plusOrMinus 1e-9)
      }
    }
  })
