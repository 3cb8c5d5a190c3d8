"""What the makers of the Keras goldens share: random inputs, and cases as lines of JSON.

A line holds `class_name`, `case`, `args` (what the constructor was given), `config` (what Keras's own get_config
wrote), inputs and what Keras made of them. Tensors have the form that README.md describes.
"""

import gzip
import json
import pathlib

import numpy as np
import tensorflow as tf

from golden import encode, seed_of

FOLDER = pathlib.Path(__file__).parents[2] / "src/test/resources/golden/tensorflow-2.21"


def rng_of(class_name, case):
    return np.random.default_rng(seed_of(class_name + "/" + case))


def tensor(value):
    return None if value is None else encode(tf.convert_to_tensor(value))


def plain(value):
    """A configuration as JSON can hold it."""
    return json.loads(json.dumps(value, default=lambda v: np.asarray(v).tolist()))


def write(name, cases):
    path = FOLDER / (name + ".jsonl.gz")
    with gzip.GzipFile(path, "wb", mtime=0) as out:
        for c in cases:
            out.write((json.dumps(c) + "\n").encode())
    print(path.name, len(cases))
