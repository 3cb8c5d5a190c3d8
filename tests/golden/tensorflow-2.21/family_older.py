"""Ops that graphs of TensorFlow 1 hold and that newer Python functions seldom make."""

import numpy as np
import tensorflow as tf

from golden import ALL, FLOATS, INTS, NUMBERS, gen

i32 = np.int32


def passing(f):
    """What hands values on."""
    for name, values in [
        ("one", [np.float64([1, 2])]),
        ("mixed", [np.float64([[1, 2], [3, 4]]), i32(3), np.float64(0.5), np.array([True])]),
    ]:
        f.case("IdentityN", name, [values])
    f.case("IdentityN", "float32_strings", [[np.float32([1, 2]), tf.constant(["a", "b"])]])
    for dtype in ALL:
        x = gen(f.rng("PlaceholderWithDefault", dtype), (2, 3), dtype)
        f.case("PlaceholderWithDefault", dtype, [x], skip=True, shape=[2, 3])
        f.case("PlaceholderWithDefault", f"{dtype}_open", [x], skip=True, shape=[None, 3])
    f.case("Assert", "holds", [np.array(True), [np.float32([1])]], grad=False)
    f.fails("Assert", "scalar", [np.array(False), [np.float32(1)]])
    f.fails("Assert", "cut", [np.array(False), [i32([[1, 2], [3, 4]]), tf.constant("x")]])
    f.fails("Assert", "all", [np.array(False), [np.float32([[0.1, 2], [3, 4]]), np.int64(7)]], summarize=-1)
    f.fails("Assert", "vector", [np.array([False]), [np.float32(1)]])
    for dtype in FLOATS:
        x = gen(f.rng("CheckNumericsV2", dtype), (3,), dtype)
        f.case("CheckNumericsV2", dtype, [x], skip=True, message="here")
        f.case("Print", dtype, [x, [x]], skip=True, message="seen ", first_n=1)
    for name, bad in [("nan", [1, np.nan]), ("plus", [1, np.inf]), ("all", [np.nan, -np.inf, np.inf])]:
        f.fails("CheckNumericsV2", name, [np.float32(bad)], message="here")
    for dtype in NUMBERS:
        r = f.rng("AccumulateNV2", dtype)
        f.case("AccumulateNV2", dtype, [[gen(r, (2, 3), dtype) for _ in range(3)]], skip=True, graph=True, shape=[2, 3])


def moving(f):
    """Blocks, rows and diagonals."""
    for dtype in ALL:
        r = f.rng("older", dtype)
        for name, shape, size, pads in [
            ("plain", (1, 4, 4, 2), 2, [[0, 0], [0, 0]]),
            ("padded", (2, 5, 3, 1), 3, [[1, 0], [1, 2]]),
        ]:
            x = gen(r, shape, dtype)
            y = f.case("SpaceToBatch", f"{dtype}_{name}", [x, i32(pads)], skip=True, block_size=size)
            if y is not None:
                x = y[0].numpy()
                f.case("BatchToSpace", f"{dtype}_{name}", [x, i32(pads)], skip=True, block_size=size)
        for name, diag, k, rows, cols in [
            ("main", (3,), [0], -1, -1),
            ("above", (2, 2), [1], -1, -1),
            ("band", (2, 3, 3), [-1, 1], 3, 3),
            ("wide", (2, 3), [0, 1], 3, 4),
        ]:
            d, zero = gen(r, diag, dtype), gen(r, (), dtype)
            y = f.case(
                "MatrixDiagV2", f"{dtype}_{name}", [d, i32(k), i32(rows), i32(cols), zero], skip=True
            )
            if y is None:
                continue
            f.case("MatrixDiagPartV2", f"{dtype}_{name}", [y[0].numpy(), i32(k), zero], skip=True)
            x = gen(r, tuple(y[0].shape), dtype)
            f.case("MatrixSetDiagV2", f"{dtype}_{name}", [x, d, i32(k)], skip=True)
    x = np.zeros((1, 3, 4, 1), np.float32)
    f.fails("SpaceToBatch", "indivisible", [x, i32([[0, 0], [0, 0]])], block_size=2)
    f.fails("SpaceToBatch", "rank", [x[0], i32([[0, 0], [0, 0]])], block_size=2)
    f.fails("BatchToSpace", "batch", [x, i32([[0, 0], [0, 0]])], block_size=2)
    f.fails("MatrixDiagPartV2", "outside", [x[0, :, :, 0], i32([5]), np.float32(0)])
    for dtype in ("float32", "float64", "int32", "complex64", "bool"):
        r = f.rng("ParallelConcat", dtype)
        rows = [gen(r, (1, 2, 3), dtype) for _ in range(3)]
        f.case("ParallelConcat", dtype, [rows], graph=True, grad=False, shape=[3, 2, 3])


