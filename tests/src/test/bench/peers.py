"""The workloads of dev.merapi.bench in TensorFlow or PyTorch, driven line by line from there.

    python peers.py tensorflow|torch THREADS

Answers one line to each line on standard input:
  modes                 NAME VERSION, then the modes, separated by tabs
  set up WORK MODE      the check value
  run WORK MODE NANOS   milliseconds a step
and `- REASON` where it cannot. Inputs are those of Inputs.java, drawn by Java's SplittableRandom.
"""

import sys
import time

try:
    import numpy as np
except ImportError as e:
    print("-", e, flush=True)
    sys.exit(1)

GAMMA = 0x9E3779B97F4A7C15


def seeds(seed, n):
    return np.uint64(seed) + np.arange(1, n + 1, dtype=np.uint64) * np.uint64(GAMMA)


def uniform(seed, n, lo, hi):
    z = seeds(seed, n)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z ^= z >> np.uint64(31)
    return (lo + (hi - lo) * ((z >> np.uint64(11)) * 2.0**-53)).astype(np.float32)


def dense(seed, n, units):
    limit = (6.0 / (n + units)) ** 0.5
    return uniform(seed, n * units, -limit, limit).reshape(n, units)


def labels(seed, n, classes):
    z = seeds(seed, n)
    z = (z ^ (z >> np.uint64(33))) * np.uint64(0x62A9D9ED799705F5)
    z = ((z ^ (z >> np.uint64(28))) * np.uint64(0xCB24D0A5C88C35B3)) >> np.uint64(32)
    r = z.astype(np.uint32).astype(np.int32)
    if classes & (classes - 1) == 0:
        return r & (classes - 1)
    # Java draws again where this would be uneven; for so few classes that is one case in 10^8.
    return ((r.view(np.uint32) >> 1) % classes).astype(np.int32)


UNITS = {"W1": (10, 20, 30), "W2": (1000, 2000, 3000)}
ELEMENTS = 1 << 22


def numbers(*v):
    return " ".join("%.6g" % float(x) for x in v)


class TensorFlow:
    modes = ["eager", "function", "XLA"]

    def __init__(self, threads):
        import tensorflow as tf

        self.tf = tf
        tf.config.threading.set_intra_op_parallelism_threads(threads)
        tf.config.threading.set_inter_op_parallelism_threads(threads)
        self.name = "TensorFlow " + tf.__version__

    def compiled(self, mode, f):
        if mode == "eager":
            return f
        return self.tf.function(f, jit_compile=True) if mode == "XLA" else self.tf.function(f)

    def forward(self, mode, a, b, c):
        tf = self.tf
        x = tf.constant(uniform(1, 60 * 28 * 28, 0, 1).reshape(60, 28, 28))
        n = (28, a, b, c)
        w = [tf.Variable(dense(11 + i, n[i], n[i + 1])) for i in range(3)]
        z = [tf.Variable(np.zeros(n[i + 1], np.float32)) for i in range(3)]

        def model(x):
            h = tf.reshape(x, [1680, 28])
            h = tf.nn.relu(tf.nn.bias_add(tf.matmul(h, w[0]), z[0]))
            h = tf.nn.relu(tf.nn.bias_add(tf.matmul(h, w[1]), z[1]))
            h = tf.nn.softmax(tf.nn.bias_add(tf.matmul(h, w[2]), z[2]))
            return tf.reshape(h, [60, 28, c])

        f = self.compiled(mode, model)
        y = f(x).numpy().astype(np.float64)
        return numbers(y.sum(), (y * y).sum()), lambda: f(x)

    def training(self, mode):
        tf = self.tf
        v = [dense(31, 784, 100), np.zeros(100), dense(32, 100, 10), np.zeros(10)]
        v = [tf.Variable(x.astype(np.float32)) for x in v]
        m = [tf.Variable(tf.zeros_like(x), trainable=False) for x in v]
        s = [tf.Variable(tf.zeros_like(x), trainable=False) for x in v]
        p = [tf.Variable(1.0, trainable=False), tf.Variable(1.0, trainable=False)]

        def step(x, y):
            with tf.GradientTape() as tape:
                h = tf.nn.relu(tf.nn.bias_add(tf.matmul(x, v[0]), v[1]))
                z = tf.nn.bias_add(tf.matmul(h, v[2]), v[3])
                loss = tf.reduce_mean(
                    tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=z)
                )
            grads = tape.gradient(loss, v)
            p[0].assign(p[0] * 0.9)
            p[1].assign(p[1] * 0.999)
            for i, g in enumerate(grads):
                tf.raw_ops.ResourceApplyAdam(
                    var=v[i].handle, m=m[i].handle, v=s[i].handle, beta1_power=p[0],
                    beta2_power=p[1], lr=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, grad=g,
                )
            return loss

        f = self.compiled(mode, step)
        xs = [tf.constant(uniform(100 + i, 50 * 784, 0, 1).reshape(50, 784)) for i in range(8)]
        ys = [tf.constant(labels(200 + i, 50, 10)) for i in range(8)]
        return looped(lambda k: f(xs[k], ys[k]).numpy())

    def elementwise(self, mode):
        tf = self.tf
        v = [tf.Variable(uniform(61 + i, ELEMENTS, -1, 1)) for i in range(3)]

        def work():
            with tf.GradientTape() as tape:
                x, a, b = v
                y = tf.reduce_sum(tf.tanh(a * x + b) * tf.sigmoid(x) - tf.exp(-x * x))
            return [y] + list(tape.gradient(y, v))

        f = self.compiled(mode, work)
        return numbers(*[t.numpy().astype(np.float64).sum() for t in f()]), lambda: f()[0].numpy()


