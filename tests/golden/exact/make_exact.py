"""Computes functions of TensorFlow's recorded inputs with 60 digits; run as `python make_exact.py`.

Needs mpmath 1.4.1 and NumPy. Reads tests/src/test/resources/golden/tensorflow-2.21 and writes
tests/src/test/resources/golden/exact/exact.jsonl.gz: one object a case, with `op`, `case`, and for each real result
`hi`, the nearest float64, and `lo`, the nearest float64 to what is left (both base64, little-endian). Where the function
has no agreed value, as at a pole, `hi` is NaN and `lo` infinite.
"""

import base64
import gzip
import json
import pathlib

import mpmath
import numpy as np
from mpmath import inf, mp, mpf, nan

mp.dps = 60
HERE = pathlib.Path(__file__).resolve().parent
RESOURCES = HERE.parents[1] / "src/test/resources/golden"
UNKNOWN = object()


def within(f, low=-inf, high=inf):
    """NaN outside of [low, high]."""
    return lambda x: f(x) if low <= x <= high else nan


def limits(f, at_minus, at_plus):
    return lambda x: at_plus if x == inf else at_minus if x == -inf else f(x)


def flat(f, at_minus, at_plus):
    """As limits, for functions that no float64 beyond 10^4 tells from their limit."""
    return lambda x: at_plus if x > 1e4 else at_minus if x < -1e4 else f(x)


def at(f, values):
    return lambda x: values[x] if x in values else f(x)


def softplus(x):
    if abs(x) > 1e4:
        return max(x, mpf(0))
    return x + mpmath.log1p(mp.exp(-x)) if x > 0 else mpmath.log1p(mp.exp(x))


def elu(x):
    return x if x > 0 else mp.expm1(max(x, mpf(-1000)))


SELU_SCALE = mpf("1.0507009873554804934193349852946")
SELU_ALPHA = mpf("1.6732632423543772848170429916717")


def lgamma(x):
    if x <= 0 and x == mp.floor(x):
        return inf
    return mp.re(mp.loggamma(x)) if x > 0 else mp.log(abs(mp.pi / (mp.sin(mp.pi * x) * mp.gamma(1 - x))))


def digamma(x):
    return UNKNOWN if x <= 0 and x == mp.floor(x) else mp.digamma(x)


def erfinv(x):
    return nan if abs(x) > 1 else inf if x == 1 else -inf if x == -1 else mp.erfinv(x)


def ndtri(p):
    if p < 0 or p > 1:
        return nan
    if p in (0, 1):
        return inf if p == 1 else -inf
    if p < mpf("1e-20"):  # 2p - 1 would lose digits: solve erfc instead
        t = mp.sqrt(-2 * mp.log(p))
        with mp.workdps(90):
            return -mp.findroot(lambda z: mp.log(mp.erfc(z / mp.sqrt(2)) / 2) - mp.log(p), t)
    with mp.workdps(90):
        return mp.sqrt(2) * mp.erfinv(2 * p - 1)


def sigmoid(x):
    return 1 / (1 + mp.exp(-x)) if x >= 0 else mp.exp(x) / (1 + mp.exp(x))


def reciprocal(x):
    return UNKNOWN if x == 0 else 1 / x


def bessel(order, scaled):
    def f(x):
        if abs(x) == inf:
            return 0 if scaled else UNKNOWN
        if abs(x) > 1e6:
            return UNKNOWN
        v = mp.besseli(order, x)
        return v * mp.exp(-abs(x)) if scaled else v

    return f


UNARY = {
    "Acos": within(mp.acos, -1, 1),
    "Acosh": within(limits(mp.acosh, nan, inf), 1),
    "Asin": within(mp.asin, -1, 1),
    "Asinh": limits(mp.asinh, -inf, inf),
    "Atan": limits(mp.atan, -mp.pi / 2, mp.pi / 2),
    "Atanh": within(at(mp.atanh, {1: inf, -1: -inf}), -1, 1),
    "BesselI0": bessel(0, False),
    "BesselI0e": bessel(0, True),
    "BesselI1": bessel(1, False),
    "BesselI1e": bessel(1, True),
    "Cos": limits(mp.cos, nan, nan),
    "Cosh": flat(mp.cosh, inf, inf),
    "Digamma": limits(digamma, UNKNOWN, inf),
    "Elu": limits(elu, mpf(-1), inf),
    "Erf": flat(mp.erf, mpf(-1), mpf(1)),
    "Erfc": flat(mp.erfc, mpf(2), mpf(0)),
    "Erfinv": erfinv,
    "Exp": flat(mp.exp, mpf(0), inf),
    "Expm1": flat(mp.expm1, mpf(-1), inf),
    "Inv": limits(reciprocal, mpf(0), mpf(0)),
    "Lgamma": limits(lgamma, UNKNOWN, inf),
    "Log": within(limits(at(mp.log, {0: -inf}), nan, inf), 0),
    "Log1p": within(limits(at(mpmath.log1p, {-1: -inf}), nan, inf), -1),
    "Ndtri": ndtri,
    "Reciprocal": limits(reciprocal, mpf(0), mpf(0)),
    "Rsqrt": within(limits(at(lambda x: 1 / mp.sqrt(x), {0: UNKNOWN}), nan, mpf(0)), 0),
    "Selu": limits(lambda x: SELU_SCALE * (x if x > 0 else SELU_ALPHA * mp.expm1(max(x, mpf(-1000)))), -SELU_SCALE * SELU_ALPHA, inf),
    "Sigmoid": flat(sigmoid, mpf(0), mpf(1)),
    "Sin": limits(mp.sin, nan, nan),
    "Sinh": flat(mp.sinh, -inf, inf),
    "Softplus": limits(softplus, mpf(0), inf),
    "Softsign": limits(lambda x: x / (1 + abs(x)), UNKNOWN, UNKNOWN),
    "Sqrt": within(limits(mp.sqrt, nan, inf), 0),
    "Square": limits(lambda x: x * x, inf, inf),
    "Tan": limits(mp.tan, nan, nan),
    "Tanh": flat(mp.tanh, mpf(-1), mpf(1)),
}


