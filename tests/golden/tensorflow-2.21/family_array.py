"""Ops that rearrange, join, cut and make tensors."""

import itertools

import numpy as np
import tensorflow as tf

from golden import ALL, FLOATS, NUMBERS, gen, np_dtype

i32 = np.int32
MOVED = ALL + ["string"]


def label(shape):
    return "x".join(map(str, shape)) or "scalar"


def data(f, op, name, shape, dtype, lo=-5, hi=5):
    if dtype == "string":
        n = int(np.prod(shape))
        return np.array([b"s%d" % i for i in range(n)] + [b""], object)[:n].reshape(shape)
    return gen(f.rng(op, name), shape, dtype, lo, hi)


def sweep(f, op, table, dtypes=MOVED):
    """Runs rows (name, shape of x, further inputs, attributes): all for float32, the first two for other dtypes."""
    for dtype in dtypes:
        rows = table if dtype in ("float32", "float64") else table[:2]
        for name, shape, rest, attrs in rows:
            case = f"{dtype}_{name}"
            rest = rest(dtype) if callable(rest) else rest
            if f.case(op, case, [data(f, op, case, shape, dtype)] + rest, skip=True, **attrs) is None:
                break


def shapes(f):
    sweep(
        f,
        "Reshape",
        [
            ("2x3_to_3x2", (2, 3), [i32([3, 2])], {}),
            ("flat", (2, 3, 4), [i32([-1])], {}),
            ("infer", (2, 3, 4), [i32([4, -1])], {}),
            ("scalar_to_1", (), [i32([1])], {}),
            ("1_to_scalar", (1, 1), [i32([])], {}),
            ("empty", (0, 4), [i32([4, 0])], {}),
            ("empty_infer", (0, 4), [i32([-1, 4])], {}),
            ("int64", (6,), [np.int64([2, 3])], {}),
        ],
    )
    f.fails("Reshape", "size", [np.zeros((2, 3), np.float32), i32([4])])
    f.fails("Reshape", "indivisible", [np.zeros((2, 3), np.float32), i32([-1, 4])])
    f.fails("Reshape", "two_unknown", [np.zeros((2, 3), np.float32), i32([-1, -1])])
    sweep(
        f,
        "Transpose",
        [
            ("2d", (2, 3), [i32([1, 0])], {}),
            ("3d", (2, 3, 4), [i32([2, 0, 1])], {}),
            ("3d_swap", (2, 3, 4), [i32([0, 2, 1])], {}),
            ("3d_same", (2, 3, 4), [i32([0, 1, 2])], {}),
            ("4d", (2, 3, 4, 2), [i32([0, 3, 1, 2])], {}),
            ("4d_back", (2, 3, 4, 2), [i32([0, 2, 3, 1])], {}),
            ("5d", (1, 2, 3, 2, 2), [i32([4, 1, 3, 0, 2])], {}),
            ("6d", (2, 1, 3, 2, 1, 2), [i32([5, 4, 3, 2, 1, 0])], {}),
            ("scalar", (), [i32([])], {}),
            ("empty", (0, 4), [i32([1, 0])], {}),
            ("large", (17, 33), [i32([1, 0])], {}),
            ("int64", (2, 3), [np.int64([1, 0])], {}),
        ],
    )
    sweep(f, "ConjugateTranspose", [("2d", (2, 3), [i32([1, 0])], {})])
    f.fails("Transpose", "rank", [np.zeros((2, 3), np.float32), i32([0, 1, 2])])
    f.fails("Transpose", "twice", [np.zeros((2, 3), np.float32), i32([0, 0])])
    f.fails("Transpose", "range", [np.zeros((2, 3), np.float32), i32([0, 2])])
    sweep(
        f,
        "ExpandDims",
        [
            (f"{label(s)}_{a}", s, [i32(a)], {})
            for s, a in [((3,), 0), ((2, 3), -1), ((2, 3), 1), ((), 0), ((2, 3), -3)]
        ],
    )
    f.fails("ExpandDims", "axis", [np.zeros((2, 3), np.float32), i32(3)])
    sweep(
        f,
        "Squeeze",
        [
            ("all", (1, 5, 1), [], {}),
            ("one", (1, 5, 1), [], {"squeeze_dims": [0]}),
            ("negative", (1, 5, 1), [], {"squeeze_dims": [-1]}),
            ("none", (2, 3), [], {}),
            ("to_scalar", (1, 1), [], {}),
        ],
    )
    f.fails("Squeeze", "not_one", [np.zeros((2, 3), np.float32)], squeeze_dims=[0])
    for op in ("Shape", "Size", "Rank"):
        for shape in [(), (0,), (3,), (2, 3, 4), (0, 4)]:
            f.case(op, label(shape), [np.zeros(shape, np.float32)])
        if op != "Rank":
            f.case(op, "int64", [np.zeros((2, 3), np.float32)], out_type=tf.int64)
    f.case("ShapeN", "three", [[np.zeros((2, 3), np.float32), np.zeros((), np.float32), np.zeros((0, 4), np.float32)]])
    for dtype in MOVED:
        f.case("EnsureShape", f"{dtype}_exact", [data(f, "EnsureShape", dtype, (2, 3), dtype)], shape=[2, 3])
    f.case("EnsureShape", "partly", [np.zeros((2, 3), np.float32)], shape=[None, 3])
    f.case("EnsureShape", "unknown", [np.zeros((2, 3), np.float32)], shape=None)
    f.fails("EnsureShape", "other", [np.zeros((2, 3), np.float32)], shape=[2, 4])


