"""Convolutions and the ops of their gradients."""

import base64
import copy
import json

import numpy as np
import tensorflow as tf

from golden import FLOATS, gen, np_dtype

i32 = np.int32
# name, input NHWC, filter HWIO, (stride h, w), padding, (dilation h, w)
CONV2D = [
    ("same", (1, 4, 4, 2), (3, 3, 2, 3), (1, 1), "SAME", (1, 1)),
    ("valid", (2, 5, 4, 1), (2, 3, 1, 2), (1, 1), "VALID", (1, 1)),
    ("1x1", (2, 3, 3, 4), (1, 1, 4, 3), (1, 1), "SAME", (1, 1)),
    ("same_stride2", (2, 5, 5, 3), (3, 3, 3, 2), (2, 2), "SAME", (1, 1)),
    ("same_stride2_even", (1, 6, 6, 1), (3, 3, 1, 2), (2, 2), "SAME", (1, 1)),
    ("valid_stride2", (1, 7, 6, 2), (3, 2, 2, 1), (2, 2), "VALID", (1, 1)),
    ("stride_2_1", (1, 6, 5, 1), (3, 3, 1, 1), (2, 1), "SAME", (1, 1)),
    ("1x1_stride2", (1, 5, 5, 2), (1, 1, 2, 2), (2, 2), "VALID", (1, 1)),
    ("stride_over_kernel", (1, 7, 7, 1), (2, 2, 1, 1), (3, 3), "SAME", (1, 1)),
    ("dilated_same", (1, 7, 7, 2), (3, 3, 2, 1), (1, 1), "SAME", (2, 2)),
    ("dilated_valid", (1, 7, 6, 1), (2, 3, 1, 2), (1, 1), "VALID", (3, 2)),
    ("even_kernel_same", (1, 5, 5, 1), (4, 2, 1, 1), (1, 1), "SAME", (1, 1)),
    ("kernel_is_image", (2, 3, 3, 2), (3, 3, 2, 4), (1, 1), "VALID", (1, 1)),
    ("explicit", (1, 4, 5, 2), (3, 3, 2, 2), (1, 1), [0, 0, 1, 2, 0, 3, 0, 0], (1, 1)),
    ("explicit_stride2", (2, 5, 5, 1), (3, 2, 1, 2), (2, 2), [0, 0, 2, 1, 1, 0, 0, 0], (1, 1)),
    ("explicit_dilated", (1, 6, 6, 1), (2, 2, 1, 1), (1, 1), [0, 0, 1, 1, 2, 0, 0, 0], (2, 2)),
    ("wide", (1, 1, 9, 1), (1, 3, 1, 2), (1, 1), "SAME", (1, 1)),
    ("grouped", (1, 4, 4, 4), (3, 3, 2, 6), (1, 1), "SAME", (1, 1)),
    ("empty_batch", (0, 4, 4, 2), (3, 3, 2, 3), (1, 1), "SAME", (1, 1)),
]
FEW = {"same", "valid_stride2"}


def attributes(stride, padding, dilation):
    attrs = {"strides": [1, *stride, 1], "dilations": [1, *dilation, 1], "padding": padding}
    if isinstance(padding, list):
        attrs |= {"padding": "EXPLICIT", "explicit_paddings": padding}
    return attrs


def channels_first(attrs):
    """The attributes for NCHW: channels move from the last place to the second."""
    out = dict(attrs) | {"data_format": "NCHW"}
    for k in ("strides", "dilations", "ksize"):
        if k in out:
            v = out[k]
            out[k] = [v[0], v[3], v[1], v[2]]
    if "explicit_paddings" in out:
        p = out["explicit_paddings"]
        out["explicit_paddings"] = p[:2] + p[6:] + p[2:6]
    return out


