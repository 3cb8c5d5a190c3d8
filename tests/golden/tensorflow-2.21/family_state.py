"""Parts of variables read and changed: rows, slices, blocks."""

import numpy as np
import tensorflow as tf

from family_training import apply
from golden import gen


def text(r, shape):
    return np.array([str(n).encode() for n in r.integers(0, 1000, shape).ravel()], object).reshape(shape)


def make(f):
    for dtype in ("float32", "float64", "float16", "bfloat16", "int32", "int64", "uint8", "bool", "string", "complex64"):
        r = f.rng("state", dtype)
        v = lambda *shape: text(r, shape) if dtype == "string" else gen(r, shape, dtype)
        tf_dtype = tf.as_dtype(dtype)
        cube = v(4, 3, 2)
        apply(f, "ReadVariableOp", dtype, [cube], dtype=tf_dtype)
        for index in ("int32", "int64"):
            name = f"{dtype}_{index}"
            ids = np.array([[3, 0], [0, 2]], index)
            apply(f, "ResourceGather", name, [cube, ids], dtype=tf_dtype)
            apply(f, "ResourceGather", f"{name}_scalar", [cube, np.array(1, index)], dtype=tf_dtype)
            pairs, batch = np.array([[2, 0], [1, 1]], index), {"dtype": tf_dtype, "batch_dims": 1}
            apply(f, "ResourceGather", f"{name}_batch", [v(2, 3, 2), pairs], **batch)
            apply(f, "ResourceGatherNd", name, [cube, np.array([[3, 1], [0, 2], [3, 1]], index)], dtype=tf_dtype)
            elements = np.array([[[3, 1, 0]], [[0, 2, 1]]], index)
            apply(f, "ResourceGatherNd", f"{name}_elements", [cube, elements], dtype=tf_dtype)
            apply(f, "VariableShape", name, [cube], out_type=tf.as_dtype(index))
            nd = np.array([[3, 1], [0, 2], [3, 1]], index)
            kinds = ["Update"] if dtype in ("bool", "string") else ["Update", "Add", "Sub", "Min", "Max"]
            for kind in kinds:
                if kind in ("Min", "Max") and dtype == "complex64":
                    continue
                apply(f, f"ResourceScatterNd{kind}", f"{name}_twice", [cube, nd, v(3, 2)])
                apply(f, f"ResourceScatterNd{kind}", f"{name}_elements", [cube, np.array([[1, 1, 1]], index), v(1)])
            kinds = ["Update"] if dtype in ("bool", "string") else ["Update", "Add", "Sub", "Mul", "Div", "Min", "Max"]
            for kind in kinds:
                if kind in ("Min", "Max") and dtype == "complex64":
                    continue
                some = v(2, 2, 3, 2)
                if kind == "Div":
                    some[some == 0] = 1
                apply(f, f"ResourceScatter{kind}", f"{name}_twice", [cube, ids, some])
                if dtype != "string":
                    apply(f, f"ResourceScatter{kind}", f"{name}_scalar", [cube, ids, np.array(3, cube.dtype)])
            at = lambda *x: np.array(x, index)
            for case, begin, end, strides, shape, masks in (
                ("block", at(1, 0), at(4, 2), at(2, 1), (2, 2, 2), {}),
                ("stretched", at(1, 0), at(4, 2), at(2, 1), (2, 1), {}),
                ("row", at(2), at(3), at(1), (3, 2), {"shrink_axis_mask": 1}),
                ("back", at(0, -1), at(0, 0), at(1, -1), (4, 2, 2), {"begin_mask": 1, "end_mask": 1}),
                ("axis", at(0, 0, 1), at(0, 0, 2), at(1, 1, 1), (4, 3, 1, 1), {"ellipsis_mask": 1, "new_axis_mask": 2}),
            ):
                values = [cube, begin, end, strides, v(*shape)]
                apply(f, "ResourceStridedSliceAssign", f"{name}_{case}", values, **masks)
