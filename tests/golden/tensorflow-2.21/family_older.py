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


def make(f):
    passing(f)
    moving(f)
    windows(f)