def transposed(f, op, case, record, image_inputs, image_outputs=(0,), sizes_input=None):
    """Adds the NCHW form of the case just recorded: same numbers, images transposed.

    TensorFlow has no NCHW kernels on the CPU, so the values come from its NHWC kernel.
    """
    new = copy.deepcopy(record)

    def turn(t):
        if t is None or len(t["shape"]) != 4:
            return t
        a = np.frombuffer(base64.b64decode(t["data"]), np_dtype(t["dtype"])).reshape(t["shape"]).transpose(0, 3, 1, 2)
        return {
            "dtype": t["dtype"],
            "shape": list(a.shape),
            "data": base64.b64encode(np.ascontiguousarray(a).tobytes()).decode(),
        }

    for i in image_inputs:
        new["inputs"][i] = turn(new["inputs"][i])
    if sizes_input is not None:
        t = new["inputs"][sizes_input]
        a = np.frombuffer(base64.b64decode(t["data"]), np.int32)[[0, 3, 1, 2]]
        t["data"] = base64.b64encode(a.tobytes()).decode()
    for i in image_outputs:
        new["outputs"][i] = turn(new["outputs"][i])
    if "grad" in new:
        for i in image_outputs:
            new["grad"]["dy"][i] = turn(new["grad"]["dy"][i])
        for i in image_inputs:
            new["grad"]["dx"][i] = turn(new["grad"]["dx"][i])
    plain = {
        k: next(iter(v.values()))
        for k, v in new["attrs"].items()
        if k in ("strides", "dilations", "ksize", "explicit_paddings")
    }
    for k, v in channels_first(plain).items():
        kind = "string" if k == "data_format" else "list(int)"
        new["attrs"][k] = {kind: v}
    new["case"] = case + "_nchw"
    new["note"] = "computed as NHWC and transposed: TensorFlow has no NCHW kernel on the CPU"
    f.add(new)


def last(f):
    return json.loads(f.lines[-1])


def conv2d(f):
    for dtype in FLOATS + ["int32"]:
        for name, image, kernel, stride, padding, dilation in CONV2D:
            if dtype not in ("float32", "float64") and name not in FEW:
                continue
            case = f"{name}_{dtype}"
            r = f.rng("Conv2D", case)
            x, w = gen(r, image, dtype, -2, 2), gen(r, kernel, dtype, -2, 2)
            attrs = attributes(stride, padding, dilation)
            refused = name == "grouped" or dilation != (1, 1)  # the CPU's gradient kernels refuse those
            if refused and dtype == "float64":
                continue
            y = f.case("Conv2D", case, [x, w], skip=True, xla=refused, **attrs)
            if y is None:
                continue
            if dtype == "float32":
                transposed(f, "Conv2D", case, last(f), [0])
            if dtype == "int32" or name == "empty_batch" or refused:
                continue
            dy = gen(r, tuple(y[0].shape), dtype, -2, 2)
            if f.case("Conv2DBackpropInput", case, [i32(image), w, dy], skip=True, **attrs) and dtype == "float32":
                transposed(f, "Conv2DBackpropInput", case, last(f), [2], sizes_input=0)
            if f.case("Conv2DBackpropFilter", case, [x, i32(kernel), dy], skip=True, **attrs) and dtype == "float32":
                transposed(f, "Conv2DBackpropFilter", case, last(f), [0, 2], image_outputs=[])
    x, w = np.zeros((1, 4, 4, 2), np.float32), np.zeros((3, 3, 2, 1), np.float32)
    one = {"strides": [1, 1, 1, 1]}
    f.fails("Conv2D", "channels", [x, np.zeros((3, 3, 3, 1), np.float32)], padding="SAME", **one)
    f.fails("Conv2D", "rank", [x[0], w], padding="SAME", **one)
    f.fails("Conv2D", "filter_rank", [x, w[0]], padding="SAME", **one)
    f.case(
        "Conv2D",
        "too_large",
        [x, np.zeros((5, 5, 2, 1), np.float32)],
        grad=False,
        note="empty, no error",
        padding="VALID",
        **one,
    )
    f.fails("Conv2D", "batch_stride", [x, w], padding="SAME", strides=[2, 1, 1, 1])
    f.fails("Conv2D", "padding", [x, w], padding="EXPLICIT", explicit_paddings=[0, 0, -1, 1, 1, 1, 0, 0], **one)
    f.fails(
        "Conv2DBackpropInput",
        "shape",
        [i32([1, 4, 4, 2]), w, np.zeros((1, 3, 3, 1), np.float32)],
        padding="SAME",
        **one,
    )


