"""Gather, scatter, top-k, unique, sorted search, stitching and matrix diagonals."""

import itertools

import numpy as np
import tensorflow as tf

from golden import ALL, FLOATS, NUMBERS, gen, np_dtype

i32 = np.int32
MOVED = ALL + ["string"]


def label(shape):
    return "x".join(map(str, shape)) or "scalar"


def data(f, op, name, shape, dtype, lo=-5, hi=5):
    if dtype == "string":
        return np.array([b"s%d" % i for i in range(int(np.prod(shape)))] + [b""], object)[:-1].reshape(shape)
    return gen(f.rng(op, name), shape, dtype, lo, hi)


def gathers(f):
    rows = [
        ((5,), [3, 0, 3], 0, 0),
        ((4, 3), [1, 1, 0, 3], 0, 0),
        ((4, 3), [2, 0], 1, 0),
        ((4, 3), 2, 0, 0),
        ((4, 3), [[0, 1], [3, 2]], 0, 0),
        ((2, 3, 4), [[1, 3], [0, 0]], -1, 0),
        ((2, 3, 4), [[2, 0, 0], [1, 1, 2]], 1, 1),
        ((2, 3, 4), [[2], [1]], 2, 1),
        ((4, 3), [], 0, 0),
        ((2, 2, 3), [[[0, 1], [2, 2]], [[1, 1], [0, 2]]], 2, 2),
        ((2, 3, 2), [[0, 1], [2, 0]], 1, -1),
        ((0, 3), [], 0, 0),
    ]
    for dtype, index in itertools.product(MOVED, ("int32", "int64")):
        for shape, ids, axis, batch in rows if dtype in ("float32", "float64") else rows[:2]:
            name = f"{dtype}_{label(shape)}_{label(np.shape(ids))}_axis{axis}_batch{batch}_{index}"
            f.case(
                "GatherV2",
                name,
                [data(f, "GatherV2", name, shape, dtype), np.array(ids, index), i32(axis)],
                skip=True,
                batch_dims=batch,
            )
        for shape, ids, axis, batch in rows[:2]:
            name = f"{dtype}_{label(shape)}_{index}"
            f.case("Gather", name, [data(f, "Gather", name, shape, dtype), np.array(ids, index)], skip=True)
        nd = [
            ((5,), [[3], [0]]),
            ((3, 4), [[0, 1], [2, 3], [2, 3]]),
            ((3, 4), [[1], [0]]),
            ((3, 4), [2, 1]),
            ((2, 3, 2), [[[0, 1]], [[1, 2]]]),
            ((3, 4), np.zeros((2, 0))),
        ]
        for shape, ids in nd if dtype in ("float32", "float64") else nd[:2]:
            name = f"{dtype}_{label(shape)}_{label(np.shape(ids))}_{index}"
            f.case("GatherNd", name, [data(f, "GatherNd", name, shape, dtype), np.array(ids, index)], skip=True)
    x = np.zeros((4, 3), np.float32)
    f.fails("GatherV2", "index", [x, i32([0, 4]), i32(0)])
    f.fails("GatherV2", "index_negative", [x, i32([-1]), i32(0)])
    f.fails("GatherV2", "index_2d", [x, i32([[0, 1], [2, 7]]), i32(1)])
    f.fails("GatherV2", "axis", [x, i32([0]), i32(2)])
    f.fails("GatherV2", "batch", [x, i32([[0], [0], [0]]), i32(1)], batch_dims=1)
    f.fails("GatherNd", "index", [x, i32([[0, 3]])])
    f.fails("GatherNd", "depth", [x, i32([[0, 1, 2]])])
    f.fails("GatherV2", "dtype", [x, np.float32([0]), i32(0)])


def scatters(f):
    rows = [
        ((8,), [[4], [3], [1], [7]], (4,)),
        ((4, 3), [[0], [2]], (2, 3)),
        ((4, 3), [[0, 1], [3, 2], [0, 0]], (3,)),
        ((4, 3), [[1], [1]], (2, 3)),
        ((2, 3, 2), [[[0, 1]], [[1, 2]]], (2, 1, 2)),
        ((5,), np.zeros((0, 1)), (0,)),
    ]
    for dtype, index in itertools.product(MOVED, ("int32", "int64")):
        for shape, ids, updates in rows if dtype in ("float32", "float64") else rows[:2]:
            name = f"{dtype}_{label(shape)}_{label(np.shape(ids))}_{index}"
            ids_, up = np.array(ids, index), data(f, "ScatterNd", name, updates, dtype)
            twice = (
                "an index twice" if shape == (4, 3) and np.shape(ids) == (2, 1) and np.all(np.array(ids) == 1) else None
            )
            if twice:
                name += "_twice"
            f.case("ScatterNd", name, [ids_, up, np.array(shape, index)], skip=True, note=twice)
            for op in (
                "TensorScatterUpdate",
                "TensorScatterAdd",
                "TensorScatterSub",
                "TensorScatterMax",
                "TensorScatterMin",
            ):
                f.case(op, name, [data(f, op, name, shape, dtype), ids_, up], skip=True, note=twice)
    x = np.zeros((4, 3), np.float32)
    for op in ("TensorScatterUpdate", "TensorScatterAdd", "TensorScatterMax"):
        f.fails(op, "index", [x, i32([[4]]), np.zeros((1, 3), np.float32)])
        f.fails(op, "updates", [x, i32([[1]]), np.zeros((1, 2), np.float32)])
    f.fails("ScatterNd", "index", [i32([[4]]), np.float32([1]), i32([4])])
    f.fails("ScatterNd", "updates", [i32([[1]]), np.float32([[1, 2]]), i32([4])])