def joining(f):
    for dtype in MOVED:
        full = dtype in ("float32", "float64")
        rows = [
            ([(2, 3), (1, 3)], 0),
            ([(2, 3), (2, 1), (2, 2)], 1),
            ([(2, 3), (2, 1)], -1),
            ([(3,), (0,), (2,)], 0),
            ([(2, 3, 4), (2, 2, 4)], 1),
            ([(2, 2, 1), (2, 2, 3)], 2),
            ([(0, 3), (2, 3)], 0),
            ([(1,), (1,), (1,), (1,), (1,)], 0),
        ]
        for shapes_, axis in rows if full else rows[:2]:
            name = f"{dtype}_{'_'.join(label(s) for s in shapes_)}_axis{axis}"
            xs = [data(f, "ConcatV2", name + str(i), s, dtype) for i, s in enumerate(shapes_)]
            f.case("ConcatV2", name, [xs, i32(axis)], skip=True)
        for shape, n, axis in [((3,), 2, 0), ((2, 3), 3, 1), ((2, 3), 2, 2), ((2, 3), 2, -1), ((), 3, 0), ((0,), 2, 0)][
            : 6 if full else 2
        ]:
            name = f"{dtype}_{label(shape)}_{n}_axis{axis}"
            f.case(
                "Pack", name, [[data(f, "Pack", name + str(i), shape, dtype) for i in range(n)]], skip=True, axis=axis
            )
        for shape, axis in [((3,), 0), ((2, 3), 1), ((2, 3, 4), 1), ((2, 3, 4), -1), ((2, 0), 0)][: 5 if full else 2]:
            name = f"{dtype}_{label(shape)}_axis{axis}"
            f.case("Unpack", name, [data(f, "Unpack", name, shape, dtype)], skip=True, num=shape[axis], axis=axis)
        for shape, axis, n in [
            ((6,), 0, 3),
            ((2, 6), 1, 2),
            ((4, 3, 2), 0, 2),
            ((2, 3, 4), -1, 4),
            ((2, 3), 1, 1),
            ((0, 4), 1, 2),
        ][: 6 if full else 2]:
            name = f"{dtype}_{label(shape)}_axis{axis}_{n}"
            f.case("Split", name, [i32(axis), data(f, "Split", name, shape, dtype)], skip=True, num_split=n)
        for shape, axis, sizes in [
            ((6,), 0, [1, 2, 3]),
            ((2, 6), 1, [4, -1]),
            ((4, 3, 2), 1, [0, 3]),
            ((2, 3, 4), -1, [1, 1, 2]),
            ((3,), 0, [3]),
        ][: 5 if full else 2]:
            name = f"{dtype}_{label(shape)}_axis{axis}_{'_'.join(map(str, sizes))}"
            f.case(
                "SplitV",
                name,
                [data(f, "SplitV", name, shape, dtype), i32(sizes), i32(axis)],
                skip=True,
                num_split=len(sizes),
            )
    z = np.zeros
    f.fails("ConcatV2", "dimension", [[z((2, 3), np.float32), z((2, 4), np.float32)], i32(0)])
    f.fails(
        "ConcatV2",
        "dimension_third",
        [[z((2, 3, 1), np.float32), z((2, 3, 2), np.float32), z((2, 4, 1), np.float32)], i32(2)],
    )
    f.fails("ConcatV2", "rank", [[z((2, 3), np.float32), z((2,), np.float32)], i32(0)])
    f.fails("ConcatV2", "axis", [[z((2, 3), np.float32), z((2, 3), np.float32)], i32(2)])
    f.fails("ConcatV2", "axis_negative", [[z((2, 3), np.float32), z((2, 3), np.float32)], i32(-3)])
    f.fails("ConcatV2", "scalars", [[z((), np.float32), z((), np.float32)], i32(0)])
    f.fails("Pack", "shapes", [[z((2,), np.float32), z((3,), np.float32)]], axis=0)
    f.fails("Pack", "axis", [[z((2,), np.float32), z((2,), np.float32)]], axis=2)
    f.fails("Unpack", "num", [z((2, 3), np.float32)], num=4, axis=0)
    f.fails("Split", "uneven", [i32(0), z((5,), np.float32)], num_split=2)
    f.fails("Split", "axis", [i32(1), z((4,), np.float32)], num_split=2)
    f.fails("SplitV", "sum", [z((5,), np.float32), i32([2, 2]), i32(0)], num_split=2)


