"""The basis against SciPy's B-splines."""

import numpy as np
import pytest
from scipy.interpolate import BSpline

from pydelt._banded import BandedCholesky, multiply
from pydelt._bspline_basis import BSplineBasis
from pydelt._knot_sites import knot_sites

X = np.sort(np.random.default_rng(0).random(200))


@pytest.fixture(params=[1, 2, 4, 5], ids=lambda order: f"order {order}")
def basis(request):
    return BSplineBasis(knot_sites(X, 30), request.param)


def test_gram_and_projection_match_the_design_matrix(basis):
    design = BSpline.design_matrix(X, basis.knots, basis.degree).toarray()
    weights = np.random.default_rng(1).random(X.size)
    where = basis.locate(X)
    gram = multiply(basis.gram(where, weights), np.eye(basis.size))
    np.testing.assert_allclose(gram, design.T * weights @ design, atol=1e-12)
    values = np.stack([X**2, np.sin(X)])
    np.testing.assert_allclose(basis.project(where, values), values @ design, atol=1e-12)


# the highest derivative jumps at the knots, where conventions differ
ORDERS_AND_DERIVATIVES = [(m, nu) for m in (1, 2, 4, 5) for nu in range(min(3, 2 * m - 1))]


@pytest.mark.parametrize("ascending", [True, False])
@pytest.mark.parametrize(("basis", "derivative"), ORDERS_AND_DERIVATIVES, indirect=["basis"])
def test_derivatives_match_scipy(basis, derivative, ascending):
    coefficients = np.random.default_rng(2).normal(size=(2, basis.size))
    points = np.random.default_rng(3).uniform(X[0], X[-1], 60)
    points = np.sort(points) if ascending else points
    truth = BSpline(basis.knots, coefficients.T, basis.degree)(points, derivative).T
    scale = np.abs(truth).max()
    got = basis.evaluate(basis.locate(points), coefficients, derivative)
    np.testing.assert_allclose(got, truth, atol=1e-11 * scale)
    by_matrix = (basis.design(points, derivative) @ coefficients.T).T
    np.testing.assert_allclose(by_matrix, truth, atol=1e-11 * scale)


def test_penalty_is_the_integral_of_the_squared_derivative(basis):
    coefficients = np.random.default_rng(4).normal(size=basis.size)
    spline = BSpline(basis.knots, coefficients, basis.degree).derivative(basis.order)
    gauss, weight = np.polynomial.legendre.leggauss(12)
    half = np.diff(basis.sites) / 2
    points = basis.sites[:-1, None] + half[:, None] * (gauss + 1)
    truth = np.sum(half[:, None] * weight * spline(points) ** 2)
    penalty = multiply(basis.penalty_band, np.eye(basis.size))
    assert coefficients @ penalty @ coefficients == pytest.approx(truth, rel=1e-9)


def test_variance_uses_the_band_of_the_covariance(basis):
    gram, penalty = basis.gram(basis.locate(X)), basis.penalty_band
    matrix = gram + 1e-3 * gram[0].sum() / penalty[0].sum() * penalty
    points = np.linspace(X[0], X[-1], 40)
    covariance = np.linalg.inv(multiply(matrix, np.eye(basis.size)))
    design = basis.design(points).toarray()
    truth = np.einsum("qi,ij,qj->q", design, covariance, design)
    got = basis.variance(basis.locate(points), BandedCholesky(matrix).inverse_band, 0)
    np.testing.assert_allclose(got, truth, rtol=1e-8)


def test_roughness_has_the_variance_of_the_covariance(basis):
    gram, penalty = basis.gram(basis.locate(X)), basis.penalty_band
    matrix = gram + 1e-3 * gram[0].sum() / penalty[0].sum() * penalty
    covariance = np.linalg.inv(multiply(matrix, np.eye(basis.size)))
    root = np.moveaxis(basis.rough(np.eye(basis.size)), 0, -1)
    truth = np.einsum("iga,ab,igb->ig", root, covariance, root)
    got = basis.rough_variance(BandedCholesky(matrix).inverse_band)
    np.testing.assert_allclose(got, truth, rtol=1e-7)


def test_volumes_of_penalties_differ_as_their_determinants_do(basis):
    weights = np.exp(np.random.default_rng(5).normal(size=(basis.intervals, basis.order)))
    reweighted = basis.reweighted(weights)

    def log_volume(basis):
        root = basis.rough(np.eye(basis.size)).reshape(basis.size, -1)
        return 2 * np.sum(np.log(np.linalg.svd(root)[1][: basis.size - basis.order]))

    expected = log_volume(reweighted) - log_volume(basis)
    by_mass = [BandedCholesky(some.mass_band).log_determinant for some in (reweighted, basis)]
    assert by_mass[0] - by_mass[1] == pytest.approx(expected)


def test_prior_has_the_variance_of_the_pseudoinverse(basis):
    root = basis.rough(np.eye(basis.size)).reshape(basis.size, -1).T
    got = basis.prior_variance(BandedCholesky(basis.mass_band).inverse_band)
    # E S^- E' projects onto the range of E
    left = np.linalg.svd(root, full_matrices=False)[0]
    rank = basis.size - basis.order
    truth = np.sum(left[:, :rank] ** 2, axis=1)
    np.testing.assert_allclose(got.ravel(), truth, rtol=1e-6)


def test_knots_follow_even_spacing_and_data_half_and_half():
    x = np.sort(np.r_[np.linspace(0, 1, 500), 0.5 + 0.01 * np.linspace(0, 1, 500)])
    sites = knot_sites(x, 41)
    crowded = np.count_nonzero((sites > 0.5) & (sites < 0.51))
    assert 8 <= crowded <= 14
    assert sites[0] == 0
    assert sites[-1] == 1


def test_knots_do_not_pile_up_in_tight_clusters():
    x = np.sort(np.concatenate([c + 1e-9 * X for c in (0.0, 0.3, 1.0)]))
    sites = knot_sites(x, 30)
    assert np.diff(sites).min() > 0.4 / (30 * 200)
    assert np.all(np.diff(knot_sites(x, x.size)) > 0)
