"""Losses of Keras 3.15 with TensorFlow 2.21: result and gradient by the predictions, for weights, masks, reductions.

Run: python keras_losses.py, with tensorflow-cpu==2.21.0 and keras==3.15.1 installed.
"""

import keras
import numpy as np
import tensorflow as tf

from keras_cases import plain, rng_of, tensor, write

L = keras.losses
ALL = []


def case(class_name, name, y_true, y_pred, weight=None, mask=None, **args):
    """Records one call; a `dtype` argument is that of the loss."""
    loss = getattr(L, class_name)(**args)
    p = tf.convert_to_tensor(y_pred)
    with tf.GradientTape() as tape:
        tape.watch(p)
        q = tf.identity(p)
        if mask is not None:
            q._keras_mask = tf.convert_to_tensor(mask)
        y = loss(y_true, q, sample_weight=weight)
    ALL.append(
        {
            "class_name": class_name,
            "case": name,
            "args": plain(args),
            "config": plain(loss.get_config()),
            "y_true": tensor(y_true),
            "y_pred": tensor(p),
            "sample_weight": tensor(weight),
            "mask": tensor(mask),
            "result": tensor(y),
            "gradient": tensor(tape.gradient(y, p)),
        }
    )


def f32(x):
    return np.asarray(x, np.float32)


def real(r, *shape):
    return f32(r.normal(0, 1.5, shape))


def share(r, *shape):
    return f32(r.uniform(0.02, 0.98, shape))


def softmax(r, *shape):
    e = np.exp(r.normal(0, 1.5, shape))
    return f32(e / e.sum(-1, keepdims=True))


def hot(r, n, c):
    return f32(np.eye(c)[r.integers(0, c, n)])


def weighted(class_name, make):
    """The cases that every loss gets: plain, float64, weights, each reduction, a mask."""
    for name, extra in {
        "plain": {},
        "float64": {"dtype": "float64"},
        "weights": {"weight": True},
        "weights_column": {"weight": "column"},
        "sum": {"reduction": "sum"},
        "none": {"reduction": "none"},
        "mean": {"reduction": "mean", "weight": True},
        "mean_with_sample_weight": {"reduction": "mean_with_sample_weight", "weight": True},
        "masked": {"mask": True},
        "masked_weights_sum": {"mask": True, "weight": True, "reduction": "sum"},
        "masked_mean_with_sample_weight": {"mask": True, "reduction": "mean_with_sample_weight"},
    }.items():
        r = rng_of(class_name, name)
        y_true, y_pred = make(r)
        extra = dict(extra)
        n = len(y_pred)
        w = extra.pop("weight", None)
        weight = None if w is None else f32(r.uniform(0, 2, (n, 1) if w == "column" else (n,)))
        m = extra.pop("mask", None)
        mask = None if m is None else np.arange(n) % 3 != 1
        if extra.get("dtype") == "float64":
            y_pred = y_pred.astype(np.float64)
        case(class_name, name, y_true, y_pred, weight, mask, **extra)


def regression(r):
    return real(r, 5, 3), real(r, 5, 3)


def positive(r):
    return f32(r.uniform(0, 3, (5, 3))), f32(r.uniform(0.05, 3, (5, 3)))


def signs(r):
    return f32(np.where(r.integers(0, 2, (5, 3)) == 1, 1, -1)), real(r, 5, 3)


def binary(r):
    return f32(r.integers(0, 2, (5, 3))), share(r, 5, 3)


def classes(r):
    return hot(r, 6, 4), softmax(r, 6, 4)


def sparse(r):
    return r.integers(0, 4, 6).astype(np.int32), softmax(r, 6, 4)


