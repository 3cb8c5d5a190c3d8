"""Functions made of several ops, under their public names, with gradients."""

import numpy as np
import tensorflow as tf

from golden import gen


def make(f):
    for dtype in ("float32", "float64"):
        x = gen(f.rng("composite", dtype), (3, 4), dtype)
        g = lambda name, shape=(3, 4), lo=-3, hi=3: gen(f.rng(name, dtype), shape, dtype, lo, hi)
        for axes in ([0], [1], [0, 1]):
            for keep in (False, True):
                f.function("tf.nn.moments", f"{dtype}_{axes}_{keep}", tf.nn.moments, [x], axes=axes, keepdims=keep)
        for approximate in (False, True):
            f.function("tf.nn.gelu", f"{dtype}_{approximate}", tf.nn.gelu, [g("gelu")], approximate=approximate)
        f.function("tf.nn.silu", dtype, lambda v: tf.nn.silu(v), [g("silu")])
        f.function("tf.nn.silu", f"{dtype}_beta", lambda v, beta: tf.nn.silu(v, beta=beta), [g("silu2")], beta=1.5)
        for order in (1, 2, 3.5, "euclidean"):
            f.function("tf.norm", f"{dtype}_{order}", tf.norm, [g("norm")], ord=order)
        for axis in (0, 1):
            f.function("tf.norm", f"{dtype}_axis{axis}", tf.norm, [g("norm")], axis=axis, keepdims=True)
            f.function("tf.reduce_logsumexp", f"{dtype}_axis{axis}", tf.reduce_logsumexp, [g("lse")], axis=axis)
            for name in ("reduce_variance", "reduce_std"):
                f.function(f"tf.math.{name}", f"{dtype}_axis{axis}", getattr(tf.math, name), [g(name)], axis=axis)
            f.function("tf.math.l2_normalize", f"{dtype}_axis{axis}", tf.math.l2_normalize, [g("l2")], axis=axis)
        f.function("tf.norm", f"{dtype}_inf", lambda v: tf.norm(v, ord=np.inf), [g("norm")], note="ord=inf")
        f.function("tf.reduce_logsumexp", dtype, tf.reduce_logsumexp, [g("lse")])
        f.function(
            "tf.reduce_logsumexp",
            f"{dtype}_special",
            tf.reduce_logsumexp,
            [np.array([[-np.inf, -np.inf], [1000, 1001], [np.inf, 1]], dtype)],
            axis=1,
        )
        for name in ("sigmoid_cross_entropy_with_logits", "weighted_cross_entropy_with_logits"):
            fn = getattr(tf.nn, name)
            kw = {"pos_weight": 2.5} if "weighted" in name else {}
            f.function(
                f"tf.nn.{name}",
                dtype,
                lambda a, b, fn=fn, **k: fn(labels=a, logits=b, **k),
                [g("labels", lo=0, hi=1), g("logits", lo=-8, hi=8)],
                **kw,
            )
        f.function(
            "tf.nn.log_poisson_loss",
            dtype,
            lambda a, b, **k: tf.nn.log_poisson_loss(targets=a, log_input=b, **k),
            [g("t", lo=0.1), g("l")],
            compute_full_loss=True,
        )
        f.function("tf.clip_by_norm", dtype, tf.clip_by_norm, [g("clip")], clip_norm=1.5)
        f.function("tf.clip_by_norm", f"{dtype}_axis", tf.clip_by_norm, [g("clip")], clip_norm=1.5, axes=[1])
        f.function(
            "tf.clip_by_global_norm",
            dtype,
            lambda a, b, clip_norm: [
                *tf.clip_by_global_norm([a, b], clip_norm)[0],
                tf.clip_by_global_norm([a, b], clip_norm)[1],
            ],
            [g("ga"), g("gb", (2,))],
            clip_norm=1.5,
        )
        f.function("tf.tensordot", f"{dtype}_1", tf.tensordot, [g("ta", (2, 3, 4)), g("tb", (4, 5))], axes=1)
        f.function(
            "tf.tensordot",
            f"{dtype}_lists",
            lambda a, b: tf.tensordot(a, b, axes=[[1, 0], [0, 2]]),
            [g("ta", (2, 3, 4)), g("tc", (3, 5, 2))],
            note="axes=[[1, 0], [0, 2]]",
        )
        f.function(
            "tf.nn.batch_normalization",
            dtype,
            lambda a, m, v, o, s, variance_epsilon: tf.nn.batch_normalization(a, m, v, o, s, variance_epsilon),
            [g("bn"), g("m", (4,)), g("v", (4,), 0.2, 2), g("o", (4,)), g("s", (4,))],
            variance_epsilon=1e-3,
        )
        f.function(
            "tf.nn.conv1d", dtype, tf.nn.conv1d, [g("c1", (2, 7, 2)), g("w1", (3, 2, 4))], stride=2, padding="SAME"
        )
        f.function(
            "tf.nn.conv2d_transpose",
            dtype,
            lambda a, w, **k: tf.nn.conv2d_transpose(a, w, **k),
            [g("ct", (1, 3, 3, 2)), g("wt", (3, 3, 4, 2))],
            output_shape=[1, 6, 6, 4],
            strides=[1, 2, 2, 1],
            padding="SAME",
        )
        f.function(
            "tf.nn.separable_conv2d",
            dtype,
            tf.nn.separable_conv2d,
            [g("sc", (1, 5, 5, 2)), g("sd", (3, 3, 2, 2)), g("sp", (1, 1, 4, 3))],
            strides=[1, 1, 1, 1],
            padding="SAME",
        )
        f.function(
            "tf.repeat",
            dtype,
            lambda v, axis: tf.repeat(v, [1, 0, 2], axis=axis),
            [g("rep")],
            axis=0,
            note="repeats=[1, 0, 2]",
        )
        f.function("tf.sort", dtype, tf.sort, [g("sort")], axis=-1, direction="DESCENDING")
        f.function("tf.argsort", dtype, tf.argsort, [g("argsort")], axis=0, stable=True)
        f.function(
            "tf.boolean_mask",
            dtype,
            lambda v: tf.boolean_mask(v, [True, False, True]),
            [g("mask")],
            note="mask=[True, False, True]",
        )
        f.function(
            "tf.math.confusion_matrix",
            dtype,
            lambda a, b: tf.math.confusion_matrix(a, b, num_classes=4),
            [np.int32([0, 1, 3, 3]), np.int32([0, 2, 3, 1])],
            note="num_classes=4",
        )
        f.function("tf.linalg.trace", dtype, tf.linalg.trace, [g("trace", (2, 3, 3))])
        f.function("tf.nn.softmax", f"{dtype}_axis0", tf.nn.softmax, [g("sm")], axis=0)
    f.function(
        "tf.math.reduce_std",
        "constant",
        tf.math.reduce_std,
        [np.float32([2, 2, 2])],
        note="the gradient at zero variance",
    )
    f.function("tf.norm", "zero", tf.norm, [np.float32([0, 0])], note="the gradient at zero")
    x = gen(f.rng("lrn", "float32"), (1, 2, 2, 5), "float32")
    f.function("tf.nn.local_response_normalization", "float32", tf.nn.local_response_normalization, [x], depth_radius=2)
    second(f)