def sorting(f):
    for dtype in NUMBERS:
        for shape, k in [((7,), 3), ((2, 9), 4), ((2, 3, 5), 1), ((5,), 5), ((5,), 0), ((2, 65), 65), ((2, 33), 2)]:
            for sorted_ in (True, False) if k <= 1 else (True,):
                name = f"{dtype}_{label(shape)}_{k}_{'sorted' if sorted_ else 'any_order'}"
                x = gen(f.rng("TopKV2", name), shape, dtype, -9, 9)
                f.case("TopKV2", name, [x, i32(k)], skip=True, sorted=sorted_)
        for reverse in (False, True):
            f.case(
                "NthElement",
                f"{dtype}_{reverse}",
                [gen(f.rng("NthElement", dtype), (2, 9), dtype), i32(4)],
                skip=True,
                reverse=reverse,
            )
        rows = (
            np.sort(gen(f.rng("LowerBound", dtype), (2, 6), dtype, 0, 9).astype(np.float64), axis=1).astype(
                np_dtype(dtype)
            )
            if dtype not in ("complex64", "complex128")
            else None
        )
        if rows is not None:
            values = np.concatenate([rows[:, 1:4], gen(f.rng("UpperBound", dtype), (2, 3), dtype, 0, 10)], axis=1)
            for op, out in itertools.product(("LowerBound", "UpperBound"), (tf.int32, tf.int64)):
                f.case(op, f"{dtype}_{out.name}", [rows, values], skip=True, grad=False, out_type=out)
    f.case("TopKV2", "ties", [np.float32([1, 3, 3, 2, 3, 1]), i32(4)], note="the lower index comes first")
    f.case("TopKV2", "infinities", [np.float32([1, np.inf, -np.inf, 0.0, -0.0]), i32(5)])
    f.case("TopKV2", "k_int64", [np.float32([1, 3, 2]), np.int64(2)], skip=True)
    f.fails("TopKV2", "k", [np.float32([1, 2]), i32(3)])
    f.fails("TopKV2", "scalar", [np.float32(1), i32(1)])
    f.fails("TopKV2", "negative", [np.float32([1, 2]), i32(-1)])
    for dtype in MOVED:
        for out in (tf.int32, tf.int64):
            x = (
                np.array([b"b", b"a", b"b", b"", b"a"], object)
                if dtype == "string"
                else gen(f.rng("Unique", dtype), (11,), dtype, -2.4, 2.4)
            )
            x = np.round(x.astype(np.float64)).astype(np_dtype(dtype)) if dtype in FLOATS else x
            for op in ("Unique", "UniqueWithCounts"):
                f.case(op, f"{dtype}_{out.name}", [x], skip=True, grad=False, out_idx=out)
            y = np.array([b"a", b""], object) if dtype == "string" else x[:3]
            f.case("ListDiff", f"{dtype}_{out.name}", [x, y], skip=True, grad=False, out_idx=out)
        if dtype != "string":
            rows = gen(f.rng("UniqueV2", dtype), (6, 2), dtype, -1, 1)
            rows = np.round(rows.astype(np.float64)).astype(rows.dtype) if dtype in FLOATS else rows
            for axis in (0, 1):
                f.case("UniqueV2", f"{dtype}_axis{axis}", [rows, np.int64([axis])], skip=True, grad=False)
                f.case("UniqueWithCountsV2", f"{dtype}_axis{axis}", [rows, np.int64([axis])], skip=True, grad=False)
            f.case("UniqueV2", f"{dtype}_none", [rows[:, 0], np.int64([])], skip=True, grad=False)
    for index in ("int32", "int64"):
        f.case("InvertPermutation", index, [np.array([3, 0, 2, 1, 4], index)])
    f.fails("InvertPermutation", "twice", [i32([0, 0])])
    f.fails("InvertPermutation", "range", [i32([0, 2])])


