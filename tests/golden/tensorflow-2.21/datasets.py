"""Records what TensorFlow's datasets give, one JSON object a line, for DatasetGoldensSpec.

    python datasets.py FOLDER-OF-THE-GOLDENS

Made with TensorFlow 2.21. A line holds `dataset` (the transformation), its arguments, and what comes out: `elements`
(nested lists), `cardinality`, and `spec`, the text of the element spec where it is recorded.
"""

import gzip
import itertools
import json
import sys

import numpy as np
import tensorflow as tf

Dataset = tf.data.Dataset
lines = []


def plain(x):
    if isinstance(x, (tuple, list)):
        return [plain(y) for y in x]
    return np.asarray(x).tolist()


def add(name, ds, spec=False, **arguments):
    line = dict(dataset=name, **arguments)
    line["elements"] = [plain(e) for e in ds.as_numpy_iterator()]
    line["cardinality"] = int(ds.cardinality())
    if spec:
        line["spec"] = str(ds.element_spec)
    lines.append(line)


def windows(ds):
    return [[int(x) for x in w] for w in ds]


for n, size, shift, stride, drop in itertools.product([0, 1, 5, 8], [1, 2, 3], [1, 2, 5], [1, 2, 3], [False, True]):
    ds = Dataset.range(n).window(size, shift, stride, drop)
    lines.append(dict(dataset="window", n=n, size=size, shift=shift, stride=stride, drop=drop,
                      elements=windows(ds), cardinality=int(ds.cardinality())))

for lengths in [[2, 5, 1, 3, 0, 4], [0, 0, 3], [6], [], [1, 1, 1, 1, 1]]:
    for cycle, block in itertools.product([1, 2, 3, 7], [1, 2, 4]):
        ds = Dataset.from_tensor_slices(np.array(lengths, np.int64)).enumerate().interleave(
            lambda i, k: Dataset.range(100 * i, 100 * i + k), cycle_length=cycle, block_length=block)
        add("interleave", ds, lengths=lengths, cycle=cycle, block=block)

for lengths in [[1, 3, 2, 4, 0], [2], [3, 3, 3]]:
    for size, width, value, drop in itertools.product([1, 2, 3], [-1, 5], [0, -7], [False, True]):
        rows = Dataset.from_generator(lambda: (np.full(k, k, np.int32) for k in lengths),
                                      output_signature=tf.TensorSpec([None], tf.int32))
        ds = rows.padded_batch(size, [None if width < 0 else width], value, drop)
        add("padded_batch", ds, spec=True, lengths=lengths, size=size, width=width, value=value, drop=drop)

for n, shards in itertools.product([0, 1, 9, 10], [1, 2, 3, 4]):
    for index in range(shards):
        add("shard", Dataset.range(n).shard(shards, index), n=n, shards=shards, index=index)

for n, keys, size in itertools.product([0, 1, 7, 20], [1, 2, 3], [1, 2, 5]):
    ds = Dataset.range(n).group_by_window(lambda x: x % keys, lambda k, w: w.map(lambda x: x + 100 * k).batch(2), size)
    add("group_by_window", ds, n=n, keys=keys, size=size)

for n, buffer, seed, again in itertools.product([1, 10, 40], [1, 3, 10, 100], [0, 7, 123456789012], [True, False]):
    ds = Dataset.range(n).shuffle(buffer, seed=seed, reshuffle_each_iteration=again)
    orders = [[int(x) for x in ds] for _ in range(3)]
    lines.append(dict(dataset="shuffle", n=n, buffer=buffer, seed=seed, again=again, elements=orders,
                      cardinality=int(ds.cardinality())))
tf.random.set_seed(1)
ds = Dataset.range(10).shuffle(10).repeat(3)
lines.append(dict(dataset="shuffle_global", elements=[[int(x) for x in ds]], cardinality=30))

for n, size, drop in itertools.product([0, 1, 8, 9], [1, 3, 10], [False, True]):
    add("batch", Dataset.range(n).batch(size, drop), spec=True, n=n, size=size, drop=drop)