def windows(f):
    """Patches of volumes; images are in another file."""
    for dtype in FLOATS + ["int8", "int32", "int64", "uint8"]:
        for name, size, stride, padding in [("plain", 2, 1, "VALID"), ("same", 3, 2, "SAME")]:
            f.case(
                "ExtractVolumePatches",
                f"{dtype}_{name}",
                [gen(f.rng("ExtractVolumePatches", dtype + name), (2, 3, 4, 3, 2), dtype)],
                skip=True,
                ksizes=[1, size, size, size, 1],
                strides=[1, stride, 1, stride, 1],
                padding=padding,
            )


def bins(f):
    for dtype in ("float32", "float64", "int32", "int64"):
        x = gen(f.rng("HistogramFixedWidth", dtype), (50,), dtype, -3, 12)
        for out in (tf.int32, tf.int64):
            name = f"{dtype}_{out.name}"
            f.case("HistogramFixedWidth", name, [x, np.array([0, 9], dtype), i32(4)], skip=True, dtype=out)
        f.case("Bucketize", dtype, [x], boundaries=[-1.0, 0.1, 3.0, 3.0, 7.5])
        f.case("Bucketize", f"{dtype}_none", [x], boundaries=[])
    f.case("Bucketize", "edges", [np.float32([[0.1, np.nan], [np.inf, -np.inf]])], boundaries=[0.1, 2.0])
    x = np.float32([1, 2])
    f.fails("HistogramFixedWidth", "nan", [np.float32([np.nan]), np.float32([0, 5]), i32(5)])
    f.fails("HistogramFixedWidth", "range", [x, np.float32([5, 5]), i32(5)])
    f.fails("HistogramFixedWidth", "bins", [x, np.float32([0, 5]), i32(0)])
    f.fails("HistogramFixedWidth", "three", [x, np.float32([0, 5, 6]), i32(2)])
    f.fails("Bucketize", "unsorted", [x], boundaries=[2.0, 1.0])


def sparse(f):
    places = [[0, 1], [1, 0], [2, 3], [2, 0]]
    for dtype in NUMBERS:
        r = f.rng("sparse", dtype)
        values, b, few = gen(r, (4,), dtype), gen(r, (3, 4), dtype), gen(r, (4, 2), dtype)
        for index in (np.int32, np.int64):
            name = f"{dtype}_{np.dtype(index).name}"
            a = [index(places), values, index([3, 4])]
            f.case("SparseTensorDenseAdd", name, a + [b], skip=True)
            product = [a[0], values, np.int64([3, 4])]
            f.case("SparseTensorDenseMatMul", name, product + [few], skip=True)
        for turned in (False, True):
            f.case(
                "SparseTensorDenseMatMul",
                f"{dtype}_adjoint_{turned}",
                product + [gen(r, (2, 3) if turned else (3, 2), dtype)],
                skip=True,
                adjoint_a=True,
                adjoint_b=turned,
            )
    for dtype in ALL:
        r = f.rng("SparseToDense", dtype)
        values, other = gen(r, (4,), dtype), gen(r, (), dtype)
        for name, at, shape, v in [
            ("rows", i32(sorted(places)), i32([3, 4]), values),
            ("list", np.int64([1, 2, 4, 7]), np.int64([9]), values),
            ("same", i32([[0, 0, 1], [1, 0, 0]]), i32([2, 1, 2]), values[1]),
            ("one", i32(3), i32([5]), values[0]),
        ]:
            f.case("SparseToDense", f"{dtype}_{name}", [at, shape, v, other], skip=True)
    one = np.float32([1, 2])
    zero = np.float32(0)
    for loose in (False, True):
        f.fails("SparseToDense", f"outside_{loose}", [i32([1, 7]), i32([4]), one, zero], validate_indices=not loose)
    f.fails("SparseToDense", "order", [i32([3, 1]), i32([4]), one, zero])
    f.fails("SparseToDense", "twice", [i32([1, 1]), i32([4]), one, zero])
    f.fails("SparseToDense", "rank", [i32([[1, 1], [1, 2]]), i32([4]), one, zero])
    f.case("SparseToDense", "unordered", [i32([3, 1]), i32([4]), one, zero], validate_indices=False)
    f.fails("SparseTensorDenseAdd", "outside", [i32([[0, 3]]), one[:1], i32([2, 2]), np.zeros((2, 2), np.float32)])
    f.fails("SparseTensorDenseAdd", "shapes", [i32([[0, 1]]), one[:1], i32([2, 3]), np.zeros((2, 2), np.float32)])
    f.fails("SparseTensorDenseAdd", "rank", [i32([[0, 1, 1]]), one[:1], i32([2, 2]), np.zeros((2, 2), np.float32)])
    b = np.zeros((3, 2), np.float32)
    f.fails("SparseTensorDenseMatMul", "outside", [np.int64([[0, 3]]), one[:1], np.int64([2, 3]), b])
    f.fails("SparseTensorDenseMatMul", "inner", [np.int64([[0, 1]]), one[:1], np.int64([2, 4]), b])


