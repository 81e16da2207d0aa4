"""The best a tuned method could do: candidates chosen by looking at the truth.

Two families, 400 candidates: penalized splines of order 2 to 6 on few and on many knots over 24
penalties, and local polynomials of degree 1 to 4 over 40 spans. For every data set and every
derivative the smallest error of all is taken.
"""

from __future__ import annotations

import numpy as np
from scipy.interpolate import BSpline
from scipy.linalg import qr, solve_triangular

from .signals import Array, Samples

ORDERS = (2, 3, 4, 5, 6)
KNOTS = (24, 120)
PENALTIES = 24
DEGREES = (1, 2, 3, 4)
SPANS = 40
_WINDOW = 160  # samples a local fit is worked out from; wider spans average neighbors first


def oracle_errors(samples: Samples, where: np.ndarray) -> Array:
    """Return the least RMSE of f, f' and f'' on ``grid[where]``: shape (3,)."""
    squares = _squared_errors(samples)
    return np.sqrt(squares[:, where].mean(axis=1)).min(axis=1)


def oracle_with_edge(samples: Samples) -> Array:
    """Return the least RMSE of f, f', f'' in the interior, and one of f' at the edge: shape (4,).

    At the edge stands the candidate that is best for f' on the whole range. (The best of all for
    the few grid points of the edge alone would reward luck.)
    """
    squares, where = _squared_errors(samples), samples.interior
    inside = np.sqrt(squares[:, where].mean(axis=1)).min(axis=1)
    best = squares[1].mean(axis=0).argmin()
    return np.append(inside, np.sqrt(squares[1, ~where, best].mean()))


def _squared_errors(samples: Samples) -> Array:
    """Return squared errors of all candidates: shape (3, grid, candidates)."""
    curves = [_splines(samples, order, knots) for order in ORDERS for knots in KNOTS]
    curves += list(_local_polynomials(samples))
    return (np.concatenate(curves, axis=2) - np.stack(samples.truth)[..., None]) ** 2


def _splines(samples: Samples, order: int, knots: int) -> Array:
    """Penalized splines over `PENALTIES` penalties: shape (3, grid, PENALTIES).

    The eigenbasis of the penalty comes from singular values: crowded samples spread its eigenvalues
    over more than sixteen decades, which an eigenvalue solver would lose.
    """
    x, degree = samples.x, 2 * order - 1
    sites = np.unique(_sites(x, min(knots, x.size - degree)))
    padded = np.r_[[0.0] * degree, sites, [1.0] * degree]
    design = BSpline.design_matrix(x, padded, degree).toarray()
    basis = BSpline(padded, np.eye(design.shape[1]), degree)
    gauss, weight = np.polynomial.legendre.leggauss(order)
    half = np.diff(sites)[:, None] / 2
    points = (sites[:-1, None] + half * (1 + gauss)).ravel()
    root = basis(points, nu=order) * np.sqrt((half * weight).ravel())[:, None]
    least = 1e-10 * np.linalg.norm(design) / np.linalg.norm(root)
    q, r = qr(np.vstack([design, least * root]), mode="economic")
    _, sines, vectors = np.linalg.svd(q[x.size :])
    sines = np.r_[sines, np.zeros(len(vectors) - len(sines))]
    cosines = np.sqrt(np.clip(1 - sines**2, 1e-30, None))
    roughness = (sines / least / cosines) ** 2  # of each direction, against its share in the data
    rough = np.sort(roughness)[order:]
    ranks = np.geomspace(0.5, rough.size, PENALTIES) - 0.5
    penalties = 1 / np.exp(np.interp(ranks, np.arange(rough.size), np.log(rough)))
    shares = vectors @ (q[: x.size].T @ samples.y) / cosines**2
    shrunk = shares[:, None] / (1 + roughness[:, None] * penalties)
    coefficients = solve_triangular(r, vectors.T @ shrunk)
    return np.stack([basis(samples.grid, nu=d) @ coefficients for d in range(3)])


def _sites(x: Array, count: int) -> Array:
    """Knots at the mean of uniform positions and quantiles of the samples."""
    share = np.linspace(0, 1, count)
    return (share + np.interp(share, np.linspace(0, 1, x.size), x)) / 2


def _local_polynomials(samples: Samples) -> Array:
    """Local polynomials with tricube weights: (degrees, 3, grid, SPANS).

    Derivatives above the degree are zero.
    """
    n, highest = samples.x.size, max(DEGREES)
    curves = np.zeros((len(DEGREES), 3, samples.grid.size, SPANS))
    for j, span in enumerate(np.geomspace(highest + 2, n, SPANS)):
        group = max(1, int(span / _WINDOW))
        sums, right, reach = _moments(*_grouped(samples, group), span / group, samples.grid)
        for k, degree in enumerate(DEGREES):
            powers = np.arange(degree + 1)
            matrix = np.moveaxis(sums[np.add.outer(powers, powers)], 2, 0)
            ridge = 1e-10 * sums[0][:, None, None] * np.eye(degree + 1)
            local = np.linalg.solve(matrix + ridge, right[: degree + 1].T[..., None])[..., 0]
            for d in range(min(degree, 2) + 1):
                curves[k, d, :, j] = local[:, d] * (1, 1, 2)[d] / reach**d
    return curves


def _grouped(samples: Samples, size: int) -> tuple[Array, Array]:
    """Means of `size` neighboring samples; a rest at the end is left out."""
    whole = samples.x.size // size * size
    x, y = samples.x[:whole], samples.y[:whole]
    return x.reshape(-1, size).mean(axis=1), y.reshape(-1, size).mean(axis=1)


def _moments(x: Array, y: Array, span: float, grid: Array) -> tuple[Array, Array, Array]:
    """Weighted sums of powers of the scaled distance, without and with y, and the reach."""
    width = int(min(max(np.ceil(span), max(DEGREES) + 2), x.size))
    starts = np.arange(x.size - width + 1)
    farthest = np.maximum(grid[:, None] - x[starts], x[starts + width - 1] - grid[:, None])
    first = farthest.argmin(axis=1)  # the window of the nearest samples
    reach = farthest.min(axis=1) * (1 + 1e-9)
    index = first[:, None] + np.arange(width)
    u = (x[index] - grid[:, None]) / reach[:, None]
    power = (1 - np.abs(u) ** 3).clip(0) ** 3
    sums, right = [], []
    for p in range(2 * max(DEGREES) + 1):
        sums.append(power.sum(axis=1))
        if p <= max(DEGREES):
            right.append((power * y[index]).sum(axis=1))
        power = power * u
    return np.array(sums), np.array(right), reach
