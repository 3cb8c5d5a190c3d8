"""Resizing, cropping and colours."""

import itertools

import numpy as np

from golden import FLOATS, NUMBERS, gen

i32 = np.int32
SIZES = [
    ((1, 4, 4, 2), (2, 2)),
    ((1, 3, 3, 1), (5, 7)),
    ((2, 2, 3, 2), (4, 6)),
    ((1, 5, 4, 1), (5, 4)),
    ((1, 5, 7, 1), (3, 2)),
    ((1, 1, 1, 2), (3, 3)),
    ((1, 4, 4, 1), (1, 1)),
]
MODES = [(False, False), (True, False), (False, True)]


def make(f):
    for op in ("ResizeNearestNeighbor", "ResizeBilinear", "ResizeBicubic", "ResizeArea"):
        for dtype, (align, half) in itertools.product(NUMBERS, MODES):
            if op == "ResizeArea" and half:
                continue
            for shape, size in SIZES if dtype in ("float32", "float64", "uint8") else SIZES[:2]:
                name = f"{dtype}_{'x'.join(map(str, shape))}_to_{size[0]}x{size[1]}{'_align' if align else ''}{'_half' if half else ''}"
                r = f.rng(op, name)
                x = gen(r, shape, dtype, 0, 255 if dtype == "uint8" else 5)
                attrs = {"align_corners": align} | ({} if op == "ResizeArea" else {"half_pixel_centers": half})
                y = f.case(op, name, [x, i32(size)], skip=True, **attrs)
                if y is None:
                    break
                grad_op = op + "Grad"
                if op != "ResizeArea" and dtype in FLOATS:
                    dy = gen(r, tuple(y[0].shape), "float32" if op != "ResizeNearestNeighbor" else dtype, -2, 2)
                    target = i32(shape[1:3]) if op == "ResizeNearestNeighbor" else x
                    f.case(grad_op, name, [dy, target], skip=True, grad=False, **attrs)
        f.fails(op, "size", [np.zeros((1, 2, 2, 1), np.float32), i32([0, 2])])
        f.fails(op, "rank", [np.zeros((2, 2, 1), np.float32), i32([2, 2])])
    for method in ("bilinear", "nearest"):
        x = gen(f.rng("CropAndResize", method), (2, 5, 6, 2), "float32")
        boxes = np.float32([[0, 0, 1, 1], [0.2, 0.1, 0.7, 0.9], [0.8, 0.9, 0.1, 0.3], [-0.3, 0.2, 1.4, 0.6]])
        f.case(
            "CropAndResize", method, [x, boxes, i32([0, 1, 0, 1]), i32([3, 4])], method=method, extrapolation_value=0.5
        )
    for dtype in FLOATS:
        r = f.rng("RGBToHSV", dtype)
        rgb = gen(r, (2, 7, 3), dtype, 0, 1)
        hsv = f.case("RGBToHSV", dtype, [rgb], skip=True, grad=False)
        if hsv is not None:
            f.case("HSVToRGB", dtype, [gen(r, (2, 7, 3), dtype, 0, 1)], skip=True, grad=False)
    for dtype in FLOATS:
        r = f.rng("AdjustContrastv2", dtype)
        x = gen(r, (2, 3, 4, 3), dtype, 0, 1)
        for factor in (0.5, 2.0):
            f.case("AdjustContrastv2", f"{dtype}_{factor}", [x, np.float32(factor)], skip=True)
            f.case("AdjustSaturation", f"{dtype}_{factor}", [x, np.float32(factor)], skip=True)
            f.case("AdjustHue", f"{dtype}_{factor}", [x, np.float32(factor / 4)], skip=True)
    boxes = np.float32(
        [[0, 0, 1, 1], [0, 0.1, 1, 1.1], [0, -0.1, 1, 0.9], [0, 10, 1, 11], [0, 10.1, 1, 11.1], [0, 100, 1, 101]]
    )
    scores = np.float32([0.9, 0.75, 0.6, 0.95, 0.5, 0.3])
    f.case("NonMaxSuppressionV3", "plain", [boxes, scores, i32(3), np.float32(0.5), np.float32(-np.inf)], grad=False)
    f.case("NonMaxSuppressionV3", "threshold", [boxes, scores, i32(6), np.float32(0.5), np.float32(0.4)], grad=False)
    f.case(
        "NonMaxSuppressionV4",
        "padded",
        [boxes, scores, i32(6), np.float32(0.5), np.float32(0.0)],
        grad=False,
        pad_to_max_output_size=True,
    )
    transforms(f)
    scaled(f)


