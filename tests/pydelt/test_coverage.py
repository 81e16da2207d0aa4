"""Bands hold the truth as often as they say, for f, f' and f'': over signals, spacings, seeds."""

import numpy as np
import pytest

from pydelt.interpolation import SplineInterpolator

BEAT, BEND = np.array([12.0, 31.0]), np.array([1.0, 0.5])


def waves(x, order):
    return np.sin(np.multiply.outer(x, BEAT) + order * np.pi / 2) @ (BEND * BEAT**order)


def bump(x, order):
    z = (x - 0.5) / 0.1
    polynomial = [1 + 0 * z, -2 * z / 0.1, (4 * z**2 - 2) / 0.01][order]
    return polynomial * np.exp(-(z**2))


def logistic(x, order):
    s = 1 / (1 + np.exp(-12 * (x - 0.4)))
    return [s, 12 * s * (1 - s), 144 * s * (1 - s) * (1 - 2 * s)][order]


def chirp(x, order):
    phase, pace = 2 * np.pi * (1.5 * x + 3 * x**2), 2 * np.pi * (1.5 + 6 * x)
    sine, cosine = np.sin(phase), np.cos(phase)
    return [sine, pace * cosine, 12 * np.pi * cosine - pace**2 * sine][order]


SIGNALS = {
    "sine": lambda x, order: 9**order * np.sin(9 * x + order * np.pi / 2),
    "decay": lambda x, order: (-5) ** order * np.exp(-5 * x),
    "quintic": lambda x, order: np.polynomial.Polynomial([0, -1, 0, 0, 0, 3]).deriv(order)(x),
    "waves": waves,
    "bump": bump,
    "logistic": logistic,
    "chirp": chirp,
}


@pytest.fixture(scope="module")
def hits():
    """Share of points inside the 95% band: one row a signal, one column an order."""
    rows = []
    for signal in SIGNALS.values():
        shares = []
        for seed in range(16):
            rng = np.random.default_rng(seed)
            n = 200 if seed % 4 < 2 else 600
            x = np.linspace(0, 1, n) if seed % 2 else np.sort(rng.random(n))
            noise = 0.05 * np.std(signal(x, 0)) * rng.normal(size=n)
            fit = SplineInterpolator().fit(x, signal(x, 0) + noise)
            shares.append([])
            for order in range(3):
                lower, upper = (fit.differentiate(order) if order else fit).band(x)
                truth = signal(x, order)
                shares[-1].append(np.mean((lower <= truth) & (truth <= upper)))
        rows.append(np.mean(shares, axis=0))
    table = np.array(rows)
    for name, row in zip(SIGNALS, table, strict=True):
        print(f"{name:10s}", *(f"{share:.3f}" for share in row))
    return table


@pytest.mark.parametrize("order", [0, 1, 2])
def test_mean_coverage_over_signals(hits, order):
    assert 0.93 <= hits[:, order].mean() <= 0.99


def test_no_signal_is_left_out_of_its_band(hits):
    assert hits[:, :2].min() > 0.85
    assert hits[:, 2].min() > 0.8
