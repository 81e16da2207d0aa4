"""Time and memory: interleaved runs, the least of several, one thread."""

from __future__ import annotations

import compileall
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from scipy.interpolate import make_smoothing_spline

import pydelt
from pydelt import SplineInterpolator

from ..signals import Array, sample
from . import Row

SIGNALS = ("sine", "chirp")
TURN = 0.3  # seconds
_PEAK = """
import resource, numpy as np
from pydelt import SplineInterpolator
x = np.linspace(0, 1, 1_000_000)
y = np.sin(40 * x) + 0.05 * np.random.default_rng(0).standard_normal(x.size)
SplineInterpolator().fit(x, y).differentiate(1)(x)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def interleaved(functions: list[Callable[[], object]], repeats: int) -> Array:
    """Return the least seconds of each, run by turns so that a busy machine slows all alike.

    A turn takes `TURN` seconds or one run, whichever is longer: the first run after another
    function's finds neither its code nor its data in the processor's cache.
    """
    least = np.full(len(functions), np.inf)
    for _ in range(repeats):
        for j, function in enumerate(functions):
            end = time.perf_counter() + TURN
            while (start := time.perf_counter()) < end:
                function()
                least[j] = min(least[j], time.perf_counter() - start)
    return least


def rows(repeats: int = 5, large: bool = True) -> list[Row]:
    """Return the rows on time; `large` adds those with a million samples."""
    found = [against_scipy(1000, repeats), against_scipy(10000, min(repeats, 3))]
    found += [against_csaps(100_000, repeats), imports(repeats)]
    return found + ([growth(repeats), memory()] if large else [])


def _data(n: int, name: str) -> tuple[Array, Array]:
    data = sample(name, "random", 0.05, n)
    return data.x, data.y


def _ours(x: Array, y: Array, orders: tuple[int, ...] = (1,)) -> Callable[[], object]:
    def run() -> list[Array]:
        fit = SplineInterpolator().fit(x, y)
        return [fit.differentiate(order)(x) for order in orders]

    return run


def against_scipy(n: int, repeats: int) -> Row:
    """Fit and f' at the samples, against `make_smoothing_spline`."""
    ratios, seconds = [], []
    for name in SIGNALS:
        x, y = _data(n, name)

        def theirs(x: Array = x, y: Array = y) -> Array:
            return make_smoothing_spline(100 * x, y)(100 * x, nu=1)

        ours, scipy = interleaved([_ours(x, y), theirs], repeats)
        ratios.append(ours / scipy)
        seconds.append(f"{name} {ours * 1e3:.1f} ms / {scipy * 1e3:.0f} ms")
    mean = float(np.exp(np.mean(np.log(ratios))))
    return Row(f"time-{n}", {"all": mean}, "scipy make_smoothing_spline", 1.0, "; ".join(seconds))


def against_csaps(n: int, repeats: int) -> Row:
    """Fit, f' and f'' at the samples, against csaps with a given smoothing factor."""
    import csaps

    ratios, seconds = [], []
    for name in SIGNALS:
        x, y = _data(n, name)

        def theirs(x: Array = x, y: Array = y) -> list[Array]:
            spline = csaps.CubicSmoothingSpline(x, y, smooth=0.9999)
            return [spline(x, nu=d) for d in (1, 2)]

        ours, other = interleaved([_ours(x, y, (1, 2)), theirs], repeats)
        ratios.append(ours / other)
        seconds.append(f"{name} {ours * 1e3:.0f} ms / {other * 1e3:.0f} ms")
    mean = float(np.exp(np.mean(np.log(ratios))))
    return Row("time-csaps", {"all": mean}, "csaps", 1.0, "; ".join(seconds))


def growth(repeats: int) -> Row:
    """Time for a million samples over time for a hundred thousand."""
    few, many = interleaved([_ours(*_data(n, "sine")) for n in (100_000, 1_000_000)], repeats)
    return Row("growth", {"all": many / few}, note=f"{few:.2f} s, {many:.2f} s")


def memory() -> Row:
    """Peak memory of a process that fits and differentiates a million samples."""
    peak = subprocess.run([sys.executable, "-c", _PEAK], capture_output=True, text=True, check=True)
    return Row("memory", {"all": int(peak.stdout) * 1024 / 1e9})


def imports(repeats: int) -> Row:
    """Processor time of importing pydelt over that of importing scipy.interpolate.

    Both are compiled to bytecode, as pip leaves what it installs.
    """
    compileall.compile_dir(Path(pydelt.__file__).parent, quiet=1)
    names = ("pydelt", "scipy.interpolate")
    least = np.min([[_import_time(name) for name in names] for _ in range(repeats)], axis=0)
    note = f"{least[0] * 1e3:.0f} ms / {least[1] * 1e3:.0f} ms"
    return Row("import", {"all": float(least[0] / least[1])}, note=note)


def _import_time(name: str) -> float:
    def spent() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    before = spent()
    subprocess.run([sys.executable, "-c", f"import {name}"], check=True)
    return spent() - before
