"""Optimizer updates: values of the variables before and after."""

import numpy as np
import tensorflow as tf

from golden import NO_KERNEL, encode, encode_attr, gen, signature


def apply(f, op, case, values, **attrs):
    """Runs an op on variables; `values` are in op order, those of resource inputs become variables.

    Outputs are those of the op or, when it has none, what the variables hold afterwards.
    """
    sig = signature(op)
    kinds = [a.type for a in sig.op_def.input_arg]
    dtype = None
    tensors, variables = [], []
    for i, (kind, value) in enumerate(zip(kinds, values)):
        if kind == tf.resource.as_datatype_enum:
            variables.append(i)
            tensors.append(tf.Variable(value))
        else:
            tensors.append(tf.constant(value))
        dtype = dtype or tf.as_dtype(value.dtype)
    inputs = [encode(t) for t in tensors]
    arguments = [t.handle if i in variables else t for i, t in enumerate(tensors)]
    try:
        results = sig.fn(**sig.arguments(arguments, attrs))
    except Exception as e:  # of any type; only "no kernel" is let through
        if not NO_KERNEL.search(str(e)):
            raise
        f.skipped[op].add(dtype.name)
        return
    derived = {"T": {"type": dtype.name}}
    if "indices" in sig.input_names:
        derived["Tindices"] = {"type": tensors[sig.input_names.index("indices")].dtype.name}
    f.add(
        {
            "op": op,
            "case": case,
            "attrs": derived | {k: encode_attr(sig.kinds[k], v) for k, v in attrs.items()},
            "inputs": inputs,
            "variables": variables,
            "outputs": [encode(results)] if sig.op_def.output_arg else [encode(tensors[i]) for i in variables],
        }
    )


