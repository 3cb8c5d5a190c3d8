"""Records what TensorFlow computes, one JSON object a line, for Merapi's tests to compare with.

The form of the lines is described in README.md next to this file.
"""

import base64
import collections
import gzip
import inspect
import json
import re
import zlib

import ml_dtypes
import numpy as np
import tensorflow as tf
from tensorflow.python.framework import op_def_registry

FLOATS = ["float16", "bfloat16", "float32", "float64"]
INTS = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
COMPLEX = ["complex64", "complex128"]
NUMBERS = FLOATS + INTS + COMPLEX
ALL = NUMBERS + ["bool"]

NO_KERNEL = re.compile(
    r"Could not find device for node|No OpKernel was registered|is not in the list of allowed"
    r"|[Uu]nsupported (data )?type|not in list of allowed values|Unsupported dtype|not supported on CPU"
    r"|data type is not supported|No WhereOp available|could not find valid device for node"
    r"|no supported kernel|not implemented|was expected to be a",
)


def np_dtype(name):
    """The NumPy dtype called `name`, bfloat16 among them."""
    return np.dtype(ml_dtypes.bfloat16) if name == "bfloat16" else np.dtype(name)


def is_float(name):
    return name in FLOATS


def gen(rng, shape, dtype, lo=-5.0, hi=5.0, nonzero=False):
    """Random values of `dtype` in [lo, hi]; integers are clipped to what the dtype holds."""
    dt = np_dtype(dtype)
    if dtype == "bool":
        return rng.integers(0, 2, shape).astype(bool).reshape(shape)
    if dtype in INTS:
        info = np.iinfo(dt)
        a = rng.integers(max(int(np.floor(lo)), info.min), min(int(np.ceil(hi)), info.max) + 1, shape)
        a = np.asarray(a)
        if nonzero:
            a = np.where(a == 0, 1, a)
        return a.astype(dt).reshape(shape)
    if dtype in COMPLEX:
        return (rng.uniform(lo, hi, shape) + 1j * rng.uniform(lo, hi, shape)).astype(dt).reshape(shape)
    return np.asarray(rng.uniform(lo, hi, shape)).astype(dt).reshape(shape)


def seed_of(text):
    return zlib.crc32(text.encode())


def as_tensor(value):
    """A TensorFlow constant with exactly the dtype of the NumPy value; bytes and str become strings."""
    if isinstance(value, (tf.Tensor, tf.Variable)):
        return value
    if isinstance(value, (bytes, str)):
        return tf.constant(value, tf.string)
    a = np.asarray(value)
    if a.dtype.kind in "OSU":
        return tf.constant(value if isinstance(value, list) else a, tf.string, shape=a.shape)
    if a.dtype == np.int64 and not isinstance(value, (np.ndarray, np.generic)):
        a = a.astype(np.int32)  # plain Python integers are int32 in TensorFlow
    if a.dtype == np.float64 and not isinstance(value, (np.ndarray, np.generic)):
        a = a.astype(np.float32)
    return tf.constant(a)


def encode(tensor):
    """The JSON form of a tensor: dtype, shape, and base64 of its little-endian bytes."""
    if isinstance(tensor, tf.Variable):
        tensor = tensor.read_value()
    a = tensor.numpy()
    shape = [int(d) for d in tensor.shape]
    if tensor.dtype == tf.string:
        flat = [a] if shape == [] else list(a.reshape(-1))
        return {
            "dtype": "string",
            "shape": shape,
            "strings": [base64.b64encode(s).decode() for s in flat],
        }
    a = np.ascontiguousarray(a)
    data = base64.b64encode(a.astype(a.dtype.newbyteorder("<") if a.dtype.kind in "fiuc" else a.dtype).tobytes())
    return {"dtype": tensor.dtype.name, "shape": shape, "data": data.decode()}


def encode_float(value):
    if value != value:
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "Infinity" if value > 0 else "-Infinity"
    return float(value)


def encode_attr(kind, value):
    """One attribute as {kind: value}, kind being TensorFlow's own name of the attribute's type."""
    if kind.startswith("list("):
        one = kind[5:-1]
        return {kind: [next(iter(encode_attr(one, v).values())) for v in value]}
    if kind == "type":
        return {"type": tf.as_dtype(value).name}
    if kind == "shape":
        shape = tf.TensorShape(value)
        return {"shape": None if shape.rank is None else [-1 if d is None else int(d) for d in shape]}
    if kind == "string":
        return {"string": value.decode() if isinstance(value, bytes) else str(value)}
    if kind == "bool":
        return {"bool": bool(value)}
    if kind == "float":
        return {"float": encode_float(float(value))}
    if kind == "int":
        return {"int": int(value)}
    raise ValueError(f"attribute kind {kind}")