def repeating(f):
    sweep(
        f,
        "Tile",
        [
            ("2d", (2, 3), [i32([2, 3])], {}),
            ("1d", (3,), [i32([4])], {}),
            ("3d", (2, 3, 4), [i32([1, 2, 2])], {}),
            ("once", (2, 3), [i32([1, 1])], {}),
            ("none", (2, 3), [i32([0, 2])], {}),
            ("scalar", (), [i32([])], {}),
            ("int64", (2, 1), [np.int64([1, 5])], {}),
        ],
    )
    f.fails("Tile", "rank", [np.zeros((2, 3), np.float32), i32([2])])
    f.fails("Tile", "negative", [np.zeros((2,), np.float32), i32([-1])])
    sweep(
        f,
        "BroadcastTo",
        [
            (f"{label(s)}_to_{label(t)}", s, [i32(t)], {})
            for s, t in [
                ((3,), (2, 3)),
                ((2, 1), (2, 4)),
                ((), (2, 2)),
                ((1, 3), (3,)[:0] + (2, 3)),
                ((2, 1, 3), (4, 2, 5, 3)),
                ((1,), (0,)),
                ((3,), (3,)),
            ]
        ],
    )
    f.fails("BroadcastTo", "incompatible", [np.zeros((2, 3), np.float32), i32([2, 4])])
    f.fails("BroadcastTo", "rank", [np.zeros((2, 3), np.float32), i32([3])])
    pads = [
        ("1d", (3,), [i32([[1, 2]])], {}),
        ("2d", (2, 3), [i32([[1, 0], [0, 2]])], {}),
        ("3d", (2, 3, 2), [i32([[0, 1], [2, 0], [1, 1]])], {}),
        ("none", (2, 3), [i32([[0, 0], [0, 0]])], {}),
        ("scalar", (), [np.zeros((0, 2), i32)], {}),
        ("empty", (0,), [i32([[2, 1]])], {}),
        ("int64", (2,), [np.int64([[1, 1]])], {}),
        ("4d", (1, 2, 2, 1), [i32([[0, 0], [1, 1], [1, 1], [0, 0]])], {}),
    ]
    sweep(f, "Pad", pads)
    sweep(f, "PadV2", [(n, s, lambda d, p=p: p + [data(f, "PadV2", "value", (), d)], a) for n, s, p, a in pads])
    for mode in ("REFLECT", "SYMMETRIC"):
        sweep(
            f,
            "MirrorPad",
            [
                (f"{mode}_{n}", s, [i32(p)], {"mode": mode})
                for n, s, p in [
                    ("1d", (4,), [[2, 3]]),
                    ("2d", (3, 4), [[1, 2], [2, 1]]),
                    ("3d", (2, 3, 3), [[0, 1], [2, 2], [1, 0]]),
                    ("none", (3,), [[0, 0]]),
                    ("4d", (1, 3, 3, 2), [[0, 0], [2, 2], [1, 1], [0, 0]]),
                ]
            ],
        )
    f.fails("Pad", "rank", [np.zeros((2, 3), np.float32), i32([[1, 1]])])
    f.fails("Pad", "negative", [np.zeros((2,), np.float32), i32([[-1, 1]])])
    f.fails("MirrorPad", "reflect_too_far", [np.zeros((3,), np.float32), i32([[3, 0]])], mode="REFLECT")
    f.fails("MirrorPad", "symmetric_too_far", [np.zeros((3,), np.float32), i32([[4, 0]])], mode="SYMMETRIC")
    sweep(
        f,
        "ReverseV2",
        [
            (f"{label(s)}_axes{'_'.join(map(str, a))}", s, [i32(a)], {})
            for s, a in [
                ((7,), [0]),
                ((2, 3), [1]),
                ((2, 3, 4), [0, 2]),
                ((2, 3, 4), [-2]),
                ((2, 3), []),
                ((2, 5, 3), [2]),
            ]
        ],
    )
    f.fails("ReverseV2", "axis", [np.zeros((2, 3), np.float32), i32([2])])
    f.fails("ReverseV2", "twice", [np.zeros((2, 3), np.float32), i32([1, -1])])
    sweep(
        f,
        "Roll",
        [
            (n, s, [i32(sh), i32(ax)], {})
            for n, s, sh, ax in [
                ("1d", (7,), 2, 0),
                ("2d", (2, 3), [-1], [1]),
                ("both", (3, 4), [1, -5], [0, 1]),
                ("twice", (5,), [1, 2], [0, 0]),
                ("3d", (2, 3, 4), [3, 1], [-1, 0]),
            ]
        ],
    )
    for dtype in NUMBERS + ["string"]:
        x = data(f, "ReverseSequence", dtype, (3, 4, 2), dtype)
        f.case("ReverseSequence", dtype, [x, i32([1, 4, 0])], skip=True, seq_dim=1, batch_dim=0)
    x = data(f, "ReverseSequence", "swapped", (4, 3), "float32")
    f.case("ReverseSequence", "swapped", [x, np.int64([2, 4, 3])], seq_dim=0, batch_dim=1)