def make(f):
    for dtype in ("float32", "float64", "float16", "bfloat16"):
        for shape in [(), (7,), (2, 3), (33,)]:
            name = f"{dtype}_{'x'.join(map(str, shape)) or 'scalar'}"
            r = f.rng("training", name)
            v = lambda lo=-2, hi=2: gen(r, shape, dtype, lo, hi)
            c = lambda x: gen(r, (), dtype, x, x)
            var, grad, positive, other = v(), v(), v(0.1, 2), v(0.01, 1)
            apply(f, "ResourceApplyGradientDescent", name, [var, c(0.1), grad])
            for nesterov in (False, True):
                apply(
                    f,
                    "ResourceApplyMomentum",
                    f"{name}_{nesterov}",
                    [var, positive, c(0.1), grad, c(0.9)],
                    use_nesterov=nesterov,
                )
                apply(
                    f,
                    "ResourceApplyKerasMomentum",
                    f"{name}_{nesterov}",
                    [var, positive, c(0.1), grad, c(0.9)],
                    use_nesterov=nesterov,
                )
                apply(
                    f,
                    "ResourceApplyAdam",
                    f"{name}_{nesterov}",
                    [var, other, positive, c(0.81), c(0.998), c(0.01), c(0.9), c(0.999), c(1e-4), grad],
                    use_nesterov=nesterov,
                )
            apply(
                f,
                "ResourceApplyAdamWithAmsgrad",
                name,
                [var, other, positive, v(0.5, 1), c(0.81), c(0.998), c(0.01), c(0.9), c(0.999), c(1e-4), grad],
            )
            step = np.array(7, np.int64)
            for l1 in (0, 0.05):
                apply(
                    f,
                    "ResourceApplyAdagradDA",
                    f"{name}_{l1}",
                    [var, other, positive, grad, c(0.1), c(l1), c(0.02), step],
                )
            apply(
                f,
                "ResourceApplyAdaMax",
                name,
                [var, other, positive, c(0.81), c(0.01), c(0.9), c(0.999), c(1e-4), grad],
            )
            for update in (True, False):
                apply(f, "ResourceApplyAdagrad", f"{name}_{update}", [var, positive, c(0.1), grad], update_slots=update)
                apply(
                    f,
                    "ResourceApplyAdagradV2",
                    f"{name}_{update}",
                    [var, positive, c(0.1), c(1e-3), grad],
                    update_slots=update,
                )
            apply(f, "ResourceApplyAdadelta", name, [var, positive, other, c(0.1), c(0.95), c(1e-3), grad])
            apply(f, "ResourceApplyRMSProp", name, [var, positive, other, c(0.1), c(0.9), c(0.5), c(1e-3), grad])
            apply(
                f,
                "ResourceApplyCenteredRMSProp",
                name,
                [var, c(0) * var, positive, other, c(0.1), c(0.9), c(0.5), c(1e-3), grad],
            )
            apply(f, "ResourceApplyFtrl", name, [var, positive, other, grad, c(0.1), c(0.01), c(0.02), c(-0.5)])
            apply(
                f, "ResourceApplyFtrlV2", name, [var, positive, other, grad, c(0.1), c(0.01), c(0.02), c(0.03), c(-0.5)]
            )
            for by_rate, power in ((True, -0.5), (False, -0.7), (True, -0.7)):
                case, more = f"{name}_{by_rate}_{power}", dict(multiply_linear_by_lr=by_rate)
                tail = [grad, c(0.1), c(0.01), c(0.02)]
                apply(f, "ResourceApplyFtrl", case, [var, positive, other, *tail, c(power)], **more)
                apply(f, "ResourceApplyFtrlV2", case, [var, positive, other, *tail, c(0.03), c(power)], **more)
            apply(f, "ResourceApplyAddSign", name, [var, other, c(0.1), c(1), c(0.5), c(0.9), grad])
            apply(f, "ResourceApplyPowerSign", name, [var, other, c(0.1), c(1), c(0.5), c(0.9), grad])
            apply(f, "ResourceApplyProximalGradientDescent", name, [var, c(0.1), c(0.01), c(0.02), grad])
            apply(f, "ResourceApplyProximalAdagrad", name, [var, positive, c(0.1), c(0.01), c(0.02), grad])
        for index in ("int32", "int64"):
            name = f"{dtype}_{index}"
            r = f.rng("sparse", name)
            v = lambda shape, lo=-2, hi=2: gen(r, shape, dtype, lo, hi)
            c = lambda x: gen(r, (), dtype, x, x)
            var, acc, grad, ids = v((5, 3)), v((5, 3), 0.1, 2), v((2, 3)), np.array([4, 1], index)
            apply(f, "ResourceSparseApplyAdagrad", name, [var, acc, c(0.1), grad, ids])
            apply(f, "ResourceSparseApplyAdagradV2", name, [var, acc, c(0.1), c(1e-3), grad, ids])
            apply(f, "ResourceSparseApplyMomentum", name, [var, acc, c(0.1), grad, ids, c(0.9)])
            apply(f, "ResourceSparseApplyKerasMomentum", name, [var, acc, c(0.1), grad, ids, c(0.9)], use_nesterov=True)
            apply(f, "ResourceSparseApplyRMSProp", name, [var, acc, acc, c(0.1), c(0.9), c(0.5), c(1e-3), grad, ids])
            more = v((5, 3), 0.01, 1)
            apply(f, "ResourceSparseApplyAdadelta", name, [var, acc, more, c(0.1), c(0.95), c(1e-3), grad, ids])
            apply(
                f,
                "ResourceSparseApplyAdagradDA",
                name,
                [var, more, acc, grad, ids, c(0.1), c(0.05), c(0.02), np.array(7, np.int64)],
            )
            apply(
                f,
                "ResourceSparseApplyCenteredRMSProp",
                name,
                [var, c(0) * var, acc, acc, c(0.1), c(0.9), c(0.5), c(1e-3), grad, ids],
            )
            tail = [grad, ids, c(0.1), c(0.01), c(0.02)]
            apply(f, "ResourceSparseApplyFtrl", name, [var, acc, more, *tail, c(-0.5)])
            apply(f, "ResourceSparseApplyFtrlV2", name, [var, acc, more, *tail, c(0.03), c(-0.5)])
            apply(f, "ResourceSparseApplyProximalAdagrad", name, [var, acc, c(0.1), c(0.01), c(0.02), grad, ids])
            apply(f, "ResourceSparseApplyProximalGradientDescent", name, [var, c(0.1), c(0.01), c(0.02), grad, ids])
            twice = np.array([2, 2], index)
            apply(f, "ResourceSparseApplyAdagradV2", f"{name}_twice", [var, acc, c(0.1), c(1e-3), grad, twice])
            apply(f, "ResourceSparseApplyMomentum", f"{name}_twice", [var, acc, c(0.1), grad, twice, c(0.9)])
            for op in (
                "ResourceScatterAdd",
                "ResourceScatterSub",
                "ResourceScatterMul",
                "ResourceScatterDiv",
                "ResourceScatterMax",
                "ResourceScatterMin",
                "ResourceScatterUpdate",
            ):
                apply(f, op, name, [var, ids, np.abs(grad)])
    for dtype in ("float32", "int32", "int64", "float64"):
        r = f.rng("assign", dtype)
        x, y = gen(r, (2, 3), dtype), gen(r, (2, 3), dtype)
        for op in ("AssignVariableOp", "AssignAddVariableOp", "AssignSubVariableOp"):
            apply(f, op, dtype, [x, y])
