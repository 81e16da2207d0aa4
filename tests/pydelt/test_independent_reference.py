"""The textbook's formulas, dense and slow, against what the package computes fast."""

from fractions import Fraction
from math import factorial

import numpy as np
import pytest
from scipy.interpolate import BSpline
from scipy.linalg import eigh

from pydelt._bspline_basis import BSplineBasis
from pydelt._penalized_regression import PenalizedRegression
from pydelt.finite_difference import finite_difference_weights
from pydelt.interpolation import LlaInterpolator, LowessInterpolator

# penalized least squares on a given basis

RNG = np.random.default_rng(0)
X = np.sort(RNG.random(90))
Y = np.sin(6 * X) + 0.1 * RNG.normal(size=90)
SITES = np.r_[X[0], np.sort(RNG.uniform(X[0], X[-1], 9)), X[-1]]


class Dense:
    """Penalized B-splines with every matrix written out, from SciPy's B-splines alone."""

    def __init__(self, m, penalty, weights=None):
        degree = 2 * m - 1
        self.knots = np.r_[[SITES[0]] * degree, SITES, [SITES[-1]] * degree]
        self.size, self.degree, self.m, self.penalty = len(self.knots) - 2 * m, degree, m, penalty
        self.weights = np.ones(90) if weights is None else weights
        self.design = self.rows(X)
        nodes, quadrature = np.polynomial.legendre.leggauss(2 * m)
        half = np.diff(SITES)[:, None] / 2
        rough = self.rows((SITES[:-1, None] + half * (nodes + 1)).ravel(), m)
        self.roughness = rough.T @ ((half * quadrature).ravel()[:, None] * rough)
        self.gram = self.design.T @ (self.weights[:, None] * self.design)
        self.inverse = np.linalg.inv(self.gram + penalty * self.roughness)
        self.coefficients = self.inverse @ self.design.T @ (self.weights * Y)

    def rows(self, points, derivative=0):
        basis = BSpline(self.knots, np.eye(self.size), self.degree)
        return basis.derivative(derivative)(points) if derivative else basis(points)

    def score(self):
        """-2 log restricted likelihood, in the basis in which Gram and penalty are diagonal."""
        values, vectors = eigh(self.roughness, self.gram)
        kept, values = np.arange(self.size) >= self.m, np.maximum(values, 0)
        projected = vectors.T @ self.design.T @ (self.weights * Y)
        shrunk = self.penalty * values[kept] / (1 + self.penalty * values[kept])
        unexplained = self.weights @ Y**2 - projected @ projected
        misfit = unexplained + shrunk @ projected[kept] ** 2
        freedom = np.sum(self.weights > 0.01) - self.m
        return freedom * np.log(misfit) - np.sum(np.log(shrunk))


CASES = [(m, weighted, power) for m in (2, 3, 4) for weighted in (False, True) for power in (-3, 0)]


@pytest.fixture(params=CASES, ids=lambda case: f"m={case[0]}, weights={case[1]}, 10^{case[2]}")
def pair(request):
    m, weighted, power = request.param
    weights = RNG.uniform(0.2, 1, 90) if weighted else None
    problem = PenalizedRegression(BSplineBasis(SITES, m), X, Y[None], weights)
    balance = np.log(problem.gram[0].sum() / problem.basis.penalty_band[0].sum())
    log_penalty = balance + power * np.log(10)
    return problem, log_penalty, Dense(m, np.exp(log_penalty), weights)


def test_curve_and_its_derivatives(pair):
    problem, log_penalty, dense = pair
    coefficients, _ = problem.solve(log_penalty)
    points = np.linspace(X[0], X[-1], 57)
    where = problem.basis.locate(points)
    for derivative in range(3):
        truth = dense.rows(points, derivative) @ dense.coefficients
        got = problem.basis.evaluate(where, coefficients, derivative)[0]
        np.testing.assert_allclose(got, truth, rtol=1e-8, atol=1e-8 * np.abs(truth).max())


def test_effective_degrees_are_the_trace_of_the_hat_matrix(pair):
    problem, log_penalty, dense = pair
    hat = dense.design @ dense.inverse @ (dense.design * dense.weights[:, None]).T
    _, factor = problem.solve(log_penalty)
    assert problem.effective_degrees(factor) == pytest.approx(np.trace(hat), rel=1e-8)


def test_posterior_deviation_is_that_of_the_inverse(pair):
    problem, log_penalty, dense = pair
    _, factor = problem.solve(log_penalty)
    points = np.linspace(X[0], X[-1], 57)
    for derivative in range(2):
        rows = dense.rows(points, derivative)
        truth = np.sum((rows @ dense.inverse) * rows, axis=1)
        where = problem.basis.locate(points)
        got = problem.basis.variance(where, factor.inverse_band, derivative)
        np.testing.assert_allclose(got, truth, rtol=1e-8)


