"""Ops that graphs of TensorFlow 1 hold and that newer Python functions seldom make."""

import numpy as np
import tensorflow as tf

from golden import ALL, FLOATS, NUMBERS, gen

i32 = np.int32


def passing(f):
    """What hands values on."""
    for name, values in [
        ("one", [np.float64([1, 2])]),
        ("mixed", [np.float64([[1, 2], [3, 4]]), i32(3), np.float64(0.5), np.array([True])]),
    ]:
        f.case("IdentityN", name, [values])
    f.case("IdentityN", "float32_strings", [[np.float32([1, 2]), tf.constant(["a", "b"])]])
    for dtype in ALL:
        x = gen(f.rng("PlaceholderWithDefault", dtype), (2, 3), dtype)
        f.case("PlaceholderWithDefault", dtype, [x], skip=True, shape=[2, 3])
        f.case("PlaceholderWithDefault", f"{dtype}_open", [x], skip=True, shape=[None, 3])
    f.case("Assert", "holds", [np.array(True), [np.float32([1])]], grad=False)
    f.fails("Assert", "scalar", [np.array(False), [np.float32(1)]])
    f.fails("Assert", "cut", [np.array(False), [i32([[1, 2], [3, 4]]), tf.constant("x")]])
    f.fails("Assert", "all", [np.array(False), [np.float32([[0.1, 2], [3, 4]]), np.int64(7)]], summarize=-1)
    f.fails("Assert", "vector", [np.array([False]), [np.float32(1)]])
    for dtype in FLOATS:
        x = gen(f.rng("CheckNumericsV2", dtype), (3,), dtype)
        f.case("CheckNumericsV2", dtype, [x], skip=True, message="here")
        f.case("Print", dtype, [x, [x]], skip=True, message="seen ", first_n=1)
    for name, bad in [("nan", [1, np.nan]), ("plus", [1, np.inf]), ("all", [np.nan, -np.inf, np.inf])]:
        f.fails("CheckNumericsV2", name, [np.float32(bad)], message="here")
    for dtype in NUMBERS:
        r = f.rng("AccumulateNV2", dtype)
        f.case("AccumulateNV2", dtype, [[gen(r, (2, 3), dtype) for _ in range(3)]], skip=True, graph=True, shape=[2, 3])


def moving(f):
    """Blocks, rows and diagonals."""
    for dtype in ALL:
        r = f.rng("older", dtype)
        for name, shape, size, pads in [
            ("plain", (1, 4, 4, 2), 2, [[0, 0], [0, 0]]),
            ("padded", (2, 5, 3, 1), 3, [[1, 0], [1, 2]]),
        ]:
            x = gen(r, shape, dtype)
            y = f.case("SpaceToBatch", f"{dtype}_{name}", [x, i32(pads)], skip=True, block_size=size)
            if y is not None:
                x = y[0].numpy()
                f.case("BatchToSpace", f"{dtype}_{name}", [x, i32(pads)], skip=True, block_size=size)
        for name, diag, k, rows, cols in [
            ("main", (3,), [0], -1, -1),
            ("above", (2, 2), [1], -1, -1),
            ("band", (2, 3, 3), [-1, 1], 3, 3),
            ("wide", (2, 3), [0, 1], 3, 4),
        ]:
            d, zero = gen(r, diag, dtype), gen(r, (), dtype)
            y = f.case(
                "MatrixDiagV2", f"{dtype}_{name}", [d, i32(k), i32(rows), i32(cols), zero], skip=True
            )
            if y is None:
                continue
            f.case("MatrixDiagPartV2", f"{dtype}_{name}", [y[0].numpy(), i32(k), zero], skip=True)
            x = gen(r, tuple(y[0].shape), dtype)
            f.case("MatrixSetDiagV2", f"{dtype}_{name}", [x, d, i32(k)], skip=True)
    x = np.zeros((1, 3, 4, 1), np.float32)
    f.fails("SpaceToBatch", "indivisible", [x, i32([[0, 0], [0, 0]])], block_size=2)
    f.fails("SpaceToBatch", "rank", [x[0], i32([[0, 0], [0, 0]])], block_size=2)
    f.fails("BatchToSpace", "batch", [x, i32([[0, 0], [0, 0]])], block_size=2)
    f.fails("MatrixDiagPartV2", "outside", [x[0, :, :, 0], i32([5]), np.float32(0)])
    for dtype in ("float32", "float64", "int32", "complex64", "bool"):
        r = f.rng("ParallelConcat", dtype)
        rows = [gen(r, (1, 2, 3), dtype) for _ in range(3)]
        f.case("ParallelConcat", dtype, [rows], graph=True, grad=False, shape=[3, 2, 3])


