"""The exact texts that NumPy and TensorFlow print for tensors."""

import json

import numpy as np
import tensorflow as tf

from golden import ALL, COMPLEX, FLOATS, INTS, encode, gen, np_dtype

i32 = np.int32
SHAPES = [
    (),
    (0,),
    (1,),
    (3,),
    (17,),
    (40,),
    (2, 3),
    (0, 4),
    (3, 0),
    (1, 1),
    (7, 2),
    (2, 3, 4),
    (2, 0, 3),
    (1, 5, 1),
    (2, 2, 2, 2),
    (1, 2, 1, 3, 2),
]
FEW = [(), (0,), (3,), (40,), (2, 3), (2, 3, 4)]


def add(f, case, value, dtype=None):
    t = tf.constant(value) if dtype is None else tf.constant(value, dtype)
    a = t.numpy()
    f.counts["printing"] += 1
    f.dtypes["printing"].add(t.dtype.name)
    if case in f.seen:
        raise ValueError(f"two cases {case}")
    f.seen.add(case)
    f.lines.append(
        json.dumps(
            {
                "case": case,
                "tensor": encode(t),
                "numpy_str": str(a),
                "numpy_repr": repr(a),
                "tensor_str": str(t),
                "tensor_repr": repr(t),
            },
            separators=(",", ":"),
        )
    )


def label(shape):
    return "x".join(map(str, shape)) or "scalar"


def every_dtype(f):
    for dtype in ALL:
        for shape in SHAPES if dtype in ("float32", "float64", "int32") else FEW:
            add(f, f"{dtype}_{label(shape)}", gen(f.rng("printing", dtype + label(shape)), shape, dtype, -100, 100))
        add(f, f"{dtype}_zeros", np.zeros((2, 3), np_dtype(dtype)))
        add(f, f"{dtype}_ones", np.ones((2, 3), np_dtype(dtype)))
        add(f, f"{dtype}_arange", np.arange(12).reshape(3, 4).astype(np_dtype(dtype)))
        if dtype in ("bfloat16", "float32", "int32", "bool"):
            add(f, f"{dtype}_summary", np.arange(1001).astype(np_dtype(dtype)))
        if dtype in INTS:
            i = np.iinfo(dtype)
            add(f, f"{dtype}_edges", np.array([i.min, 0, i.max], dtype))
            add(f, f"{dtype}_max", np.array(i.max, dtype))


def numbers(f):
    rows = {
        "nan": [np.nan],
        "inf": [np.inf, -np.inf],
        "mixed_nan": [1.5, np.nan, -2.25],
        "mixed_inf": [1, np.inf, -np.inf, np.nan],
        "nan_wide": [np.nan, 123456.0],
        "inf_only_negative": [-np.inf, 1.0],
        "zero": [0.0],
        "minus_zero": [-0.0],
        "zeros_mixed": [0.0, -0.0, 1.0],
        "whole": [1, 2, 3],
        "whole_negative": [-1, 2, -3],
        "tenth": [0.1],
        "thirds": [1 / 3, 2 / 3],
        "tenths": [0.1, 0.2, 0.3],
        "large": [1e8],
        "larger": [1e16, 1.0],
        "switch_large": [99999999.0, 1.0],
        "switch_1e8": [1e8, 1.0],
        "small": [1e-4],
        "small_1e-5": [1e-5],
        "switch_small": [1e-4, 1.0],
        "switch_1e-5": [1e-5, 1.0],
        "ratio": [1.0, 1001.0, 0.5],
        "ratio_over": [0.001, 1.1],
        "ratio_1000": [0.001, 1.0],
        "ratio_1001": [0.001, 1.001],
        "exponents": [1e-10, 1, 1e10],
        "exponents_3": [1e-38, 1e38],
        "one_exponent": [1.5e20],
        "digits": [1.23456789, 12.3456789],
        "digits_8": [0.123456789],
        "digits_many": [3.14159265358979, 2.71828182845905],
        "trim": [1.5, 2.25, 3.125],
        "pad": [10.5, 2.25, 300],
        "thousand": [1000.0, 0.5],
        "million": [1e6, 1.5],
        "hundred_thousand": [123456.789],
        "ulp": [16777216.0, 16777217.0],
        "tiny": [1e-45],
        "rounding": [0.5, 1.5, 2.5, 0.25, 0.125],
        "nines": [0.99999999, 9.9999999],
        "round_up": [0.999999999],
        "carry": [9.999999999, 0.1],
        "softmax": [0.09003057, 0.24472847, 0.66524096],
        "loss": [2.3025851],
    }
    for dtype in FLOATS:
        for name, v in rows.items():
            a = np.array(v).astype(np_dtype(dtype))
            add(f, f"{dtype}_row_{name}", a)
            if len(v) == 1:
                add(f, f"{dtype}_scalar_{name}", a[0])
            else:
                add(f, f"{dtype}_column_{name}", a[:, None])
        for i, v in enumerate(
            [
                1.0,
                -1.0,
                0.5,
                100.0,
                12345.678,
                1e7,
                123456789.0,
                1e15,
                9007199254740993.0,
                1e16,
                1e17,
                1e22,
                0.001,
                0.0001,
                0.00012,
                0.00001,
                1e-7,
                3.4e38,
                1e-38,
                65504.0,
                6e-8,
                2 / 3,
                1e100,
                1e-100,
            ]
        ):
            add(f, f"{dtype}_one_{i}", np.array(v).astype(np_dtype(dtype)))
    for dtype in COMPLEX:
        rows = {
            "plain": [1 + 2j, -3.5 - 4j],
            "zero": [0, 0j],
            "real": [1, 2.5],
            "imaginary": [1j, -2.5j],
            "nan": [complex(np.nan, 1), complex(1, np.nan)],
            "inf": [complex(np.inf, -np.inf), 1],
            "minus_zero": [complex(-0.0, -0.0)],
            "exponents": [1e-10 + 1e10j, 1],
            "digits": [1 / 3 + 2j / 3, 100],
        }
        for name, v in rows.items():
            add(f, f"{dtype}_row_{name}", np.array(v, dtype))
            add(f, f"{dtype}_one_{name}", np.array(v[0], dtype))


