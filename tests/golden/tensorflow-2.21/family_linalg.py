"""Matrix products and small dense linear algebra."""

import itertools

import numpy as np
import tensorflow as tf

from golden import ALL, FLOATS, NUMBERS, gen, np_dtype

WIDE = ["float32", "float64", "complex64", "complex128"]


def label(*shapes):
    return "_".join("x".join(map(str, s)) or "scalar" for s in shapes)


def matmul(f):
    sizes = [
        (2, 3, 4),
        (1, 1, 1),
        (1, 5, 1),
        (5, 1, 3),
        (3, 4, 1),
        (1, 4, 3),
        (7, 5, 9),
        (17, 19, 16),
        (2, 0, 3),
        (0, 2, 3),
        (3, 2, 0),
    ]
    for dtype in ALL:
        full = dtype in ("float32", "float64")
        for (m, k, n), ta, tb in itertools.product(
            sizes if full else sizes[:3] + sizes[6:7], (False, True), (False, True)
        ):
            if not full and (m, k, n) != (2, 3, 4) and (ta or tb):
                continue
            name = f"{dtype}_{m}_{k}_{n}{'_ta' if ta else ''}{'_tb' if tb else ''}"
            r = f.rng("MatMul", name)
            a, b = gen(r, (k, m) if ta else (m, k), dtype, -3, 3), gen(r, (n, k) if tb else (k, n), dtype, -3, 3)
            if f.case("MatMul", name, [a, b], skip=True, transpose_a=ta, transpose_b=tb) is None:
                break
        batches = [((2,), (2,)), ((), ()), ((2, 1), (1, 3)), ((3,), ()), ((), (2,)), ((2, 3), (3,)), ((0,), (0,))]
        for (ba, bb), adj_x, adj_y in itertools.product(batches if full else batches[:3], (False, True), (False, True)):
            if not full and not dtype.startswith("complex") and adj_x != adj_y:
                continue
            name = f"{dtype}_{label(ba, bb)}{'_ax' if adj_x else ''}{'_ay' if adj_y else ''}"
            r = f.rng("BatchMatMulV2", name)
            x, y = gen(r, ba + ((3, 2) if adj_x else (2, 3)), dtype, -3, 3), gen(
                r, bb + ((4, 3) if adj_y else (3, 4)), dtype, -3, 3
            )
            if f.case("BatchMatMulV2", name, [x, y], skip=True, adj_x=adj_x, adj_y=adj_y) is None:
                break
        r = f.rng("BatchMatMul", dtype)
        f.case("BatchMatMul", dtype, [gen(r, (2, 2, 3), dtype), gen(r, (2, 3, 2), dtype)], skip=True)
        r = f.rng("BatchMatMulV3", dtype)
        f.case(
            "BatchMatMulV3",
            dtype,
            [gen(r, (2, 2, 3), dtype), gen(r, (1, 3, 2), dtype)],
            skip=True,
            Tout=tf.as_dtype(dtype),
        )
        r = f.rng("Cross", dtype)
        for shape in [(3,), (2, 3), (2, 2, 3)]:
            f.case("Cross", f"{dtype}_{label(shape)}", [gen(r, shape, dtype), gen(r, shape, dtype)], skip=True)
    f.case("MatMul", "nan_times_zero", [np.float32([[np.nan, np.inf, 1]]), np.float32([[0], [0], [1]])])
    f.case(
        "MatMul",
        "bfloat16_long",
        [np.full((1, 300), 0.1).astype(np_dtype("bfloat16")), np.full((300, 2), 0.1).astype(np_dtype("bfloat16"))],
    )
    f.case("MatMul", "float16_long", [np.full((1, 300), 0.1, np.float16), np.full((300, 2), 0.1, np.float16)])
    z = lambda *s: np.zeros(s, np.float32)
    f.fails("MatMul", "inner", [z(2, 3), z(2, 3)])
    f.fails("MatMul", "inner_transposed", [z(2, 3), z(4, 2)], transpose_a=False, transpose_b=True)
    f.fails("MatMul", "rank", [z(2), z(2, 3)])
    f.fails("MatMul", "rank_3", [z(1, 2, 3), z(3, 2)])
    f.fails("BatchMatMulV2", "inner", [z(2, 2, 3), z(2, 2, 3)])
    f.fails("BatchMatMulV2", "batch", [z(2, 2, 3), z(3, 3, 2)])
    f.fails("Cross", "not_three", [z(2, 4), z(2, 4)])
    f.fails(
        "Cross",
        "shapes",
        [
            z(2, 3),
            z(
                3,
            ),
        ],
    )


