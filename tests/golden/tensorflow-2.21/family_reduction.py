"""Reductions, cumulative ops, argmax and segments."""

import itertools

import numpy as np
import tensorflow as tf

from golden import ALL, FLOATS, INTS, NUMBERS, gen, np_dtype

REDUCTIONS = ["Sum", "Mean", "Prod", "Max", "Min", "EuclideanNorm", "Any", "All"]
# shape, axes
PLACES = [
    ((), []),
    ((7,), [0]),
    ((7,), [-1]),
    ((2, 3), [0]),
    ((2, 3), [1]),
    ((2, 3), [0, 1]),
    ((2, 3), []),
    ((2, 3, 4), [1]),
    ((2, 3, 4), [-1, 0]),
    ((2, 3, 4), [2, 1]),
    ((0,), [0]),
    ((0, 4), [0]),
    ((0, 4), [1]),
    ((3, 0), [1]),
    ((1, 5, 1), [0, 2]),
    ((2, 3, 2, 2, 3), [1, 3]),
    ((2, 2, 2, 2, 2, 2), [0, 2, 5]),
    ((131,), [0]),
    ((3, 67), [1]),
    ((67, 3), [0]),
]
FEW = [((), []), ((7,), [0]), ((2, 3, 4), [1]), ((2, 3, 4), [-1, 0]), ((0, 4), [0]), ((2, 3), [0, 1])]


def label(shape, axes=None):
    s = "x".join(map(str, shape)) or "scalar"
    return s if axes is None else s + "_axes" + ("_".join(str(a) for a in axes) or "none")


def reductions(f):
    for op in REDUCTIONS:
        for dtype in ALL:
            full = dtype in ("float32", "float64", "int32", "bool")
            for shape, axes in PLACES if full else FEW:
                name = f"{dtype}_{label(shape, axes)}"
                x = gen(f.rng(op, name), shape, dtype, *((0.5, 1.5) if op == "Prod" and shape != (2, 3) else (-5, 5)))
                if f.case(op, name, [x, np.int32(axes)], skip=True, keep_dims=False) is None:
                    break
                if full:
                    f.case(op, name + "_keep", [x, np.int32(axes)], skip=True, keep_dims=True)
            else:
                f.case(op, f"{dtype}_scalar_axis", [gen(f.rng(op, dtype), (2, 3), dtype), np.int32(-1)])
        if op not in ("Any", "All"):
            f.case(op, "int64_axes", [gen(f.rng(op, "l"), (2, 3), "float32"), np.int64([0])])
            for dtype in FLOATS:
                for k, v in {
                    "nan": [1, np.nan, 2],
                    "inf": [1, np.inf, 2],
                    "infs": [np.inf, -np.inf],
                    "zeros": [-0.0, -0.0, 0.0],
                }.items():
                    f.case(op, f"{dtype}_{k}", [np.array(v).astype(np_dtype(dtype)), np.int32([0])], grad=False)
    for op in ("Max", "Min"):
        for dtype in ("float32", "float64"):
            f.case(
                op,
                f"{dtype}_ties",
                [np.array([[2, 2, 1], [1, 2, 2]], dtype), np.int32([1])],
                note="gradient shared among ties",
            )
    f.case("Prod", "float32_one_zero", [np.float32([2, 0, 3]), np.int32([0])])
    f.case("Prod", "float32_two_zeros", [np.float32([[2, 0, 0], [1, 2, 3]]), np.int32([1])])
    for dtype in INTS:
        i = np.iinfo(dtype)
        for op in ("Sum", "Prod", "Mean"):
            f.case(op, f"{dtype}_overflow", [np.array([i.max, i.max, 3], dtype), np.int32([0])], skip=True)
    f.case("Sum", "float16_many", [np.full((2, 300), 0.1, np.float16), np.int32([1])])
    f.case("Mean", "float16_many", [np.full((2, 300), 0.1, np.float16), np.int32([1])])
    f.case("Sum", "float16_large", [np.full(100, 1000, np.float16), np.int32([0])])
    f.case("Mean", "float16_large", [np.full(100, 1000, np.float16), np.int32([0])])
    f.case("Mean", "bfloat16_many", [np.full((2, 300), 0.1).astype(np_dtype("bfloat16")), np.int32([1])])
    f.fails("Sum", "axis", [np.zeros((2, 3), np.float32), np.int32([2])])
    f.fails("Max", "axis_negative", [np.zeros((2, 3), np.float32), np.int32([-3])])
    f.fails("Sum", "axis_twice", [np.zeros((2, 3), np.float32), np.int32([0, 0])])
    f.fails("Mean", "bool", [np.array([True]), np.int32([0])])