def recurrent(f):
    batch, inputs, cells, steps = 3, 4, 5, 4
    for dtype in ("float32", "float16"):
        for peephole in (False, True):
            r = f.rng("LSTM", f"{dtype}{peephole}")
            n = lambda *shape: gen(r, shape, dtype, -1, 1)
            rest = [n(batch, cells), n(batch, cells), n(inputs + cells, 4 * cells)]
            rest += [n(cells), n(cells), n(cells), n(4 * cells)]
            for name, attrs in [("default", {}), ("clip", dict(cell_clip=0.4))]:
                name = f"{dtype}_{name}{'_peephole' if peephole else ''}"
                x = n(batch, inputs)
                y = f.case("LSTMBlockCell", name, [x] + rest, use_peephole=peephole, **attrs)
                states = [t.numpy() for t in y[:6]]
                arriving = [n(batch, cells), n(batch, cells)]
                f.case(
                    "LSTMBlockCellGrad", name, [x] + rest + states + arriving, grad=False, use_peephole=peephole
                )
                x = n(steps, batch, inputs)
                for op in ("BlockLSTM", "BlockLSTMV2"):
                    args = [np.int64(steps), x] + rest
                    y = f.case(op, name, args, grad_of=[1, 6], use_peephole=peephole, **attrs)
                    arriving = [n(steps, batch, cells), n(steps, batch, cells)]
                    f.case(
                        op.replace("LSTM", "LSTMGrad"),
                        name,
                        args + [t.numpy() for t in y] + arriving,
                        grad=False,
                        use_peephole=peephole,
                    )
                    f.case(
                        op,
                        name + "_short",
                        [np.int64(2), x] + rest,
                        grad=False,
                        undefined=[0, 2, 3, 4, 5],
                        use_peephole=peephole,
                        **attrs,
                    )
    for op in ("BlockLSTM", "BlockLSTMV2"):
        args = [np.int64(1), np.zeros((1, 2, 3), np.float32)] + [np.zeros((2, 5), np.float32)] * 2
        args += [np.zeros((8, 20), np.float32)] + [np.zeros(5, np.float32)] * 3 + [np.zeros(20, np.float32)]
        for name, at, wrong in [("w", 4, (7, 20)), ("b", 8, (19,)), ("x", 1, (2, 3)), ("batch", 2, (1, 5))]:
            f.fails(op, name, args[:at] + [np.zeros(wrong, np.float32)] + args[at + 1 :])
    r = f.rng("GRUBlockCell", "float32")
    n = lambda *shape: gen(r, shape, "float32", -1, 1)
    args = [n(batch, inputs), n(batch, cells), n(inputs + cells, 2 * cells), n(inputs + cells, cells)]
    args += [n(2 * cells), n(cells)]
    y = f.case("GRUBlockCell", "float32", args)
    f.case("GRUBlockCellGrad", "float32", args + [t.numpy() for t in y[:3]] + [n(batch, cells)], grad=False)
    f.fails("GRUBlockCell", "w", args[:2] + [np.zeros((8, 10), np.float32)] + args[3:])


