"""Bias, normalisation, softmax and losses."""

import numpy as np

from golden import FLOATS, NUMBERS, gen, np_dtype

i32 = np.int32


def label(shape):
    return "x".join(map(str, shape)) or "scalar"


def bias(f):
    for dtype in NUMBERS:
        for shape, fmt in [
            ((2, 3), "NHWC"),
            ((2, 2, 3, 4), "NHWC"),
            ((1, 5, 2), "NHWC"),
            ((2, 3, 2, 2), "NCHW"),
            ((0, 4), "NHWC"),
            ((2, 3, 4), "NCHW"),
            ((1, 2, 2, 2, 3), "NHWC"),
        ]:
            name = f"{dtype}_{label(shape)}_{fmt}"
            channels = shape[1] if fmt == "NCHW" else shape[-1]
            r = f.rng("BiasAdd", name)
            x, b = gen(r, shape, dtype), gen(r, (channels,), dtype)
            f.case("BiasAdd", name, [x, b], skip=True, data_format=fmt)
            f.case("BiasAddGrad", name, [x], skip=True, data_format=fmt)
            if fmt == "NHWC":
                f.case("BiasAddV1", name, [x, b], skip=True)
    x = np.zeros((2, 3), np.float32)
    f.fails("BiasAdd", "length", [x, np.zeros(2, np.float32)])
    f.fails("BiasAdd", "rank", [np.zeros(3, np.float32), np.zeros(3, np.float32)])
    f.fails("BiasAdd", "bias_rank", [x, np.zeros((1, 3), np.float32)])


def batch_norm(f):
    for shape in [(2, 3, 3, 2), (1, 2, 2, 1), (4, 1, 1, 3), (3, 5, 4, 2)]:
        for eps in (1e-3, 0.1):
            c = shape[-1]
            name = f"{label(shape)}_{eps}"
            r = f.rng("FusedBatchNormV3", name)
            x, scale, offset = gen(r, shape, "float32"), gen(r, (c,), "float32", 0.5, 2), gen(r, (c,), "float32")
            mean, var = gen(r, (c,), "float32"), gen(r, (c,), "float32", 0.3, 3)
            none = np.zeros(0, np.float32)
            for half in (False, True):
                case = name + ("_float16" if half else "")
                x_ = x.astype(np.float16) if half else x
                y = f.case(
                    "FusedBatchNormV3",
                    "train_" + case,
                    [x_, scale, offset, none, none],
                    skip=True,
                    grad_of=[0],
                    is_training=True,
                    epsilon=eps,
                )
                f.case(
                    "FusedBatchNormV3",
                    "infer_" + case,
                    [x_, scale, offset, mean, var],
                    skip=True,
                    grad_of=[0],
                    undefined=(3, 4),
                    is_training=False,
                    epsilon=eps,
                )
                if y is None:
                    continue
                dy = gen(r, shape, "float16" if half else "float32", -2, 2)
                grad_inputs = [dy, x_, scale, y[3], y[4], y[5]]
                f.case(
                    "FusedBatchNormGradV3",
                    "train_" + case,
                    grad_inputs,
                    skip=True,
                    grad=False,
                    is_training=True,
                    epsilon=eps,
                )
                f.case(
                    "FusedBatchNormGradV3",
                    "infer_" + case,
                    [dy, x_, scale, mean, var, none],
                    skip=True,
                    grad=False,
                    is_training=False,
                    epsilon=eps,
                )
            f.case(
                "FusedBatchNorm",
                "train_" + name,
                [x, scale, offset, none, none],
                grad=False,
                is_training=True,
                epsilon=eps,
            )
            f.case(
                "FusedBatchNormV3",
                "average_" + name,
                [x, scale, offset, mean, var],
                grad=False,
                is_training=True,
                epsilon=eps,
                exponential_avg_factor=0.25,
            )
    x = np.float32(gen(f.rng("FusedBatchNormV3", "nchw"), (2, 3, 2, 2), "float32"))
    f.case(
        "FusedBatchNormV3",
        "nchw_train",
        [x, np.ones(3, np.float32), np.zeros(3, np.float32), np.zeros(0, np.float32), np.zeros(0, np.float32)],
        skip=True,
        grad=False,
        is_training=True,
        data_format="NCHW",
    )
    f.fails(
        "FusedBatchNormV3",
        "scale",
        [np.zeros((1, 2, 2, 3), np.float32)] + [np.ones(2, np.float32)] * 4,
        is_training=False,
    )
    f.fails(
        "FusedBatchNormV3", "rank", [np.zeros((2, 3), np.float32)] + [np.ones(3, np.float32)] * 4, is_training=False
    )