def stitching(f):
    for dtype in MOVED:
        d = lambda n, s: data(f, "DynamicStitch", dtype + n, s, dtype)
        f.case(
            "DynamicStitch",
            f"{dtype}_two",
            [[i32([0, 2]), i32([1, 3, 2])], [d("a", (2, 3)), d("b", (3, 3))]],
            skip=True,
        )
        f.case(
            "DynamicStitch",
            f"{dtype}_ranks",
            [[i32(5), i32([[0, 2], [1, 4]]), i32([3])], [d("a", (2,)), d("b", (2, 2, 2)), d("c", (1, 2))]],
            skip=True,
        )
        f.case("ParallelDynamicStitch", dtype, [[i32([0, 2]), i32([1, 3])], [d("a", (2,)), d("b", (2,))]], skip=True)
        f.case("DynamicPartition", f"{dtype}_rows", [d("p", (5, 2)), i32([1, 0, 2, 1, 1])], skip=True, num_partitions=4)
        f.case(
            "DynamicPartition",
            f"{dtype}_flat",
            [d("q", (2, 3)), i32([[1, 0, 0], [1, 1, 0]])],
            skip=True,
            num_partitions=2,
        )
    f.fails("DynamicPartition", "range", [np.float32([1, 2]), i32([0, 3])], num_partitions=2)
    f.fails("DynamicPartition", "shape", [np.float32([1, 2, 3]), i32([0, 1])], num_partitions=2)


def diagonals(f):
    for dtype in ALL:
        full = dtype in ("float32", "float64")
        d = lambda op, n, s: gen(f.rng(op, dtype + n), s, dtype)
        for shape, lo, hi in [((3, 4), 1, 0), ((2, 4, 3), -1, 1), ((4, 4), 0, 0), ((4, 4), 0, -1), ((3, 5), -1, -1)][
            : 5 if full else 2
        ]:
            f.case(
                "MatrixBandPart",
                f"{dtype}_{label(shape)}_{lo}_{hi}",
                [d("MatrixBandPart", label(shape), shape), np.int64(lo), np.int64(hi)],
                skip=True,
            )
        zero = np.zeros((), np_dtype(dtype))
        for name, diag, k, rows, cols, align in [
            ("main", (2, 3), [0], -1, -1, "RIGHT_LEFT"),
            ("upper", (3,), [1], -1, -1, "RIGHT_LEFT"),
            ("lower", (3,), [-2], 5, 4, "RIGHT_LEFT"),
            ("band", (3, 4), [-1, 1], -1, -1, "RIGHT_LEFT"),
            ("band_left", (3, 4), [-1, 1], 4, 4, "LEFT_LEFT"),
            ("band_wide", (2, 3, 3), [-1, 1], 3, 4, "LEFT_RIGHT"),
        ][: 6 if full else 2]:
            f.case(
                "MatrixDiagV3",
                f"{dtype}_{name}",
                [d("MatrixDiagV3", name, diag), i32(k), i32(rows), i32(cols), zero],
                skip=True,
                align=align,
            )
        for name, shape, k, align in [
            ("main", (3, 4), [0], "RIGHT_LEFT"),
            ("batch", (2, 3, 3), [1], "RIGHT_LEFT"),
            ("band", (4, 3), [-2, 1], "RIGHT_LEFT"),
            ("band_left", (3, 4), [-1, 2], "LEFT_LEFT"),
            ("band_lr", (2, 3, 4), [-1, 2], "LEFT_RIGHT"),
        ][: 5 if full else 2]:
            f.case(
                "MatrixDiagPartV3",
                f"{dtype}_{name}",
                [d("MatrixDiagPartV3", name, shape), i32(k), zero],
                skip=True,
                align=align,
            )
        for name, shape, diag, k in [
            ("main", (3, 4), (3,), [0]),
            ("batch", (2, 3, 3), (2, 2), [1]),
            ("band", (3, 4), (2, 3), [0, 1]),
        ]:
            f.case(
                "MatrixSetDiagV3",
                f"{dtype}_{name}",
                [d("MatrixSetDiagV3", name, shape), d("MatrixSetDiagV3", name + "d", diag), i32(k)],
                skip=True,
            )
        f.case("MatrixDiag", dtype, [d("MatrixDiag", "x", (2, 3))], skip=True)
        f.case("MatrixDiagPart", dtype, [d("MatrixDiagPart", "x", (2, 3, 4))], skip=True)
        f.case("MatrixSetDiag", dtype, [d("MatrixSetDiag", "x", (2, 3, 4)), d("MatrixSetDiag", "y", (2, 3))], skip=True)
        for shape in [(3,), (2, 3)]:
            f.case("Diag", f"{dtype}_{label(shape)}", [d("Diag", label(shape), shape)], skip=True)
            f.case("DiagPart", f"{dtype}_{label(shape)}", [d("DiagPart", label(shape), shape + shape)], skip=True)
    f.fails("MatrixDiagPartV3", "k", [np.zeros((3, 3), np.float32), i32([5]), np.float32(0)])


def make(f):
    gathers(f)
    scatters(f)
    sorting(f)
    stitching(f)
    diagonals(f)
