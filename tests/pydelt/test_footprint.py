"""What the package costs: time to import, memory for a million samples, time for many queries."""

import subprocess
import sys
import time

import numpy as np
import pytest

from pydelt.interpolation import (
    LlaInterpolator,
    LowessInterpolator,
    NeuralNetworkInterpolator,
    SplineInterpolator,
)
from pydelt.multivariate import MultivariateDerivatives

pytestmark = pytest.mark.alone

IMPORT = """
import time
start = time.process_time()  # not the wall's clock: other processes' share would count
import scipy.interpolate
middle = time.process_time()
import pydelt
print((time.process_time() - start) / (middle - start))  # of one process: machines waver
"""

MILLION = """
import resource
import numpy as np
from pydelt.interpolation import SplineInterpolator

t = np.linspace(0, 100, 1_000_000)
y = np.sin(t) + 0.1 * np.random.default_rng(0).normal(size=t.size)
fit = SplineInterpolator().fit(t, y)
slope = fit.differentiate(1)(t)
assert np.sqrt(np.mean((slope - np.cos(t)) ** 2)) < 0.01
assert np.all(np.isfinite(fit.differentiate(1).std(t)))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def printed(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return float(done.stdout)


def test_import_costs_little_more_than_scipy_interpolate():
    printed(IMPORT)  # writes the byte code where there is none yet
    ratio = np.median([printed(IMPORT) for _ in range(5)])
    print(f"import: pydelt / scipy.interpolate {ratio:.3f}")
    assert ratio < 1.2


def test_a_million_samples_fit_into_one_and_a_half_gigabytes():
    gigabytes = printed(MILLION) * 1024 / 1e9
    print(f"a million samples: {gigabytes:.2f} GB")
    assert gigabytes < 1.5


T = np.linspace(0, 6, 300)
P = np.random.default_rng(0).uniform(-1, 1, (300, 2))
ONE = [SplineInterpolator, LowessInterpolator, LlaInterpolator, NeuralNetworkInterpolator]


def times_cheaper_together(ask, points):
    """How much less a query costs in one call with the others than in a call of its own."""

    def least(calls):
        times = []
        for _ in range(4):
            start = time.perf_counter()
            for call in calls:
                ask(call)
            times.append(time.perf_counter() - start)
        return min(times)

    few = np.split(points[:20], 20)
    return (least(few) / 20) / (least([points]) / len(points))


@pytest.mark.parametrize("method", ONE)
def test_many_queries_of_one_variable_are_answered_together(method):
    options = {"members": 1, "hidden": (8,)} if method is NeuralNetworkInterpolator else {}
    fit = method(**options).fit(T, np.sin(T))
    many = np.random.default_rng(1).uniform(0, 6, 20_000)
    for ask in (fit, fit.differentiate(1)):
        assert times_cheaper_together(ask, many) > 4


@pytest.mark.parametrize("method", ONE)
def test_many_queries_of_several_variables_are_answered_together(method):
    options = {"members": 1, "hidden": (8,)} if method is NeuralNetworkInterpolator else {}
    fit = MultivariateDerivatives(method, **options).fit(P, np.sin(3 * P[:, 0]) * P[:, 1])
    many = np.random.default_rng(1).uniform(-0.8, 0.8, (2_000, 2))
    for ask in (fit, fit.gradient()):
        assert times_cheaper_together(ask, many) > 4