def arg(f):
    for op in ("ArgMax", "ArgMin"):
        for dtype in ALL:
            for shape, axis in [
                ((7,), 0),
                ((2, 3, 4), 0),
                ((2, 3, 4), 1),
                ((2, 3, 4), -1),
                ((3, 0, 2), 0),
                ((1,), 0),
                ((2, 37), 1),
            ]:
                name = f"{dtype}_{label(shape)}_axis{axis}"
                x = gen(f.rng(op, name), shape, dtype)
                if f.case(op, name, [x, np.int32(axis)], skip=True) is None:
                    break
            else:
                v = np.array([[1, 3, 3, 2], [0, 0, 0, 0], [3, 1, 1, 3]]).astype(np_dtype(dtype))
                f.case(op, f"{dtype}_ties", [v, np.int32(1)])
        for out in ("int32", "int64", "int16", "uint16"):
            f.case(
                op,
                f"output_{out}",
                [gen(f.rng(op, out), (4, 3), "float32"), np.int32(1)],
                skip=True,
                output_type=tf.as_dtype(out),
            )
        v = [
            [np.nan, 1, 2],
            [1, np.nan, 2],
            [1, 2, np.nan],
            [np.inf, np.nan, -np.inf],
            [np.nan] * 3,
            [-np.inf] * 3,
            [np.inf] * 3,
        ]
        for dtype in FLOATS:
            f.case(op, f"{dtype}_nan", [np.array(v).astype(np_dtype(dtype)), np.int32(1)])
        f.case(op, "zeros", [np.float32([0.0, -0.0, 0.0]), np.int32(0)])
        f.fails(op, "empty", [np.zeros((0, 3), np.float32), np.int32(0)])
        f.fails(op, "axis", [np.zeros((2, 3), np.float32), np.int32(2)])


def cumulative(f):
    for op in ("Cumsum", "Cumprod", "CumulativeLogsumexp"):
        for dtype in NUMBERS:
            full = dtype in ("float32", "float64")
            done = True
            for shape, axis in [
                ((7,), 0),
                ((2, 3, 4), 1),
                ((2, 3, 4), -1),
                ((2, 3, 4), 0),
                ((0,), 0),
                ((1, 5, 1), 1),
                ((3, 40), 1),
            ]:
                for exclusive, reverse in itertools.product((False, True), repeat=2):
                    if not full and (shape not in [(7,), (2, 3, 4)] or axis < 0):
                        continue
                    name = f"{dtype}_{label(shape)}_axis{axis}_{'ex' if exclusive else 'in'}{'_reverse' if reverse else ''}"
                    x = gen(f.rng(op, name), shape, dtype, *((0.5, 1.6) if op == "Cumprod" else (-4, 4)))
                    done = (
                        f.case(op, name, [x, np.int32(axis)], skip=True, exclusive=exclusive, reverse=reverse)
                        is not None
                    )
                    if not done:
                        break
                if not done:
                    break
        f.case(op, "special", [np.float32([1, -np.inf, 2, np.inf, 1, np.nan, 3]), np.int32(0)], grad=False)
        f.fails(op, "axis", [np.float32([1, 2]), np.int32(1)])
    f.case("Cumprod", "zeros", [np.float32([2, 0, 3, 0, 4]), np.int32(0)], note="TensorFlow's gradient is nan here")
    for dtype in FLOATS:
        for shape in [(), (0,), (17,), (2, 3, 4)]:
            f.case("L2Loss", f"{dtype}_{label(shape)}", [gen(f.rng("L2Loss", dtype + str(shape)), shape, dtype)])


