"""Records what Keras layers compute, one JSON object a line; the form of a line is in README.md.

Made with TensorFlow 2.21.0 and Keras 3.15. Scripts `keras_*.py` list the cases.
"""

import gzip
import json
import os
import re

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from keras.src import backend

from golden import encode, seed_of

FOLDER = os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "../../src/test/resources/golden/tensorflow-2.21"
)


def reals(*shape, low=-1.0, high=1.0, dtype="float32"):
    """An input of random numbers; the generator is the case's own."""
    return lambda rng: rng.uniform(low, high, shape).astype(dtype)


def whole(*shape, high=5, dtype="int32"):
    """An input of random whole numbers from 0 to `high` - 1."""
    return lambda rng: rng.integers(0, high, shape).astype(dtype)


def flags(rows):
    """A mask that is given as it is."""
    return lambda rng: np.asarray(rows, bool)


def same(values, dtype="float32"):
    return lambda rng: np.asarray(values, dtype)


class Goldens:
    """The lines of one file."""

    def __init__(self, name):
        self.name = name
        self.lines = []
        self.seen = set()

    def add(self, case, layer, *inputs, training=None, masks=None, call=None, positive=(), scale=0.5, several=None):
        """Records one call.

        inputs: functions from a generator to an array. masks: one function or None an input.
        call: further keyword arguments of the call; arrays in it are inputs too.
        positive: endings of the names of weights that must be above zero. several: whether the
        inputs go in as a list; by default if there is more than one.
        """
        key = (type(layer).__name__, case)
        assert key not in self.seen, key
        self.seen.add(key)
        rng = np.random.default_rng(seed_of(f"{key[0]} {case}"))
        arrays = [f(rng) for f in inputs]
        many = len(arrays) > 1 if several is None else several
        tensors = [tf.constant(a) for a in arrays]
        mask_arrays = [None if m is None else m(rng) for m in masks] if masks else []
        for t, m in zip(tensors, mask_arrays):
            if m is not None:
                backend.set_keras_mask(t, tf.constant(m))
        call = dict(call or {})
        extra = {k: tf.constant(v(rng)) for k, v in call.items() if callable(v)}
        plain = {k: v for k, v in call.items() if not callable(v)}
        if training is not None:
            plain["training"] = training
        config = json.loads(json.dumps(keras.saving.serialize_keras_object(layer)["config"]))
        static = self.static(layer, tensors, many, {**extra, **plain})
        self.draw(layer, rng, positive, scale)
        before = [tf.constant(w.numpy()) for w in layer.weights]
        trainable = [w for w in layer.weights if w.trainable]
        watched = [t for t in tensors if t.dtype.is_floating]
        draws = {}

        def compute():
            with tf.GradientTape() as tape:
                tape.watch(watched)
                outs = tf.nest.flatten(self.called(layer, tensors, many, {**extra, **plain}))
                for i, t in enumerate(outs):
                    if i not in draws:
                        draws[i] = rng.uniform(-1, 1, t.shape)
                probes = [tf.constant(draws[i], t.dtype) for i, t in enumerate(outs)]
                loss = tf.add_n([tf.reduce_sum(tf.cast(t * p, tf.float64)) for t, p in zip(outs, probes)])
                losses = [tf.convert_to_tensor(l) for l in layer.losses]
                if losses:
                    loss += tf.cast(tf.add_n(losses), tf.float64)
            masks = [backend.get_keras_mask(t) for t in outs]
            grads = tape.gradient(loss, watched + [w.value for w in trainable])
            grads = [None if d is None else tf.convert_to_tensor(d) for d in grads]
            return outs, masks, probes, losses, grads

        dilated = "Transpose" in type(layer).__name__ and layer.dilation_rate != (1,) * layer.rank
        windows = "Conv" in type(layer).__name__ or "Pool" in type(layer).__name__
        if dilated or windows and getattr(layer, "data_format", None) == "channels_first":
            # TensorFlow has no kernels for this on a CPU, but compiles it.
            compute = tf.function(compute, jit_compile=True)
        outs, out_masks, probes, losses, grads = compute()
        if plain.get("return_attention_scores"):
            out_masks[1] = None  # What a Softmax inside has left there; no layer means it.
        dx = dict(zip(map(id, watched), grads))
        dw = {id(w): g for w, g in zip(trainable, grads[len(watched):])}
        # Some layers tell another shape than they compute, as Activation does for glu: no golden.
        line = {
            "layer": type(layer).__name__,
            "case": case,
            "config": config,
            "several": many,
            "inputs": [encode(t) for t in tensors],
            "masks": [None if m is None else encode(tf.constant(m)) for m in mask_arrays],
            "arguments": {k: encode(v) for k, v in extra.items()},
            "options": {k: v for k, v in plain.items() if k != "training"},
            "training": training,
            "names": [relative(layer, w) for w in layer.weights],
            "trainable": [bool(w.trainable) for w in layer.weights],
            "weights": [encode(w) for w in before],
            "static": [s if s[1:] == list(t.shape)[1:] else None for s, t in zip(static, outs)],
            "outputs": [encode(t) for t in outs],
            "output_masks": [None if m is None else encode(tf.convert_to_tensor(m)) for m in out_masks],
            "probes": [encode(p) for p in probes],
            "losses": [float(l) for l in losses],
            "input_gradients": [dense(dx.get(id(t))) for t in tensors],
            "weight_gradients": [dense(dw.get(id(w))) for w in layer.weights],
            "weights_after": None if same_values(layer, before) else [encode(tf.constant(w.numpy())) for w in layer.weights],
        }
        self.lines.append(line)

    @staticmethod
    def called(layer, tensors, many, named):
        if type(layer).__name__ in ("MultiHeadAttention", "GroupedQueryAttention"):
            return layer(*tensors, **named)
        return layer(tensors if many else tensors[0], **named)

    def static(self, layer, tensors, many, named):
        """The shapes that Keras tells for inputs of any batch size; builds the layer."""
        symbols = [keras.KerasTensor((None,) + tuple(t.shape[1:]), t.dtype.name) for t in tensors]
        out = self.called(layer, symbols, many, named)
        return [list(t.shape) for t in tf.nest.flatten(out)]

    @staticmethod
    def draw(layer, rng, positive, scale):
        for w in layer.weights:
            if not w.dtype.startswith(("float", "bfloat")):
                continue
            low, high = (0.3, 1.5) if any(w.path.endswith(p) for p in positive) else (-scale, scale)
            w.assign(rng.uniform(low, high, w.shape).astype("float32"))

    def write(self):
        path = os.path.join(FOLDER, self.name + ".jsonl.gz")
        with open(path, "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as f:
            for line in self.lines:
                f.write((json.dumps(line, separators=(",", ":")) + "\n").encode())
        print(len(self.lines), "cases,", os.path.getsize(path), "bytes")


def relative(layer, weight):
    """The path of a weight without the name of the layer."""
    return re.sub("^" + re.escape(layer.name) + "/", "", weight.path)


def same_values(layer, before):
    return all(np.array_equal(w.numpy(), b.numpy()) for w, b in zip(layer.weights, before))


def dense(gradient):
    return None if gradient is None else encode(tf.convert_to_tensor(gradient))
