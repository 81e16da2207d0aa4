"""The oracle is what it says: a minimum over curves, each of them right."""

import numpy as np
import pytest

from benchmarks import oracle
from benchmarks.signals import DEVELOPMENT, SET_ASIDE, sample


@pytest.mark.parametrize("name", [*DEVELOPMENT, *SET_ASIDE])
def test_derivatives_of_the_signals(name: str) -> None:
    function = {**DEVELOPMENT, **SET_ASIDE}[name]
    x, h = np.linspace(0.01, 0.99, 50), 1e-4
    for order in (0, 1):
        quotient = (function(x + h)[order] - function(x - h)[order]) / (2 * h)
        truth = function(x)[order + 1]
        assert np.abs(quotient - truth).max() < 2e-3 * np.abs(truth).max()


@pytest.mark.parametrize("spacing", ["even", "random"])
@pytest.mark.parametrize("n", [60, 1000])
def test_candidates_find_an_easy_signal(spacing: str, n: int) -> None:
    data = sample("decay", spacing, 1e-4, n)
    errors = oracle.oracle_errors(data, data.interior)
    scale = [np.std(truth) for truth in data.truth]
    assert np.all(errors < np.array([1e-4, 2e-3, 3e-2]) * scale)


def test_splines_do_not_lose_high_orders_to_rounding() -> None:
    data = sample("sine", "random", 0.05, 100)
    truth = data.truth[1][data.interior]
    least = []
    for order in oracle.ORDERS:
        curves = oracle._splines(data, order, 24)[1][data.interior]
        least.append(np.sqrt(np.mean((curves - truth[:, None]) ** 2, axis=0)).min())
    assert max(least[2:]) < 1.5 * least[1]


def test_one_number_of_candidates() -> None:
    data = sample("sine", "even", 0.05, 100)
    assert oracle._squared_errors(data).shape == (3, data.grid.size, 400)
