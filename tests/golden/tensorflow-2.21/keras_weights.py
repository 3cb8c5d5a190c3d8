"""Initializers, regularizers and constraints of Keras 3.15 with TensorFlow 2.21.

Initializers have a seed, so that the numbers themselves can be compared. Run: python keras_weights.py, with
tensorflow-cpu==2.21.0, keras==3.15.1 and scipy==1.17.1 (windows) installed.
"""

import keras
import numpy as np
import tensorflow as tf

from keras_cases import plain, rng_of, tensor, write

ALL = []


def line(kind, class_name, name, made, args, **rest):
    ALL.append(
        {"kind": kind, "class_name": class_name, "case": name, "args": plain(args), "config": plain(made.get_config())}
        | rest,
    )


def initializer(class_name, name, shape, dtype="float32", **args):
    made = getattr(keras.initializers, class_name)(**args)
    line("initializer", class_name, name, made, args, result=tensor(made(shape, dtype=dtype)))


def regularizer(class_name, name, x, **args):
    made = getattr(keras.regularizers, class_name)(**args)
    v = tf.convert_to_tensor(x)
    with tf.GradientTape() as tape:
        tape.watch(v)
        y = made(v)
    line("regularizer", class_name, name, made, args, x=tensor(v), result=tensor(y), gradient=tensor(tape.gradient(y, v)))


def constraint(class_name, name, x, **args):
    made = getattr(keras.constraints, class_name)(**args)
    line("constraint", class_name, name, made, args, x=tensor(x), result=tensor(made(tf.convert_to_tensor(x))))


for c in ("Zeros", "Ones"):
    initializer(c, "matrix", (2, 3))
    initializer(c, "whole", (4,), "int32")
initializer("Constant", "half", (2, 2), value=0.5)
initializer("Constant", "whole", (2, 2), "int32", value=3)
initializer("Identity", "square", (3, 3))
initializer("Identity", "gain", (2, 4), gain=1.5)
for c in ("GlorotUniform", "GlorotNormal", "HeUniform", "HeNormal", "LecunUniform", "LecunNormal"):
    initializer(c, "matrix", (4, 6), seed=7)
    initializer(c, "vector", (5,), seed=1)
    initializer(c, "kernel", (3, 3, 2, 4), seed=12345)
    initializer(c, "float64", (4, 3), "float64", seed=7)
    initializer(c, "axes", (2, 3, 4), seed=3, input_axes=[0], output_axes=[1, 2])
for mode in ("fan_in", "fan_out", "fan_avg"):
    for d in ("uniform", "truncated_normal", "untruncated_normal"):
        initializer("VarianceScaling", f"{mode}_{d}", (5, 3), scale=2.0, mode=mode, distribution=d, seed=11)
initializer("VarianceScaling", "normal", (5, 3), distribution="normal", seed=11)
initializer("RandomNormal", "default", (4, 3), seed=5)
initializer("RandomNormal", "moved", (4, 3), mean=1.0, stddev=2.0, seed=6)
initializer("TruncatedNormal", "default", (4, 30), seed=5)
initializer("TruncatedNormal", "moved", (4, 3), mean=1.0, stddev=2.0, seed=6)
initializer("RandomUniform", "default", (4, 3), seed=5)
initializer("RandomUniform", "bounds", (4, 3), minval=0.0, maxval=2.0, seed=6)
initializer("Orthogonal", "tall", (6, 4), seed=2)
initializer("Orthogonal", "wide", (3, 5), seed=2, gain=1.5)
initializer("Orthogonal", "kernel", (2, 3, 2, 3), seed=9)

WINDOWS = (
    "hann hamming blackman nuttall blackmanharris flattop boxcar cosine bartlett triang bohman barthann parzen"
)
for w in WINDOWS.split():
    for periodic in (False, True):
        for length in (8, 9):
            initializer(
                "STFT",
                f"{w}_{length}_{periodic}",
                (length, 1, 5),
                "float64",
                window=w,
                side="imag" if periodic else "real",
                periodic=periodic,
            )
initializer("STFT", "spectrum", (8, 1, 5), "float64", scaling="spectrum")
initializer("STFT", "no_scaling", (8, 1, 5), scaling=None, side="imag")
initializer("STFT", "no_window", (8, 1, 5), window=None)

r = rng_of("regularizers", "all")
x = r.normal(0, 1, (4, 3)).astype(np.float32)
row = np.asarray([[1, 2], [3, 4]], np.float32)
for v, name in ((x, "matrix"), (x.astype(np.float64), "float64"), (r.normal(0, 1, (2, 2, 3, 2)).astype(np.float32), "kernel")):
    regularizer("L1", name, v)
    regularizer("L2", name, v)
    regularizer("L1L2", name, v, l1=0.1, l2=0.2)
regularizer("L1", "factor", x, l1=0.3)
regularizer("L2", "row_KER_28", row, l2=0.02)
regularizer("L1L2", "nothing", x)
regularizer("L1L2", "only_l1", x, l1=0.1)
regularizer("L1L2", "only_l2", x, l2=0.1)
for mode in ("rows", "columns"):
    regularizer("OrthogonalRegularizer", mode, x, factor=0.3, mode=mode)

for v, name in ((x * 3, "matrix"), ((x * 3).astype(np.float64), "float64"), (x * 0, "zeros")):
    constraint("MaxNorm", name, v)
    constraint("NonNeg", name, v)
    constraint("UnitNorm", name, v)
    constraint("MinMaxNorm", name, v)
kernel = r.normal(0, 1, (2, 2, 3, 2)).astype(np.float32)
constraint("MaxNorm", "kernel", kernel, max_value=0.5, axis=[0, 1, 2])
constraint("UnitNorm", "kernel", kernel, axis=[0, 1, 2])
constraint("UnitNorm", "rows", x, axis=1)
constraint("MinMaxNorm", "rate", x, min_value=1.0, max_value=1.5, rate=0.3, axis=1)

write("keras_weights", ALL)
