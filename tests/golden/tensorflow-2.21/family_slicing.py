"""Slice and StridedSlice with all their masks."""

import itertools

import numpy as np

from golden import ALL, gen

i32 = np.int32
A = [3, 4, 5]

# name, shape, begin, end, strides, masks (begin, end, ellipsis, new_axis, shrink_axis)
STRIDED = [
    ("1d", (7,), [1], [5], [1], (0, 0, 0, 0, 0)),
    ("2d", (3, 4), [0, 1], [2, 4], [1, 2], (0, 0, 0, 0, 0)),
    ("step", (7,), [1], [7], [3], (0, 0, 0, 0, 0)),
    ("all", (7,), [0], [0], [1], (1, 1, 0, 0, 0)),
    ("reverse", (7,), [0], [0], [-1], (1, 1, 0, 0, 0)),
    ("reverse_part", (7,), [5], [1], [-2], (0, 0, 0, 0, 0)),
    ("reverse_to_start", (7,), [3], [0], [-1], (0, 1, 0, 0, 0)),
    ("negative", (7,), [-3], [-1], [1], (0, 0, 0, 0, 0)),
    ("negative_open", (7,), [-3], [0], [1], (0, 1, 0, 0, 0)),
    ("beyond", (7,), [-20], [20], [1], (0, 0, 0, 0, 0)),
    ("beyond_reverse", (7,), [20], [-20], [-3], (0, 0, 0, 0, 0)),
    ("empty", (7,), [5], [2], [1], (0, 0, 0, 0, 0)),
    ("empty_input", (0, 4), [0, 1], [0, 3], [1, 1], (1, 1, 0, 0, 0)),
    ("shrink", (7,), [2], [3], [1], (0, 0, 0, 0, 1)),
    ("shrink_last", (7,), [-1], [0], [1], (0, 0, 0, 0, 1)),
    ("shrink_first_of_3", A, [1], [2], [1], (0, 0, 0, 0, 1)),
    ("shrink_middle", A, [0, 2, 1], [0, 3, 4], [1, 1, 1], (1, 1, 0, 0, 2)),
    ("shrink_all", A, [1, 2, 3], [2, 3, 4], [1, 1, 1], (0, 0, 0, 0, 7)),
    ("few_dims", A, [1], [3], [1], (0, 0, 0, 0, 0)),
    ("ellipsis_front", A, [0, 1], [0, 3], [1, 1], (0, 0, 1, 0, 0)),
    ("ellipsis_middle", A, [1, 0, 2], [2, 0, 5], [1, 1, 2], (0, 0, 2, 0, 0)),
    ("ellipsis_back", A, [1, 0], [3, 0], [1, 1], (0, 0, 2, 0, 0)),
    ("ellipsis_nothing", A, [0, 0, 1, 0], [2, 2, 4, 0], [1, 1, 1, 1], (0, 0, 8, 0, 0)),
    ("ellipsis_shrink", A, [0, 2], [0, 3], [1, 1], (0, 0, 1, 0, 2)),
    ("ellipsis_alone", A, [0], [0], [1], (0, 0, 1, 0, 0)),
    ("new_front", (3, 4), [0, 1], [0, 3], [1, 1], (0, 0, 0, 1, 0)),
    ("new_middle", (3, 4), [1, 0, 1], [3, 0, 3], [1, 1, 1], (0, 0, 0, 2, 0)),
    ("new_after_ellipsis", A, [0, 0], [0, 0], [1, 1], (0, 0, 1, 2, 0)),
    ("new_before_ellipsis", A, [0, 0, 1], [0, 0, 2], [1, 1, 1], (0, 0, 2, 1, 0)),
    ("new_twice", (3,), [0, 0, 0], [0, 0, 0], [1, 1, 1], (2, 2, 0, 5, 0)),
    ("new_of_scalar", (), [0], [0], [1], (0, 0, 0, 1, 0)),
    ("scalar_ellipsis", (), [0], [0], [1], (0, 0, 1, 0, 0)),
    ("mixed", A, [0, 1, 0, 2], [0, 2, 0, 5], [1, 1, 1, 2], (0, 0, 4, 1, 2)),
    ("open_begin", A, [9, 1, 9], [2, 3, 4], [1, 1, 1], (5, 0, 0, 0, 0)),
    ("open_end", A, [1, 1, 1], [9, 3, 9], [1, 1, 1], (0, 5, 0, 0, 0)),
    ("three_reverse", A, [0, 0, 0], [0, 0, 0], [-1, -1, -1], (7, 7, 0, 0, 0)),
    ("steps_mixed", A, [2, 0, 4], [0, 4, 0], [-1, 3, -2], (0, 0, 0, 0, 0)),
    ("4d", (2, 3, 4, 2), [0, 1, 0, 0], [2, 3, 4, 1], [1, 1, 2, 1], (0, 0, 0, 0, 0)),
    ("6d", (2, 2, 2, 2, 2, 2), [0, 1, 0, 0, 1, 0], [2, 2, 1, 2, 2, 2], [1, 1, 1, 1, 1, 1], (0, 0, 0, 0, 0)),
    ("no_spec", A, [], [], [], (0, 0, 0, 0, 0)),
]
MASKS = ("begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask")
SHORT = ["1d", "2d", "reverse", "ellipsis_shrink", "mixed"]