def transforms(f):
    """Projective transforms; TensorFlow's gradient goes through the inverse transform and is not recorded."""
    rows = np.float32(
        [
            [1, 0, 0, 0, 1, 0, 0, 0],
            [0.8, -0.6, 1.7, 0.6, 0.8, -1.3, 0, 0],
            [2.5, 0.3, -7.25, -0.4, 1.9, -9.5, 0, 0],
            [1.1, 0.2, -0.3, 0.1, 0.9, 0.4, 0.05, -0.02],
            [-3.1, 0.1, 20.3, 0.2, -2.7, 25.1, 0, 0],
        ]
    )
    for dtype, mode, fill in itertools.product(
        ["float32", "float64", "float16", "bfloat16", "uint8", "int32", "int64"],
        ["NEAREST", "BILINEAR"],
        ["CONSTANT", "REFLECT", "WRAP", "NEAREST"],
    ):
        name = f"{dtype}_{mode}_{fill}".lower()
        r = f.rng("ImageProjectiveTransformV3", name)
        images = gen(r, (5, 4, 6, 2), dtype, 0, 200 if dtype in ("uint8", "int32", "int64") else 3)
        attrs = {"interpolation": mode, "fill_mode": fill}
        f.case(
            "ImageProjectiveTransformV3", name, [images, rows, i32([4, 6]), np.float32(1.5)], skip=True, grad=False, **attrs
        )
        if dtype in ("float32", "uint8"):
            f.case("ImageProjectiveTransformV2", name, [images, rows, i32([3, 7])], skip=True, grad=False, **attrs)
            one = [images[:1, :1, :1], rows[:2][1:], i32([2, 3]), np.float32(-1 if dtype == "float32" else 1)]
            f.case("ImageProjectiveTransformV3", name + "_pixel", one, grad=False, **attrs)
    x = gen(f.rng("ImageProjectiveTransformV3", "shared"), (3, 5, 4, 1), "float32")
    for size in [(5, 4), (2, 9)]:
        f.case(
            "ImageProjectiveTransformV3",
            f"shared_{size[0]}x{size[1]}",
            [x, rows[1:2], i32(size), np.float32(0)],
            grad=False,
            interpolation="BILINEAR",
        )
    some = {"interpolation": "BILINEAR"}
    f.fails("ImageProjectiveTransformV3", "rank", [x[0], rows[:1], i32([2, 2]), np.float32(0)], **some)
    f.fails("ImageProjectiveTransformV3", "rows", [x, rows[:2], i32([2, 2]), np.float32(0)], **some)
    f.fails("ImageProjectiveTransformV3", "columns", [x, rows[:1, :6], i32([2, 2]), np.float32(0)], **some)
    f.fails("ImageProjectiveTransformV3", "size", [x, rows[:1], i32([0, 2]), np.float32(0)], **some)


def scaled(f):
    """Scaling with filters."""
    kernels = ["lanczos1", "lanczos3", "lanczos5", "gaussian", "box", "triangle", "keyscubic", "mitchellcubic"]
    for kernel, antialias, (shape, size) in itertools.product(kernels, [True, False], [((2, 5, 7, 2), (3, 11)), ((1, 9, 4, 1), (2, 2))]):
        name = f"{kernel}_{antialias}_{size[0]}x{size[1]}".lower()
        x = gen(f.rng("ScaleAndTranslate", name), shape, "float32")
        scale = np.float32([size[0] / shape[1], size[1] / shape[2]])
        f.case(
            "ScaleAndTranslate",
            name,
            [x, i32(size), scale, np.float32([0, 0] if antialias else [0.4, -0.7])],
            kernel_type=kernel,
            antialias=antialias,
        )
    for dtype in NUMBERS:
        r = f.rng("ScaleAndTranslate", dtype)
        x = gen(r, (1, 4, 5, 2), dtype, 0, 100)
        f.case("ScaleAndTranslate", dtype, [x, i32([3, 3]), np.float32([0.75, 0.6]), np.float32([0, 0])], skip=True, grad=False)
    for kernel in ("lanczos3", "triangle"):
        r = f.rng("ScaleAndTranslateGrad", kernel)
        dy, x = gen(r, (2, 3, 4, 2), "float32"), gen(r, (2, 6, 5, 2), "float32")
        f.case(
            "ScaleAndTranslateGrad", kernel, [dy, x, np.float32([0.5, 0.8]), np.float32([0, 0])], grad=False, kernel_type=kernel
        )
    y = np.zeros((1, 2, 2, 1), np.float32)
    f.fails("ScaleAndTranslate", "scale", [y, i32([2, 2]), np.float32([0, 1]), np.float32([0, 0])])
    f.fails("ScaleAndTranslate", "size", [y, i32([2, 0]), np.float32([1, 1]), np.float32([0, 0])])
