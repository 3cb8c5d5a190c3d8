"""Random ops: the very numbers, for given seeds."""

import itertools
import json

import numpy as np
import tensorflow as tf

from golden import encode, encode_attr, plain_attr

i32, i64 = np.int32, np.int64
SHAPES = [[], [1], [2], [3], [4], [5], [2, 3], [0], [7, 50], [260]]
SEEDS = [[0, 0], [1, 2], [12, 34], [-1, 5], [2**31 - 1, -(2**31)]]
FLOAT = [tf.float32, tf.float64, tf.float16, tf.bfloat16]
WHOLE = [tf.int32, tf.int64, tf.uint32, tf.uint64]


def label(*lists):
    return "_".join("x".join(map(str, s)) or "scalar" for s in lists)


def stateless(f):
    for op in ("StatelessRandomUniform", "StatelessRandomNormal", "StatelessTruncatedNormal"):
        for dtype, seed in itertools.product(FLOAT, SEEDS):
            for shape in SHAPES if seed == [12, 34] else [[3], [2, 3]]:
                f.case(op, f"{dtype.name}_{label(shape)}_{seed[0]}_{seed[1]}", [i32(shape), i32(seed)], dtype=dtype)
        f.case(op, "seed_int64", [i32([3]), i64([2**40, -3])])
        key, counter = np.array([123456789012345], np.uint64), np.array([7, 9], np.uint64)
        for dtype, shape in itertools.product(FLOAT, SHAPES):
            f.case(op + "V2", f"{dtype.name}_{label(shape)}_philox", [i32(shape), key, counter, i32(1)], dtype=dtype)
        f.case(op + "V2", "algorithm_auto", [i32([7]), key, counter, i32(3)])
        f.fails(op, "seed_shape", [i32([3]), i32([1, 2, 3])])
        f.fails(op, "negative", [i32([-1]), i32([1, 2])])
    bounds = {tf.int32: (-5, 100), tf.int64: (-(2**40), 2**41), tf.uint32: (3, 4000000000), tf.uint64: (5, 2**63)}
    for dtype in WHOLE:
        np_type = dtype.as_numpy_dtype
        lo, hi = (np.array(v, np_type) for v in bounds[dtype])
        key, counter = np.array([987654321], np.uint64), np.array([0, 1], np.uint64)
        for seed, shape in itertools.product(SEEDS[:3], [[], [3], [5], [2, 3], [300]]):
            name = f"{dtype.name}_{label(shape)}_{seed[0]}_{seed[1]}"
            if dtype in (tf.int32, tf.int64):
                f.case("StatelessRandomUniformInt", name, [i32(shape), i32(seed), lo, hi])
            f.case("StatelessRandomUniformFullInt", name, [i32(shape), i32(seed)], dtype=dtype)
        for shape in [[3], [5], [300]]:
            f.case(
                "StatelessRandomUniformIntV2",
                f"{dtype.name}_{label(shape)}",
                [i32(shape), key, counter, i32(1), lo, hi],
                skip=True,
            )
            f.case(
                "StatelessRandomUniformFullIntV2",
                f"{dtype.name}_{label(shape)}",
                [i32(shape), key, counter, i32(1)],
                dtype=dtype,
            )
    f.fails("StatelessRandomUniformInt", "bounds", [i32([3]), i32([1, 2]), i32(5), i32(5)])
    for seed in SEEDS:
        name = f"{seed[0]}_{seed[1]}"
        f.case("StatelessRandomGetKeyCounter", name, [i32(seed)])
        f.case("StatelessRandomGetKeyCounterAlg", name, [i32(seed)])
        f.function("tf.random.split", name, tf.random.split, [i32(seed)], num=3)
        f.function("tf.random.fold_in", name, tf.random.fold_in, [i32(seed)], data=17)
        f.function(
            "tf.random.experimental.stateless_shuffle",
            name,
            lambda v, s: tf.random.experimental.stateless_shuffle(v, s),
            [np.arange(11, dtype=i32), i32(seed)],
        )
    f.case("StatelessRandomGetAlg", "cpu", [])
    logits = np.float32([[0.1, 2, -1, 0], [5, 0, 0, -np.inf]])
    for seed, out in itertools.product(SEEDS[1:4], (tf.int32, tf.int64)):
        f.case("StatelessMultinomial", f"{seed[0]}_{out.name}", [logits, i32(9), i32(seed)], output_dtype=out)
    for dtype in FLOAT:
        d = dtype.as_numpy_dtype
        f.case(
            "StatelessParameterizedTruncatedNormal",
            dtype.name,
            [i32([9]), i32([1, 2]), np.array(1, d), np.array(2, d), np.array(-1, d), np.array(2, d)],
            skip=True,
        )
        f.case(
            "StatelessRandomGammaV2",
            dtype.name,
            [i32([5, 2]), i32([3, 4]), np.array([0.5, 2.5], d)],
            skip=True,
            grad=False,
        )
        f.case(
            "StatelessRandomPoisson",
            dtype.name,
            [i32([5, 2]), i32([3, 4]), np.array([0.5, 30], d)],
            skip=True,
            grad=False,
            dtype=tf.int32,
        )
    f.case(
        "StatelessRandomBinomial",
        "plain",
        [i32([9]), i32([3, 4]), np.float64(10), np.float64(0.3)],
        grad=False,
        dtype=tf.int32,
    )


