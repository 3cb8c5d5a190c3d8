"""Makes goldens of whole graphs with TensorFlow 2.21, and runs graphs that Merapi has written.

    python graphs.py            graphs of TensorFlow's own, with what it computes from them
    python graphs.py --written  what TensorFlow computes from the graphs in written/, which the
                                tests put there (see PROVENANCE.md)

A case is two files in tests/src/test/resources/golden/tensorflow-2.21/graphs: NAME.pbtxt, the graph,
and NAME.values.pbtxt, a GraphDef of Const nodes: `in/0/x` is the value of placeholder x in the first
run, `out/0/y:0` what came out of y:0 then. A run whose only entry is `init/0` runs that node first.
"""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

import numpy as np
import tensorflow as tf
from google.protobuf import text_format
from tensorflow.core.framework import graph_pb2

v1 = tf.compat.v1
HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(
    HERE, "..", "..", "src", "test", "resources", "golden", "tensorflow-2.21", "graphs"
)


def save(path, message):
    with open(path, "w", encoding="utf-8") as f:
        f.write(text_format.MessageToString(message))


def constant(values, name, value):
    node = values.node.add(name=name, op="Const")
    node.attr["dtype"].type = tf.as_dtype(np.asarray(value).dtype).as_datatype_enum
    value = np.asarray(value)
    if value.dtype == object or value.dtype.kind in "SU":
        node.attr["dtype"].type = tf.string.as_datatype_enum
        node.attr["value"].tensor.CopyFrom(tf.make_tensor_proto(value, dtype=tf.string))
    else:
        node.attr["value"].tensor.CopyFrom(tf.make_tensor_proto(value))


def case(name, graph_def, runs, outputs, init=None):
    """Runs the graph from its message alone and writes both files."""
    values = graph_pb2.GraphDef()
    graph = tf.Graph()
    with graph.as_default():
        tf.import_graph_def(graph_def, name="")
        with v1.Session(graph=graph) as session:
            if init:
                session.run(graph.get_operation_by_name(init))
                values.node.add(name="init/" + init, op="NoOp")
            for i, feeds in enumerate(runs):
                for k, x in feeds.items():
                    constant(values, f"in/{i}/{k}", x)
                got = session.run(outputs, {k + ":0": x for k, x in feeds.items()})
                for k, x in zip(outputs, got):
                    constant(values, f"out/{i}/{k}", x)
    save(os.path.join(FOLDER, name + ".pbtxt"), graph_def)
    save(os.path.join(FOLDER, name + ".values.pbtxt"), values)
    print(name, len(graph_def.node), "nodes", len(graph_def.library.function), "functions")


def of_v1(build):
    """Builds a graph as TensorFlow 1 did: Switch and Merge, references to variables."""
    v1.disable_control_flow_v2()
    graph = tf.Graph()
    with graph.as_default():
        build()
    return graph.as_graph_def()


def of_function(f, *specs):
    v1.enable_control_flow_v2()
    return tf.function(f, autograph=True).get_concrete_function(*specs).graph


F = np.float32
X23 = np.array([[1.5, -2.0, 0.25], [3.0, 0.5, -1.0]], F)


def nested_branches():
    x = v1.placeholder(tf.float32, [2, 3], name="x")
    p = v1.placeholder(tf.bool, [], name="p")
    q = v1.placeholder(tf.bool, [], name="q")
    y, z = v1.cond(
        p,
        lambda: (
            v1.cond(q, lambda: x * 2.0, lambda: x + tf.constant([1.0, 2.0, 3.0])),
            tf.reduce_sum(x),
        ),
        lambda: (tf.transpose(tf.reshape(x, [3, 2])) - 7.0, tf.reduce_max(x)),
    )
    again = v1.cond(p, lambda: y + z, lambda: y - z)
    tf.identity(again, name="again")
    tf.identity(z, name="z")


def growing_loop():
    x = v1.placeholder(tf.float32, [None], name="x")
    n = v1.placeholder(tf.int32, [], name="n")
    i, y = v1.while_loop(
        lambda i, y: i < n,
        lambda i, y: (i + 1, tf.concat([y, y[-1:] * 2.0 + x[:1]], 0)),
        [tf.constant(0), x],
        shape_invariants=[tf.TensorShape([]), tf.TensorShape([None])],
    )
    tf.identity(i, name="turns")
    tf.identity(y, name="y")


