"""Pooling in two and three dimensions, and its gradients."""

import numpy as np
import tensorflow as tf

from golden import FLOATS, INTS, gen
from family_convolution import last, transposed

i32 = np.int32
ROWS = [
    ("plain", (1, 4, 4, 2), (2, 2), (2, 2), "VALID"),
    ("same", (2, 5, 5, 1), (3, 3), (2, 2), "SAME"),
    ("overlap", (1, 5, 4, 3), (3, 2), (1, 1), "VALID"),
    ("overlap_same", (1, 4, 5, 2), (2, 3), (1, 1), "SAME"),
    ("stride_over_window", (1, 7, 7, 1), (2, 2), (3, 3), "SAME"),
    ("whole", (2, 3, 4, 2), (3, 4), (1, 1), "VALID"),
    ("one", (1, 3, 3, 2), (1, 1), (1, 1), "VALID"),
    ("one_stride2", (1, 5, 5, 1), (1, 1), (2, 2), "SAME"),
    ("mixed", (1, 6, 5, 1), (3, 1), (2, 1), "SAME"),
]

ROWS3 = [
    ("plain", (1, 4, 4, 4, 1), 2, 2, "VALID"),
    ("same", (1, 3, 5, 4, 2), 3, 2, "SAME"),
    ("overlap", (1, 3, 4, 3, 1), 2, 1, "VALID"),
]


def two(f):
    for dtype in FLOATS + INTS:
        rows = ROWS if dtype in ("float32", "float64") else ROWS[:2]
        for name, shape, k, s, padding in rows:
            case = f"{name}_{dtype}"
            r = f.rng("pool", case)
            x = gen(r, shape, dtype)
            attrs = {"ksize": [1, *k, 1], "strides": [1, *s, 1], "padding": padding}
            for op in ("MaxPool", "AvgPool"):
                y = f.case(op, case, [x], skip=True, **attrs)
                if y is None:
                    continue
                if dtype == "float32":
                    transposed(f, op, case, last(f), [0])
                dy = gen(r, tuple(y[0].shape), dtype)
                if op == "MaxPool":
                    if f.case("MaxPoolGrad", case, [x, y[0], dy], skip=True, **attrs) and dtype == "float32":
                        transposed(f, "MaxPoolGrad", case, last(f), [0, 1, 2])
                    f.case("MaxPoolGradGrad", case, [x, y[0], x], skip=True, **attrs)
                    f.case("MaxPoolWithArgmax", case, [x], skip=True, **attrs)
                    f.case(
                        "MaxPoolV2", case, [x, i32(attrs["ksize"]), i32(attrs["strides"])], skip=True, padding=padding
                    )
                elif f.case("AvgPoolGrad", case, [i32(shape), dy], skip=True, **attrs) and dtype == "float32":
                    transposed(f, "AvgPoolGrad", case, last(f), [1], sizes_input=0)
    window = {"ksize": [1, 2, 2, 1], "strides": [1, 2, 2, 1], "padding": "VALID"}
    ties = np.ones((1, 4, 4, 1), np.float32)
    f.case("MaxPool", "ties", [ties], note="the gradient goes to the first of equals", **window)
    odd = np.float32([[1, np.nan, np.inf, -np.inf], [0, 2, -np.inf, 3], [-np.inf] * 4, [-np.inf] * 4]).reshape(
        1, 4, 4, 1
    )
    f.case("MaxPool", "special", [odd], grad=False, **window)
    f.case("AvgPool", "special", [odd], grad=False, **window)
    x = gen(f.rng("MaxPool", "explicit"), (1, 4, 5, 2), "float32")
    f.case(
        "MaxPool",
        "explicit",
        [x],
        ksize=[1, 3, 3, 1],
        strides=[1, 2, 2, 1],
        padding="EXPLICIT",
        explicit_paddings=[0, 0, 1, 1, 0, 2, 0, 0],
    )
    f.case(
        "MaxPoolWithArgmax",
        "with_batch",
        [gen(f.rng("MaxPool", "b"), (2, 4, 4, 2), "float32")],
        include_batch_in_index=True,
        **window,
    )
    small = np.zeros((1, 2, 2, 1), np.float32)
    f.case(
        "MaxPool",
        "too_large",
        [small],
        grad=False,
        note="empty, no error",
        ksize=[1, 3, 3, 1],
        strides=[1, 1, 1, 1],
        padding="VALID",
    )
    f.case(
        "AvgPool",
        "too_large",
        [small],
        grad=False,
        note="empty, no error",
        ksize=[1, 3, 3, 1],
        strides=[1, 1, 1, 1],
        padding="VALID",
    )
    f.fails("MaxPool", "rank", [small[0]], **window)
    f.fails("MaxPool", "batch_window", [small], ksize=[2, 1, 1, 1], strides=[1, 1, 1, 1], padding="VALID")