def fresh(f, op, case, inputs, calls=2, **attrs):
    """Records the results of the first calls of a stateful op on a context that has not run it."""
    tf.random.set_seed(0)  # forgets all kernels, and with them the state of their generators
    for i in range(calls):
        f.case(op, f"{case}_call{i + 1}", inputs, grad=False, note=f"call {i + 1} of the same kernel", **attrs)


def stateful(f):
    seeds = [(1, 2), (87654321, 0), (0, 42), (12, 34), (2**40, -7)]
    for op in ("RandomUniform", "RandomStandardNormal", "TruncatedNormal"):
        for dtype, (s, s2) in itertools.product(FLOAT, seeds):
            for shape in [[5], [2, 3], [], [300]] if (s, s2) == (1, 2) else [[5]]:
                fresh(
                    f,
                    op,
                    f"{dtype.name}_{label(shape)}_{s}_{s2}",
                    [i32(shape)],
                    dtype=dtype,
                    seed=s,
                    seed2=s2,
                    calls=3 if shape == [5] else 2,
                )
        f.fails(op, "negative", [i32([-1])], dtype=tf.float32)
    for dtype, (s, s2) in itertools.product((np.int32, np.int64), seeds):
        for shape in ([5], [300]):
            fresh(
                f,
                "RandomUniformInt",
                f"{np.dtype(dtype).name}_{label(shape)}_{s}_{s2}",
                [i32(shape), dtype(-3), dtype(1000)],
                seed=s,
                seed2=s2,
            )
    f.fails("RandomUniformInt", "bounds", [i32([3]), i32(5), i32(5)])
    for (s, s2), shape in itertools.product(seeds, [(7,), (1,), (0,), (5, 2), (2, 3, 2)]):
        x = np.arange(int(np.prod(shape)), dtype=np.float32).reshape(shape)
        fresh(f, "RandomShuffle", f"{label(shape)}_{s}_{s2}", [x], seed=s, seed2=s2)
    logits = np.float32([[0.1, 2, -1, 0], [5, 0, 0, -np.inf]])
    for (s, s2), out in itertools.product(seeds, (tf.int32, tf.int64)):
        fresh(f, "Multinomial", f"{s}_{s2}_{out.name}", [logits, i32(9)], seed=s, seed2=s2, output_dtype=out)
    f.fails("Multinomial", "rank", [np.float32([1, 2]), i32(3)])
    for dtype in (tf.float32, tf.float64):
        d = dtype.as_numpy_dtype
        fresh(f, "RandomGamma", dtype.name, [i32([5]), np.array([0.5, 2.5], d)], seed=1, seed2=2)
        fresh(f, "RandomPoissonV2", dtype.name, [i32([5]), np.array([0.5, 30], d)], seed=1, seed2=2, dtype=tf.int32)
        fresh(
            f,
            "ParameterizedTruncatedNormal",
            dtype.name,
            [i32([9]), *(np.array(v, d) for v in (1, 2, -1, 2))],
            seed=1,
            seed2=2,
        )


def sequence(f, case, seed, steps):
    """Records a row of calls after `tf.random.set_seed(seed)`; a step is (function name, keywords)."""
    names = {
        "uniform": tf.random.uniform,
        "normal": tf.random.normal,
        "truncated_normal": tf.random.truncated_normal,
        "shuffle": tf.random.shuffle,
        "categorical": tf.random.categorical,
        "get_seed": lambda op_seed: [tf.constant([v or 0 for v in tf.compat.v1.get_seed(op_seed)], tf.int64)][0],
        "set_seed": lambda seed: tf.random.set_seed(seed) or tf.constant(0),
    }
    tf.random.set_seed(seed)
    outputs, calls = [], []
    for name, kwargs in steps:
        value = {k: tf.constant(v, tf.float32) if k in ("value", "logits") else v for k, v in kwargs.items()}
        outputs.append(names[name](**value))
        plain = {k: v.name if isinstance(v, tf.DType) else v for k, v in kwargs.items()}
        calls.append(
            json.dumps(
                {"function": f"tf.random.{name}" if name != "get_seed" else "tf.compat.v1.get_seed", "kwargs": plain}
            )
        )
    f.add(
        {
            "op": "global_seed",
            "case": case,
            "attrs": {"seed": {"int": seed}, "calls": {"list(string)": calls}},
            "inputs": [],
            "outputs": [encode(o) for o in outputs],
            "note": "one output a call, calls run one after the other in eager mode",
        }
    )