def colours(f):
    """What the colours of family_image lack: gradients, greys, edges of sectors."""
    steps = [0.0, 0.25, 0.5, 1.0]
    odd = np.array([[r, g, b] for r in steps for g in steps for b in steps])
    for dtype in ("float32", "float64"):
        f.case("RGBToHSV", f"{dtype}_gradient", [gen(f.rng("RGBToHSV", dtype), (2, 5, 3), dtype, 0, 1)])
        f.case("RGBToHSV", f"{dtype}_greys", [odd.astype(dtype)], grad=False)
        f.case("HSVToRGB", f"{dtype}_greys", [odd.astype(dtype)], grad=False)
    x = odd.reshape(1, 8, 8, 3).astype(np.float32)
    for by in (0.0, 0.3, -0.4):
        f.case("AdjustHue", f"greys_{by}", [x, np.float32(by)])
        f.case("AdjustSaturation", f"greys_{by}", [x, np.float32(1 - by)])
    f.fails("AdjustHue", "channels", [np.zeros((2, 2, 4), np.float32), np.float32(0)])
    f.fails("AdjustContrastv2", "rank", [np.zeros((2, 2), np.float32), np.float32(0)])
    f.fails("RGBToHSV", "channels", [np.zeros((2, 4), np.float32)])
    f.fails("HSVToRGB", "scalar", [np.float32(0)])


def boxes(f):
    corners = np.float32([[0, 0, 1, 1], [0.2, 0.1, 0.7, 0.9], [0.8, 0.9, 0.1, 0.3], [-0.3, 0.2, 1.4, 0.6]])
    at = i32([0, 1, 0, 1])
    for dtype in NUMBERS:
        for method in ("bilinear", "nearest"):
            r = f.rng("CropAndResize", dtype + method)
            x = gen(r, (2, 4, 5, 3), dtype, 0, 9)
            for size in ([2, 3], [1, 1]) if dtype in ("float32", "float64") else ([3, 2],):
                name = f"{dtype}_{method}_{size[0]}x{size[1]}"
                args = [x, corners, at, i32(size)]
                y = f.case("CropAndResize", name, args, skip=True, grad=dtype != "float16", method=method)
                if y is None:
                    continue
                dy = gen(r, (4, *size, 3), "float32", -2, 2)
                if dtype in FLOATS:
                    f.case(
                        "CropAndResizeGradImage",
                        name,
                        [dy, corners, at, i32(x.shape)],
                        skip=True,
                        grad=False,
                        T=dtype,
                        method=method,
                    )
                if method == "bilinear":
                    f.case("CropAndResizeGradBoxes", name, [dy, x, corners, at], skip=True, grad=False)
    x, one, first, two = np.zeros((2, 5, 6, 2), np.float32), corners[:1], i32([0]), i32([2, 2])
    for name, args in [
        ("index", [x, one, i32([2]), two]),
        ("size", [x, one, first, i32([0, 2])]),
        ("lengths", [x, one, i32([0, 1]), two]),
        ("rank", [x[0], one, first, two]),
        ("columns", [x, one[:, :3], first, two]),
        ("three", [x, one, first, i32([2, 2, 2])]),
        ("empty", [x[:, :0], one, first, two]),
        ("nan", [x, one * np.float32(np.nan), first, two]),
    ]:
        f.fails("CropAndResize", name, args)
    for dtype in ("float32", "float16"):
        r = f.rng("NonMaxSuppression", dtype)
        places = gen(r, (30, 4), dtype, 0, 4)
        places[:, 2:] = places[:, :2] + gen(r, (30, 2), dtype, 1, 3)
        places[7, [0, 2]] = places[7, [2, 0]]
        places[9, 2] = places[9, 0]
        scores = gen(r, (30,), dtype, 0, 1)
        scores[3:6] = scores[3]
        t = lambda v: np.array(v, dtype)
        for n, limit, least in [(5, 0.5, 0.0), (30, 0.3, 0.4), (0, 0.5, 0.0), (40, 1.0, 0.1), (9, 0.0, 0.0)]:
            name = f"{dtype}_{n}_{limit}_{least}"
            if dtype == "float32":
                args = [places, scores, i32(n)]
                f.case("NonMaxSuppression", name, args, grad=False, iou_threshold=limit)
                square = gen(f.rng("overlaps", name), (30, 30), dtype, 0, 1)
                args = [square, scores, i32(n), t(limit), t(least)]
                f.case("NonMaxSuppressionWithOverlaps", name, args, grad=False)
            f.case("NonMaxSuppressionV2", name, [places, scores, i32(n), t(limit)], grad=False)
            args = [places, scores, i32(n), t(limit), t(least)]
            f.case("NonMaxSuppressionV3", name, args, grad=False)
            for padded in (False, True):
                name = f"{dtype}_{n}_{limit}_{least}_{padded}"
                f.case("NonMaxSuppressionV4", name, args, grad=False, pad_to_max_output_size=padded)
                for sigma in (0.0, 0.5):
                    f.case(
                        "NonMaxSuppressionV5",
                        f"{name}_{sigma}",
                        args + [t(sigma)],
                        grad=False,
                        pad_to_max_output_size=padded,
                    )
    places, scores, t = places.astype(np.float32), scores.astype(np.float32), np.float32
    f.fails("NonMaxSuppressionV3", "threshold", [places, scores, i32(2), t(1.5), t(0)])
    f.fails("NonMaxSuppressionV3", "scores", [places, scores[:2], i32(2), t(0.5), t(0)])
    f.fails("NonMaxSuppressionV3", "rank", [places[0], scores, i32(2), t(0.5), t(0)])
    f.fails("NonMaxSuppressionV3", "columns", [places[:, :3], scores, i32(2), t(0.5), t(0)])
    f.fails("NonMaxSuppressionV3", "size", [places, scores, i32(-1), t(0.5), t(0)])
    f.fails("NonMaxSuppressionV5", "sigma", [places, scores, i32(2), t(0.5), t(0), t(-1)])