def text(shape):
    return np.array([b"s%d" % i for i in range(int(np.prod(shape)))], object).reshape(shape)


def strided(f):
    for dtype in ALL + ["string"]:
        for name, shape, begin, end, strides, masks in STRIDED:
            if dtype not in ("float32", "float64", "int32") and name not in SHORT:
                continue
            attrs = dict(zip(MASKS, masks))
            case = f"{dtype}_{name}"
            x = text(shape) if dtype == "string" else gen(f.rng("StridedSlice", case), shape, dtype)
            spec = [i32(begin), i32(end), i32(strides)]
            out = f.case("StridedSlice", case, [x] + spec, skip=True, **attrs)
            if out is None:
                break
            if dtype in ("float32", "int32"):
                dy = gen(f.rng("StridedSliceGrad", case), tuple(out[0].shape), dtype)
                f.case("StridedSliceGrad", case, [i32(shape)] + spec + [dy], **attrs)
                f.case("TensorStridedSliceUpdate", case, [x] + spec + [dy], skip=True, **attrs)
    rng = f.rng("StridedSlice", "random")
    for i in range(60):  # random specs, for what the table above did not think of
        shape = tuple(int(d) for d in rng.integers(1, 5, rng.integers(1, 5)))
        n = int(rng.integers(1, len(shape) + 1))
        begin, end = rng.integers(-5, 6, n), rng.integers(-5, 6, n)
        strides = rng.choice([-2, -1, 1, 1, 2], n)
        begin_mask, end_mask = (int(m) for m in rng.integers(0, 1 << n, 2))
        x = gen(rng, shape, "float32")
        f.case(
            "StridedSlice",
            f"random_{i}",
            [x, i32(begin), i32(end), i32(strides)],
            begin_mask=begin_mask,
            end_mask=end_mask,
        )
    one = [i32([1]), i32([2]), i32([1])]
    x = np.zeros((3, 4), np.float32)
    f.fails("StridedSlice", "zero_stride", [x, i32([0]), i32([2]), i32([0])])
    f.fails("StridedSlice", "too_many", [x, i32([0, 0, 0]), i32([1, 1, 1]), i32([1, 1, 1])])
    f.fails("StridedSlice", "index", [x, i32([3]), i32([4]), i32([1])], shrink_axis_mask=1)
    f.fails("StridedSlice", "index_negative", [x, i32([-4]), i32([-3]), i32([1])], shrink_axis_mask=1)
    f.fails("StridedSlice", "two_ellipses", [x] + [i32([0, 0]), i32([0, 0]), i32([1, 1])], ellipsis_mask=3)
    f.fails("StridedSlice", "lengths", [x, i32([0, 0]), i32([1]), i32([1])])
    f.fails("StridedSlice", "negative_stride_shrink", [x, i32([1]), i32([0]), i32([-1])], shrink_axis_mask=1)
    f.fails("StridedSlice", "scalar", [np.float32(1)] + one)


def plain(f):
    rows = [
        ("1d", (7,), [2], [3]),
        ("2d", (3, 4), [1, 0], [2, 3]),
        ("rest", (3, 4), [1, 2], [-1, -1]),
        ("3d", A, [0, 1, 2], [2, 3, 1]),
        ("none", (7,), [3], [0]),
        ("at_end", (7,), [7], [0]),
        ("scalar", (), [], []),
        ("all", (3, 4), [0, 0], [3, 4]),
        ("5d", (2, 1, 3, 2, 2), [1, 0, 1, 0, 0], [1, 1, 2, 1, 2]),
    ]
    for dtype, index in itertools.product(ALL + ["string"], ("int32", "int64")):
        for name, shape, begin, size in rows if dtype in ("float32", "float64") else rows[:2]:
            case = f"{dtype}_{name}_{index}"
            x = text(shape) if dtype == "string" else gen(f.rng("Slice", case), shape, dtype)
            if f.case("Slice", case, [x, np.array(begin, index), np.array(size, index)], skip=True) is None:
                break
    x = np.zeros((3, 4), np.float32)
    f.fails("Slice", "beyond", [x, i32([1, 0]), i32([3, 4])])
    f.fails("Slice", "negative", [x, i32([-1, 0]), i32([1, 1])])
    f.fails("Slice", "rank", [x, i32([1]), i32([1])])
    f.fails("Slice", "size", [x, i32([0, 0]), i32([-2, 1])])


def make(f):
    strided(f)
    plain(f)
