"""Element-wise ops of two and more tensors, with broadcasting."""

import numpy as np
import tensorflow as tf

from golden import ALL, COMPLEX, FLOATS, INTS, gen, np_dtype

PAIRS = [
    ((), ()),
    ((0,), (0,)),
    ((17,), (17,)),
    ((3,), ()),
    ((), (7,)),
    ((2, 1), (1, 3)),
    ((2, 3, 4), (3, 1)),
    ((2, 3, 4), (2, 3, 4)),
    ((0, 4), (1, 4)),
    ((4,), (2, 3, 4)),
    ((2, 3, 1, 1, 2, 2), (1, 1, 2, 2, 2, 2)),
]
FEW = [((), ()), ((17,), (17,)), ((2, 1), (1, 3)), ((3,), ())]

# op: bounds of x, bounds of y
BINARY = {
    "Add": ((-5, 5), (-5, 5)),
    "AddV2": ((-5, 5), (-5, 5)),
    "ApproximateEqual": ((-5, 5), (-5, 5)),
    "Atan2": ((-5, 5), (-5, 5)),
    "BitwiseAnd": ((0, 120), (0, 120)),
    "BitwiseOr": ((0, 120), (0, 120)),
    "BitwiseXor": ((0, 120), (0, 120)),
    "Div": ((-20, 20), (1, 5)),
    "DivNoNan": ((-20, 20), (0, 3)),
    "Equal": ((-2, 2), (-2, 2)),
    "FloorDiv": ((-20, 20), (1, 5)),
    "FloorMod": ((-20, 20), (1, 5)),
    "Greater": ((-2, 2), (-2, 2)),
    "GreaterEqual": ((-2, 2), (-2, 2)),
    "Igamma": ((0.1, 8), (0.1, 8)),
    "Igammac": ((0.1, 8), (0.1, 8)),
    "LeftShift": ((0, 10), (0, 4)),
    "Less": ((-2, 2), (-2, 2)),
    "LessEqual": ((-2, 2), (-2, 2)),
    "LogicalAnd": ((0, 1), (0, 1)),
    "LogicalOr": ((0, 1), (0, 1)),
    "Maximum": ((-5, 5), (-5, 5)),
    "Minimum": ((-5, 5), (-5, 5)),
    "Mod": ((-20, 20), (1, 5)),
    "Mul": ((-5, 5), (-5, 5)),
    "MulNoNan": ((-5, 5), (-5, 5)),
    "NextAfter": ((-5, 5), (-5, 5)),
    "NotEqual": ((-2, 2), (-2, 2)),
    "Polygamma": ((1, 3), (0.5, 5)),
    "Pow": ((0.1, 4), (0, 3)),
    "RealDiv": ((-5, 5), (0.5, 5)),
    "RightShift": ((0, 120), (0, 4)),
    "SquaredDifference": ((-5, 5), (-5, 5)),
    "Sub": ((-5, 5), (-5, 5)),
    "TruncateDiv": ((-20, 20), (1, 5)),
    "TruncateMod": ((-20, 20), (1, 5)),
    "Xdivy": ((-5, 5), (0.5, 5)),
    "Xlog1py": ((-5, 5), (0.1, 5)),
    "Xlogy": ((-5, 5), (0.1, 5)),
    "Zeta": ((1.5, 6), (0.5, 5)),
}
SAME_SHAPE_ONLY = {"ApproximateEqual"}
WHOLE_FIRST = {"Polygamma"}
SIGNED_DIVISION = {"Div", "FloorDiv", "FloorMod", "Mod", "TruncateDiv", "TruncateMod", "RealDiv", "DivNoNan"}
BITS = {"BitwiseAnd", "BitwiseOr", "BitwiseXor", "LeftShift", "RightShift"}


def label(pair):
    return "_".join("x".join(map(str, s)) or "scalar" for s in pair)


