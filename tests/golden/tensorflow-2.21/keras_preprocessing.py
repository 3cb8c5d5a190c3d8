"""Makes preprocessing.jsonl.gz: what Keras's preprocessing and image layers learn and compute.

    python keras_preprocessing.py

Made with TensorFlow 2.21.0 and Keras 3.15. One JSON object a line:

layer, case; config: before learning; learns: null, or {"whole": one array} or {"batches": arrays};
config_after: after learning; vocabulary: null or what get_vocabulary() gives; weights: by their order;
inputs: tensors of one call; training: null, true or false; outputs: of one call after the other, of the
same layer with the same inputs; error: the type of the exception instead of outputs.
"""

import gzip
import json
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from keras import layers as L

from golden import encode, seed_of

FOLDER = os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "../../src/test/resources/golden/tensorflow-2.21"
)
lines = []


def config_of(layer):
    return json.loads(json.dumps(keras.saving.serialize_keras_object(layer)["config"]))


def add(case, layer, *inputs, learns=None, training=None, calls=1, fails=False):
    name = type(layer).__name__
    rng = np.random.default_rng(seed_of(f"{name} {case}"))
    arrays = [f(rng) if callable(f) else np.asarray(f) for f in inputs]
    line = {"layer": name, "case": case, "config": config_of(layer), "learns": None}
    if learns is not None:
        many = isinstance(learns, list)
        data = [np.asarray(d(rng) if callable(d) else d) for d in (learns if many else [learns])]
        line["learns"] = {"batches" if many else "whole": [encode(tf.constant(d)) for d in data]}
        layer.adapt(iter([tf.constant(d) for d in data]) if many else data[0])
    line["config_after"] = config_of(layer)
    line["vocabulary"] = (
        [x.item() if hasattr(x, "item") else x for x in layer.get_vocabulary()]
        if hasattr(layer, "get_vocabulary")
        else None
    )
    tensors = [tf.constant(a) for a in arrays]
    line["inputs"] = [encode(t) for t in tensors]
    line["training"] = training
    named = {} if training is None else {"training": training}
    try:
        if len(tensors) > 1:
            named["count_weights"] = tensors[1]
        outputs = [layer(tensors[0], **named) for _ in range(calls)]
        assert not fails, case
        line["outputs"] = [encode(tf.convert_to_tensor(y)) for y in outputs]
    except Exception as e:
        if not fails:
            raise
        line["error"] = type(e).__name__
    line["weights"] = [encode(w.value) for w in layer.weights]
    lines.append(line)


def reals(*shape, low=0.0, high=1.0, dtype="float32"):
    return lambda rng: rng.uniform(low, high, shape).astype(dtype)


def whole(*shape, high=5, dtype="int64", low=0):
    return lambda rng: rng.integers(low, high, shape).astype(dtype)


# --- numbers
add("number", L.Rescaling(1 / 255.0), whole(2, 3, 3, 1, high=256, dtype="uint8"))
add("offset", L.Rescaling(2.0, offset=-1.0), reals(2, 5))
add("channels", L.Rescaling([0.5, 2.0, 4.0], offset=[1.0, 0.0, -1.0]), reals(2, 2, 2, 3))
add("last axis", L.Normalization(), reals(4, 3, high=9), learns=reals(20, 3, low=-2, high=7))
add("all", L.Normalization(axis=None), reals(4, 3), learns=reals(20, 3, low=-2, high=7))
add("two axes", L.Normalization(axis=[1, 2]), reals(2, 3, 2), learns=reals(9, 3, 2, low=5, high=7))
add("inverted", L.Normalization(invert=True), reals(4, 3), learns=reals(20, 3, low=-2, high=7))
add("batches", L.Normalization(), reals(4, 3), learns=[reals(8, 3), reals(5, 3, high=4), reals(2, 3, low=-3)])
add("given", L.Normalization(mean=3.0, variance=4.0), reals(4, 3))
add("given each", L.Normalization(axis=-1, mean=[1.0, 2.0, 3.0], variance=[4.0, 1.0, 9.0]), reals(2, 4, 3))
add("constant", L.Normalization(), reals(3, 2), learns=np.full((5, 2), 4.0, "float32"))
add("bounds", L.Discretization(bin_boundaries=[0.0, 1.0, 2.0]), np.float32([[-1.5, 1.0, 3.4, 0.5], [0.0, 3.0, 1.3, 0.0]]))
for mode in ("one_hot", "multi_hot", "count"):
    add(mode, L.Discretization(bin_boundaries=[0.0, 1.0], output_mode=mode), np.float32([[-1.5, 1.0, 0.2], [0.3, 3.0, 0.1]]))