for start, stop, step in [(0, 5, 1), (2, 9, 3), (5, 0, -2), (5, 5, 1), (5, 0, 1), (-3, 4, 7), (0, 6, 3)]:
    add("range", Dataset.range(start, stop, step), start=start, stop=stop, step=step)

for n, take, skip, repeat in itertools.product([0, 3, 7], [-1, 0, 2, 9], [-1, 0, 2, 9], [0, 1, 2]):
    add("take_skip_repeat", Dataset.range(n).take(take).skip(skip).repeat(repeat), n=n, take=take, skip=skip, repeat=repeat)

for lengths in [[3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9]]:
    rows = Dataset.from_generator(lambda: (np.full(k, k, np.int32) for k in lengths),
                                  output_signature=tf.TensorSpec([None], tf.int32))
    ds = rows.bucket_by_sequence_length(lambda x: tf.shape(x)[0], [3, 6], [2, 3, 2])
    add("bucket_by_sequence_length", ds, lengths=lengths)

choices = [0, 1, 2, 2, 1, 0, 1, 1, 0, 0, 2]
for stop in [True, False]:
    three = [Dataset.range(0, 3), Dataset.range(10, 12), Dataset.range(20, 29)]
    ds = Dataset.choose_from_datasets(three, Dataset.from_tensor_slices(np.array(choices, np.int64)), stop)
    add("choose_from_datasets", ds, choices=choices, stop=stop)

add("scan", Dataset.range(6).scan(np.int64(1), lambda s, x: (s * 2, s + x)))
add("take_while", Dataset.range(9).take_while(lambda x: x * x < 20))
add("rebatch", Dataset.range(11).batch(4).rebatch(3), n=11)
add("nested", Dataset.zip(({"a": Dataset.range(5), "b": Dataset.range(10, 15)}, Dataset.range(20, 25)))
    .map(lambda d, y: ((d["a"] + y, d["b"]), y)).batch(2).unbatch().shard(2, 0))

counted = {
    "filter": lambda d: d.filter(lambda x: x < 2),
    "take_while": lambda d: d.take_while(lambda x: x < 2),
    "flat_map": lambda d: d.flat_map(lambda x: Dataset.range(2)),
    "unbatch": lambda d: d.batch(2).unbatch(),
    "unbatch_full": lambda d: d.batch(2, True).unbatch(),
    "rebatch": lambda d: d.batch(2).rebatch(3),
    "cache": lambda d: d.cache(),
    "enumerate": lambda d: d.enumerate(),
    "concatenate": lambda d: d.concatenate(Dataset.range(4)),
    "concatenate_filtered": lambda d: d.concatenate(Dataset.range(4).filter(lambda x: x < 2)),
    "zip": lambda d: Dataset.zip((d, Dataset.range(4))),
    "zip_endless": lambda d: Dataset.zip((d, Dataset.range(4).repeat())),
    "zip_filtered": lambda d: Dataset.zip((d, Dataset.range(4).filter(lambda x: x < 2))),
    "take": lambda d: d.take(2),
    "skip": lambda d: d.skip(2),
    "shard": lambda d: d.shard(2, 0),
    "batch": lambda d: d.batch(2),
    "window": lambda d: d.window(2),
    "repeat": lambda d: d.repeat(2),
    "repeat_endless": lambda d: d.repeat(),
    "ignore_errors": lambda d: d.ignore_errors(),
}
for name, make in counted.items():
    bases = dict(none=Dataset.range(0), three=Dataset.range(3), endless=Dataset.range(3).repeat(),
                 unknown=Dataset.range(3).filter(lambda x: x < 9))
    lines.append(dict(dataset="cardinality", transformation=name,
                      **{base: int(make(ds).cardinality()) for base, ds in bases.items()}))

with open(f"{sys.argv[1]}/datasets.jsonl.gz", "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
    for line in lines:
        out.write((json.dumps(line) + "\n").encode())
print(len(lines), "lines")