def sweep(f, op, xs, ys):
    for dtype in ALL:
        full = dtype in ("float32", "float64", "int32")
        pairs = [p for p in (PAIRS if full else FEW) if op not in SAME_SHAPE_ONLY or p[0] == p[1]]
        for pair in pairs:
            name = f"{dtype}_{label(pair)}"
            r = f.rng(op, name)
            x = gen(r, pair[0], dtype, *xs)
            y = gen(r, pair[1], dtype, *ys, nonzero=op in SIGNED_DIVISION and op != "DivNoNan")
            if op in SIGNED_DIVISION and dtype not in INTS or op in SIGNED_DIVISION and dtype[0] == "i":
                y = (y * r.choice([-1, 1], pair[1]).astype(np_dtype(dtype))).astype(np_dtype(dtype))
            if op in WHOLE_FIRST and dtype in FLOATS:
                x = np.round(x)
            if f.case(op, name, [x, y], skip=True) is None:
                break
        else:
            edges(f, op, dtype)


def edges(f, op, dtype):
    if dtype in FLOATS:
        v = np.array([0.0, -0.0, 1.0, -1.0, 2.5, 1e-6, np.inf, -np.inf, np.nan]).astype(np_dtype(dtype))
        x, y = np.repeat(v, len(v)), np.tile(v, len(v))
        if op in ("Polygamma", "Zeta", "Igamma", "Igammac"):
            x, y = np.abs(x), np.abs(y)  # outside, the result is not defined and takes long
        f.case(op, f"{dtype}_special", [x, y], grad=dtype == "float32" and op not in ("Igamma", "Igammac"))
    elif dtype in INTS:
        i = np.iinfo(np_dtype(dtype))
        v = [1, 2, 3, i.max, i.max - 1, i.min, i.min + 1] + ([-1, -2, -3] if i.min < 0 else [])
        v = np.array(v, np_dtype(dtype))
        x, y = np.repeat(v, len(v)), np.tile(v, len(v))
        if op == "Pow":
            x, y = np.array([0, 0, 1, 2, 3, 2], v.dtype), np.array([0, 1, 9, 6, 4, 7], v.dtype)
        if op in SIGNED_DIVISION:
            # the smallest by -1 overflows (some processors trap), by zero is refused
            keep = ~((x == i.min) & (y == np.array(-1).astype(v.dtype))) & (y != 0)
            x, y = x[keep], y[keep]
        if op in ("LeftShift", "RightShift"):
            x, y = np.array([1, 1, 100, i.max, i.min, i.min], v.dtype), np.array([0, 3, 7, 1, 1, 2], v.dtype)
        f.case(op, f"{dtype}_edges", [x, y], grad=False)
    elif dtype in COMPLEX and op not in ("Pow", "DivNoNan"):
        v = np.array([0, 1, -1, 1j, 2 - 3j], np_dtype(dtype))
        x, y = np.repeat(v, 5), np.tile(v, 5)
        if op in SIGNED_DIVISION or op in ("Xdivy", "Xlogy", "Xlog1py"):
            keep = y != 0
            x, y = x[keep], y[keep]
        f.case(op, f"{dtype}_axis", [x, y])


def make(f):
    for op, (xs, ys) in BINARY.items():
        sweep(f, op, xs, ys)
    for op in ("Equal", "NotEqual"):
        x = np.array(["a", "b", "", "abc"], object)
        f.case(op, "string", [x, np.array(["a", "c", "", "ab"], object)])
        f.case(op, "incompatible_allowed", [np.float32([1, 2]), np.float32([1, 2, 3])], incompatible_shape_error=False)
    for op in ("Add", "AddV2"):
        f.case(op, "string", [np.array(["a", "b"], object), np.array(["x"], object)], skip=True)
    f.case("ApproximateEqual", "tolerance", [np.float32([1, 2, 3]), np.float32([1.1, 2.4, 3])], tolerance=0.2)
    compound(f)
    failures(f)