add("whole", L.Discretization(bin_boundaries=[2.0, 4.0]), whole(3, 4, high=7, dtype="int32"))
add("learnt", L.Discretization(num_bins=4), reals(3, 4), learns=reals(57))
add("learnt fine", L.Discretization(num_bins=7, epsilon=0.001), reals(3, 4), learns=reals(500))
add("learnt rough", L.Discretization(num_bins=3, epsilon=0.1), reals(3, 4), learns=reals(300, 2))
add("learnt in batches", L.Discretization(num_bins=4, epsilon=0.02), reals(9), learns=[reals(200), reals(333, low=-1), reals(64)])

# --- categories
IDS = np.int64([[0, 1, 1], [3, 2, 0], [1, 1, 1]])
for mode in ("multi_hot", "count", "one_hot"):
    add(mode, L.CategoryEncoding(4, output_mode=mode), IDS)
    add(mode + " vector", L.CategoryEncoding(4, output_mode=mode), np.int32([3, 1, 1]))
    add(mode + " cube", L.CategoryEncoding(4, output_mode=mode), IDS.reshape(1, 3, 3))
    add(mode + " column", L.CategoryEncoding(4, output_mode=mode), np.int32([[3], [0]]))
add("scalar", L.CategoryEncoding(4, output_mode="one_hot"), np.int32(2))
add("weighted", L.CategoryEncoding(4, output_mode="count"), IDS, reals(3, 3))
add("float64", L.CategoryEncoding(4, output_mode="count", dtype="float64"), IDS)
WORDS = np.array([["A", "B"], ["C", ""], ["wörld", "a longer text of more than thirty-two bytes, for the other path"]])
add("texts", L.Hashing(3), WORDS)
add("many bins", L.Hashing(1000003), WORDS)
add("masked", L.Hashing(4, mask_value=""), WORDS)
add("salted", L.Hashing(5, salt=[133, 137]), WORDS)
add("salted once", L.Hashing(5, salt=7), WORDS)
add("whole", L.Hashing(7), whole(3, 4, high=100))
add("floats", L.Hashing(7), reals(3, 4, high=100))
add("masked whole", L.Hashing(7, mask_value=0), whole(3, 4, high=4))
for mode in ("one_hot", "multi_hot", "count"):
    add(mode, L.Hashing(4, output_mode=mode), WORDS)
add("one hot column", L.Hashing(4, output_mode="one_hot"), WORDS[:, :1])