for c in ("MeanSquaredError", "MeanAbsoluteError", "MeanAbsolutePercentageError", "Huber", "LogCosh", "CosineSimilarity"):
    weighted(c, regression)
    r = rng_of(c, "ranks")
    case(c, "labels_without_last_axis", real(r, 6), real(r, 6, 1))
    case(c, "labels_with_last_axis", real(r, 6, 1), real(r, 6, 1))
    case(c, "whole_labels", r.integers(-3, 3, (4, 3)), real(r, 4, 3))
    case(c, "three_axes", real(r, 2, 3, 4), real(r, 2, 3, 4), f32(r.uniform(0, 2, (2, 3))))
case("Huber", "delta", *regression(rng_of("Huber", "delta")), delta=0.3)
case("CosineSimilarity", "axis", *regression(rng_of("CosineSimilarity", "axis")), axis=0)
case("CosineSimilarity", "zero_vector", f32([[1, 2], [0, 0]]), f32([[2, 1], [1, 1]]))
case("LogCosh", "far", f32([[0, 0]]), f32([[100, -100]]))
for c in ("MeanSquaredLogarithmicError", "Poisson"):
    weighted(c, positive)
case("MeanSquaredLogarithmicError", "negative", *regression(rng_of("MeanSquaredLogarithmicError", "negative")))
weighted("KLDivergence", lambda r: (softmax(r, 5, 3), softmax(r, 5, 3)))
case("KLDivergence", "zeros", f32([[0, 1], [0.5, 0.5]]), f32([[0.5, 0.5], [0, 1]]))
for c in ("Hinge", "SquaredHinge", "CategoricalHinge"):
    weighted(c, signs)
    case(c, "zero_and_one", *[(f32(r.integers(0, 2, (5, 3))), real(r, 5, 3)) for r in [rng_of(c, "zero_and_one")]][0])

weighted("BinaryCrossentropy", binary)
r = rng_of("BinaryCrossentropy", "more")
y, z = f32(r.integers(0, 2, (5, 3))), real(r, 5, 3)
case("BinaryCrossentropy", "from_logits", y, z, from_logits=True)
case("BinaryCrossentropy", "from_logits_smooth", y, z, from_logits=True, label_smoothing=0.2)
case("BinaryCrossentropy", "from_far_logits", f32([[0, 1, 0, 1]]), f32([[100, 100, -100, -100]]), from_logits=True)
case("BinaryCrossentropy", "smooth", *binary(r), label_smoothing=0.1)
case("BinaryCrossentropy", "axis", *binary(r), axis=0)
case("BinaryCrossentropy", "ends", f32([[0, 1, 0, 1]]), f32([[0, 0, 1, 1]]))
case("BinaryCrossentropy", "column", f32([1, 0, 1]), share(r, 3, 1))
case("BinaryCrossentropy", "row_LOS_04", f32([0, 1, 1]), f32([0.1, 0.8, 0.6]))

weighted("BinaryFocalCrossentropy", binary)
case("BinaryFocalCrossentropy", "balanced", *binary(r), apply_class_balancing=True, alpha=0.3, gamma=1.5)
case("BinaryFocalCrossentropy", "from_logits", y, z, from_logits=True, label_smoothing=0.1)

weighted("CategoricalCrossentropy", classes)
r = rng_of("CategoricalCrossentropy", "more")
y, z = hot(r, 5, 4), real(r, 5, 4)
case("CategoricalCrossentropy", "from_logits", y, z, from_logits=True)
case("CategoricalCrossentropy", "from_logits_smooth", y, z, from_logits=True, label_smoothing=0.2)
case("CategoricalCrossentropy", "from_logits_axis", *[np.moveaxis(v.reshape(2, 2, 4), 2, 1) for v in (y[:4], z[:4])], from_logits=True, axis=1)
case("CategoricalCrossentropy", "smooth", *classes(r), label_smoothing=0.1)
case("CategoricalCrossentropy", "axis", np.transpose(y), np.transpose(softmax(r, 5, 4)), axis=0)
case("CategoricalCrossentropy", "sum_is_not_one", y, share(r, 5, 4))
case("CategoricalCrossentropy", "three_axes", y[:4].reshape(2, 2, 4), softmax(r, 2, 2, 4), f32([[1, 0], [2, 0.5]]))
case("CategoricalCrossentropy", "row_LOS_03", f32([[0, 1, 0]]), f32([[0.05, 0.95, 0]]))