def power(x, y):
    if x < 0 and y != mp.floor(y):
        return nan
    if x == 0:
        return UNKNOWN if y < 0 else mpf(1) if y == 0 else mpf(0)
    return mp.power(x, y)


def igamma(upper):
    def f(a, x):
        if a <= 0 or x < 0:
            return UNKNOWN
        return mp.gammainc(a, x, inf, regularized=True) if upper else mp.gammainc(a, 0, x, regularized=True)

    return f


BINARY = {
    "Atan2": lambda y, x: UNKNOWN if y == 0 and x <= 0 else mp.atan2(y, x),
    "Igamma": igamma(False),
    "Igammac": igamma(True),
    "Polygamma": lambda n, x: mp.polygamma(int(n), x) if n == mp.floor(n) and n >= 0 and x > 0 else UNKNOWN,
    "Pow": power,
    "Xdivy": lambda x, y: mpf(0) if x == 0 else UNKNOWN if y == 0 else x / y,
    "Xlog1py": lambda x, y: mpf(0) if x == 0 else x * mpmath.log1p(y) if y > -1 else UNKNOWN,
    "Xlogy": lambda x, y: mpf(0) if x == 0 else x * mp.log(y) if y > 0 else UNKNOWN,
    "Zeta": lambda x, q: mp.zeta(x, q) if x > 1 and q > 0 else UNKNOWN,
}
TERNARY = {
    "Betainc": lambda a, b, x: mp.betainc(a, b, 0, x, regularized=True)
    if a > 0 and b > 0 and 0 <= x <= 1
    else UNKNOWN,
}
FUNCTIONS = UNARY | BINARY | TERNARY
FLOATS = ("float16", "bfloat16", "float32", "float64")


def decode(tensor):
    raw = base64.b64decode(tensor["data"])
    if tensor["dtype"] == "bfloat16":
        a = (np.frombuffer(raw, "<u2").astype(np.uint32) << 16).view(np.float32)
    else:
        a = np.frombuffer(raw, np.dtype(tensor["dtype"]).newbyteorder("<"))
    return a.astype(np.float64).reshape(tensor["shape"])


def split(exact):
    """The nearest float64 and the nearest float64 to the rest."""
    if exact is UNKNOWN:
        return np.nan, np.inf
    if isinstance(exact, mpmath.mpc):
        return np.nan, 0.0
    exact = mpf(exact)
    hi = float(exact)
    return (hi, 0.0) if not np.isfinite(hi) else (hi, float(exact - mpf(hi)))


def value(op, args):
    if any(np.isnan(a) for a in args):
        return UNKNOWN if op in ("Pow", "Xdivy", "Xlogy", "Xlog1py") else nan
    if len(args) > 1 and any(np.isinf(a) for a in args):
        return UNKNOWN
    return FUNCTIONS[op](*[mpf(float(a)) for a in args])


def main():
    lines = []
    for path in sorted((RESOURCES / "tensorflow-2.21").glob("*.jsonl.gz")):
        for line in gzip.open(path, "rt"):
            case = json.loads(line)
            if case.get("op") not in FUNCTIONS or "fails" in case:
                continue
            inputs = case["inputs"]
            if any(t["dtype"] not in FLOATS for t in inputs) or inputs[0]["dtype"] in ("float16", "bfloat16") and not case["case"].endswith(("17", "special")):
                continue
            arrays = np.broadcast_arrays(*[decode(t) for t in inputs])
            if arrays[0].size == 0:
                continue
            pairs = [split(value(case["op"], args)) for args in zip(*[a.reshape(-1) for a in arrays])]
            hi, lo = (base64.b64encode(np.array(v, "<f8").tobytes()).decode() for v in zip(*pairs))
            lines.append(json.dumps({"op": case["op"], "case": case["case"], "hi": hi, "lo": lo}, separators=(",", ":")))
    out = RESOURCES / "exact"
    out.mkdir(exist_ok=True)
    with open(out / "exact.jsonl.gz", "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as z:
        z.write(("\n".join(lines) + "\n").encode())
    print(len(lines), "cases")


if __name__ == "__main__":
    main()