def windows(f):
    """Patches of volumes; images are in another file."""
    for dtype in FLOATS + ["int8", "int32", "int64", "uint8"]:
        for name, size, stride, padding in [("plain", 2, 1, "VALID"), ("same", 3, 2, "SAME")]:
            f.case(
                "ExtractVolumePatches",
                f"{dtype}_{name}",
                [gen(f.rng("ExtractVolumePatches", dtype + name), (2, 3, 4, 3, 2), dtype)],
                skip=True,
                ksizes=[1, size, size, size, 1],
                strides=[1, stride, 1, stride, 1],
                padding=padding,
            )


def bins(f):
    for dtype in ("float32", "float64", "int32", "int64"):
        x = gen(f.rng("HistogramFixedWidth", dtype), (50,), dtype, -3, 12)
        for out in (tf.int32, tf.int64):
            name = f"{dtype}_{out.name}"
            f.case("HistogramFixedWidth", name, [x, np.array([0, 9], dtype), i32(4)], skip=True, dtype=out)
        f.case("Bucketize", dtype, [x], boundaries=[-1.0, 0.1, 3.0, 3.0, 7.5])
        f.case("Bucketize", f"{dtype}_none", [x], boundaries=[])
    f.case("Bucketize", "edges", [np.float32([[0.1, np.nan], [np.inf, -np.inf]])], boundaries=[0.1, 2.0])
    x = np.float32([1, 2])
    f.fails("HistogramFixedWidth", "nan", [np.float32([np.nan]), np.float32([0, 5]), i32(5)])
    f.fails("HistogramFixedWidth", "range", [x, np.float32([5, 5]), i32(5)])
    f.fails("HistogramFixedWidth", "bins", [x, np.float32([0, 5]), i32(0)])
    f.fails("HistogramFixedWidth", "three", [x, np.float32([0, 5, 6]), i32(2)])
    f.fails("Bucketize", "unsorted", [x], boundaries=[2.0, 1.0])


def sparse(f):
    places = [[0, 1], [1, 0], [2, 3], [2, 0]]
    for dtype in NUMBERS:
        r = f.rng("sparse", dtype)
        values, b, few = gen(r, (4,), dtype), gen(r, (3, 4), dtype), gen(r, (4, 2), dtype)
        for index in (np.int32, np.int64):
            name = f"{dtype}_{np.dtype(index).name}"
            a = [index(places), values, index([3, 4])]
            f.case("SparseTensorDenseAdd", name, a + [b], skip=True)
            product = [a[0], values, np.int64([3, 4])]
            f.case("SparseTensorDenseMatMul", name, product + [few], skip=True)
        for turned in (False, True):
            f.case(
                "SparseTensorDenseMatMul",
                f"{dtype}_adjoint_{turned}",
                product + [gen(r, (2, 3) if turned else (3, 2), dtype)],
                skip=True,
                adjoint_a=True,
                adjoint_b=turned,
            )
    for dtype in ALL:
        r = f.rng("SparseToDense", dtype)
        values, other = gen(r, (4,), dtype), gen(r, (), dtype)
        for name, at, shape, v in [
            ("rows", i32(sorted(places)), i32([3, 4]), values),
            ("list", np.int64([1, 2, 4, 7]), np.int64([9]), values),
            ("same", i32([[0, 0, 1], [1, 0, 0]]), i32([2, 1, 2]), values[1]),
            ("one", i32(3), i32([5]), values[0]),
        ]:
            f.case("SparseToDense", f"{dtype}_{name}", [at, shape, v, other], skip=True)
    one = np.float32([1, 2])
    zero = np.float32(0)
    for loose in (False, True):
        f.fails("SparseToDense", f"outside_{loose}", [i32([1, 7]), i32([4]), one, zero], validate_indices=not loose)
    f.fails("SparseToDense", "order", [i32([3, 1]), i32([4]), one, zero])
    f.fails("SparseToDense", "twice", [i32([1, 1]), i32([4]), one, zero])
    f.fails("SparseToDense", "rank", [i32([[1, 1], [1, 2]]), i32([4]), one, zero])
    f.case("SparseToDense", "unordered", [i32([3, 1]), i32([4]), one, zero], validate_indices=False)
    f.fails("SparseTensorDenseAdd", "outside", [i32([[0, 3]]), one[:1], i32([2, 2]), np.zeros((2, 2), np.float32)])
    f.fails("SparseTensorDenseAdd", "shapes", [i32([[0, 1]]), one[:1], i32([2, 3]), np.zeros((2, 2), np.float32)])
    f.fails("SparseTensorDenseAdd", "rank", [i32([[0, 1, 1]]), one[:1], i32([2, 2]), np.zeros((2, 2), np.float32)])
    b = np.zeros((3, 2), np.float32)
    f.fails("SparseTensorDenseMatMul", "outside", [np.int64([[0, 3]]), one[:1], np.int64([2, 3]), b])
    f.fails("SparseTensorDenseMatMul", "inner", [np.int64([[0, 1]]), one[:1], np.int64([2, 4]), b])


def make(f):
    passing(f)
    moving(f)
    windows(f)
    bins(f)
    sparse(f)