def plain_attr(value):
    """The JSON form of a keyword argument of a TensorFlow function, its kind taken from its value."""
    if isinstance(value, bool):
        return {"bool": value}
    if isinstance(value, int):
        return {"int": value}
    if isinstance(value, float):
        return {"float": encode_float(value)}
    if isinstance(value, str):
        return {"string": value}
    if isinstance(value, tf.DType):
        return {"type": value.name}
    if isinstance(value, (list, tuple)):
        if not value:
            return {"list(int)": []}
        kind = next(iter(plain_attr(value[0])))
        return {f"list({kind})": [next(iter(plain_attr(v).values())) for v in value]}
    raise ValueError(f"keyword value {value!r}")


def flat(values):
    out = []
    for v in values:
        out.extend(v if isinstance(v, list) else [v])
    return out


def first_line(error):
    """The first line of TensorFlow's message, without the node name before and the op name after."""
    text = str(getattr(error, "message", None) or error)
    line = text.split("\n")[0]
    line = re.sub(r"^\{\{[^}]*\}\}\s*", "", line)
    return re.sub(r" \[Op:\w+\].*$", "", line)


class Signature:
    """Input and attribute names of a raw op, as its definition and its Python function spell them."""

    def __init__(self, op):
        self.fn = getattr(tf.raw_ops, op)
        self.op_def = op_def_registry.get(op)
        params = [p for p in inspect.signature(self.fn).parameters if p != "name"]
        names = [a.name for a in self.op_def.input_arg]
        attrs = {a.name for a in self.op_def.attr}
        renamed = [p for p in params if p not in names and p not in attrs]
        self.input_names = [n if n in params else renamed.pop(0) for n in names]
        self.kinds = {a.name: a.type for a in self.op_def.attr}
        derived = {n for a in self.op_def.input_arg for n in (a.type_attr, a.number_attr, a.type_list_attr)}
        missing = [a.name for a in self.op_def.attr if a.name not in params and a.name not in derived]
        self.attr_params = dict(zip(missing, renamed))  # what is left over is an attribute renamed in Python

    def arguments(self, tensors, attrs):
        """The Python arguments for inputs in order and attributes under their op names."""
        named = {self.attr_params.get(k, k): v for k, v in attrs.items()}
        return dict(zip(self.input_names, tensors)) | named

    def derived(self, tensors):
        """The attributes that follow from the inputs: element types and list lengths."""
        out = {}
        for arg, value in zip(self.op_def.input_arg, tensors):
            items = value if isinstance(value, list) else [value]
            if arg.number_attr:
                out[arg.number_attr] = {"int": len(items)}
            if arg.type_attr and items:
                out[arg.type_attr] = {"type": items[0].dtype.base_dtype.name}
            if arg.type_list_attr:
                out[arg.type_list_attr] = {"list(type)": [t.dtype.base_dtype.name for t in items]}
        return out


_signatures = {}


def signature(op):
    if op not in _signatures:
        _signatures[op] = Signature(op)
    return _signatures[op]


np.seterr(over="ignore")  # casts of large values to small types are meant