def chosen_rows(f):
    at, ids = i32([0, 4, 2, 0, 1]), i32([0, 0, 1, 3, 3])
    for dtype in FLOATS + ["int8", "int32", "int64", "uint8"]:
        for fold in ("Sum", "Mean", "SqrtN"):
            op = "SparseSegment" + fold
            x = gen(f.rng(op, dtype), (5, 2, 3), dtype)
            f.case(op, f"{dtype}_deep", [x, at, ids], skip=True)
            f.case(op, f"{dtype}_wide", [x, at.astype(np.int64), ids.astype(np.int64)], skip=True)
            for n in (4, 6):
                f.case(f"{op}WithNumSegments", f"{dtype}_{n}", [x, at, ids, i32(n)], skip=True)
    x = np.zeros((5, 2), np.float32)
    f.fails("SparseSegmentSum", "sizes", [x, at, ids[:2]])
    f.fails("SparseSegmentSum", "order", [x, at, ids[::-1].copy()])
    f.fails("SparseSegmentSum", "outside", [x, at + i32(1), ids])
    f.fails("SparseSegmentSumWithNumSegments", "few", [x, at, ids, i32(3)])


def quantized(f):
    r = f.rng("FakeQuant", "float32")
    x = gen(r, (4, 6, 3), "float32", -8, 8)
    dy = gen(r, (4, 6, 3), "float32", -2, 2)
    for bits, narrow, low, high in [(8, False, -6, 6), (4, True, -1.3, 2.7), (2, False, 0.5, 3), (16, True, -7, -1)]:
        attrs = dict(num_bits=bits, narrow_range=narrow)
        name = f"{bits}_{narrow}"
        f.case("FakeQuantWithMinMaxArgs", name, [x], min=low, max=high, **attrs)
        f.case("FakeQuantWithMinMaxArgsGradient", name, [dy, x], min=low, max=high, grad=False, **attrs)
        limits = [np.float32(low), np.float32(high)]
        f.case("FakeQuantWithMinMaxVars", name, [x] + limits, **attrs)
        f.case("FakeQuantWithMinMaxVarsGradient", name, [dy, x] + limits, grad=False, **attrs)
        limits = [np.float32([low, -3, 0.1]), np.float32([high, 4, 9])]
        f.case("FakeQuantWithMinMaxVarsPerChannel", name, [x] + limits, **attrs)
        f.case("FakeQuantWithMinMaxVarsPerChannelGradient", name, [dy, x] + limits, grad=False, **attrs)
    zero = np.float32(0)
    f.case("FakeQuantWithMinMaxVars", "zero", [x, zero, zero])
    f.fails("FakeQuantWithMinMaxArgs", "range", [x], min=1.0, max=1.0)
    f.fails("FakeQuantWithMinMaxArgs", "bits", [x], num_bits=17)
    f.fails("FakeQuantWithMinMaxVarsPerChannel", "limits", [x, np.zeros(2, np.float32), np.ones(2, np.float32)])


