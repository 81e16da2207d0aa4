"""Results of every method on fixed data, stored as arrays: run under two sets of versions.

usage: python numbers_to_compare.py FILE.npz
"""

import sys
import warnings

import numpy as np

from pydelt import integrate_derivative_with_error
from pydelt.finite_difference import finite_difference
from pydelt.interpolation import LlaInterpolator, LowessInterpolator, SplineInterpolator
from pydelt.multivariate import MultivariateDerivatives

results = {}


def noise(*shape):
    """Uniform noise, rounded: the samples are then the same to the last bit."""
    return np.round(np.random.default_rng(0).uniform(-1, 1, shape), 6)


def keep(name, fit, points, orders=(0, 1, 2), bands=(0, 1)):
    results[f"{name}, smoothing"], results[f"{name}, edf"] = fit.smoothing_, fit.edf_
    results[f"{name}, noise"] = fit.noise_
    for order in orders:
        estimate = fit.differentiate(order) if order else fit
        results[f"{name}, derivative {order}"] = estimate(points)
        if order in bands:
            results[f"{name}, deviation {order}"] = estimate.std(points)


def in_one_variable():
    x = np.round(np.linspace(0, 4, 250) + 0.003 * noise(250), 6)
    clean = np.round(np.sin(3 * x), 6)
    y = clean + 0.1 * noise(250)
    spoiled = np.where(np.arange(250) % 20 == 7, y + 3, y)
    query = np.linspace(x.min(), x.max(), 97)
    for order in (None, 2, 3, 4, 5):
        options = {} if order is None else {"penalty_order": order}
        name = f"spline of order {order}"
        keep(name, SplineInterpolator(**options).fit(x, y), query)
        keep(f"{name}, robust", SplineInterpolator(**options, robust=True).fit(x, spoiled), query)
        for factor in (0, 0.1, 10):
            fit = SplineInterpolator(factor, **options).fit(x[::3], y[::3])
            keep(f"{name}, smoothing {factor}", fit, query[1:-1])
    keep("few samples", SplineInterpolator().fit(x[::10], y[::10]), query[5:-9])
    keep("nearly noise-free", SplineInterpolator().fit(x, clean), query)
    keep("series", SplineInterpolator().fit(x, np.c_[y, clean + 0.3 * noise(250)]), query)
    fit = SplineInterpolator().fit(1.7e9 + 1000 * np.round(x, 3), y)
    keep("timestamps", fit, 1.7e9 + 1000 * np.round(query[1:-1], 3))
    keep("ties", SplineInterpolator().fit(np.round(x, 1), y), query[3:-3])
    total = SplineInterpolator().fit(x, y).integrate(x[0], query)
    results["integral"], results["integral's deviation"] = total.value, total.std
    running, error = integrate_derivative_with_error(x, y)
    results["running integral"], results["running integral's error"] = running, error
    for degree in (1, 2, 3):
        orders = range(degree + 1)
        keep(f"lowess {degree}", LowessInterpolator(degree=degree).fit(x, spoiled), query, orders)
        keep(f"lla {degree}", LlaInterpolator(degree=degree).fit(x, y), query, orders)
    results["differences"] = finite_difference(y, x, order=2, accuracy=4)


def in_several_variables():
    scattered = noise(240, 2)
    grid = np.stack(np.meshgrid(np.linspace(-1, 1, 15), np.linspace(0, 2, 12)), -1).reshape(-1, 2)
    for place, points in {"scattered": scattered, "grid": grid}.items():
        wave = np.round(np.sin(2 * points[:, 0]) * np.cos(points[:, 1]), 6)
        for kind, values in {"wave": wave, "plane": points @ [1.0, -2.0]}.items():
            y = values + 0.05 * noise(len(points) + 1)[1:]
            for method in (SplineInterpolator, LowessInterpolator, LlaInterpolator):
                fit = MultivariateDerivatives(method).fit(points, y)
                name, query = f"{method.__name__}, {kind}, {place}", 0.5 * points[:20]
                results[f"{name}, value"] = fit(query)
                results[f"{name}, gradient"] = fit.gradient()(query)
                results[f"{name}, gradient's deviation"] = fit.gradient().std(query)
                results[f"{name}, Hessian"] = fit.hessian()(query)


warnings.simplefilter("ignore", UserWarning)
in_one_variable()
in_several_variables()
np.savez(sys.argv[1], **results)
print(f"NumPy {np.__version__}")