class Torch:
    """Eager, compiled by torch.compile, and as TorchScript: each traces what can be traced.

    In W3, the forward pass and the loss are compiled or scripted; Adam is PyTorch's fused kernel.
    """

    modes = ["eager", "compile", "script"]

    def __init__(self, threads):
        import torch

        self.torch = torch
        torch.set_num_threads(threads)
        self.name = "PyTorch " + torch.__version__

    def compiled(self, mode, f, *examples):
        if mode == "eager":
            return f
        if mode == "compile":
            return self.torch.compile(f)
        return self.torch.jit.trace(f, examples, check_trace=False)

    def forward(self, mode, a, b, c):
        torch = self.torch
        x = torch.from_numpy(uniform(1, 60 * 28 * 28, 0, 1)).reshape(60, 28, 28)
        n = (28, a, b, c)
        w = [torch.from_numpy(dense(11 + i, n[i], n[i + 1])) for i in range(3)]
        z = [torch.zeros(n[i + 1]) for i in range(3)]

        def model(x):
            h = torch.relu(torch.addmm(z[0], x.reshape(1680, 28), w[0]))
            h = torch.relu(torch.addmm(z[1], h, w[1]))
            return torch.softmax(torch.addmm(z[2], h, w[2]), -1).reshape(60, 28, c)

        with torch.inference_mode():
            f = self.compiled(mode, model, x)
            y = f(x).double()

        @torch.inference_mode()
        def step():
            return f(x)

        return numbers(y.sum(), (y * y).sum()), step

    def training(self, mode):
        torch = self.torch
        v = [dense(31, 784, 100), np.zeros(100), dense(32, 100, 10), np.zeros(10)]
        v = [torch.from_numpy(x.astype(np.float32)).requires_grad_() for x in v]
        adam = torch.optim.Adam(v, lr=1e-3, eps=1e-8, fused=True)
        xs = [torch.from_numpy(uniform(100 + i, 50 * 784, 0, 1).reshape(50, 784)) for i in range(8)]
        ys = [torch.from_numpy(labels(200 + i, 50, 10)).long() for i in range(8)]

        def loss_of(x, y, w0, b0, w1, b1):
            h = torch.relu(torch.addmm(b0, x, w0))
            return torch.nn.functional.cross_entropy(torch.addmm(b1, h, w1), y)

        f = self.compiled(mode, loss_of, xs[0], ys[0], *v)

        def step(k):
            adam.zero_grad(set_to_none=True)
            loss = f(xs[k], ys[k], *v)
            loss.backward()
            adam.step()
            return loss.item()

        return looped(step)

    def elementwise(self, mode):
        torch = self.torch
        v = [torch.from_numpy(uniform(61 + i, ELEMENTS, -1, 1)).requires_grad_() for i in range(3)]

        def y_of(x, a, b):
            return (torch.tanh(a * x + b) * torch.sigmoid(x) - torch.exp(-x * x)).sum()

        f = self.compiled(mode, y_of, *v)

        def work():
            y = f(*v)
            return [y] + list(torch.autograd.grad(y, v))

        return numbers(*[t.double().sum() for t in work()]), work


def looped(step):
    """Runs 20 steps for the check value; batches go round."""
    count = [0]
    last = [0.0]

    def run():
        last[0] = step(count[0] % 8)
        count[0] += 1

    run()
    first = last[0]
    for _ in range(19):
        run()
    return numbers(first, last[0]), run


def set_up(system, work, mode):
    if work in UNITS:
        return system.forward(mode, *UNITS[work])
    return system.training(mode) if work == "W3" else system.elementwise(mode)


def run(step, nanos):
    begin = now = time.perf_counter_ns()
    n = 0
    while now - begin < nanos:
        step()
        n += 1
        now = time.perf_counter_ns()
    return (now - begin) / 1e6 / n


def main():
    answers = sys.stdout
    try:
        system = (TensorFlow if sys.argv[1] == "tensorflow" else Torch)(int(sys.argv[2]))
    except ImportError as e:
        print("-", e, flush=True)
        return
    steps = {}
    for line in sys.stdin:
        words = line.split()
        try:
            if words[0] == "modes":
                answer = "\t".join([system.name] + system.modes)
            elif words[0] == "set":
                check, steps[words[2], words[3]] = set_up(system, words[2], words[3])
                answer = check
            else:
                answer = "%.9g" % run(steps[words[1], words[2]], int(words[3]))
        except Exception as e:  # the other side decides what a failed case means
            answer = "- " + " ".join(str(e).split())
        print(answer, file=answers, flush=True)


main()