def segments(f):
    ids = {"plain": [0, 0, 1, 1, 1, 3], "one": [0] * 6, "each": [0, 1, 2, 3, 4, 5]}
    for op in ("SegmentSum", "SegmentMean", "SegmentMax", "SegmentMin", "SegmentProd"):
        for dtype in NUMBERS:
            stop = False
            for (k, v), tail, index in itertools.product(ids.items(), [(), (3,)], ("int32", "int64")):
                if dtype not in ("float32", "float64", "int32") and (k != "plain" or index == "int64"):
                    continue
                name = f"{dtype}_{k}_{label(tail)}_{index}"
                x = gen(f.rng(op, name), (6,) + tail, dtype, 0.5, 4)
                if f.case(op, name, [x, np.array(v, index)], skip=True) is None:
                    stop = True
                    break
            if not stop:
                f.case(op, f"{dtype}_empty", [np.zeros((0, 2), np_dtype(dtype)), np.zeros(0, np.int32)], skip=True)
        f.fails(op, "unsorted", [np.float32([1, 2, 3]), np.int32([0, 1, 0])])
        f.fails(op, "length", [np.float32([1, 2, 3]), np.int32([0, 1])])
    for op in ("UnsortedSegmentSum", "UnsortedSegmentMax", "UnsortedSegmentMin", "UnsortedSegmentProd"):
        for dtype in NUMBERS:
            for shape, v, n in [
                ((6,), [2, 0, 1, 2, 4, 0], 5),
                ((4, 3), [1, 1, -1, 0], 3),
                ((2, 3, 2), [[0, 2, 0], [1, 1, 2]], 3),
                ((0, 2), [], 2),
                ((3,), [0, 0, 0], 1),
            ]:
                name = f"{dtype}_{label(shape)}_{n}"
                x = gen(f.rng(op, name), shape, dtype, 0.5, 4)
                if (
                    f.case(
                        op, name, [x, np.array(v, np.int32), np.int32(n)], skip=True, note="a negative id is dropped"
                    )
                    is None
                ):
                    break
        f.case(op, "ties", [np.float32([2, 2, 1, 1]), np.int32([0, 0, 0, 1]), np.int32(3)])
        f.fails(op, "id", [np.float32([1, 2]), np.int32([0, 3]), np.int32(2)])
        f.fails(op, "shape", [np.float32([1, 2, 3]), np.int32([0, 1]), np.int32(2)])
    for op, seg in itertools.product(("SparseSegmentSum", "SparseSegmentMean", "SparseSegmentSqrtN"), ("int32",)):
        for dtype in ("float32", "float64"):
            x = gen(f.rng(op, dtype), (5, 3), dtype)
            f.case(op, dtype, [x, np.int32([0, 4, 2, 0]), np.array([0, 0, 1, 3], seg)])


def counting(f):
    for dtype in ("int32", "int64", "float32", "float64"):
        v, empty = np.int32([1, 3, 1, 0, 7, 3]), np.zeros(0, dtype)
        f.case("Bincount", f"{dtype}_counts", [v, np.int32(9), empty], grad=False)
        f.case("Bincount", f"{dtype}_cut", [v, np.int32(4), empty], grad=False)
        f.case("Bincount", f"{dtype}_weights", [v, np.int32(9), gen(f.rng("Bincount", dtype), (6,), dtype)], grad=False)
        for binary in (False, True):
            f.case("DenseBincount", f"{dtype}_{binary}", [v, np.int32(9), empty], grad=False, binary_output=binary)
            rows = np.int32([[1, 2, 2], [0, 5, 1]])
            f.case(
                "DenseBincount", f"{dtype}_rows_{binary}", [rows, np.int32(6), empty], grad=False, binary_output=binary
            )
    f.fails("Bincount", "negative", [np.int32([-1, 2]), np.int32(3), np.zeros(0, np.int32)])
    f.case("HistogramFixedWidth", "int32", [np.float32([-1, 0, 1.5, 2, 5, 15]), np.float32([0, 5]), np.int32(5)])


def make(f):
    reductions(f)
    arg(f)
    cumulative(f)
    segments(f)
    counting(f)
