"""Convergence: the error shrinks with the power of the number of samples that theory gives.

Noise-free, a spline of degree 2m - 1 that interpolates samples h apart has a first derivative with
error of order h^(2m - 1), away from the ends.

With noise, let f have a square-integrable m-th derivative. REML matches the roughness of the fit
to its degrees of freedom: for x on [0, 1], lambda * integral of (f^(m))^2 / sigma^2 = edf - m. As
the edf of n samples grow like (lambda / n)^(-1/(2m)), it follows that

    edf ~ n^(1/(2m + 1)),

the rate that is best for truths with m derivatives and no more. The fit resolves features of size
1/edf, so the variance of its first derivative is about edf^3 sigma^2 / n and its error
n^(-(m - 1)/(2m + 1)). For smoother truths the bias shrinks faster and noise is all that is left:
the rate then shows undisturbed. Near the ends the bias of the natural boundary conditions adds to
it in a layer of width 1/edf, so the error is taken inside.

References
----------
Wahba (1985), Annals of Statistics 13, 1378-1402, doi:10.1214/aos/1176349743.
Rice & Rosenblatt (1983), Annals of Statistics 11, 141-156, doi:10.1214/aos/1176346065.
"""

import numpy as np
import pytest

from pydelt.interpolation import LlaInterpolator, SplineInterpolator


def power(counts, errors):
    """The slope of a straight line through the logarithms."""
    return np.polyfit(np.log(counts), np.log(errors), 1)[0]


@pytest.mark.parametrize("m", [2, 3, 4])
def test_noise_free_interpolation_converges_with_the_degree(m):
    counts, inside = [105, 140, 190], np.linspace(0.4, 0.6, 601)
    errors = []
    for n in counts:
        x = np.linspace(0, 1, n)
        slope = SplineInterpolator(0, penalty_order=m).fit(x, np.sin(30 * x)).differentiate(1)
        errors.append(np.abs(slope(inside) - 30 * np.cos(30 * inside)).max())
    assert power(counts, errors) == pytest.approx(-(2 * m - 1), abs=0.25)


def noisy_errors(m, n, spacing, seeds=6):
    """Mean square error of f' inside, and mean degrees of freedom, over seeds."""
    omega, inside = 8 * np.pi, np.linspace(0.1, 0.9, 2001)
    squares, edf = [], []
    for seed in range(seeds):
        rng = np.random.default_rng([seed, n])
        x = np.linspace(0, 1, n) if spacing == "even" else np.sort(rng.random(n))
        phase = rng.uniform(0, 2 * np.pi)
        y = np.sin(omega * x + phase) + 0.01 * rng.normal(size=n)
        fit = SplineInterpolator(penalty_order=m).fit(x, y)
        error = fit.differentiate(1)(inside) - omega * np.cos(omega * inside + phase)
        squares.append(np.mean(error**2))
        edf.append(fit.edf_)
    return np.mean(squares), np.mean(edf)


@pytest.mark.parametrize("spacing", ["even", "random"])
@pytest.mark.parametrize("m", [2, 3, 4, 5])
def test_noisy_derivative_converges_with_the_rate_of_its_order(m, spacing):
    counts = [400, 2000, 10000, 50000]
    squares, edf = np.array([noisy_errors(m, n, spacing) for n in counts]).T
    rate, growth = power(counts, np.sqrt(squares)), power(counts, edf)
    print(f"m={m} {spacing}: f' {rate:.3f} ({-(m - 1) / (2 * m + 1):.3f}), edf {growth:.3f}")
    assert rate == pytest.approx(-(m - 1) / (2 * m + 1), abs=0.05)
    assert growth == pytest.approx(1 / (2 * m + 1), abs=0.02)


@pytest.mark.parametrize("degree", [1, 2, 3])
def test_local_polynomials_on_a_fixed_count_of_noise_free_samples(degree):
    """A polynomial of degree p over a window of size h leaves an error of order h^p in f'."""
    counts, errors = [200, 400, 800], []
    for n in counts:
        x = np.sort(np.random.default_rng(n).random(n))
        x = 0.1 * x + 0.9 * np.linspace(0, 1, n)  # nowhere even, so that no error cancels
        slope = LlaInterpolator(window=9, degree=degree).fit(x, np.sin(9 * x)).differentiate(1)
        inside = np.linspace(0.2, 0.8, 1999)
        errors.append(np.sqrt(np.mean((slope(inside) - 9 * np.cos(9 * inside)) ** 2)))
    assert power(counts, errors) == pytest.approx(-degree, abs=0.3)