def layouts(f):
    for dtype in ("int32", "int64"):
        t = lambda v: np.array(v, dtype)
        f.case("DataFormatDimMap", f"{dtype}_back", [t([[0, 1, 2], [-4, -1, 3]])], src_format="NCHW", dst_format="NHWC")
        f.case("DataFormatDimMap", f"{dtype}_deep", [t([0, 4, -2])], src_format="NDHWC", dst_format="NCDHW")
        f.case("DataFormatVecPermute", f"{dtype}_rows", [t([[1, 2], [3, 4], [5, 6], [7, 8]])])
        f.case("DataFormatVecPermute", f"{dtype}_two", [t([5, 6])], src_format="NHWC", dst_format="NCWH")
        f.case("DataFormatVecPermute", f"{dtype}_deep", [t([1, 2, 3, 4, 5])], src_format="NDHWC", dst_format="NCDHW")
    f.fails("DataFormatVecPermute", "length", [i32([1, 2, 3])])
    for dtype in ALL:
        x = gen(f.rng("DeepCopy", dtype), (2, 3), dtype)
        f.case("DeepCopy", dtype, [x], skip=True, grad=False)
        f.case("GuaranteeConst", dtype, [x], skip=True)
    for dtype in FLOATS + INTS:
        f.function(
            "TopK",
            dtype,
            lambda x, k: list(tf.raw_ops.TopKV2(input=x, k=k)),
            [gen(f.rng("TopK", dtype), (3, 7), dtype)],
            note="computed by TopKV2: this TensorFlow has lost the kernels of TopK",
            k=4,
        )


def morphology(f):
    for dtype in FLOATS + INTS:
        for name, stride, rate, padding in [("same", 2, 1, "SAME"), ("valid", 1, 2, "VALID")]:
            attrs = dict(strides=[1, stride, 1, 1], rates=[1, 1, rate, 1], padding=padding)
            r = f.rng("morphology", dtype + name)
            x, w = gen(r, (2, 4, 6, 3), dtype), gen(r, (2, 3, 3), dtype)
            y = f.case("Dilation2D", f"{dtype}_{name}", [x, w], skip=True, grad=False, **attrs)
            if y is not None:
                dy = gen(r, tuple(y[0].shape), dtype, -2, 2)
                for of in ("Input", "Filter"):
                    f.case(f"Dilation2DBackprop{of}", f"{dtype}_{name}", [x, w, dy], skip=True, grad=False, **attrs)
    plain = dict(strides=[1, 1, 1, 1], rates=[1, 1, 1, 1], padding="SAME")
    f.fails("Dilation2D", "depth", [np.zeros((1, 4, 4, 2), np.float32), np.zeros((2, 2, 3), np.float32)], **plain)
    f.fails("Dilation2D", "rank", [np.zeros((4, 4, 2), np.float32), np.zeros((2, 2, 2), np.float32)], **plain)


def make(f):
    passing(f)
    moving(f)
    windows(f)
    bins(f)
    sparse(f)
    recurrent(f)
    colours(f)
    boxes(f)
    chosen_rows(f)
    quantized(f)
    layouts(f)
    morphology(f)