def einsum(f):
    table = [
        "ij,jk->ik",
        "ij->ji",
        "ii->i",
        "ii->",
        "ij->",
        "ij->j",
        "i,j->ij",
        "i,i->",
        "bij,bjk->bik",
        "...ij,...jk->...ik",
        "bhqd,bhkd->bhqk",
        "ijk,jil->kl",
        "ij,ij->ij",
        "abc,cd->abd",
        "ab,bc,cd->ad",
        "i->ii",
        "bi,bi->b",
        "...->...",
    ]
    dims = {"i": 2, "j": 3, "k": 4, "b": 2, "a": 2, "c": 3, "d": 2, "h": 3, "q": 2, "l": 5}
    for dtype in NUMBERS:
        for i, equation in enumerate(table):
            if dtype not in WIDE and i not in (0, 1, 2, 8):
                continue
            r = f.rng("Einsum", dtype + equation)
            ins = equation.split("->")[0].split(",")
            if len(ins) > 2:
                continue  # the op takes two; tf.einsum splits longer equations
            xs = [
                gen(r, ((2,) if "..." in t else ()) + tuple(dims[c] for c in t.replace("...", "")), dtype, -2, 2)
                for t in ins
            ]
            f.case("Einsum", f"{dtype}_{equation}", [xs], skip=True, equation=equation)
    for equation, shapes in {
        "ab,bc,cd->ad": [(2, 3), (3, 4), (4, 2)],
        "ij,jk": [(2, 3), (3, 4)],
        "ji": [(2, 3)],
    }.items():
        r = f.rng("tf.einsum", equation)
        xs = [gen(r, s, "float32") for s in shapes]
        f.function("tf.einsum", equation, lambda *t, equation: tf.einsum(equation, *t), xs, equation=equation)
    z = lambda *s: np.zeros(s, np.float32)
    f.fails("Einsum", "dimension", [[z(2, 3), z(4, 2)]], equation="ij,jk->ik")
    f.fails("Einsum", "rank", [[z(2, 3, 1), z(3, 2)]], equation="ij,jk->ik")


def decompositions(f):
    for dtype in WIDE:
        for batch, n in itertools.product([(), (2,), (2, 1)], (1, 2, 4)):
            name = f"{dtype}_{label(batch + (n, n))}"
            r = f.rng("solve", name)
            a = gen(r, batch + (n, n), dtype, -1, 1) + (3 * np.eye(n)).astype(dtype)
            b = gen(r, batch + (n, 2), dtype, -1, 1)
            spd = (a @ np.conj(np.swapaxes(a, -1, -2)) + np.eye(n)).astype(dtype)
            f.case("Cholesky", name, [spd])
            f.case("MatrixDeterminant", name, [a])
            f.case("LogMatrixDeterminant", name, [a])
            for adjoint in (False, True):
                f.case("MatrixInverse", f"{name}_{adjoint}", [a], adjoint=adjoint)
                f.case("MatrixSolve", f"{name}_{adjoint}", [a, b], adjoint=adjoint)
                for lower in (False, True):
                    f.case("MatrixTriangularSolve", f"{name}_{adjoint}_{lower}", [a, b], adjoint=adjoint, lower=lower)
        r = f.rng("qr", dtype)
        a = gen(r, (4, 3), dtype, -1, 1)
        for full in (False, True):
            f.case(
                "Qr",
                f"{dtype}_{full}",
                [a],
                grad=not full,
                full_matrices=full,
                note="columns are unique up to a unit factor",
            )
        if dtype in FLOATS:
            f.case("SelfAdjointEigV2", dtype, [(a.T @ a).astype(dtype)], note="vectors are unique up to sign")
            f.case("Svd", f"{dtype}_values", [a], undefined=(1, 2), compute_uv=False)
            f.case("Svd", dtype, [a], note="vectors are unique up to sign")
    f.fails("MatrixInverse", "singular", [np.zeros((2, 2), np.float32)])
    f.fails("MatrixInverse", "not_square", [np.zeros((2, 3), np.float32)])
    f.fails("MatrixSolve", "singular", [np.ones((2, 2), np.float32), np.ones((2, 1), np.float32)])
    f.fails("MatrixDeterminant", "not_square", [np.zeros((2, 3), np.float32)])


def make(f):
    matmul(f)
    einsum(f)
    decompositions(f)