def layout(f):
    r = f.rng("printing", "layout")
    for shape in [
        (1000,),
        (1001,),
        (2000,),
        (10, 100),
        (7, 143),
        (8, 126),
        (1001, 1),
        (1, 1001),
        (30, 40),
        (12, 10, 10),
        (3, 3, 200),
        (6, 7, 5, 6),
        (1100, 2),
        (2, 600),
    ]:
        add(f, f"float32_summary_{label(shape)}", gen(r, shape, "float32", -3, 3))
        add(f, f"int32_summary_{label(shape)}", np.arange(int(np.prod(shape)), dtype=i32).reshape(shape))
    for n in (5, 6, 7, 8, 9, 12, 13, 18, 19, 20, 24, 25, 26, 37, 38, 60):
        add(f, f"float32_width_{n}", gen(r, (n,), "float32", -3, 3))
        add(f, f"float32_whole_width_{n}", np.arange(n, dtype=np.float32))
        add(f, f"int32_width_{n}", np.arange(n, dtype=i32) * 100)
        add(f, f"bool_width_{n}", gen(r, (n,), "bool"))
        add(f, f"float64_rows_{n}", gen(r, (2, n), "float64", -3, 3))
        add(f, f"complex64_width_{n}", gen(r, (n,), "complex64", -3, 3))
    add(f, "int64_negative_edge", np.array([-(2**63), 5], np.int64))
    add(f, "float32_summary_nan_hidden", np.array([1.0] * 500 + [np.nan] + [2.0] * 600, np.float32))
    add(f, "float32_summary_large_hidden", np.array([1.0] * 500 + [1e10] + [2.0] * 600, np.float32))
    add(f, "int32_summary_large_hidden", np.array([1] * 500 + [123456789] + [2] * 600, i32))
    add(f, "bool_summary_rows", np.arange(1200).reshape(30, 40) % 3 == 0)


def strings(f):
    rows = {
        "one": [b"a"],
        "some": [b"a", b"bc", b""],
        "quotes": [b"it's", b'say "x"', b"both ' and \""],
        "bytes": [b"\x00\xff\x7f", b"\n\t\r\\"],
        "utf8": ["wörld".encode(), "日本".encode()],
        "long": [b"x" * 90, b"y"],
        "many": [b"word%d" % i for i in range(30)],
    }
    for name, v in rows.items():
        add(f, f"string_{name}", np.array(v, object))
        add(f, f"string_scalar_{name}", v[0])
        add(f, f"string_2d_{name}", np.array([v, v], object))
    add(f, "string_empty", np.array([], object), tf.string)
    add(f, "string_summary", np.array([b"w%d" % i for i in range(1100)], object))


def variables(f):
    """Variables: `tensor` is the value, the texts are those of the variable."""
    for name, value in {
        "scalar": np.float32(1.5),
        "row": np.float32([1, 2, 3]),
        "int": np.int64([[1], [2]]),
        "string": np.array([b"a"], object),
        "bool": np.array(True),
    }.items():
        v = tf.Variable(value, name=f"v_{name}")
        f.lines.append(
            json.dumps(
                {
                    "case": f"variable_{name}",
                    "tensor": encode(v),
                    "numpy_str": str(v.numpy()),
                    "numpy_repr": repr(v.numpy()),
                    "tensor_str": str(v),
                    "tensor_repr": repr(v),
                },
                separators=(",", ":"),
            )
        )
        f.counts["printing"] += 1


def make(f):
    every_dtype(f)
    numbers(f)
    layout(f)
    strings(f)
    variables(f)
    printed(f)


def printed(f):
    """What tf.print writes, under op `tf.print` as the op StringFormat makes it (summarize=3 unless told)."""
    for name, value in {
        "scalar": np.float32(1.5),
        "whole": np.float32(3),
        "row": np.float32([1, 2.5, 1e-7, 1e10, np.nan]),
        "long": np.arange(20, dtype=i32),
        "square": np.arange(100, dtype=i32).reshape(10, 10),
        "bool": np.array([True, False]),
        "string": np.array([b"a", b"b"], object),
        "double": np.float64([1 / 3, 1e-300]),
        "cube": np.arange(27, dtype=np.float32).reshape(3, 3, 3),
        "empty": np.zeros(0, np.float32),
        "complex": np.complex64([1 + 2j]),
        "float16": np.float16([0.1, 65504]),
        "bfloat16": np.array([0.1, 3]).astype(np_dtype("bfloat16")),
    }.items():
        for summarize in (3, -1, 1):
            t = tf.constant(value)
            text = tf.strings.format("{}", t, summarize=summarize).numpy().decode()
            f.lines.append(
                json.dumps(
                    {"case": f"print_{name}_{summarize}", "tensor": encode(t), "summarize": summarize, "printed": text},
                    separators=(",", ":"),
                )
            )
            f.counts["printing"] += 1