def global_seed(f):
    for seed in (0, 1, 42, 1234567, 2**40):
        sequence(f, f"uniform_{seed}", seed, [("uniform", {"shape": [3]})] * 4)
        sequence(
            f,
            f"normal_{seed}",
            seed,
            [
                ("normal", {"shape": [3]}),
                ("normal", {"shape": [2, 2], "mean": 1.0, "stddev": 2.0}),
                ("uniform", {"shape": [2]}),
            ],
        )
        sequence(
            f,
            f"op_seed_{seed}",
            seed,
            [("uniform", {"shape": [3], "seed": 5})] * 3 + [("uniform", {"shape": [3], "seed": 6})],
        )
        sequence(
            f,
            f"mixed_{seed}",
            seed,
            [
                ("uniform", {"shape": [2]}),
                ("uniform", {"shape": [2], "seed": 9}),
                ("truncated_normal", {"shape": [3]}),
                ("uniform", {"shape": [4], "minval": 0, "maxval": 10, "dtype": tf.int32}),
                ("shuffle", {"value": [1.0, 2, 3, 4, 5]}),
                ("categorical", {"logits": [[1.0, 2, 3]], "num_samples": 5}),
                ("uniform", {"shape": [2], "dtype": tf.float64}),
            ],
        )
        sequence(
            f,
            f"get_seed_{seed}",
            seed,
            [("get_seed", {"op_seed": None})] * 4 + [("get_seed", {"op_seed": 3})] * 2 + [("get_seed", {"op_seed": 0})],
        )
        sequence(
            f,
            f"again_{seed}",
            seed,
            [
                ("uniform", {"shape": [2]}),
                ("set_seed", {"seed": seed}),
                ("uniform", {"shape": [2]}),
                ("uniform", {"shape": [2]}),
            ],
        )
    for seed in (0, 1, 42, 2**33):
        g = tf.random.Generator.from_seed(seed)
        outs = [
            g.state.read_value(),
            g.normal([3]),
            g.uniform([5]),
            g.uniform([4], minval=0, maxval=100, dtype=tf.int32),
            g.uniform_full_int([2]),
            g.truncated_normal([3]),
            g.uniform([2], dtype=tf.float64),
            g.make_seeds(2),
            g.split(2)[1].normal([2]),
            g.state.read_value(),
        ]
        f.add(
            {
                "op": "tf.random.Generator",
                "case": f"from_seed_{seed}",
                "attrs": {
                    "seed": plain_attr(seed),
                    "alg": encode_attr("string", "philox"),
                    "calls": {
                        "list(string)": [
                            "state",
                            "normal [3]",
                            "uniform [5]",
                            "uniform [4] 0 100 int32",
                            "uniform_full_int [2] uint64",
                            "truncated_normal [3]",
                            "uniform [2] float64",
                            "make_seeds 2",
                            "split 2, second one: normal [2]",
                            "state",
                        ]
                    },
                },
                "inputs": [],
                "outputs": [encode(o) for o in outs],
            }
        )


def initializers(f):
    for name, cls in {
        "GlorotUniform": tf.initializers.GlorotUniform,
        "GlorotNormal": tf.initializers.GlorotNormal,
        "HeNormal": tf.initializers.HeNormal,
        "HeUniform": tf.initializers.HeUniform,
        "LecunNormal": tf.initializers.LecunNormal,
        "RandomNormal": tf.initializers.RandomNormal,
        "RandomUniform": tf.initializers.RandomUniform,
        "TruncatedNormal": tf.initializers.TruncatedNormal,
        "Orthogonal": tf.initializers.Orthogonal,
    }.items():
        for seed, shape in itertools.product((1, 42), ([3, 4], [3, 3, 2, 5])):
            y = tf.convert_to_tensor(cls(seed=seed)(shape, dtype="float32"))
            f.add(
                {
                    "op": f"tf.keras.initializers.{name}",
                    "case": f"{label(shape)}_{seed}",
                    "attrs": {"seed": plain_attr(seed), "shape": plain_attr(shape)},
                    "inputs": [],
                    "outputs": [encode(y)],
                }
            )


def make(f):
    stateless(f)
    stateful(f)
    global_seed(f)
    initializers(f)