def making(f):
    for dtype in NUMBERS:
        for n, (a, b, d) in {
            "up": (0, 5, 1),
            "step": (1, 10, 3),
            "none": (3, 3, 1),
            "down": (10, 0, -3),
            "part": (0, 1, 0.3),
        }.items():
            if (d != int(d) and dtype not in FLOATS) or (d < 0 and dtype.startswith("uint")):
                continue
            f.case(
                "Range", f"{dtype}_{n}", [np.array(v).astype(np_dtype(dtype)) for v in (a, b, d)], skip=True, grad=False
            )
    f.fails("Range", "zero", [i32(0), i32(5), i32(0)])
    f.fails("Range", "direction", [i32(5), i32(0), i32(1)])
    for dtype in FLOATS:
        for n, (a, b, k) in {
            "five": (0, 1, 5),
            "one": (2, 3, 1),
            "seven": (-1.5, 2.25, 7),
            "down": (10, -10, 13),
        }.items():
            f.case(
                "LinSpace",
                f"{dtype}_{n}",
                [np.array(a).astype(np_dtype(dtype)), np.array(b).astype(np_dtype(dtype)), i32(k)],
                skip=True,
                grad=False,
            )
    f.fails("LinSpace", "num", [np.float32(0), np.float32(1), i32(0)])
    for dtype in MOVED:
        for dims in ([2, 3], [], [0, 4]):
            f.case("Fill", f"{dtype}_{label(dims)}", [i32(dims), data(f, "Fill", dtype, (), dtype)], skip=True)
        for op in ("ZerosLike", "OnesLike"):
            f.case(op, f"moved_{dtype}", [data(f, op, dtype, (2, 3), dtype)], skip=True)
    f.fails("Fill", "negative", [i32([-1]), np.float32(1)])
    for dtype in ("float32", "float64", "int32", "int64", "bool", "complex64", "uint8", "bfloat16", "string"):
        on, off = data(f, "OneHot", "on", (), dtype), data(f, "OneHot", "off", (), dtype)
        for axis, index in itertools.product((-1, 0, 1), ("int32", "int64", "uint8")):
            f.case(
                "OneHot",
                f"{dtype}_axis{axis}_{index}",
                [np.array([0, 2, 1, 3], index), i32(3), on, off],
                skip=True,
                axis=axis,
            )
        f.case("OneHot", f"{dtype}_2d", [i32([[0, -1], [1, 2]]), i32(3), on, off], skip=True, axis=1)
    f.case("OneHot", "scalar", [i32(2), i32(4), np.float32(1), np.float32(0)])
    f.fails("OneHot", "depth", [i32([0]), i32(-1), np.float32(1), np.float32(0)])
    for dtype in ALL:
        for shape in [(5,), (2, 3), (2, 3, 2), (0,)]:
            x = gen(f.rng("Where", f"{dtype}{shape}"), shape, dtype, -1.4, 1.4)
            x = np.where(np.abs(x.astype(np.complex128)) < 1, np.zeros_like(x), x) if dtype in FLOATS else x
            f.case("Where", f"{dtype}_{label(shape)}", [x], skip=True)
    f.fails("Where", "scalar", [np.array(True)])
    for src, dst in itertools.product(ALL, ALL):
        a, b = np_dtype(src).itemsize, np_dtype(dst).itemsize
        shape = (2, 3) if a >= b else (2, b // a)
        f.case(
            "Bitcast",
            f"{src}_to_{dst}",
            [gen(f.rng("Bitcast", src), shape, src)],
            skip=True,
            grad=False,
            type=tf.as_dtype(dst),
        )


def blocks(f):
    sweep(
        f,
        "SpaceToDepth",
        [(n, s, [], {"block_size": b}) for n, s, b in [("two", (1, 4, 4, 2), 2), ("three", (2, 3, 6, 1), 3)]],
        ALL,
    )
    sweep(
        f,
        "DepthToSpace",
        [(n, s, [], {"block_size": b}) for n, s, b in [("two", (1, 2, 2, 8), 2), ("three", (2, 1, 2, 9), 3)]],
        ALL,
    )
    sweep(
        f,
        "SpaceToBatchND",
        [
            ("two", (1, 4, 4, 2), [i32([2, 2]), i32([[0, 0], [0, 0]])], {}),
            ("padded", (2, 3, 5, 1), [i32([2, 3]), i32([[1, 0], [0, 1]])], {}),
            ("one", (1, 5, 2), [i32([3]), i32([[1, 0]])], {}),
        ],
        ALL,
    )
    sweep(
        f,
        "BatchToSpaceND",
        [
            ("two", (4, 2, 2, 2), [i32([2, 2]), i32([[0, 0], [0, 0]])], {}),
            ("cropped", (6, 2, 2, 1), [i32([2, 3]), i32([[1, 0], [0, 1]])], {}),
        ],
        ALL,
    )
    f.fails("SpaceToDepth", "indivisible", [np.zeros((1, 3, 4, 1), np.float32)], block_size=2)
    f.fails("SpaceToBatchND", "indivisible", [np.zeros((1, 3, 4, 1), np.float32), i32([2, 2]), i32([[0, 0], [0, 0]])])
    f.fails("BatchToSpaceND", "batch", [np.zeros((3, 2, 2, 1), np.float32), i32([2, 2]), i32([[0, 0], [0, 0]])])
    for dtype in ("float32", "float64", "int32"):
        for n, k, s, r, p in [("plain", 2, 1, 1, "VALID"), ("same", 3, 2, 1, "SAME"), ("dilated", 2, 1, 2, "VALID")]:
            x = gen(f.rng("ExtractImagePatches", dtype + n), (1, 5, 4, 2), dtype)
            f.case(
                "ExtractImagePatches",
                f"{dtype}_{n}",
                [x],
                ksizes=[1, k, k, 1],
                strides=[1, s, s, 1],
                rates=[1, r, r, 1],
                padding=p,
            )


def kept_forms(f):
    """Older and inner forms of ops above: graphs and gradients call them."""
    for dtype in MOVED:
        for shapes_, axis in [
            (((2, 3), (1, 3)), 0),
            (((2, 3), (2, 2)), 1),
            (((3,), (0,), (2,)), 0),
            (((2, 1, 3), (2, 4, 3)), -2),
            (((0, 3), (0, 3)), 1),
        ]:
            name = f"{dtype}_{'_'.join(map(label, shapes_))}_{axis}"
            xs = [data(f, "Concat", name + str(i), s, dtype) for i, s in enumerate(shapes_)]
            f.case("Concat", name, [i32(axis), xs], skip=True)
        f.case("Snapshot", dtype, [data(f, "Snapshot", dtype, (2, 3), dtype)], skip=True)
        f.case("Empty", dtype, [i32([2, 0, 3])], skip=True, dtype=dtype)
        if dtype != "string":
            f.case("Empty", f"{dtype}_init", [i32([2, 3])], skip=True, dtype=dtype, init=True)
    f.case("Empty", "content", [i32([2, 3])], undefined=(0,), note="any content", dtype="float32")
    f.case("Empty", "scalar", [i32([])], dtype="float64", init=True)
    f.fails("Empty", "negative", [i32([2, -1])], dtype="float32")
    z = np.zeros((2, 3), np.float32)
    f.fails("Concat", "axis", [i32(2), [z, z]])
    f.fails("Concat", "dimension", [i32(0), [z, z[:, :2]]])
    for index in ("int32", "int64"):
        v = lambda *d: np.array(d, index)
        for name, axis, shapes_ in [
            ("rows", 0, [v(2, 3), v(4, 3)]),
            ("columns", 1, [v(2, 3), v(2, 0), v(2, 7)]),
            ("last", -1, [v(2, 3, 4), v(2, 3, 1)]),
            ("first_of_negative", -3, [v(1, 3, 4), v(2, 3, 4), v(5, 3, 4)]),
            ("one", 0, [v(5), v(6)]),
        ]:
            f.case("ConcatOffset", f"{index}_{name}", [i32(axis), shapes_], skip=True)
    f.fails("ConcatOffset", "axis", [i32(2), [i32([2, 3]), i32([2, 3])]])
    f.fails("ConcatOffset", "lengths", [i32(0), [i32([2, 3]), i32([2])]])
    f.fails("ConcatOffset", "sizes", [i32(0), [i32([2, 3]), i32([2, 4])]])
    for mode in ("REFLECT", "SYMMETRIC"):
        sweep(
            f,
            "MirrorPadGrad",
            [
                (f"{mode}_{n}", s, [np.array(p, index)], {"mode": mode})
                for n, s, p, index in [
                    ("1d", (6,), [[2, 1]], "int32"),
                    ("2d", (5, 6), [[1, 1], [2, 0]], "int64"),
                    ("none", (2, 3), [[0, 0], [0, 0]], "int32"),
                    ("3d", (2, 6, 7), [[0, 0], [1, 2], [2, 1]], "int32"),
                    ("4d", (2, 4, 3, 2), [[0, 0], [1, 1], [1, 0], [0, 0]], "int32"),
                ]
            ],
            NUMBERS,
        )


def make(f):
    shapes(f)
    joining(f)
    repeating(f)
    making(f)
    blocks(f)
    kept_forms(f)