def test_score_is_the_likelihood_in_the_diagonal_basis(pair):
    """Up to a constant: two penalties are compared."""
    problem, log_penalty, dense = pair
    other = Dense(dense.m, 100 * dense.penalty, None if problem.weights is None else dense.weights)
    step = problem.score(log_penalty + np.log(100)) - problem.score(log_penalty)
    assert step == pytest.approx(other.score() - dense.score(), rel=1e-8)


# local polynomials


def local_least_squares(point, count, degree, weighting, robust=None):
    """Weighted least squares around a point; the derivatives are coefficients times factorials."""
    distance = np.abs(X - point)
    near = np.argsort(distance)[:count]
    weight = np.ones(count)
    if weighting == "tricube":
        weight = (1 - np.clip(distance[near] / distance[near].max(), 0, 1) ** 3) ** 3
    weight = weight * (1 if robust is None else robust[near])
    offset = X[near] - point
    root = np.sqrt(weight)
    design = np.vander(offset, degree + 1, increasing=True) * root[:, None]
    solution = np.linalg.lstsq(design, Y[near] * root, rcond=None)[0]
    return solution * [factorial(k) for k in range(degree + 1)]


@pytest.mark.parametrize("degree", [1, 2, 3])
@pytest.mark.parametrize("method", [LowessInterpolator, LlaInterpolator])
def test_local_polynomials_are_local_least_squares(method, degree):
    lowess = method is LowessInterpolator
    settings = {"span": 0.3, "robust_iterations": 0} if lowess else {"window": 27}
    fit = method(degree=degree, **settings).fit(X, Y)
    points = np.array([X[0], 0.2, 0.5001, 0.77, X[-1]])
    weighting = "tricube" if lowess else "uniform"
    truth = np.array([local_least_squares(p, 27, degree, weighting) for p in points])
    for order in range(degree + 1):
        got = (fit.differentiate(order) if order else fit)(points)
        # the package's LOWESS keeps a hair of weight on the farthest sample
        tolerance = (1e-5 if lowess else 1e-8) * np.abs(truth[:, order]).max()
        np.testing.assert_allclose(got, truth[:, order], atol=tolerance, rtol=0)


def test_lowess_repeats_clevelands_reweighting():
    weights = np.ones(90)
    for _ in range(2):
        smooth = [local_least_squares(x, 27, 1, "tricube", weights)[0] for x in X]
        residual = Y - smooth
        cutoff = 4.685 * 1.4826 * np.median(np.abs(residual))
        weights = np.maximum(np.clip(1 - (residual / cutoff) ** 2, 0, None) ** 2, 1e-6)
    fit = LowessInterpolator(span=0.3, degree=1, robust_iterations=2).fit(X, Y)
    truth = [local_least_squares(x, 27, 1, "tricube", weights)[0] for x in X]
    np.testing.assert_allclose(fit(X), truth, rtol=1e-4, atol=1e-5)


# finite differences


def exact_weights(nodes, point, order):
    """Weights that are exact for all monomials, by elimination over the rational numbers."""
    size = len(nodes)
    rows = [[(Fraction(node) - point) ** k for node in nodes] for k in range(size)]
    right = [Fraction(factorial(order) if k == order else 0) for k in range(size)]
    for i in range(size):
        pivot = next(k for k in range(i, size) if rows[k][i] != 0)
        rows[i], rows[pivot], right[i], right[pivot] = rows[pivot], rows[i], right[pivot], right[i]
        for k in range(size):
            if k != i and rows[k][i] != 0:
                ratio = rows[k][i] / rows[i][i]
                rows[k] = [a - ratio * b for a, b in zip(rows[k], rows[i], strict=True)]
                right[k] -= ratio * right[i]
    return [float(right[i] / rows[i][i]) for i in range(size)]


@pytest.mark.parametrize("order", range(5))
@pytest.mark.parametrize("size", [5, 7, 9])
@pytest.mark.parametrize("kind", ["even", "one-sided", "uneven"])
def test_difference_weights_are_those_of_rational_arithmetic(kind, size, order):
    nodes = {
        "even": [Fraction(k - size // 2) for k in range(size)],
        "one-sided": [Fraction(k, 2) for k in range(size)],
        "uneven": [Fraction(k * k + 3 * k, 8) - 2 for k in range(size)],
    }[kind]
    truth = np.array(exact_weights(nodes, Fraction(1, 4), order))
    got = finite_difference_weights([float(node) for node in nodes], 0.25, order)
    np.testing.assert_allclose(got, truth, rtol=1e-8, atol=1e-10 * np.abs(truth).max())
