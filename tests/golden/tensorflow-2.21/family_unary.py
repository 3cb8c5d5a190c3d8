"""Element-wise ops of one tensor: every dtype with a CPU kernel, awkward shapes, special values."""

import numpy as np
import tensorflow as tf

from golden import ALL, COMPLEX, FLOATS, INTS, gen, np_dtype

SHAPES = [(), (0,), (1,), (3,), (7,), (17,), (2, 3), (0, 4), (1, 5, 1), (2, 3, 4), (2, 1, 3, 1, 2, 2)]
FEW = [(), (0,), (17,), (2, 3)]

# op: (lo, hi) of ordinary float values; integers use the same bounds widened to at least ±10
UNARY = {
    "Abs": (-5, 5),
    "Acos": (-0.99, 0.99),
    "Acosh": (1.01, 50),
    "Angle": (-5, 5),
    "Asin": (-0.99, 0.99),
    "Asinh": (-50, 50),
    "Atan": (-20, 20),
    "Atanh": (-0.99, 0.99),
    "BesselI0": (-5, 5),
    "BesselI0e": (-5, 5),
    "BesselI1": (-5, 5),
    "BesselI1e": (-5, 5),
    "Ceil": (-5, 5),
    "ComplexAbs": (-5, 5),
    "Conj": (-5, 5),
    "Cos": (-20, 20),
    "Cosh": (-10, 10),
    "Digamma": (0.1, 20),
    "Elu": (-5, 5),
    "Erf": (-4, 4),
    "Erfc": (-4, 4),
    "Erfinv": (-0.99, 0.99),
    "Exp": (-20, 20),
    "Expm1": (-10, 10),
    "Floor": (-5, 5),
    "Identity": (-5, 5),
    "Imag": (-5, 5),
    "Inv": (0.1, 5),
    "Invert": (-100, 100),
    "IsFinite": (-5, 5),
    "IsInf": (-5, 5),
    "IsNan": (-5, 5),
    "LeakyRelu": (-5, 5),
    "Lgamma": (-4.4, 20),
    "Log": (0.01, 100),
    "Log1p": (-0.99, 20),
    "LogicalNot": (0, 1),
    "Ndtri": (0.001, 0.999),
    "Neg": (-5, 5),
    "OnesLike": (-5, 5),
    "PopulationCount": (-100, 100),
    "PreventGradient": (-5, 5),
    "Real": (-5, 5),
    "Reciprocal": (0.1, 5),
    "Relu": (-5, 5),
    "Relu6": (-3, 9),
    "Rint": (-5, 5),
    "Round": (-5, 5),
    "Rsqrt": (0.01, 50),
    "Selu": (-5, 5),
    "Sigmoid": (-15, 15),
    "Sign": (-5, 5),
    "Sin": (-20, 20),
    "Sinh": (-10, 10),
    "Softplus": (-20, 20),
    "Softsign": (-20, 20),
    "Sqrt": (0, 50),
    "Square": (-5, 5),
    "StopGradient": (-5, 5),
    "Tan": (-1.5, 1.5),
    "Tanh": (-8, 8),
    "ZerosLike": (-5, 5),
}
COPIES = {"Identity", "StopGradient", "PreventGradient", "OnesLike", "ZerosLike", "Conj"}
BOUNDED_BY_INT_OVERFLOW = {"Inv", "Reciprocal", "Invert", "Rsqrt"}
NO_SPECIAL_GRADIENT = {"Identity", "StopGradient", "PreventGradient", "OnesLike", "ZerosLike"}

# (grad op, domain of its first input, domain of its second)
GRADS = {
    "EluGrad": ((-2, 2), (-0.99, 3)),
    "ReluGrad": ((-2, 2), (-3, 3)),
    "Relu6Grad": ((-2, 2), (-3, 9)),
    "LeakyReluGrad": ((-2, 2), (-3, 3)),
    "SeluGrad": ((-2, 2), (-1.7, 3)),
    "SoftplusGrad": ((-2, 2), (-10, 10)),
    "SoftsignGrad": ((-2, 2), (-10, 10)),
    "SigmoidGrad": ((0.01, 0.99), (-2, 2)),
    "TanhGrad": ((-0.99, 0.99), (-2, 2)),
    "SqrtGrad": ((0.1, 5), (-2, 2)),
    "RsqrtGrad": ((0.1, 5), (-2, 2)),
    "ReciprocalGrad": ((0.1, 5), (-2, 2)),
    "InvGrad": ((0.1, 5), (-2, 2)),
}


def specials(dtype):
    v = [
        0.0,
        -0.0,
        1e-6,
        -1e-6,
        1.0,
        -1.0,
        0.5,
        -0.5,
        1.5,
        -1.5,
        2.5,
        -2.5,
        2.0,
        -2.0,
        6.0,
        10.0,
        -10.0,
        100.0,
        -100.0,
        np.inf,
        -np.inf,
        np.nan,
    ]
    if dtype in ("float32", "float64"):
        v += [1e-30, -1e-30, 1e10, -1e10, 1e30, -1e30, 88.0, 89.0, -88.0, -104.0, 16777217.0]
    if dtype == "float64":
        v += [709.0, 710.0, -745.0, 1e300, -1e300, 4503599627370497.5]
    return np.array(v, np.float64).astype(np_dtype(dtype))


def int_edges(dtype):
    i = np.iinfo(np_dtype(dtype))
    return np.array([0, 1, 2, 3, i.max, i.max - 1, i.min, i.min + 1], np_dtype(dtype))


