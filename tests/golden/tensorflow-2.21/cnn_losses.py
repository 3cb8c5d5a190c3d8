"""Prints the losses of the first eight steps of the convolutional network of row E2E-05.

    python cnn_losses.py FOLDER-OF-THE-MNIST-FILES

E2eSpec.kt holds the output. The weights come from a formula, so both start alike: weight i of a
kernel is mixed(i) times Glorot's limit. Batch b is the 50 training pictures from 50 b on.
"""

import gzip
import sys

import numpy as np
import tensorflow as tf


def read(name, skip):
    return np.frombuffer(gzip.open(f"{sys.argv[1]}/{name}-ubyte.gz").read(), np.uint8, offset=skip)


def mixed(n):
    """Numbers from -1 to 1 without pattern."""
    h = (np.arange(1, n + 1, dtype=np.uint64) * 2654435761) % 2**32
    h ^= h >> np.uint64(15)
    h = (h * 2246822519) % 2**32
    h ^= h >> np.uint64(13)
    return h / 2.0**31 - 1


def start(shape, dtype=None):
    window = np.prod(shape[:-2])
    limit = np.sqrt(6 / (window * (shape[-2] + shape[-1])))
    return tf.constant((mixed(int(np.prod(shape))) * limit).astype(np.float32).reshape(shape))


pictures = read("train-images-idx3", 16).reshape(-1, 28, 28, 1).astype(np.float32) / 255
labels = read("train-labels-idx1", 8).astype(np.int32)
layers = tf.keras.layers
conv = dict(kernel_size=5, padding="same", activation="relu", kernel_initializer=start)
model = tf.keras.Sequential([
    layers.Input((28, 28, 1)),
    layers.Conv2D(32, **conv),
    layers.MaxPool2D(2, 2),
    layers.Conv2D(64, **conv),
    layers.MaxPool2D(2, 2),
    layers.Flatten(),
    layers.Dense(1024, activation="relu", kernel_initializer=start),
    layers.Dense(10, kernel_initializer=start),
])
variables = [v.value for v in model.trainable_variables]
slots = [(tf.Variable(tf.zeros_like(v)), tf.Variable(tf.zeros_like(v))) for v in variables]
for b in range(8):
    with tf.GradientTape() as tape:
        logits = model(pictures[50 * b : 50 * b + 50], training=True)
        loss = tf.reduce_mean(
            tf.nn.sparse_softmax_cross_entropy_with_logits(labels[50 * b : 50 * b + 50], logits))
    # What AdamOptimizer of TensorFlow 1 calls. Keras rounds 1 - beta elsewhere and differs by 1e-5.
    for x, (m, v), g in zip(variables, slots, tape.gradient(loss, variables)):
        tf.raw_ops.ResourceApplyAdam(
            var=x.handle, m=m.handle, v=v.handle, grad=g, lr=0.001, beta1=0.9, beta2=0.999,
            epsilon=1e-8, beta1_power=0.9 ** (b + 1), beta2_power=0.999 ** (b + 1))
    print("%.6f" % loss.numpy())