def depthwise(f):
    rows = [
        ("same", (1, 4, 4, 2), (3, 3, 2, 1), 1, "SAME", 1),
        ("multiplier", (2, 5, 4, 3), (2, 3, 3, 2), 1, "VALID", 1),
        ("stride2", (1, 5, 5, 2), (3, 3, 2, 2), 2, "SAME", 1),
        ("one", (1, 3, 3, 1), (1, 1, 1, 3), 1, "VALID", 1),
        ("explicit", (1, 4, 4, 2), (3, 3, 2, 1), 1, [0, 0, 1, 0, 2, 1, 0, 0], 1),
    ]
    for dtype in FLOATS:
        for name, image, kernel, s, padding, d in rows if dtype in ("float32", "float64") else rows[:2]:
            case = f"{name}_{dtype}"
            r = f.rng("Depthwise", case)
            x, w = gen(r, image, dtype, -2, 2), gen(r, kernel, dtype, -2, 2)
            attrs = attributes((s, s), padding, (d, d))
            y = f.case("DepthwiseConv2dNative", case, [x, w], skip=True, **attrs)
            if y is None:
                continue
            if dtype == "float32":
                transposed(f, "DepthwiseConv2dNative", case, last(f), [0])
            dy = gen(r, tuple(y[0].shape), dtype, -2, 2)
            f.case("DepthwiseConv2dNativeBackpropInput", case, [i32(image), w, dy], skip=True, **attrs)
            f.case("DepthwiseConv2dNativeBackpropFilter", case, [x, i32(kernel), dy], skip=True, **attrs)
    for d in (2, 3):
        x, w = gen(f.rng("tf.nn.depthwise_conv2d", str(d)), (1, 7, 7, 2), "float32"), gen(
            f.rng("dw", str(d)), (3, 3, 2, 2), "float32"
        )
        f.function(
            "tf.nn.depthwise_conv2d",
            f"dilated_{d}",
            tf.nn.depthwise_conv2d,
            [x, w],
            strides=[1, 1, 1, 1],
            padding="SAME",
            dilations=[d, d],
        )


def conv3d(f):
    rows = [
        ("same", (1, 3, 4, 3, 2), (2, 3, 3, 2, 2), 1, "SAME"),
        ("valid", (1, 4, 3, 4, 1), (2, 2, 2, 1, 2), 1, "VALID"),
        ("stride2", (2, 4, 5, 4, 1), (3, 3, 3, 1, 1), 2, "SAME"),
        ("1x1", (1, 2, 2, 2, 2), (1, 1, 1, 2, 3), 1, "SAME"),
    ]
    for dtype in FLOATS:
        for name, image, kernel, s, padding in rows if dtype in ("float32", "float64") else rows[:1]:
            case = f"{name}_{dtype}"
            r = f.rng("Conv3D", case)
            x, w = gen(r, image, dtype, -2, 2), gen(r, kernel, dtype, -2, 2)
            attrs = {"strides": [1, s, s, s, 1], "padding": padding}
            y = f.case("Conv3D", case, [x, w], skip=True, **attrs)
            if y is None:
                continue
            dy = gen(r, tuple(y[0].shape), dtype, -2, 2)
            f.case("Conv3DBackpropInputV2", case, [i32(image), w, dy], skip=True, **attrs)
            f.case("Conv3DBackpropFilterV2", case, [x, i32(kernel), dy], skip=True, **attrs)
    x, w = gen(f.rng("Conv3D", "dilated"), (1, 5, 5, 5, 1), "float32"), gen(
        f.rng("Conv3D", "dilatedw"), (2, 2, 2, 1, 1), "float32"
    )
    f.case(
        "Conv3D",
        "dilated_float32",
        [x, w],
        xla=True,
        strides=[1, 1, 1, 1, 1],
        padding="VALID",
        dilations=[1, 2, 2, 2, 1],
    )


def morphology(f):
    for dtype in ("float32", "float64", "int32"):
        for name, s, d, padding in [("same", 1, 1, "SAME"), ("stride2", 2, 1, "VALID"), ("rates", 1, 2, "SAME")]:
            r = f.rng("Dilation2D", dtype + name)
            x, w = gen(r, (1, 5, 5, 2), dtype), gen(r, (2, 3, 2), dtype)
            f.case("Dilation2D", f"{name}_{dtype}", [x, w], strides=[1, s, s, 1], rates=[1, d, d, 1], padding=padding)


def make(f):
    conv2d(f)
    depthwise(f)
    conv3d(f)
    morphology(f)
