"""Metrics of Keras 3.15 with TensorFlow 2.21: the result after each of several updates.

Run: python keras_metrics.py, with tensorflow-cpu==2.21.0 and keras==3.15.1 installed.
"""

import keras
import numpy as np
import tensorflow as tf

from keras_cases import plain, rng_of, tensor, write

M = keras.metrics
ALL = []


def case(class_name, name, updates, **args):
    """Records the result after each update: (values,), (y_true, y_pred), each with weights and a mask or without."""
    metric = getattr(M, class_name)(**args)
    steps = []
    for u in updates:
        weight, mask = u.get("weight"), u.get("mask")
        values = [tf.convert_to_tensor(v) for v in u["values"]]
        if mask is not None:
            values[-1]._keras_mask = tf.convert_to_tensor(mask)
        metric.update_state(*values, sample_weight=weight)
        steps.append(
            {
                "values": [tensor(v) for v in values],
                "sample_weight": tensor(weight),
                "mask": tensor(mask),
                "result": tensor(metric.result()),
            }
        )
    ALL.append(
        {
            "class_name": class_name,
            "case": name,
            "args": plain(args),
            "config": plain(metric.get_config()),
            "steps": steps,
            "variables": [{"name": v.name, "value": tensor(v.value)} for v in metric.variables],
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


def weights(r, *shape):
    return f32(r.uniform(0, 2, shape))


def twice(class_name, make, masked=False, **args):
    """The cases that every metric gets: two plain updates, two weighted ones, and with a mask."""
    r = rng_of(class_name, "plain")
    case(class_name, "plain", [{"values": make(r)}, {"values": make(r)}], **args)
    r = rng_of(class_name, "weights")
    v = make(r)
    n = len(v[-1])
    case(class_name, "weights", [{"values": v, "weight": weights(r, n)}, {"values": make(r)}], **args)
    if masked:
        r = rng_of(class_name, "masked")
        v = make(r)
        m = np.arange(n) % 3 != 1
        case(class_name, "masked", [{"values": v, "mask": m}, {"values": v, "mask": m, "weight": weights(r, n)}], **args)


def regression(r):
    return real(r, 5, 3), real(r, 5, 3)


def positive(r):
    return f32(r.uniform(0, 3, (5, 3))), f32(r.uniform(0.05, 3, (5, 3)))


def binary(r):
    return f32(r.integers(0, 2, (6, 3))), share(r, 6, 3)


def column(r):
    return f32(r.integers(0, 2, 20)), f32(np.round(r.uniform(0, 1, 20), 2))


def classes(r):
    return hot(r, 6, 4), softmax(r, 6, 4)


def sparse(r):
    return r.integers(0, 4, 6).astype(np.int32), softmax(r, 6, 4)


def matrix(r, n=8, c=3):
    return f32(r.integers(0, 2, (n, c))), share(r, n, c)


for c in ("Mean", "Sum"):
    case(c, "numbers", [{"values": (f32(v),)} for v in (0, 1, 5)] + [{"values": (f32([10, 4]),)}])
    r = rng_of(c, "shapes")
    case(c, "weights", [{"values": (real(r, 4),), "weight": weights(r, 4)}, {"values": (real(r, 3),)}])
    case(c, "matrix", [{"values": (real(r, 4, 3),)}, {"values": (real(r, 4, 3),), "weight": weights(r, 4)}])
    case(c, "matrix_weights", [{"values": (real(r, 4, 3),), "weight": weights(r, 4, 3)}])
    case(c, "column_weights", [{"values": (real(r, 4),), "weight": weights(r, 4, 1)}])
    case(c, "cube", [{"values": (real(r, 2, 3, 4),), "weight": weights(r, 2, 3)}])
    case(c, "scalar_weight", [{"values": (real(r, 4),), "weight": f32(0.5)}])
    case(c, "float64", [{"values": (r.normal(0, 1, 4),)}], dtype="float64")
    case(c, "whole_numbers", [{"values": (np.asarray([1, 2, 4], np.int32),)}])

for c in ("MeanSquaredError", "MeanAbsoluteError", "MeanAbsolutePercentageError", "RootMeanSquaredError", "LogCoshError"):
    twice(c, regression, masked=c != "RootMeanSquaredError")
    r = rng_of(c, "ranks")
    case(c, "labels_without_last_axis", [{"values": (real(r, 5), real(r, 5, 1))}])
    case(c, "three_axes", [{"values": (real(r, 2, 3, 4), real(r, 2, 3, 4)), "weight": weights(r, 2, 3)}])
twice("CosineSimilarity", regression, masked=True)
case("CosineSimilarity", "axis", [{"values": regression(rng_of("CosineSimilarity", "axis"))}], axis=0)
for c in ("MeanSquaredLogarithmicError", "Poisson"):
    twice(c, positive, masked=True)
twice("KLDivergence", lambda r: (softmax(r, 5, 3), softmax(r, 5, 3)), masked=True)
for c in ("Hinge", "SquaredHinge", "CategoricalHinge"):
    twice(c, lambda r: (f32(r.integers(0, 2, (5, 3))), real(r, 5, 3)), masked=True)
for c in ("PearsonCorrelation", "ConcordanceCorrelation"):
    twice(c, lambda r: (real(r, 5, 6), real(r, 5, 6)), masked=True)
    case(c, "axis", [{"values": regression(rng_of(c, "axis"))}], axis=0)

for agg in ("uniform_average", "variance_weighted_average", None):
    for p in (0, 2):
        name = f"{agg}_{p}"
        r = rng_of("R2Score", name)
        case("R2Score", name, [{"values": regression(r)}, {"values": regression(r), "weight": weights(r, 5)}], class_aggregation=agg, num_regressors=p)
r = rng_of("R2Score", "more")
case("R2Score", "too_many_regressors", [{"values": (real(r, 3, 1), real(r, 3, 1))}], num_regressors=5)
case("R2Score", "vector", [{"values": (real(r, 6), real(r, 6, 1))}])

twice("Accuracy", lambda r: (r.integers(0, 3, 8).astype(np.int32), r.integers(0, 3, 8).astype(np.int32)), masked=True)
case("Accuracy", "column", [{"values": (f32([1, 2, 3]), f32([[1], [2], [4]]))}])
twice("BinaryAccuracy", binary, masked=True)
case("BinaryAccuracy", "threshold", [{"values": binary(rng_of("BinaryAccuracy", "threshold"))}], threshold=0.7)
case("BinaryAccuracy", "column", [{"values": (f32([1, 0, 1]), f32([[0.7], [0.5], [0.2]]))}])
case("BinaryAccuracy", "whole_labels", [{"values": (np.asarray([[1], [0], [1]], np.int32), f32([[0.7], [0.5], [0.2]]))}])
twice("CategoricalAccuracy", classes, masked=True)
r = rng_of("CategoricalAccuracy", "more")
case("CategoricalAccuracy", "three_axes", [{"values": (hot(r, 6, 4).reshape(2, 3, 4), softmax(r, 2, 3, 4)), "weight": weights(r, 2, 3)}])
twice("SparseCategoricalAccuracy", sparse, masked=True)
case("SparseCategoricalAccuracy", "column", [{"values": (r.integers(0, 4, (6, 1)), softmax(r, 6, 4))}])
case("SparseCategoricalAccuracy", "three_axes", [{"values": (r.integers(0, 4, (2, 3)), softmax(r, 2, 3, 4)), "weight": weights(r, 2, 3)}])
case("SparseCategoricalAccuracy", "float_labels", [{"values": (f32(r.integers(0, 4, 6)), softmax(r, 6, 4))}])
case("SparseCategoricalAccuracy", "row_LOS_08", [{"values": (np.asarray([1, 2], np.int32), f32([[0.1, 0.9, 0], [0.6, 0.3, 0.1]]))}])
twice("TopKCategoricalAccuracy", classes, masked=True, k=2)
case("TopKCategoricalAccuracy", "three_axes", [{"values": (hot(r, 6, 4).reshape(2, 3, 4), softmax(r, 2, 3, 4))}], k=3)
case("TopKCategoricalAccuracy", "default", [{"values": (hot(r, 6, 8), softmax(r, 6, 8))}])
twice("SparseTopKCategoricalAccuracy", sparse, masked=True, k=2)
case("SparseTopKCategoricalAccuracy", "three_axes", [{"values": (r.integers(0, 4, (2, 3)), softmax(r, 2, 3, 4))}], k=3)
case("SparseTopKCategoricalAccuracy", "sorted_ids", [{"values": (np.asarray([2, 1, 0], np.int32), np.asarray([[1, 0, 2], [3, 1, 0], [0, 1, 2]], np.int32))}], k=2, from_sorted_ids=True)

twice("BinaryCrossentropy", binary, masked=True)
case("BinaryCrossentropy", "from_logits", [{"values": (f32(r.integers(0, 2, (5, 3))), real(r, 5, 3))}], from_logits=True, label_smoothing=0.1)
twice("CategoricalCrossentropy", classes, masked=True)
case("CategoricalCrossentropy", "from_logits", [{"values": (hot(r, 5, 4), real(r, 5, 4))}], from_logits=True, label_smoothing=0.1)
case("CategoricalCrossentropy", "axis", [{"values": (np.transpose(hot(r, 5, 4)), np.transpose(softmax(r, 5, 4)))}], axis=0)
twice("SparseCategoricalCrossentropy", sparse, masked=True)
case("SparseCategoricalCrossentropy", "from_logits", [{"values": (r.integers(0, 4, 5), real(r, 5, 4))}], from_logits=True)
case("SparseCategoricalCrossentropy", "ignore_class", [{"values": (np.asarray([0, -1, 2, -1, 1], np.int32), softmax(r, 5, 4)), "weight": w} for w in (None, weights(r, 5))], ignore_class=-1)

COUNTS = ("TruePositives", "TrueNegatives", "FalsePositives", "FalseNegatives")
for c in COUNTS + ("Precision", "Recall"):
    twice(c, binary)
    r = rng_of(c, "thresholds")
    case(c, "vector", [{"values": column(r), "weight": weights(r, 20)}, {"values": column(r)}])
    case(c, "one_threshold", [{"values": column(r)}], thresholds=0.7)
    case(c, "two_thresholds", [{"values": column(r)}, {"values": column(r), "weight": weights(r, 20)}], thresholds=[0.3, 0.8])
    case(c, "even_thresholds", [{"values": column(r)}, {"values": column(r), "weight": weights(r, 20)}], thresholds=[0.0, 0.25, 0.5, 0.75, 1.0])
    case(c, "column_predictions", [{"values": (f32(r.integers(0, 2, 5)), share(r, 5, 1))}])
    case(c, "column_weights", [{"values": binary(r), "weight": weights(r, 6, 1)}])
for c in ("Precision", "Recall"):
    r = rng_of(c, "classes")
    case(c, "top_k", [{"values": classes(r)}, {"values": classes(r), "weight": weights(r, 6)}], top_k=2)
    case(c, "class_id", [{"values": classes(r)}, {"values": classes(r), "weight": weights(r, 6)}], class_id=1)
    case(c, "top_k_class_id", [{"values": classes(r)}], top_k=2, class_id=1)
for c, a in (("SensitivityAtSpecificity", "specificity"), ("SpecificityAtSensitivity", "sensitivity"), ("PrecisionAtRecall", "recall"), ("RecallAtPrecision", "precision")):
    twice(c, column, **{a: 0.6})
    r = rng_of(c, "more")
    case(c, "few_thresholds", [{"values": column(r), "weight": weights(r, 20)}], num_thresholds=5, **{a: 0.4})
    case(c, "one_threshold", [{"values": column(r)}], num_thresholds=1, **{a: 0.4})
    case(c, "class_id", [{"values": classes(r)}, {"values": classes(r)}], class_id=2, **{a: 0.5})
    case(c, "out_of_reach", [{"values": (f32([0, 1]), f32([1, 0]))}], **{a: 1.0})

for curve in ("ROC", "PR", "PRGAIN"):
    for method in ("interpolation", "majoring", "minoring"):
        name = f"{curve}_{method}"
        r = rng_of("AUC", name)
        case("AUC", name, [{"values": column(r)}, {"values": column(r), "weight": weights(r, 20)}], curve=curve, summation_method=method, num_thresholds=20)
    r = rng_of("AUC", curve)
    case("AUC", f"{curve}_multi_label", [{"values": matrix(r)}, {"values": matrix(r), "weight": weights(r, 8)}], curve=curve, multi_label=True, num_thresholds=10)
    case("AUC", f"{curve}_label_weights", [{"values": matrix(r)}], curve=curve, multi_label=True, num_labels=3, label_weights=[1.0, 0.5, 2.0])
    case("AUC", f"{curve}_thresholds", [{"values": column(r), "weight": weights(r, 20)}], curve=curve, thresholds=[0.1, 0.35, 0.6])
case("AUC", "row_LOS_10", [{"values": (f32([0, 0, 1, 1]), f32([0, 0.5, 0.3, 0.9]))}])
r = rng_of("AUC", "more")
case("AUC", "even_thresholds", [{"values": column(r)}], thresholds=[0.25, 0.5, 0.75])
case("AUC", "from_logits", [{"values": (f32(r.integers(0, 2, 10)), real(r, 10))}], from_logits=True)
case("AUC", "columns_together", [{"values": matrix(r), "weight": weights(r, 8)}], label_weights=[1.0, 0.5, 2.0])
case("AUC", "multi_label_thresholds", [{"values": matrix(r)}], multi_label=True, thresholds=[0.1, 0.35, 0.6])
case("AUC", "one_side_only", [{"values": (f32([1, 1]), f32([0.2, 0.8]))}])

for c, extra in (("F1Score", {}), ("FBetaScore", {"beta": 2.0})):
    for average in (None, "micro", "macro", "weighted"):
        for threshold in (None, 0.4):
            name = f"{average}_{threshold}"
            r = rng_of(c, name)
            case(c, name, [{"values": matrix(r)}, {"values": matrix(r), "weight": weights(r, 8)}], average=average, threshold=threshold, **extra)
    case(c, "zeros", [{"values": (f32([[0, 1], [1, 0]]), f32([[0, 0], [1, 1]]))}])

r = rng_of("IoU", "all")


def numbers(r):
    return r.integers(0, 3, 10).astype(np.int32), r.integers(0, 3, 10).astype(np.int32)


two = [{"values": numbers(r)}, {"values": numbers(r), "weight": r.integers(0, 3, 10).astype(np.int32)}]
case("IoU", "plain", two, num_classes=3, target_class_ids=[0, 2])
case("IoU", "ignore_class", two, num_classes=3, target_class_ids=[0, 1, 2], ignore_class=1)
case("IoU", "absent", [{"values": (np.asarray([0, 1]), np.asarray([0, 1]))}], num_classes=4, target_class_ids=[1, 3])
case("IoU", "outside", [{"values": (np.asarray([0, 1, 7, -1]), np.asarray([0, 5, 1, 1]))}], num_classes=2, target_class_ids=[0, 1])
case("IoU", "shares", [{"values": (hot(r, 8, 3), softmax(r, 8, 3))}], num_classes=3, target_class_ids=[0, 1], sparse_y_true=False, sparse_y_pred=False)
case("IoU", "float_weights", [{"values": numbers(r), "weight": weights(r, 10)}], num_classes=3, target_class_ids=[0, 1], dtype="float32")
case("IoU", "pictures", [{"values": (r.integers(0, 3, (2, 4, 4)), r.integers(0, 3, (2, 4, 4))), "weight": r.integers(0, 2, (2, 4, 4))}], num_classes=3, target_class_ids=[0, 1, 2])
case("BinaryIoU", "plain", [{"values": (r.integers(0, 2, 8), share(r, 8))}, {"values": (r.integers(0, 2, 8), share(r, 8)), "weight": r.integers(0, 3, 8).astype(np.int32)}])
case("BinaryIoU", "threshold", [{"values": (r.integers(0, 2, (2, 3)), share(r, 2, 3))}], target_class_ids=[1], threshold=0.3)
case("MeanIoU", "plain", two, num_classes=3)
case("MeanIoU", "ignore_class", two, num_classes=3, ignore_class=0)
case("OneHotIoU", "plain", [{"values": (hot(r, 8, 3), softmax(r, 8, 3))}], num_classes=3, target_class_ids=[0, 2])
case("OneHotIoU", "sparse_predictions", [{"values": (hot(r, 8, 3), r.integers(0, 3, 8))}], num_classes=3, target_class_ids=[1], sparse_y_pred=True)
case("OneHotMeanIoU", "plain", [{"values": (hot(r, 8, 3), softmax(r, 8, 3)), "weight": r.integers(0, 3, 8).astype(np.int32)}], num_classes=3)
case("OneHotMeanIoU", "axis", [{"values": (np.transpose(hot(r, 8, 3)), np.transpose(softmax(r, 8, 3)))}], num_classes=3, axis=0)

write("keras_metrics", ALL)
