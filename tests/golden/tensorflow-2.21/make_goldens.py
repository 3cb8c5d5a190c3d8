"""Writes the goldens of TensorFlow's ops; run as `python make_goldens.py [family …]`: all families, or those named.

Needs tensorflow-cpu 2.21.0 on Python 3.11. Results go to
tests/src/test/resources/golden/tensorflow-2.21, with PROVENANCE.md beside them.
"""

import os

# Before TensorFlow is loaded: its own (Eigen) kernels, one thread, so that a second run gives the same bytes.
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import collections
import datetime
import hashlib
import importlib
import pathlib
import platform
import sys
import time

import numpy as np
import tensorflow as tf

from golden import Family

FAMILIES = [
    "unary",
    "binary",
    "reduction",
    "array",
    "slicing",
    "gather",
    "linalg",
    "convolution",
    "pooling",
    "nn",
    "image",
    "random",
    "strings",
    "training",
    "state",
    "older",
    "composite",
    "printing",
]
HERE = pathlib.Path(__file__).resolve().parent
OUT = HERE.parents[1] / "src/test/resources/golden/tensorflow-2.21"


def kept(path, begins, families):
    """Lines of an earlier run about families that this run leaves out, by family."""
    lines = collections.defaultdict(list)
    for line in path.read_text().splitlines() if path.exists() else []:
        family = next((n for n in FAMILIES if line.startswith(begins(n))), None)
        if family and family not in [f.name for f in families]:
            lines[family].append(line)
    return lines


def coverage(families):
    """One row per op: its cases, how many have gradients, its dtypes, and the dtypes without CPU kernel."""
    head = "family\top\tcases\tgradients\tdtypes\tno_cpu_kernel"
    rows = kept(OUT / "coverage.tsv", lambda n: n + "\t", families)
    for f in families:
        for op in sorted(f.counts):
            rows[f.name].append(
                f"{f.name}\t{op}\t{f.counts[op]}\t{f.grads[op]}\t{','.join(sorted(f.dtypes[op]))}"
                f"\t{','.join(sorted(f.skipped[op] - f.dtypes[op]))}"
            )
    return "\n".join([head] + [row for n in FAMILIES for row in rows[n]]) + "\n"


def provenance(families, sizes):
    lines = kept(OUT / "PROVENANCE.md", lambda n: f"| {n} |", families)
    for f in families:
        lines[f.name].append(
            f"| {f.name} | {len(f.counts)} | {sum(f.counts.values())} | {sum(f.grads.values())} | {sizes[f.name]} |"
            f" {hashlib.sha256((OUT / (f.name + '.jsonl.gz')).read_bytes()).hexdigest()[:16]} |"
        )
    rows = "\n".join(line for n in FAMILIES for line in lines[n])
    old = (OUT / "PROVENANCE.md").read_text().splitlines() if (OUT / "PROVENANCE.md").exists() else []
    last = max((i for i, line in enumerate(old) if line.startswith("| ")), default=len(old))
    others = "\n".join(old[last + 1 :])  # files that other scripts write
    return f"""# Where these goldens come from

Made by TensorFlow {tf.__version__} (tensorflow-cpu, Eigen kernels: `TF_ENABLE_ONEDNN_OPTS=0`), NumPy {np.__version__},
Python {platform.python_version()}, on {platform.machine()} with AVX-512, {datetime.date.today().isoformat()}.

Script: `tests/golden/tensorflow-2.21/make_goldens.py`. Command, from that folder:

```
python -m pip install tensorflow-cpu=={tf.__version__}
python make_goldens.py
```

The form of the files is in `tests/golden/tensorflow-2.21/README.md`; `coverage.tsv` lists every op with its cases and
dtypes. No value here was computed by Merapi.

| family | ops | cases | with gradient | bytes | sha256 (first 16) |
|---|---|---|---|---|---|
{rows}
{others}
"""


def main(names):
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    OUT.mkdir(parents=True, exist_ok=True)
    families, sizes = [], {}
    for name in names or FAMILIES:
        start = time.time()
        family = Family(name)
        importlib.import_module(f"family_{name}").make(family)
        families.append(family)
        sizes[name] = family.write(OUT)
        print(
            f"{name}: {len(family.counts)} ops, {sum(family.counts.values())} cases, "
            f"{sum(family.grads.values())} with gradient, {sizes[name]} bytes, {time.time() - start:.1f} s",
            flush=True,
        )
    (OUT / "coverage.tsv").write_text(coverage(families))
    (OUT / "PROVENANCE.md").write_text(provenance(families, sizes))
    print(f"total {sum(sizes.values())} bytes, {sum(sum(f.counts.values()) for f in families)} cases")
    if any(f.problems for f in families):
        sys.exit("some cases could not be made, see PROBLEM above")


if __name__ == "__main__":
    main(sys.argv[1:])