def loop_in_loop():
    n = v1.placeholder(tf.int32, [], name="n")
    scale = v1.placeholder(tf.float32, [], name="scale")

    def outer(i, s):
        _, t = v1.while_loop(
            lambda j, t: j < i + 1,
            lambda j, t: (j + 1, t + tf.cast(j, tf.float32) * scale),
            [tf.constant(0), tf.constant(0.0)],
        )
        even = tf.equal(i % 2, 0)
        return i + 1, v1.cond(even, lambda: s + t, lambda: s - 0.5 * t)

    _, s = v1.while_loop(lambda i, s: i < n, outer, [tf.constant(0), tf.constant(1.0)])
    tf.identity(s, name="s")


def loop_in_branch():
    x = v1.placeholder(tf.float32, [3], name="x")
    p = v1.placeholder(tf.bool, [], name="p")

    def powers():
        return v1.while_loop(
            lambda i, y: i < 4, lambda i, y: (i + 1, y * x), [tf.constant(0), tf.ones([3])]
        )[1]

    tf.identity(v1.cond(p, powers, lambda: -x), name="y")


def references():
    x = v1.placeholder(tf.float32, [2], name="x")
    v = v1.get_variable("v", initializer=[1.0, 2.0], use_resource=False)
    step = v1.get_variable("step", initializer=0, trainable=False, use_resource=False)
    counted = v1.assign_add(step, 1, name="counted")
    with tf.control_dependencies([counted]):
        changed = v1.assign_sub(v, 0.5 * x, name="changed")
        tf.identity(changed * tf.cast(step, tf.float32), name="y")
    v1.global_variables_initializer()


def references_in_branches():
    p = v1.placeholder(tf.bool, [], name="p")
    v = v1.get_variable("v", initializer=[1.0, 2.0], use_resource=False)

    def up():
        with tf.control_dependencies([v1.scatter_add(v, [0], [10.0])]):
            return tf.constant(1)

    def down():
        with tf.control_dependencies([v1.assign(v, [0.0, -1.0])]):
            return tf.constant(2)

    way = v1.cond(p, up, down)
    with tf.control_dependencies([way]):
        tf.identity(v1.assign_add(v, [0.25, 0.25]), name="y")
    tf.identity(way, name="way")
    v1.global_variables_initializer()


def training():
    x = v1.placeholder(tf.float32, [3, 2], name="x")
    rules = {
        "adam": v1.train.AdamOptimizer(0.1),
        "adagrad": v1.train.AdagradOptimizer(0.1),
        "adagrad_da": v1.train.AdagradDAOptimizer(
            0.1, v1.get_variable("count", initializer=np.int64(3), trainable=False, use_resource=False)
        ),
        "adadelta": v1.train.AdadeltaOptimizer(0.5),
        "centered": v1.train.RMSPropOptimizer(0.1, momentum=0.5, centered=True),
        "ftrl": v1.train.FtrlOptimizer(0.1, l1_regularization_strength=0.01),
        "momentum": v1.train.MomentumOptimizer(0.1, 0.9, use_nesterov=True),
        "proximal": v1.train.ProximalGradientDescentOptimizer(0.1, l1_regularization_strength=0.01),
        "proximal_adagrad": v1.train.ProximalAdagradOptimizer(0.1, l2_regularization_strength=0.01),
    }
    for name, rule in rules.items():
        v = v1.get_variable(name, initializer=np.array([[1, -2], [0.5, 3], [-1, 1]], F), use_resource=False)
        loss = tf.reduce_sum(tf.square(v * x))
        if name not in ("adam", "adagrad_da"):  # of whose steps in rows Adam's are another composition
            loss += tf.reduce_sum(tf.gather(v, [2, 0]) * 0.5)
        with tf.control_dependencies([rule.minimize(loss)]):
            tf.identity(v, name="y_" + name)
        if name == "momentum":
            rows = v1.get_variable("rows", initializer=np.array([[1, -2], [0.5, 3], [-1, 1]], F), use_resource=False)
            step = v1.train.AdagradOptimizer(0.1).minimize(tf.reduce_sum(tf.square(tf.gather(rows, [2, 0]))))
            with tf.control_dependencies([step]):
                tf.identity(rows, name="y_rows")
    v1.global_variables_initializer()


def resources():
    x = v1.placeholder(tf.float32, [2, 2], name="x")
    w = v1.get_variable("w", initializer=[[1.0, 2.0], [3.0, 4.0]], use_resource=True)
    y = tf.matmul(x, w)
    with tf.control_dependencies([y]):
        with tf.control_dependencies([w.assign_sub(0.1 * tf.matmul(x, y, transpose_a=True)).op]):
            tf.identity(w.read_value(), name="after")
    tf.identity(y, name="y")
    v1.global_variables_initializer()