def one(f, op, lo, hi):
    extra = {"message": "no second order"} if op == "PreventGradient" else {}
    for dtype in ALL:
        a, b = lo, hi
        if dtype in INTS and op not in COPIES:
            a, b = (0 if lo >= 0 else -10), max(10, hi)
        full = dtype in ("float32", "float64")
        for shape in SHAPES if full else FEW:
            name = f"{dtype}_{'x'.join(map(str, shape)) or 'scalar'}"
            x = gen(f.rng(op, name), shape, dtype, a, b, nonzero=op in BOUNDED_BY_INT_OVERFLOW)
            if f.case(op, name, [x], skip=True, **typed(op, dtype), **extra) is None:
                break
        else:
            if full:
                name = f"{dtype}_dense"
                x = np.linspace(a, b, 101).astype(dtype)
                f.case(op, name, [x], **extra)
            if dtype in FLOATS:
                f.case(op, f"{dtype}_special", [specials(dtype)], grad=op not in NO_SPECIAL_GRADIENT, **extra)
            if full:
                tiny = np.array([1e-40, -1e-40] if dtype == "float32" else [1e-310, -1e-310], dtype)
                f.case(op, f"{dtype}_subnormal", [tiny], grad=False, note="subnormal numbers", **extra)
            if dtype in INTS and op not in ("Inv", "Reciprocal", "Rsqrt", "Sqrt", "Log"):
                f.case(op, f"{dtype}_edges", [int_edges(dtype)], **extra)
            if dtype in COMPLEX and op not in COPIES:
                z = np.array([0, 1, -1, 1j, -1j, 1 + 1j, -1 - 1j, 3 - 4j, 0.5j], np_dtype(dtype))
                f.case(op, f"{dtype}_axis", [z], **typed(op, dtype), **extra)


def typed(op, dtype):
    """Angle, ComplexAbs, Imag and Real name their result type, which for complex128 is not the default."""
    if op in ("Angle", "ComplexAbs", "Imag", "Real") and dtype in COMPLEX:
        return {"Tout": tf.float32 if dtype == "complex64" else tf.float64}
    return {}


def make(f):
    for op, (lo, hi) in UNARY.items():
        one(f, op, lo, hi)
    for alpha in (0.0, 0.01, 0.3, 1.5):
        x = gen(f.rng("LeakyRelu", str(alpha)), (9,), "float32")
        f.case("LeakyRelu", f"alpha_{alpha}", [x], alpha=alpha)
    for op, (one_domain, two_domain) in GRADS.items():
        for dtype in FLOATS + COMPLEX + INTS:
            for shape in [(), (0,), (17,), (2, 3, 4)]:
                name = f"{dtype}_{'x'.join(map(str, shape)) or 'scalar'}"
                r = f.rng(op, name)
                a = gen(r, shape, dtype, *one_domain, nonzero=True)
                b = gen(r, shape, dtype, *two_domain)
                if f.case(op, name, [a, b], skip=True) is None:
                    break
    for dtype in ("float32", "float64"):
        x = np.array([0, -0.0, 0, 6, 1, -1, np.inf, -np.inf, np.nan], dtype)
        for op in ("ReluGrad", "Relu6Grad", "LeakyReluGrad", "EluGrad", "SeluGrad"):
            f.case(op, f"{dtype}_kinks", [np.full(9, 1.5, dtype), x], grad=False)
    cast(f)


def cast(f):

    for src in ALL:
        for dst in ALL:
            name = f"{src}_to_{dst}"
            r = f.rng("Cast", name)
            unsigned = dst.startswith("uint") or src.startswith("uint")
            x = gen(r, (9,), src, 0 if unsigned else -100, 100)
            f.case("Cast", name, [x], skip=True, DstT=tf.as_dtype(dst))
    for src in FLOATS:
        x = np.array([0.5, 1.5, 2.5, 2.999, 0.0, 100.7], np_dtype(src))
        for dst in INTS:
            f.case("Cast", f"{src}_to_{dst}_fraction", [x], DstT=tf.as_dtype(dst))
        for dst in FLOATS + ["bool"]:
            v = np.concatenate(
                [specials(src), np.float32([65504, 65520, 1e-7, 3e-8, 1.00390625, 1.01171875]).astype(np_dtype(src))]
            )
            f.case("Cast", f"{src}_to_{dst}_special", [v], DstT=tf.as_dtype(dst))
    for src in INTS:
        for dst in ALL:
            f.case(
                "Cast",
                f"{src}_to_{dst}_edges",
                [int_edges(src)],
                skip=True,
                DstT=tf.as_dtype(dst),
                note="wraps around where the value does not fit",
            )
    for dst in ("float16", "bfloat16"):
        x = np.float32([1 + 2**-9, 1 + 3 * 2**-9, 2**-25, 2**-24 * 1.5, 2**-14 * 0.7, 1e5, -1e5, 2**127 * 1.99])
        for trunc in (False, True):
            f.case("Cast", f"float32_to_{dst}_ties_truncate_{trunc}", [x], DstT=tf.as_dtype(dst), Truncate=trunc)
    for shape in [(), (0,), (2, 3, 4)]:
        x = gen(f.rng("Cast", str(shape)), shape, "float64")
        f.case("Cast", f"float64_to_float32_{'x'.join(map(str, shape)) or 'scalar'}", [x], DstT=tf.float32)
