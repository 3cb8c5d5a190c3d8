"""Makes optimizers.jsonl.gz: the steps of Keras's optimizers, and the rates of its schedules.

    python keras_optimizers.py

Made with TensorFlow 2.21.0 and Keras 3.15. The form of the lines is in README.md.
"""

import json
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from keras import optimizers as O
from keras.optimizers import schedules as S

from golden import encode, seed_of
from keras_golden import Goldens

g = Goldens("optimizers")
STEPS = 4
seen = set()


def config_of(optimizer):
    return json.loads(json.dumps(keras.saving.serialize_keras_object(optimizer)["config"]))


def state(optimizer):
    return [encode(tf.constant(v.numpy())) for v in optimizer.variables]


def steps(case, optimizer, shapes=((3, 5), (7,)), dtype="float32", rows=(), scale=2.0, exclude=None, constraint=None,
          count=STEPS):
    """Records `count` steps with random gradients.

    rows: the variables, by number, of which some rows only have gradients. exclude: names of
    variables that do not decay. constraint: of all variables.
    """
    name = type(optimizer).__name__
    assert (name, case) not in seen, (name, case)
    seen.add((name, case))
    rng = np.random.default_rng(seed_of(f"{name} {case}"))
    variables = [
        keras.Variable(rng.uniform(-1, 1, s).astype(dtype), dtype=dtype, name=f"v{i}") for i, s in enumerate(shapes)
    ]
    if constraint:
        for v in variables:
            v.constraint = keras.constraints.get(constraint)
    if exclude:
        optimizer.exclude_from_weight_decay(var_names=exclude)
    line = {
        "optimizer": name,
        "case": case,
        "config": config_of(optimizer),
        "exclude": exclude or [],
        "constraint": constraint,
        "start": [encode(v.value) for v in variables],
        "gradients": [],
        "values": [],
        "state": [],
    }
    for _ in range(count):
        grads, written = [], []
        for i, v in enumerate(variables):
            if i in rows:
                n = v.shape[0]
                ids = rng.permutation(n)[: max(1, n // 2)].astype("int32")
                values = rng.uniform(-scale, scale, (len(ids),) + tuple(v.shape[1:])).astype(dtype)
                grads.append(tf.IndexedSlices(tf.constant(values), tf.constant(ids), tf.constant(v.shape)))
                written.append({"indices": encode(tf.constant(ids)), "values": encode(tf.constant(values))})
            else:
                d = tf.constant(rng.uniform(-scale, scale, v.shape).astype(dtype))
                grads.append(d)
                written.append(encode(d))
        optimizer.apply_gradients(list(zip(grads, variables)))
        line["gradients"].append(written)
        line["values"].append([encode(v.value) for v in variables])
        line["state"].append(state(optimizer))
    line["names"] = [v.name for v in optimizer.variables]
    g.lines.append(line)


KINDS = {
    "SGD": [{}, {"momentum": 0.9}, {"momentum": 0.9, "nesterov": True}],
    "RMSprop": [{}, {"centered": True}, {"momentum": 0.9, "rho": 0.8}, {"momentum": 0.5, "centered": True},
                {"epsilon": 1e-2}],
    "Adagrad": [{}, {"initial_accumulator_value": 0.5, "epsilon": 1e-2}],
    "Adadelta": [{"learning_rate": 1.0}, {"learning_rate": 0.5, "rho": 0.8, "epsilon": 1e-3}],
    "Adam": [{}, {"amsgrad": True}, {"learning_rate": 0.1, "epsilon": 1e-3}, {"beta_1": 0.5, "beta_2": 0.9}],
    "AdamW": [{}, {"weight_decay": 0.1}, {"amsgrad": True, "learning_rate": 0.1}],
    "Adamax": [{}, {"beta_1": 0.5, "beta_2": 0.9, "epsilon": 1e-2}],
    "Nadam": [{}, {"beta_1": 0.5, "beta_2": 0.9, "epsilon": 1e-2}],
    "Ftrl": [{}, {"l1_regularization_strength": 0.1, "l2_regularization_strength": 0.02},
             {"beta": 0.3, "l2_shrinkage_regularization_strength": 0.05}, {"learning_rate_power": -0.7}],
    "Lion": [{}, {"beta_1": 0.5, "beta_2": 0.9}],
    "Lamb": [{}, {"beta_1": 0.5, "beta_2": 0.9, "epsilon": 1e-3}],
    "Adafactor": [{}, {"relative_step": False, "learning_rate": 0.5, "clip_threshold": 0.5}, {"beta_2_decay": -0.5}],
    "Muon": [{}, {"nesterov": False, "ns_steps": 3, "momentum": 0.5}, {"rms_rate": None, "adam_lr_ratio": 0.5}],
}


def shown(arguments):
    return ", ".join(f"{k} {v}" for k, v in arguments.items()) or "plain"


for name, variants in KINDS.items():
    make = getattr(O, name, None) or keras.src.optimizers.lamb.Lamb
    for more in variants:
        steps(shown(more), make(**more))
    first = {"learning_rate": 0.1}
    shapes = dict(shapes=((4, 2), (2, 6), (3,))) if name == "Muon" else {}
    steps("rate 0.1", make(**first), **shapes)
    if name != "Muon":  # Keras's refuses float64 and rows
        steps("float64", make(**first), dtype="float64")
        steps("rows", make(**first), shapes=((6, 3), (5,)), rows=(0,))
    for more in ({"clipnorm": 0.5}, {"global_clipnorm": 0.7}, {"clipvalue": 0.3}):
        steps(shown(more), make(**first, **more))
    if name in ("SGD", "Adam", "Lion"):
        steps("clipped rows", make(**first, clipnorm=0.5), shapes=((6, 3), (5,)), rows=(0,))
        steps("decay", make(**first, weight_decay=0.05))
        steps("decay of some", make(**first, weight_decay=0.05), exclude=["v1"])
        steps("means", make(**first, use_ema=True, ema_momentum=0.8))
        steps("means overwrite", make(**first, use_ema=True, ema_momentum=0.8, ema_overwrite_frequency=2))
        steps("scaled", make(**first, loss_scale_factor=16.0))
        steps("accumulated", make(**first, gradient_accumulation_steps=2), count=5)
        steps("constrained", make(**first), constraint="non_neg")
        both = dict(gradient_accumulation_steps=2, use_ema=True, ema_momentum=0.8, ema_overwrite_frequency=2)
        steps("accumulated means", make(**first, **both), count=6)
        steps("exponential", make(learning_rate=S.ExponentialDecay(0.1, 2, 0.5)))
        steps("cosine", make(learning_rate=S.CosineDecay(0.01, 3, warmup_target=0.1, warmup_steps=2)))

steps("growing", O.LossScaleOptimizer(O.Adam(0.1), initial_scale=8.0, dynamic_growth_steps=2), count=5)


def rates(case, schedule, at):
    line = {
        "schedule": type(schedule).__name__,
        "case": case,
        "config": json.loads(json.dumps(schedule.get_config())),
        "steps": [int(i) for i in at],
        "rates": encode(tf.stack([tf.cast(schedule(tf.constant(i, tf.int64)), tf.float32) for i in at])),
    }
    g.lines.append(line)


FEW = [0, 1, 2, 3, 5, 7, 9, 10, 11, 15, 19, 20, 21, 29, 30, 31, 47, 64, 100, 1000]
rates("plain", S.ExponentialDecay(0.2, 10, 0.95), FEW)
rates("stairs", S.ExponentialDecay(0.2, 10, 0.95, staircase=True), FEW)
rates("long", S.ExponentialDecay(0.2, 100000, 0.95), [0, 50000, 99999, 100000, 150000, 200000])
rates("long stairs", S.ExponentialDecay(0.2, 100000, 0.95, staircase=True), [0, 50000, 99999, 100000, 150000, 200000])
rates("plain", S.PiecewiseConstantDecay([10, 20, 30], [1.0, 0.5, 0.25, 0.1]), FEW)
rates("one", S.PiecewiseConstantDecay([10], [1.0, 0.5]), FEW)
rates("plain", S.PolynomialDecay(0.1, 20), FEW)
rates("power", S.PolynomialDecay(0.1, 20, end_learning_rate=0.01, power=0.5), FEW)
rates("cycle", S.PolynomialDecay(0.1, 10, end_learning_rate=0.01, power=2.0, cycle=True), FEW)
rates("plain", S.InverseTimeDecay(0.1, 10, 0.5), FEW)
rates("stairs", S.InverseTimeDecay(0.1, 10, 0.5, staircase=True), FEW)
rates("plain", S.CosineDecay(0.1, 20), FEW)
rates("alpha", S.CosineDecay(0.1, 20, alpha=0.1), FEW)
rates("warm", S.CosineDecay(0.0, 20, warmup_target=0.1, warmup_steps=10), FEW)
rates("warm from", S.CosineDecay(0.02, 20, alpha=0.05, warmup_target=0.1, warmup_steps=7), FEW)
rates("plain", S.CosineDecayRestarts(0.1, 10), FEW)
rates("lower", S.CosineDecayRestarts(0.1, 10, t_mul=1.0, m_mul=0.5, alpha=0.1), FEW)
rates("longer", S.CosineDecayRestarts(0.1, 5, t_mul=1.5, m_mul=0.9), FEW)

g.write()