def arrays():
    x = v1.placeholder(tf.float32, [4, 2], name="x")
    source = tf.TensorArray(tf.float32, 4).unstack(x)
    target = tf.TensorArray(tf.float32, 4, element_shape=[2])

    def turn(i, s, t):
        s = tf.tanh(s * 0.5 + source.read(i))
        return i + 1, s, t.write(i, s)

    _, last, target = v1.while_loop(
        lambda i, s, t: i < 4, turn, [tf.constant(0), tf.zeros([2]), target]
    )
    tf.identity(last, name="last")
    tf.identity(target.stack(), name="all")
    parts = tf.TensorArray(tf.float32, 2, infer_shape=False).split(x, [1, 3])
    tf.identity(parts.concat(), name="joined")
    tf.identity(parts.size(), name="size")


def steps(x, n):
    y = x
    for i in tf.range(n):
        if tf.reduce_sum(y) > 3.0:
            y = y * 0.5
        else:
            y = y + tf.cast(i, tf.float32)
    return y, tf.shape(y)


@tf.function
def scaled(x, k):
    parts = tf.split(x, 3, axis=1)
    top = tf.math.top_k(x, 2)
    return parts[1] * k, top.values, top.indices


def calls(x):
    a, values, indices = scaled(x, 2.0)
    b, _, _ = scaled(x + 1.0, 3.0)
    return a + b, values, indices


def listed(x):
    t = tf.TensorArray(tf.float32, 0, dynamic_size=True, element_shape=[3])
    for row in x:
        t = t.write(t.size(), row * 2.0)
    return t.stack()


def chosen(i, x):
    return tf.switch_case(i, [lambda: x, lambda: x * x, lambda: tf.exp(x)])


def texts(s):
    parts = tf.strings.regex_replace(s, "-.*", "!")
    return tf.strings.join([s, s], "+"), tf.strings.length(parts)


def types():
    """One constant of each type and form, made by hand; what they mean is TensorFlow's to say."""
    g = graph_pb2.GraphDef()
    g.versions.producer = tf.version.GRAPH_DEF_VERSION

    def add(name, dtype, shape, **fields):
        n = g.node.add(name=name, op="Const")
        n.attr["dtype"].type = dtype.as_datatype_enum
        t = n.attr["value"].tensor
        t.dtype = dtype.as_datatype_enum
        for d in shape:
            t.tensor_shape.dim.add(size=d)
        for k, v in fields.items():
            if k == "tensor_content":
                t.tensor_content = v
            else:
                getattr(t, k).extend(v)

    add("f32_repeated", tf.float32, [2, 3], float_val=[1.5, -2.5])
    add("f32_none", tf.float32, [3])
    add("f32_empty", tf.float32, [0, 4])
    add("f64", tf.float64, [], double_val=[1e300])
    add("f16", tf.float16, [3], half_val=[0x3C00, 0x7C00, 0xC000])
    add("bf16", tf.bfloat16, [2], half_val=[0x3F80, 0xC020])
    add("i8", tf.int8, [3], int_val=[-128, 127, -1])
    add("u8", tf.uint8, [2], int_val=[255, 7])
    add("i16", tf.int16, [2], int_val=[-32768, 5])
    add("u16", tf.uint16, [2], int_val=[65535, 1])
    add("i32", tf.int32, [4], int_val=[-(2**31), 2**31 - 1])
    add("u32", tf.uint32, [2], uint32_val=[2**32 - 1, 3])
    add("i64", tf.int64, [2], int64_val=[-(2**63), 2**63 - 1])
    add("u64", tf.uint64, [2], uint64_val=[2**64 - 1, 9])
    add("bool", tf.bool, [3], bool_val=[True, False])
    add("c64", tf.complex64, [2], scomplex_val=[1.0, -2.0, 3.0, 4.0])
    add("c128", tf.complex128, [3], dcomplex_val=[1.0, -2.0])
    add("text", tf.string, [3], string_val=["ä".encode(), b"\x00\xff"])
    for name, x in {
        "f32_bytes": np.array([[1, -2], [np.inf, 1e-40]], np.float32),
        "f64_bytes": np.array([1 / 3, -0.0]),
        "f16_bytes": np.array([1.5, -2], np.float16),
        "i16_bytes": np.array([[1], [-2]], np.int16),
        "i64_bytes": np.array([1, -(2**40)], np.int64),
        "bool_bytes": np.array([True, False, True]),
        "c64_bytes": np.array([1 + 2j, -3j], np.complex64),
        "c128_bytes": np.array([1 + 2j, -3j]),
    }.items():
        add(name, tf.as_dtype(x.dtype), x.shape, tensor_content=x.tobytes())
    return g


