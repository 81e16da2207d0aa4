"""A band is widened where a Gaussian kernel leaves something out, and hardly elsewhere."""

import warnings

import numpy as np
import pytest
from numpy.random import default_rng

from pydelt import MultivariateDerivatives
from pydelt._spectral_tail import tail_strength, with_tail

KERNEL = np.exp(-np.linspace(-8, 12, 400))  # variances of a kernel's coordinates


def drawn(variances, seed, others=400):
    """Draw values along the coordinates, and the squared length of the rest, for noise 1."""
    rng = default_rng(seed)
    values = np.sqrt(1 + variances) * rng.standard_normal(variances.size)
    return values, float(np.sum(rng.standard_normal(others) ** 2))


def strength(variances, seed):
    values, rest = drawn(variances, seed)
    return tail_strength(KERNEL, values, rest, KERNEL.size + 400)


def test_strength_is_found_where_there_is_a_tail():
    found = [strength(with_tail(KERNEL, 1.0), seed) for seed in range(40)]
    assert np.median(found) == pytest.approx(1.0, rel=0.3)


def test_strength_is_small_where_the_kernel_tells_all():
    assert np.median([strength(KERNEL, seed) for seed in range(40)]) < 0.05


def test_tail_raises_rough_coordinates_and_spares_those_that_drown():
    more = with_tail(KERNEL, 1.0) / KERNEL
    assert more[KERNEL > 100].max() < 1.05
    assert more[np.argmin(np.abs(KERNEL - 1e-2))] > 20
    assert with_tail(np.array([1e-12]), 1.0)[0] < 1e-10


def corners(x):
    return np.sin(1.5 * x[:, 0] * x[:, 4]) + x[:, 1] * x[:, 2] + x[:, 3] / 2


def corners_slope(x):
    cosine = 1.5 * np.cos(1.5 * x[:, 0] * x[:, 4])
    columns = [cosine * x[:, 4], x[:, 2], x[:, 1], np.full(len(x), 0.5), cosine * x[:, 0]]
    return np.column_stack(columns)


def ridge(x):
    return np.tanh(3.8 * x[:, 0] + 1.4 * x[:, 1] - 0.5)


def ridge_slope(x):
    return (1 - ridge(x) ** 2)[:, None] * [3.8, 1.4]


@pytest.mark.parametrize(
    ("function", "slope", "inputs"), [(corners, corners_slope, 5), (ridge, ridge_slope, 2)]
)
def test_gradient_bands_hold_where_one_length_per_input_does_not_suit(function, slope, inputs):
    shares = []
    for seed in range(4):
        rng = default_rng(seed)
        x, p = rng.uniform(-1, 1, (1000, inputs)), rng.uniform(-0.95, 0.95, (300, inputs))
        y = function(x)
        y += 0.05 * y.std() * rng.standard_normal(len(x))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # corners outside the samples' hull
            lower, upper = MultivariateDerivatives().fit(x, y).gradient().band(p)
        truth = slope(p)
        shares.append(np.mean((lower <= truth) & (truth <= upper)))
    assert 0.90 < np.mean(shares) < 0.99