weighted("CategoricalFocalCrossentropy", classes)
case("CategoricalFocalCrossentropy", "from_logits", y, z, from_logits=True, alpha=0.4, gamma=3.0)
case("CategoricalFocalCrossentropy", "smooth", *classes(r), label_smoothing=0.1)

weighted("SparseCategoricalCrossentropy", sparse)
r = rng_of("SparseCategoricalCrossentropy", "more")
n, z = r.integers(0, 4, 5).astype(np.int64), real(r, 5, 4)
case("SparseCategoricalCrossentropy", "from_logits", n, z, from_logits=True)
case("SparseCategoricalCrossentropy", "float_labels", f32(n), softmax(r, 5, 4))
case("SparseCategoricalCrossentropy", "column", n.reshape(5, 1), z, from_logits=True)
case("SparseCategoricalCrossentropy", "three_axes", r.integers(0, 4, (2, 3)), real(r, 2, 3, 4), f32([[1, 0, 2], [1, 1, 0]]), from_logits=True)
case("SparseCategoricalCrossentropy", "ignore_class", np.asarray([0, 2, -1, 1, -1], np.int32), softmax(r, 5, 4), ignore_class=-1)
case("SparseCategoricalCrossentropy", "ignore_class_logits", np.asarray([[0, 255, 1], [3, 2, 255]], np.int32), real(r, 2, 3, 4), from_logits=True, ignore_class=255)
case("SparseCategoricalCrossentropy", "ignore_class_none", np.asarray([0, 2, -1, 1, -1], np.int32), softmax(r, 5, 4), ignore_class=-1, reduction="none")
case("SparseCategoricalCrossentropy", "row_LOS_02", np.asarray([1, 2], np.int32), f32([[1, 2, 3], [1, 2, 3]]), from_logits=True)

weighted("CategoricalGeneralizedCrossEntropy", sparse)
case("CategoricalGeneralizedCrossEntropy", "q", *sparse(r), q=0.8)

for c in ("Dice", "Tversky"):
    r = rng_of(c, "all")
    y, p = f32(r.integers(0, 2, (2, 3, 3, 2))), share(r, 2, 3, 3, 2)
    case(c, "plain", y, p)
    case(c, "float64", y, p.astype(np.float64), dtype="float64")
    case(c, "axis", y, p, axis=[1, 2, 3])
    case(c, "axis_none", y, p, f32([1, 3]), axis=[1, 2, 3], reduction="none")
case("Tversky", "weights", y, p, alpha=0.2, beta=0.8)

r = rng_of("Circle", "all")
v = r.normal(0, 1, (6, 3))
v = f32(v / np.linalg.norm(v, axis=1, keepdims=True))
g = np.asarray([0, 1, 0, 2, 1, 0], np.int32)
case("Circle", "plain", g, v)
case("Circle", "small", g, v, gamma=2.0, margin=0.2)
case("Circle", "diagonal", g.reshape(6, 1), v, gamma=4.0, remove_diagonal=False, reduction="sum")

r = rng_of("CTC", "all")
t = np.asarray([[1, 2, 0], [3, 3, 1], [2, 0, 0], [0, 0, 0]], np.int32)
case("CTC", "plain", t, real(r, 4, 6, 4))
case("CTC", "none", t, real(r, 4, 8, 4), reduction="none")
case("CTC", "weights", t, real(r, 4, 5, 5), f32([1, 0.5, 0, 2]))
case("CTC", "long", r.integers(1, 6, (2, 10)), real(r, 2, 30, 6))

write("keras_losses", ALL)
