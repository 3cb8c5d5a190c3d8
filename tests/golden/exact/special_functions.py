"""Prints the table of SpecialFunctionsSpec.kt; run as `python special_functions.py`. Needs mpmath."""

from mpmath import besseli, besselj, besselk, bessely, diff, ei, erfi, exp, fresnelc, fresnels, gammainc, mp, mpf
from mpmath import pi, polylog, re, sqrt

mp.dps = 40
POINTS = ["0.125", "0.75", "1.5", "3.25", "7.5"]
FUNCTIONS = {
    "BesselJ0": lambda x: besselj(0, x),
    "BesselJ1": lambda x: besselj(1, x),
    "BesselK0": lambda x: besselk(0, x),
    "BesselK0e": lambda x: exp(x) * besselk(0, x),
    "BesselK1": lambda x: besselk(1, x),
    "BesselK1e": lambda x: exp(x) * besselk(1, x),
    "BesselY0": lambda x: bessely(0, x),
    "BesselY1": lambda x: bessely(1, x),
    "Dawsn": lambda x: sqrt(pi) / 2 * exp(-x * x) * erfi(x),
    "Expint": ei,
    "FresnelCos": fresnelc,
    "FresnelSin": fresnels,
    "Spence": lambda x: re(polylog(2, 1 - x)),
}
for name, f in FUNCTIONS.items():
    print(f'      "{name}" to doubleArrayOf({", ".join(mp.nstr(f(mpf(x)), 17) for x in POINTS)}),')


def regularized(a, x):
    return gammainc(a, 0, x, regularized=True)


for order in (1, 2):
    row = [mp.nstr(diff(lambda a: regularized(a, mpf(x)), mpf("2.5"), order), 17) for x in POINTS]
    print(f"order {order}: {', '.join(row)}")