# --- vocabularies
ANIMALS = np.array([["cat", "dog", "eel"], ["eel", "cat", "cat"], ["fox", "dog", "cat"]])
SEEN = np.array([["cat", "bee", "dog"], ["", "[UNK]", "fox"]])
add("given", L.StringLookup(vocabulary=["cat", "dog", "fox"]), SEEN)
add("masked", L.StringLookup(vocabulary=["cat", "dog", "fox"], mask_token=""), SEEN)
add("special given", L.StringLookup(vocabulary=["", "[UNK]", "cat", "dog"], mask_token=""), SEEN)
add("inverted", L.StringLookup(vocabulary=["cat", "dog", "fox"], invert=True), np.int64([[0, 1, 2], [3, 4, 9]]))
add("inverted masked", L.StringLookup(vocabulary=["cat", "dog"], invert=True, mask_token="-"), np.int64([[0, 1, 2], [3, 4, 9]]))
add("many places", L.StringLookup(vocabulary=["cat", "dog"], num_oov_indices=3), SEEN)
add("many places salted", L.StringLookup(vocabulary=["cat", "dog"], num_oov_indices=3, salt=[1, 5]), SEEN)
add("no place", L.StringLookup(vocabulary=["cat", "dog"], num_oov_indices=0), ANIMALS[0, :2])
add("unknown, no place", L.StringLookup(vocabulary=["cat", "dog"], num_oov_indices=0), SEEN, fails=True)
add("scalar", L.StringLookup(vocabulary=["cat", "dog"]), np.array("dog"))
add("learnt", L.StringLookup(), SEEN, learns=ANIMALS)
add("learnt in batches", L.StringLookup(mask_token=""), SEEN, learns=[ANIMALS, np.array([["", "fox"], ["owl", "fox"]])])
add("at most", L.StringLookup(max_tokens=3), SEEN, learns=ANIMALS)
for mode in ("one_hot", "multi_hot", "count"):
    add(mode, L.StringLookup(vocabulary=["cat", "dog", "fox"], output_mode=mode), SEEN)
    add(mode + " masked", L.StringLookup(vocabulary=["cat", "dog", "fox"], output_mode=mode, mask_token=""), SEEN)
add("padded", L.StringLookup(max_tokens=7, output_mode="multi_hot", pad_to_max_tokens=True), SEEN, learns=ANIMALS)
add("tf_idf given", L.StringLookup(vocabulary=["cat", "dog"], idf_weights=[0.4, 1.5], output_mode="tf_idf"), SEEN)
add("tf_idf learnt", L.StringLookup(output_mode="tf_idf"), SEEN, learns=ANIMALS)
add("tf_idf padded", L.StringLookup(max_tokens=8, output_mode="tf_idf", pad_to_max_tokens=True), SEEN, learns=ANIMALS)
add("tf_idf batches", L.StringLookup(output_mode="tf_idf"), SEEN, learns=[ANIMALS, ANIMALS[:2]])
add("not learnt", L.StringLookup(output_mode="multi_hot"), SEEN, fails=True)
add("empty", L.StringLookup(vocabulary=["cat"]), np.zeros((0, 2), "S1").astype(str))
NUMBERS = np.int64([[5, 3, 3], [3, 8, 5]])
add("given", L.IntegerLookup(vocabulary=[3, 5]), NUMBERS)
add("learnt", L.IntegerLookup(), NUMBERS, learns=whole(20, high=7))
add("masked", L.IntegerLookup(mask_token=0), whole(3, 4, high=9), learns=whole(30, 2, high=7))
add("many places", L.IntegerLookup(vocabulary=[3, 5], num_oov_indices=3), whole(3, 4, high=99))
add("many places farmhash", L.IntegerLookup(vocabulary=[3, 5], num_oov_indices=3, oov_method="farmhash"), whole(3, 4, high=99))
add("inverted", L.IntegerLookup(vocabulary=[3, 5, -7], invert=True), np.int64([0, 1, 2, 3, 7]))
add("int32", L.IntegerLookup(vocabulary=[3, 5]), NUMBERS.astype("int32"))
for mode in ("one_hot", "multi_hot", "count"):
    add(mode, L.IntegerLookup(vocabulary=[3, 5], output_mode=mode), NUMBERS)
add("column", L.IntegerLookup(vocabulary=[3, 5], output_mode="one_hot"), NUMBERS[:, :1])