def compound(f):
    for dtype in ALL:
        for n, shape in [(1, (3,)), (2, (2, 3)), (3, ()), (5, (17,)), (9, (2,)), (2, (0, 4))]:
            r = f.rng("AddN", f"{dtype}{n}{shape}")
            xs = [gen(r, shape, dtype) for _ in range(n)]
            if f.case("AddN", f"{dtype}_{n}_{label([shape])}", [xs], skip=True) is None:
                break
        for shape, lo_shape in [((17,), ()), ((2, 3), (2, 3)), ((), ()), ((0,), ())]:
            r = f.rng("ClipByValue", f"{dtype}{shape}{lo_shape}")
            args = [gen(r, shape, dtype, -9, 9), gen(r, lo_shape, dtype, -4, 1), gen(r, lo_shape, dtype, 2, 5)]
            if f.case("ClipByValue", f"{dtype}_{label([shape, lo_shape])}", args, skip=True) is None:
                break
        for pair in FEW + [((2, 3, 4), (2, 3, 4)), ((0,), (0,))]:
            r = f.rng("SelectV2", f"{dtype}{pair}")
            c = gen(r, (2, 1) if pair[0] == (2, 1) else pair[0], "bool")
            f.case("SelectV2", f"{dtype}_{label(pair)}", [c, gen(r, pair[0], dtype), gen(r, pair[1], dtype)], skip=True)
            f.case("Select", f"{dtype}_{label(pair)}", [c, gen(r, pair[0], dtype), gen(r, pair[0], dtype)], skip=True)
        r = f.rng("Select", dtype + "rows")
        f.case(
            "Select",
            f"{dtype}_rows",
            [np.array([True, False, True]), gen(r, (3, 2), dtype), gen(r, (3, 2), dtype)],
            skip=True,
        )
    f.case("ClipByValue", "float32_nan", [np.float32([np.nan, -9, 9, np.inf]), np.float32(-1), np.float32(1)])
    f.case("ClipByValue", "float32_on_the_bounds", [np.float32([-1, 0, 1]), np.float32(-1), np.float32(1)])
    f.case("SelectV2", "string", [np.array([True, False]), np.array(["a", "b"], object), np.array(["x", "y"], object)])
    for dtype, out in (("float32", tf.complex64), ("float64", tf.complex128)):
        for pair in PAIRS:
            r = f.rng("Complex", f"{dtype}{pair}")
            f.case("Complex", f"{dtype}_{label(pair)}", [gen(r, pair[0], dtype), gen(r, pair[1], dtype)], Tout=out)
    for op in ("Betainc",):
        r = f.rng(op, "x")
        f.case(
            op,
            "float64",
            [gen(r, (9,), "float64", 0.5, 5), gen(r, (9,), "float64", 0.5, 5), gen(r, (9,), "float64", 0.05, 0.95)],
        )
    for shapes in [((2, 1), (1, 3)), ((), (4,)), ((5, 1, 2), (3, 1))]:
        s = [np.array(v, np.int32) for v in shapes]
        f.case("BroadcastArgs", label(shapes), s)
        f.case("BroadcastGradientArgs", label(shapes), s)


def failures(f):
    two, three = np.float32([1, 2]), np.float32([1, 2, 3])
    for op in (
        "Add",
        "AddV2",
        "Sub",
        "Mul",
        "RealDiv",
        "Maximum",
        "Pow",
        "Less",
        "Equal",
        "SquaredDifference",
        "Atan2",
        "FloorMod",
    ):
        f.fails(op, "incompatible", [two, three])
        f.fails(op, "incompatible_rank", [np.zeros((2, 3), np.float32), np.zeros((2, 4), np.float32)])
    f.fails("LogicalAnd", "incompatible", [np.array([True, False]), np.array([True] * 3)])
    f.fails("BitwiseAnd", "incompatible", [np.int32([1, 2]), np.int32([1, 2, 3])])
    f.fails("AddV2", "dtypes", [np.float32([1]), np.int32([1])])
    f.fails("Mul", "dtypes", [np.float32([1]), np.float64([1])])
    f.fails("AddV2", "bool", [np.array([True]), np.array([True])])
    f.fails("LogicalAnd", "dtype", [np.int32([1]), np.int32([1])])
    for op in ("Div", "FloorDiv", "FloorMod", "TruncateDiv", "TruncateMod"):
        f.fails(op, "integer_by_zero", [np.int32([1, 2]), np.int32([1, 0])])
    f.fails("Pow", "negative_exponent", [np.int32([2]), np.int32([-1])])
    f.fails("AddN", "shapes", [[two, three]])
    f.fails("SelectV2", "incompatible", [np.array([True, False]), two, three])
    f.fails("Select", "incompatible", [np.array([True, False]), two, three])
    f.fails("ClipByValue", "bounds_shape", [three, two, two])
    f.fails("Exp", "integer", [np.int32([1])])
    f.fails("Relu", "bool", [np.array([True])])
    f.fails("Complex", "dtype", [np.int32([1]), np.int32([1])], Tout=tf.complex64)