def second(f):
    """Second derivatives: the gradient of the sum of squares of a gradient."""
    table = {
        "tanh": tf.tanh,
        "sigmoid": tf.sigmoid,
        "exp": tf.exp,
        "log": tf.math.log,
        "sqrt": tf.sqrt,
        "rsqrt": tf.math.rsqrt,
        "softplus": tf.math.softplus,
        "elu": tf.nn.elu,
        "selu": tf.nn.selu,
        "softmax": tf.nn.softmax,
        "log_softmax": tf.nn.log_softmax,
        "reduce_prod": tf.reduce_prod,
        "reduce_max": tf.reduce_max,
        "cumsum": tf.cumsum,
        "lgamma": tf.math.lgamma,
        "erf": tf.math.erf,
        "square": tf.square,
        "sin": tf.sin,
        "gelu": tf.nn.gelu,
        "silu": tf.nn.silu,
        "reduce_logsumexp": tf.reduce_logsumexp,
        "l2_loss": tf.nn.l2_loss,
    }

    for name, fn in table.items():

        def energy(v, fn=fn):
            with tf.GradientTape() as tape:
                tape.watch(v)
                y = tf.reduce_sum(tf.square(fn(v)))
            return tf.reduce_sum(tf.square(tape.gradient(y, v)))

        f.function(
            "second_order",
            name,
            energy,
            [gen(f.rng("second", name), (2, 3), "float64", 0.2, 2)],
            note="f(x) = sum(d/dx sum(fn(x)^2))^2), fn being the case's function in tf, tf.math or tf.nn",
        )