# --- texts
TEXTS = np.array(["The quick brown fox!", "jumps over the lazy dog.", "", "the  DOG's\tday - the end; Ärger, größer?"])
PROBE = np.array(["The dog jumps", "unknown words only", "", "fox fox, FOX the end and a little more than that"])
add("plain", L.TextVectorization(), PROBE, learns=TEXTS)
add("column", L.TextVectorization(), PROBE.reshape(4, 1), learns=TEXTS)
add("length", L.TextVectorization(output_sequence_length=5), PROBE, learns=TEXTS)
add("at most", L.TextVectorization(max_tokens=5), PROBE, learns=TEXTS)
add("lower", L.TextVectorization(standardize="lower"), PROBE, learns=TEXTS)
add("punctuation", L.TextVectorization(standardize="strip_punctuation"), PROBE, learns=TEXTS)
add("as they are", L.TextVectorization(standardize=None), PROBE, learns=TEXTS)
add("characters", L.TextVectorization(split="character", output_sequence_length=8), PROBE, learns=TEXTS)
add("words already", L.TextVectorization(split=None), ANIMALS, learns=ANIMALS)
add("words already, length", L.TextVectorization(split=None, output_sequence_length=5), ANIMALS, learns=ANIMALS)
add("words already, cut", L.TextVectorization(split=None, output_sequence_length=2), ANIMALS, learns=ANIMALS)
add("ngrams", L.TextVectorization(ngrams=2), PROBE, learns=TEXTS)
add("ngrams of two widths", L.TextVectorization(ngrams=(1, 3)), PROBE, learns=TEXTS)
add("given", L.TextVectorization(vocabulary=["the", "fox", "dog"]), PROBE)
add("given, length", L.TextVectorization(vocabulary=["the", "fox", "dog"], output_sequence_length=6), PROBE)
add("given, counted", L.TextVectorization(vocabulary=["the", "fox", "dog"], output_mode="count"), PROBE)
add("batches", L.TextVectorization(), PROBE, learns=[TEXTS[:2], TEXTS[2:]])
for mode in ("multi_hot", "count", "tf_idf"):
    add(mode, L.TextVectorization(output_mode=mode), PROBE, learns=TEXTS)
    add(mode + " padded", L.TextVectorization(output_mode=mode, max_tokens=30, pad_to_max_tokens=True), PROBE, learns=TEXTS)
add("ngrams counted", L.TextVectorization(output_mode="count", ngrams=2), PROBE, learns=TEXTS)
add("two columns", L.TextVectorization(vocabulary=["the"]), ANIMALS, fails=True)

# --- pictures
for how in ("bilinear", "nearest", "bicubic", "area", "lanczos3", "lanczos5"):
    for antialias in (False, True):
        add(f"{how} {antialias}", L.Resizing(3, 5, interpolation=how, antialias=antialias), reals(2, 7, 4, 2))
    add(f"{how} larger", L.Resizing(7, 9, interpolation=how), reals(1, 4, 3, 1))
add("uint8", L.Resizing(5, 3), whole(2, 4, 6, 3, high=256, dtype="uint8"))
add("uint8 overshoot", L.Resizing(5, 9, interpolation="bicubic"), whole(1, 4, 6, 1, high=256, dtype="uint8"))
add("int32", L.Resizing(5, 3), whole(2, 4, 6, 3, high=9000, low=-9000, dtype="int32"))
add("single", L.Resizing(2, 3), reals(5, 4, 1))
add("cropped wide", L.Resizing(4, 4, crop_to_aspect_ratio=True), reals(1, 5, 9, 2))
add("cropped high", L.Resizing(3, 4, crop_to_aspect_ratio=True), reals(1, 11, 5, 2))
add("padded wide", L.Resizing(4, 4, pad_to_aspect_ratio=True), reals(1, 5, 9, 2))
add("padded high", L.Resizing(3, 4, pad_to_aspect_ratio=True, fill_value=0.5), reals(1, 11, 5, 2))
add("first", L.Resizing(3, 2, data_format="channels_first"), reals(2, 3, 5, 4))
add("middle", L.CenterCrop(3, 2), reals(2, 6, 5, 2))
add("whole numbers", L.CenterCrop(2, 2), whole(1, 5, 5, 1, high=9, dtype="int32"))
add("too small", L.CenterCrop(6, 4), reals(2, 5, 7, 1))
add("too low", L.CenterCrop(6, 3), reals(2, 5, 9, 1))
add("single", L.CenterCrop(2, 2), reals(4, 4, 1))
add("first", L.CenterCrop(2, 3, data_format="channels_first"), reals(1, 2, 5, 6))