def three(f):
    for dtype in FLOATS:
        for name, shape, k, s, padding in ROWS3 if dtype in ("float32", "float64") else ROWS3[:1]:
            case = f"{name}_{dtype}"
            r = f.rng("pool3", case)
            x = gen(r, shape, dtype)
            attrs = {"ksize": [1, k, k, k, 1], "strides": [1, s, s, s, 1], "padding": padding}
            for op in ("MaxPool3D", "AvgPool3D"):
                y = f.case(op, case, [x], skip=True, **attrs)
                if y is None:
                    continue
                dy = gen(r, tuple(y[0].shape), dtype)
                if op == "MaxPool3D":
                    f.case("MaxPool3DGrad", case, [x, y[0], dy], skip=True, **attrs)
                else:
                    f.case("AvgPool3DGrad", case, [i32(shape), dy], skip=True, **attrs)


def inner(f):
    """Forms that graphs and second gradients call: sizes as inputs, given positions, gradients of gradients."""
    for dtype in FLOATS + INTS:
        rows = ROWS if dtype in ("float32", "float64") else ROWS[:2]
        for name, shape, k, s, padding in rows:
            case = f"{name}_{dtype}"
            r = f.rng("pool inner", case)
            x = gen(r, shape, dtype)
            attrs = {"ksize": [1, *k, 1], "strides": [1, *s, 1], "padding": padding}
            sizes = [i32(attrs["ksize"]), i32(attrs["strides"])]
            # Integers have no maximum pooling in all types; what has none is passed over.
            y = f.case("MaxPoolV2", f"inner_{case}", [x, *sizes], skip=True, padding=padding)
            if y is None:
                continue
            dy = gen(r, tuple(y[0].shape), dtype)
            f.case("MaxPoolGradV2", case, [x, y[0], dy, *sizes], skip=True, padding=padding)
            f.case("MaxPoolGradGradV2", case, [x, y[0], gen(r, shape, dtype), *sizes], skip=True, padding=padding)
            for batch in (False, True):
                try:
                    places = tf.raw_ops.MaxPoolWithArgmax(input=x, include_batch_in_index=batch, **attrs)[1]
                except (tf.errors.NotFoundError, tf.errors.InvalidArgumentError):
                    continue  # no kernel for this type
                f.case(
                    "MaxPoolGradWithArgmax",
                    f"{case}_{batch}",
                    [x, dy, places],
                    skip=True,
                    include_batch_in_index=batch,
                    **attrs,
                )
    for dtype in FLOATS:
        for name, shape, k, s, padding in ROWS3 if dtype in ("float32", "float64") else ROWS3[:1]:
            case = f"{name}_{dtype}"
            r = f.rng("pool3 inner", case)
            x = gen(r, shape, dtype)
            attrs = {"ksize": [1, k, k, k, 1], "strides": [1, s, s, s, 1], "padding": padding}
            try:
                y = tf.raw_ops.MaxPool3D(input=x, **attrs)
            except (tf.errors.NotFoundError, tf.errors.InvalidArgumentError):
                continue  # no kernel for this type
            f.case("MaxPool3DGradGrad", case, [x, y, gen(r, shape, dtype)], skip=True, **attrs)


def make(f):
    two(f)
    three(f)
    inner(f)
    for dtype in ("float32", "float64"):
        x = gen(f.rng("tf.nn.pool", dtype), (2, 7, 3), dtype)
        f.function("tf.nn.max_pool1d", dtype, tf.nn.max_pool1d, [x], ksize=3, strides=2, padding="SAME")
        f.function("tf.nn.avg_pool1d", dtype, tf.nn.avg_pool1d, [x], ksize=3, strides=2, padding="SAME")