class Family:
    """Collects the cases of one file and writes it."""

    def __init__(self, name):
        self.name = name
        self.lines = []
        self.seen = set()
        self.skipped = collections.defaultdict(set)  # op -> dtypes without a CPU kernel
        self.dtypes = collections.defaultdict(set)
        self.counts = collections.Counter()
        self.grads = collections.Counter()
        self.problems = []

    def problem(self, text):
        self.problems.append(text)
        print("  PROBLEM " + text[:400], flush=True)

    def rng(self, op, case):
        return np.random.default_rng(seed_of(f"{op}/{case}"))

    def add(self, record):
        key = (record["op"], record["case"])
        if key in self.seen:
            raise ValueError(f"two cases {key}")
        self.seen.add(key)
        self.counts[record["op"]] += 1
        if "grad" in record:
            self.grads[record["op"]] += 1
        if "fails" not in record:
            self.dtypes[record["op"]].update(t["dtype"] for t in record["inputs"] + record["outputs"] if t)
        self.lines.append(json.dumps(record, separators=(",", ":")))

    def case(
        self,
        op,
        case,
        inputs,
        grad=True,
        skip=False,
        note=None,
        xla=False,
        graph=False,
        grad_of=None,
        undefined=(),
        **attrs,
    ):
        """Runs `tf.raw_ops.<op>` and records inputs, outputs and, where there is one, the gradient.

        `inputs` are in the op's order, a list input being a list. With `skip`, a missing CPU kernel is
        noted and passed over; any other error fails the run at its end. With `xla`, TensorFlow's compiler
        computes the case, for forms that the CPU kernels lack; with `graph`, it is computed in a graph, for ops
        that TensorFlow replaces there by others. `grad_of` names the outputs that get an
        upstream gradient, where it is not all. `undefined` names outputs that TensorFlow leaves unset (what
        was in memory before), recorded as null.
        """
        sig = signature(op)
        tensors = [[as_tensor(t) for t in v] if isinstance(v, list) else as_tensor(v) for v in inputs]

        def call():
            if not xla and not graph:
                return sig.fn(**sig.arguments(tensors, attrs))
            traced = tf.function(lambda *ts: sig.fn(**sig.arguments(ts, attrs)), jit_compile=xla or None)
            return traced(*tensors)

        try:
            outputs = self._outputs(call())
        except Exception as e:  # TensorFlow raises many types here; only "no kernel" is let through
            if skip and NO_KERNEL.search(str(e)):
                self.skipped[op].add(flat(tensors)[0].dtype.name if flat(tensors) else str(attrs))
                return None
            self.problem(f"{op}/{case}: {type(e).__name__}: {first_line(e)}")
            return None
        record = {
            "op": op,
            "case": case,
            "attrs": sig.derived(tensors) | {k: encode_attr(sig.kinds[k], v) for k, v in attrs.items()},
            "inputs": [encode(t) for t in flat(tensors)],
            "outputs": [None if i in undefined else encode(t) for i, t in enumerate(outputs)],
        }
        if xla:
            note = (note + "; " if note else "") + "computed by XLA: the CPU kernel lacks this form"
        if note:
            record["note"] = note
        if grad:
            found = self._gradient(f"{op}/{case}", call, flat(tensors), outputs, grad_of)
            if found:
                record["grad"] = found
        self.add(record)
        return outputs

    def function(self, op, case, fn, inputs, grad=True, note=None, **kwargs):
        """Records a Python function of TensorFlow under its public name, with its keyword arguments."""
        tensors = [as_tensor(t) for t in inputs]
        call = lambda: fn(*tensors, **kwargs)
        outputs = self._outputs(call())
        record = {
            "op": op,
            "case": case,
            "attrs": {k: plain_attr(v) for k, v in kwargs.items() if v is not None},
            "inputs": [encode(t) for t in tensors],
            "outputs": [encode(t) for t in outputs],
        }
        if note:
            record["note"] = note
        if grad:
            found = self._gradient(f"{op}/{case}", call, tensors, outputs)
            if found:
                record["grad"] = found
        self.add(record)

    def fails(self, op, case, inputs, **attrs):
        """Records a call that TensorFlow refuses, with the first line of its message."""
        sig = signature(op)
        tensors = [[as_tensor(t) for t in v] if isinstance(v, list) else as_tensor(v) for v in inputs]
        try:
            sig.fn(**sig.arguments(tensors, attrs))
        except Exception as e:  # whatever its type: it is what is being recorded
            self.add(
                {
                    "op": op,
                    "case": "fails_" + case,
                    "attrs": sig.derived(tensors) | {k: encode_attr(sig.kinds[k], v) for k, v in attrs.items()},
                    "inputs": [encode(t) for t in flat(tensors)],
                    "error": type(e).__name__,
                    "fails": first_line(e),
                }
            )
            return
        self.problem(f"{op}/{case} was expected to fail and did not")

    @staticmethod
    def _outputs(result):
        if result is None or isinstance(result, tf.Operation):
            return []
        if isinstance(result, (tf.Tensor, tf.Variable)):
            return [result]
        out = []
        for r in result:
            out.extend(r if isinstance(r, (list, tuple)) else [r])
        return out

    def _gradient(self, key, call, tensors, outputs, grad_of=None):
        wide = ("float32", "float64", "complex64", "complex128")
        where = [i for i, t in enumerate(tensors) if t.dtype.name in wide]
        ys = [i for i, t in enumerate(outputs) if t.dtype.name in wide]
        ys = [i for i in ys if grad_of is None or i in grad_of]
        if not where or not ys:
            return None
        rng = np.random.default_rng(seed_of(key + "/dy"))
        dys = []
        for i in ys:
            shape = tuple(outputs[i].shape)
            # few bits, so that the values are exact in every type and the files stay small
            a = rng.integers(-64, 65, shape) / 32.0
            if outputs[i].dtype.is_complex:
                a = a + 1j * (rng.integers(-64, 65, shape) / 32.0)
            dys.append(tf.constant(np.asarray(a).astype(outputs[i].dtype.as_numpy_dtype), shape=shape))
        try:
            with tf.GradientTape() as tape:
                tape.watch([tensors[i] for i in where])
                again = self._outputs(call())
            dxs = tape.gradient([again[i] for i in ys], [tensors[i] for i in where], output_gradients=dys)
        except LookupError:
            return None  # TensorFlow registers no gradient
        except Exception as e:
            if "not supported" in str(e) or "not implemented" in str(e) or NO_KERNEL.search(str(e)):
                return None
            print(f"  no gradient of {key}: {first_line(e)}")
            return None
        dy = [None] * len(outputs)
        for i, d in zip(ys, dys):
            dy[i] = encode(d)
        dx = [None] * len(tensors)
        for i, d in zip(where, dxs):
            dx[i] = None if d is None else encode(tf.convert_to_tensor(d))
        return {"dy": dy, "dx": dx}

    def write(self, folder):
        data = ("\n".join(self.lines) + "\n").encode()
        path = folder / f"{self.name}.jsonl.gz"
        with open(path, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
            out.write(data)
        return path.stat().st_size