def goldens():
    os.makedirs(FOLDER, exist_ok=True)
    yes, no = np.array(True), np.array(False)
    sides = [{"x": X23, "p": p, "q": q} for p in (yes, no) for q in (yes, no)]
    case("v1_nested_branches", of_v1(nested_branches), sides, ["again:0", "z:0"])
    grow = [{"x": np.array([1, 2], F), "n": np.int32(n)} for n in (0, 1, 4)]
    case("v1_growing_loop", of_v1(growing_loop), grow, ["turns:0", "y:0"])
    turns = [{"n": np.int32(n), "scale": F(s)} for n, s in ((0, 1), (1, 2), (5, 0.5))]
    case("v1_loop_in_loop", of_v1(loop_in_loop), turns, ["s:0"])
    either = [{"x": np.array([1, 2, -3], F), "p": p} for p in (yes, no)]
    case("v1_loop_in_branch", of_v1(loop_in_branch), either, ["y:0"])
    two = [{"x": np.array([1, -1], F)}, {"x": np.array([0.5, 3], F)}]
    case("v1_references", of_v1(references), two, ["y:0"], "init")
    ways = [{"p": p} for p in (yes, yes, no)]
    case("v1_references_in_branches", of_v1(references_in_branches), ways, ["y:0", "way:0"], "init")
    grads = [{"x": np.array([[1, 0.5], [-0.5, 2], [0.25, 1]], F)}, {"x": np.array([[1, 1], [2, 0], [0.5, 0.5]], F)}]
    names = ["adam", "adagrad", "adagrad_da", "adadelta", "centered", "ftrl", "momentum", "proximal", "proximal_adagrad"]
    case("v1_training", of_v1(training), grads, [f"y_{n}:0" for n in names + ["rows"]], "init")
    squares = [{"x": np.array([[1, 0], [2, 1]], F)}, {"x": np.array([[-1, 1], [0, 1]], F)}]
    case("v1_resources", of_v1(resources), squares, ["after:0", "y:0"], "init")
    rows = [{"x": np.arange(8, dtype=F).reshape(4, 2) / 4}]
    case("v1_arrays", of_v1(arrays), rows, ["last:0", "all:0", "joined:0", "size:0"])

    def function(name, f, specs, runs):
        g = of_function(f, *specs)
        ins = [t.op.name for t in g.inputs]
        feeds = [dict(zip(ins, r)) for r in runs]
        case(name, g.as_graph_def(), feeds, [t.name for t in g.outputs])

    spec = tf.TensorSpec
    function(
        "f_steps",
        steps,
        [spec([2, 3]), spec([], tf.int32)],
        [(X23, np.int32(0)), (X23, np.int32(5))],
    )
    function("f_calls", calls, [spec([2, 3])], [(X23,)])
    function("f_list", listed, [spec([None, 3])], [(X23,)])
    function(
        "f_chosen", chosen, [spec([], tf.int32), spec([2])],
        [(np.int32(i), np.array([1, -2], F)) for i in (0, 1, 2, 7)],
    )
    function("f_texts", texts, [spec([], tf.string)], [(np.array(b"ab-c-def", object),)])
    g = types()
    case("types", g, [{}], [n.name + ":0" for n in g.node])


def written():
    folder = os.path.join(FOLDER, "written")
    for file in sorted(os.listdir(folder)):
        if not file.endswith(".inputs.pbtxt"):
            continue
        name = file[: -len(".inputs.pbtxt")]
        g, values = graph_pb2.GraphDef(), graph_pb2.GraphDef()
        with open(os.path.join(folder, name + ".pbtxt"), encoding="utf-8") as f:
            text_format.Parse(f.read(), g)
        with open(os.path.join(folder, file), encoding="utf-8") as f:
            text_format.Parse(f.read(), values)
        feeds, outputs, variables = {}, [], {}
        for n in list(values.node):
            kind, _, what = n.name.split("/", 2)
            if kind == "in":
                feeds[what] = tf.make_ndarray(n.attr["value"].tensor)
            elif kind == "var":
                variables[what] = tf.make_ndarray(n.attr["value"].tensor)
            else:
                outputs.append(what)
                values.node.remove(n)
        graph = tf.Graph()
        with graph.as_default():
            tf.import_graph_def(g, name="")
            with v1.Session(graph=graph) as session:
                for n in g.node:
                    if n.op == "VarHandleOp":
                        shared = n.attr["shared_name"].s.decode()
                        handle = graph.get_tensor_by_name(n.name + ":0")
                        value = tf.constant(variables[shared])
                        session.run(tf.raw_ops.AssignVariableOp(resource=handle, value=value))
                got = session.run(outputs, {k + ":0": x for k, x in feeds.items()})
        for k, x in zip(outputs, got):
            constant(values, "out/0/" + k, x)
        save(os.path.join(folder, name + ".values.pbtxt"), values)
        print(name, [np.asarray(x).shape for x in got])


if __name__ == "__main__":
    written() if "--written" in sys.argv else goldens()