def by_chance(layer_of, *shape, **more):
    x = reals(*shape, **more)
    layer = layer_of(11)
    add("training", layer, x, training=True, calls=3)
    add("unsaid", layer_of(12), x, calls=2)
    if type(layer).__name__ != "RandomCrop":  # Keras lets pictures pass uncut, against its documentation
        add("inference", layer_of(13), x, training=False)


by_chance(lambda s: L.RandomFlip(seed=s), 7, 3, 4, 2)
by_chance(lambda s: L.RandomRotation(0.2, seed=s), 4, 6, 5, 2)
by_chance(lambda s: L.RandomZoom(0.5, seed=s), 4, 6, 5, 2)
by_chance(lambda s: L.RandomTranslation(0.4, (-0.2, 0.6), seed=s), 4, 6, 5, 2)
by_chance(lambda s: L.RandomShear((0.1, 0.4), 0.3, seed=s), 4, 6, 5, 2)
by_chance(lambda s: L.RandomContrast(0.6, seed=s), 4, 3, 4, 2, high=255.0)
by_chance(lambda s: L.RandomBrightness(0.3, seed=s), 4, 3, 4, 2, high=255.0)
by_chance(lambda s: L.RandomCrop(3, 2, seed=s), 4, 7, 9, 2)
for mode in ("horizontal", "vertical"):
    add(mode, L.RandomFlip(mode, seed=3), reals(6, 3, 4, 1), training=True)
add("single", L.RandomFlip(seed=5), reals(3, 4, 1), training=True, calls=6)
add("first", L.RandomFlip("horizontal", seed=5, data_format="channels_first"), reals(5, 2, 3, 4), training=True)
for fill in ("constant", "reflect", "wrap", "nearest"):
    for how in ("bilinear", "nearest"):
        more = dict(fill_mode=fill, interpolation=how, fill_value=0.7, seed=21)
        add(f"{fill} {how}", L.RandomRotation((-0.5, 0.3), **more), reals(3, 5, 7, 1), training=True)
        add(f"{fill} {how}", L.RandomTranslation((0.2, 0.9), 0.8, **more), reals(3, 5, 7, 1), training=True)
        add(f"{fill} {how}", L.RandomZoom((-0.6, -0.2), (0.3, 0.9), **more), reals(3, 5, 7, 1), training=True)
        add(f"{fill} {how}", L.RandomShear(0.9, (0.2, 0.9), **more), reals(3, 5, 7, 1), training=True)
add("single", L.RandomRotation(0.1, seed=5), reals(5, 4, 1), training=True)
add("first", L.RandomTranslation(0.3, 0.3, seed=5, data_format="channels_first"), reals(3, 2, 5, 4), training=True)
add("range", L.RandomContrast((0.2, 0.9), value_range=(0.0, 1.0), seed=4), reals(3, 4, 4, 3), training=True)
add("range", L.RandomBrightness((-0.5, -0.1), value_range=(0.0, 1.0), seed=4), reals(3, 4, 4, 3), training=True)
add("single", L.RandomBrightness(0.5, value_range=(0.0, 1.0), seed=4), reals(4, 4, 3), training=True)
add("single", L.RandomCrop(2, 3, seed=4), reals(5, 8, 1), training=True, calls=2)
add("first", L.RandomCrop(2, 3, seed=4, data_format="channels_first"), reals(2, 1, 5, 8), training=True, calls=2)

path = os.path.join(FOLDER, "preprocessing.jsonl.gz")
with open(path, "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as f:
    for line in lines:
        f.write((json.dumps(line, separators=(",", ":")) + "\n").encode())
print(len(lines), "cases,", os.path.getsize(path), "bytes")