def softmax(f):
    for dtype in FLOATS:
        for shape in [(3,), (2, 3), (2, 3, 4), (1, 1), (0, 4), (3, 37), (2, 130)]:
            for op in ("Softmax", "LogSoftmax"):
                f.case(
                    op,
                    f"{dtype}_{label(shape)}",
                    [gen(f.rng(op, dtype + label(shape)), shape, dtype, -8, 8)],
                    skip=True,
                )
            if len(shape) == 2:
                r = f.rng("xent", dtype + label(shape))
                logits, labels = gen(r, shape, dtype, -8, 8), gen(r, shape, dtype, 0, 1)
                labels = (labels / np.maximum(labels.sum(-1, keepdims=True), 1e-3)).astype(np_dtype(dtype))
                f.case(
                    "SoftmaxCrossEntropyWithLogits", f"{dtype}_{label(shape)}", [logits, labels], skip=True, grad_of=[0]
                )
                for index in ("int32", "int64"):
                    ids = r.integers(0, shape[1], shape[0]).astype(index)
                    f.case(
                        "SparseSoftmaxCrossEntropyWithLogits",
                        f"{dtype}_{label(shape)}_{index}",
                        [logits, ids],
                        skip=True,
                        grad_of=[0],
                    )
        v = [
            [1, np.inf, 2],
            [-np.inf, 0, 1],
            [np.nan, 0, 1],
            [-np.inf] * 3,
            [1000, 1001, -1000],
            [-1000, -1000, -1000],
            [0.0, -0.0, 0.0],
        ]
        for op in ("Softmax", "LogSoftmax"):
            f.case(op, f"{dtype}_special", [np.array(v).astype(np_dtype(dtype))], grad=False)
    x = np.float32([[1, 2, 3], [4, 5, 6]])
    f.fails("SparseSoftmaxCrossEntropyWithLogits", "out_of_range", [x, i32([0, 5])])
    f.case("SoftmaxCrossEntropyWithLogits", "broadcast", [x, np.float32([[0, 1, 0]])], grad=False)
    f.fails("SoftmaxCrossEntropyWithLogits", "shapes", [x, np.float32([[0, 1]])])
    f.fails("SparseSoftmaxCrossEntropyWithLogits", "length", [x, i32([0])])
    f.fails("SparseSoftmaxCrossEntropyWithLogits", "rank", [x, i32([[0, 1]])])
    f.fails("Softmax", "scalar", [np.float32(1)])


def others(f):
    for dtype in ("float16", "bfloat16", "float32"):
        for name, shape, attrs in [
            ("default", (1, 2, 2, 7), {}),
            ("small", (2, 1, 3, 4), dict(depth_radius=1, bias=2.0, alpha=0.5, beta=0.75)),
            ("beta1", (1, 2, 1, 9), dict(depth_radius=2, beta=1.0)),
        ]:
            r = f.rng("LRN", dtype + name)
            x = gen(r, shape, dtype)
            y = f.case("LRN", f"{dtype}_{name}", [x], skip=True, **attrs)
            if y is not None:
                f.case("LRNGrad", f"{dtype}_{name}", [gen(r, shape, dtype), x, y[0]], skip=True, **attrs)
    for index in ("int32", "int64"):
        p = gen(f.rng("InTopKV2", index), (6, 5), "float32")
        for k in (1, 3, 5):
            f.case("InTopKV2", f"{index}_{k}", [p, np.array([0, 4, 2, 1, 3, 3], index), np.array(k, index)], grad=False)
            f.case("InTopK", f"{index}_{k}", [p, np.array([0, 4, 2, 1, 3, 3], index)], grad=False, k=k)
    odd = np.float32([[1, 1, 1], [np.nan, 1, 2], [np.inf, 0, 1], [1, 2, 3]])
    f.case("InTopKV2", "odd", [odd, i32([2, 1, 0, 7]), i32(2)], grad=False)
    f.fails("InTopKV2", "length", [np.zeros((2, 3), np.float32), i32([0]), i32(1)])
    for name, rates in [("plain", (0.5,))]:
        f.case("DataFormatVecPermute", name, [i32([7, 4, 9, 3])])
        f.case("DataFormatDimMap", name, [i32([0, 1, 2, 3, -1])])
    for dtype in ("float32", "float64"):
        r = f.rng("ctc", dtype)
        x = gen(r, (3, 2, 4), dtype)
        f.case("CTCGreedyDecoder", dtype, [x, i32([3, 2])], grad=False, merge_repeated=True)
    for dtype in FLOATS:
        x = gen(f.rng("CheckNumerics", dtype), (3,), dtype)
        f.case("CheckNumerics", dtype, [x], message="here")
    f.fails("CheckNumerics", "nan", [np.float32([1, np.nan])], message="here")
    f.fails("CheckNumerics", "inf", [np.float32([1, np.inf])], message="here")
    f.fails("CheckNumerics", "both", [np.float32([np.nan, np.inf])], message="here")


def batch_norm_forms(f):
    """The first two forms of FusedBatchNorm, and their gradients."""
    none = np.zeros(0, np.float32)
    for shape in [(2, 3, 3, 2), (4, 1, 1, 3), (1, 2, 2, 1)]:
        for training in (True, False):
            name = f"{label(shape)}_{'train' if training else 'infer'}"
            c = shape[-1]
            r = f.rng("FusedBatchNormV2", name)
            x, scale, offset = gen(r, shape, "float32"), gen(r, (c,), "float32", 0.5, 2), gen(r, (c,), "float32")
            mean, var = gen(r, (c,), "float32"), gen(r, (c,), "float32", 0.3, 3)
            dy = gen(r, shape, "float32", -2, 2)
            for op in ("FusedBatchNorm", "FusedBatchNormV2"):
                y = f.case(
                    op,
                    "form_" + name,
                    [x, scale, offset] + ([none, none] if training else [mean, var]),
                    grad_of=[0],
                    undefined=() if training else (3, 4),
                    is_training=training,
                    epsilon=1e-2,
                )
                saved = [y[3], y[4]] if training else [mean, var]
                f.case(
                    op.replace("Norm", "NormGrad"),
                    name,
                    [dy, x, scale, *saved],
                    grad=False,
                    undefined=(3, 4),
                    is_training=training,
                    epsilon=1e-2,
                )


def make(f):
    bias(f)
    batch_norm(f)
    batch_norm_forms(f)
    softmax(f)
    others(f)
