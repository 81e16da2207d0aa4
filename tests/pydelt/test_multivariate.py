"""Derivatives of several variables against closed forms, and what a user meets on the way."""

import time
import warnings

import numpy as np
import pytest
from numpy.random import default_rng

from pydelt import ExtrapolationWarning, NotFittedError, UndersampledWarning
from pydelt._kernel_field import KernelField
from pydelt.interpolation import (
    LlaInterpolator,
    LowessInterpolator,
    NeuralNetworkInterpolator,
    SplineInterpolator,
)
from pydelt.multivariate import MultivariateDerivatives

ORIGIN = np.array([[0.0, 0.0]])


# a loss landscape on a grid


def rosenbrock(indexing="xy"):
    x, y = np.meshgrid(np.linspace(-2, 2, 50), np.linspace(-1, 3, 50), indexing=indexing)
    z = (x - 1) ** 2 + 10 * (y - x**2) ** 2
    return np.column_stack([x.flatten(), y.flatten()]), z.flatten()


@pytest.mark.parametrize("indexing", ["xy", "ij", "shuffled"])
def test_rosenbrock_gradient_and_hessian(indexing):
    points, z = rosenbrock("ij" if indexing == "ij" else "xy")
    if indexing == "shuffled":
        order = default_rng(0).permutation(len(z))
        points, z = points[order], z[order]
    mv = MultivariateDerivatives(SplineInterpolator, smoothing=0.1).fit(points, z)
    gradient = mv.gradient()(ORIGIN)
    assert gradient.shape == (1, 2)
    np.testing.assert_allclose(gradient, [[-2, 0]], atol=1e-4)
    np.testing.assert_allclose(mv.hessian()(ORIGIN)[0], [[2, 0], [0, 20]], atol=1e-3)
    np.testing.assert_allclose(mv.hessian()([[1.0, 1.0]])[0], [[82, -40], [-40, 20]], atol=1e-2)
    assert mv.laplacian()(ORIGIN)[0] == pytest.approx(22, abs=1e-3)
    assert mv.engine_ == "tensor spline"


def test_noisy_rosenbrock_gradient_lies_in_its_band():
    points, z = rosenbrock()
    inside = 0
    for seed in range(20):
        noisy = z + 0.05 * z.std() * default_rng(seed).normal(size=z.size)
        mv = MultivariateDerivatives(SplineInterpolator).fit(points, noisy)
        assert mv.noise_ == pytest.approx(0.05 * z.std(), rel=0.1)
        lower, upper = mv.gradient().band(ORIGIN)
        inside += np.count_nonzero((lower <= [[-2, 0]]) & (upper >= [[-2, 0]]))
        assert np.abs(mv.gradient()(ORIGIN) - [[-2, 0]]).max() < 0.08 * z.std()
    assert inside >= 34


@pytest.mark.alone
def test_a_grid_of_2500_nodes_is_fast():
    points, z = rosenbrock()
    start = time.process_time()
    MultivariateDerivatives(SplineInterpolator).fit(points, z).gradient()(points)
    assert time.process_time() - start < 1


def gridded(function, noise, n=25):
    points = np.stack(np.meshgrid(*[np.linspace(-1, 1, n)] * 2), axis=-1).reshape(-1, 2)
    return points, function(points) + noise * default_rng(0).normal(size=len(points))


@pytest.mark.parametrize(
    ("function", "noise", "engine"),
    [
        (lambda p: np.sin(3 * p[:, 0]) * np.cos(2 * p[:, 1]), 0.1, "kernel field"),
        (lambda p: np.sin(3 * p[:, 0]) * np.cos(2 * p[:, 1]), 0.0, "tensor spline"),
        (lambda p: p @ [3, -2], 0.1, "linear"),
    ],
)
def test_grids_are_fitted_by_what_predicts_best(function, noise, engine):
    assert MultivariateDerivatives().fit(*gridded(function, noise)).engine_ == engine


def test_outputs_on_a_grid_share_an_engine():
    points, wave = gridded(lambda p: np.sin(3 * p[:, 0]) * np.cos(2 * p[:, 1]), 0.1)
    both = np.column_stack([wave, np.abs(points[:, 0])])
    mv = MultivariateDerivatives().fit(points, both)
    assert mv.engine_ in ("kernel field", "tensor spline")
    assert len(mv.smoothing_) == 2


def test_waves_on_a_grid_are_followed_down_to_four_samples_each():
    points, y = gridded(lambda p: np.sin(35 * p[:, 0]) + np.sin(10 * p[:, 1]), 0.02, n=46)
    mv = MultivariateDerivatives().fit(points, y)
    p = default_rng(1).uniform(-0.9, 0.9, (300, 2))
    error = mv.gradient()(p)[:, 0] - 35 * np.cos(35 * p[:, 0])
    assert np.sqrt(np.mean(error**2)) < 0.1 * 35


# sensitivity of a linear model


@pytest.mark.parametrize("generator", ["legacy", "modern"])
def test_sensitivity_of_a_noisy_linear_model_over_twenty_seeds(generator):
    worst = 0.0
    for seed in range(20):
        rng = np.random.RandomState(seed) if generator == "legacy" else default_rng(seed)
        features = rng.normal(size=(500, 3))
        y = 2 * features[:, 0] + 0.5 * features[:, 1] - features[:, 2] + 0.1 * rng.normal(size=500)
        mv = MultivariateDerivatives(SplineInterpolator, smoothing=0.5).fit(features, y)
        error = mv.gradient()(np.zeros((1, 3)))[0] - [2, 0.5, -1]
        worst = max(worst, np.abs(error).max())
    assert worst < 0.05


# scattered samples of curved functions

CURVED = {
    "wave, d=2": (
        2,
        lambda x: np.sin(3 * x[:, 0]) * np.cos(2 * x[:, 1]),
        lambda x: np.column_stack(
            [
                3 * np.cos(3 * x[:, 0]) * np.cos(2 * x[:, 1]),
                -2 * np.sin(3 * x[:, 0]) * np.sin(2 * x[:, 1]),
            ]
        ),
    ),
    "bump, d=2": (
        2,
        lambda x: np.exp(-4 * np.sum((x - 0.2) ** 2, axis=1)),
        lambda x: -8 * (x - 0.2) * np.exp(-4 * np.sum((x - 0.2) ** 2, axis=1))[:, None],
    ),
    "quadratic, d=3": (
        3,
        lambda x: x[:, 0] ** 2 + x[:, 0] * x[:, 1] + x[:, 2],
        lambda x: np.column_stack([2 * x[:, 0] + x[:, 1], x[:, 0], np.ones(len(x))]),
    ),
    "sum, d=4": (
        4,
        lambda x: np.sin(2 * x[:, 0]) + x[:, 1] ** 3 + x[:, 2],
        lambda x: np.column_stack(
            [2 * np.cos(2 * x[:, 0]), 3 * x[:, 1] ** 2, np.ones(len(x)), np.zeros(len(x))]
        ),
    ),
}


def scattered(name, seed, n=300, noise=0.05):
    dimension, function, gradient = CURVED[name]
    rng = default_rng(seed)
    x = rng.uniform(-1, 1, (n, dimension))
    values = function(x)
    queries = rng.uniform(-0.9, 0.9, (200, dimension))
    return x, values + noise * values.std() * rng.normal(size=n), queries, gradient(queries)


@pytest.mark.parametrize("name", CURVED)
def test_gradient_of_scattered_samples(name):
    x, y, queries, truth = scattered(name, seed=0)
    error = MultivariateDerivatives(SplineInterpolator).fit(x, y).gradient()(queries) - truth
    assert np.sqrt(np.mean(error**2) / np.mean(truth**2)) < 0.06


def test_gradient_bands_cover_over_functions_and_seeds():
    covered = []
    for name in CURVED:
        for seed in range(5):
            x, y, queries, truth = scattered(name, seed)
            lower, upper = MultivariateDerivatives().fit(x, y).gradient().band(queries)
            covered.append(np.mean((lower <= truth) & (truth <= upper)))
    assert 0.88 < np.mean(covered) < 0.99


def test_hessian_laplacian_and_their_deviations_agree():
    x, y, queries, _ = scattered("wave, d=2", seed=0)
    mv = MultivariateDerivatives().fit(x, y)
    hessian, laplacian = mv.hessian(), mv.laplacian()
    np.testing.assert_array_equal(hessian(queries), hessian(queries).swapaxes(1, 2))
    trace = np.trace(hessian(queries), axis1=1, axis2=2)
    np.testing.assert_allclose(laplacian(queries), trace, rtol=1e-9)
    truth = -13 * np.sin(3 * queries[:, 0]) * np.cos(2 * queries[:, 1])
    inside = np.abs(laplacian(queries) - truth) < 1.96 * laplacian.std(queries)
    assert np.mean(inside) > 0.8


def test_deviation_of_the_laplacian_counts_how_its_terms_move_together():
    x, y, queries, _ = scattered("wave, d=2", seed=0)
    together = MultivariateDerivatives().fit(x, y)
    engine = KernelField(x, y)
    xx, yy = (2, 0), (0, 2)
    apart = engine.covariance(queries, xx, xx) + engine.covariance(queries, yy, yy)
    shared = engine.covariance(queries, xx, yy)
    assert np.abs(shared).max() > 0.05 * apart.max()
    variance = together.laplacian().std(queries) ** 2
    np.testing.assert_allclose(variance, apart + 2 * shared, rtol=1e-6)


@pytest.mark.parametrize(
    ("scale", "origin"),
    [([1e6, 1e-3], [7e6, 0.007]), ([1e-6, 1e6], [0.0, 0.0]), ([1.0, 1.0], [1e6, -1e6])],
)
def test_the_answer_does_not_depend_on_units_or_the_order_of_rows(scale, origin):
    x, y, queries, _ = scattered("bump, d=2", seed=0)
    plain = MultivariateDerivatives().fit(x, y)
    order = default_rng(5).permutation(len(x))
    moved = MultivariateDerivatives().fit((x * scale + origin)[order], 100 * y[order] - 3)
    there = queries * scale + origin
    gradient = moved.gradient()(there) * scale / 100
    np.testing.assert_allclose(gradient, plain.gradient()(queries), atol=1e-5)
    band = moved.gradient().std(there) * scale / 100
    np.testing.assert_allclose(band, plain.gradient().std(queries), rtol=2e-3)


def test_copied_rows_claim_no_more_than_the_rows_themselves():
    x, y, queries, _ = scattered("bump, d=2", seed=0, n=150)
    once = MultivariateDerivatives().fit(x, y)
    twice = MultivariateDerivatives().fit(np.vstack([x, x]), np.append(y, y))
    np.testing.assert_array_equal(once.gradient()(queries), twice.gradient()(queries))
    for one, two in zip(once.gradient().band(queries), twice.gradient().band(queries), strict=True):
        np.testing.assert_array_equal(one, two)


def test_samples_of_a_plane_have_no_curvature_at_all():
    for seed in range(20):
        rng = default_rng(seed)
        x = rng.normal(size=(100, 3))
        mv = MultivariateDerivatives().fit(x, x @ [2, 0.5, -1] + 0.1 * rng.normal(size=100))
        design = np.column_stack([np.ones(100), x])
        slope = np.linalg.lstsq(design, mv(x), rcond=None)[0][1:]
        np.testing.assert_allclose(mv.gradient()(x), np.broadcast_to(slope, x.shape), atol=1e-9)
        np.testing.assert_array_equal(mv.hessian()(x), 0)


def test_grid_and_order_of_rows_give_the_same_numbers():
    points, z = rosenbrock()
    z = z + default_rng(0).normal(size=z.size)
    order = default_rng(1).permutation(len(z))
    one = MultivariateDerivatives().fit(points, z).gradient()(ORIGIN)
    two = MultivariateDerivatives().fit(points[order], z[order]).gradient()(ORIGIN)
    np.testing.assert_array_equal(one, two)


def test_duplicates_integers_and_a_single_variable():
    x, y, queries, truth = scattered("bump, d=2", seed=0, n=150)
    again = y + 0.02 * default_rng(1).normal(size=150)
    twice = MultivariateDerivatives().fit(np.vstack([x, x]), np.append(y, again))
    assert np.sqrt(np.mean((twice.gradient()(queries) - truth) ** 2)) < 0.15
    counts = np.stack(np.meshgrid(np.arange(8), np.arange(8)), axis=-1).reshape(-1, 2)
    whole = MultivariateDerivatives().fit(counts, counts[:, 0] * counts[:, 1])
    np.testing.assert_allclose(whole.gradient()([[2, 5]]), [[5, 2]], atol=1e-6)
    t = np.linspace(0, 3, 60)[:, None]
    line = MultivariateDerivatives().fit(t, np.sin(t[:, 0]))
    np.testing.assert_allclose(line.gradient()(t)[:, 0], np.cos(t[:, 0]), atol=1e-3)


def test_a_small_grid_is_treated_as_scattered():
    x, y = np.meshgrid([-1.0, 0.0, 1.0], [-1.0, 0.0, 1.0])
    points = np.column_stack([x.ravel(), y.ravel()])
    mv = MultivariateDerivatives().fit(points, points @ [3, -2])
    assert mv.engine_ == "linear"
    np.testing.assert_allclose(mv.gradient()(ORIGIN), [[3, -2]])


# shapes


METHODS = [SplineInterpolator, LowessInterpolator, LlaInterpolator, NeuralNetworkInterpolator]


@pytest.mark.parametrize("method", METHODS)
def test_shapes_with_one_and_with_several_outputs(method):
    options = {"members": 1, "hidden": (8,)} if method is NeuralNetworkInterpolator else {}
    x = default_rng(0).uniform(-1, 1, (90, 2))
    both = np.column_stack([x[:, 0] ** 2 + x[:, 1], np.sin(x[:, 0] * x[:, 1]), x[:, 0]])
    several = MultivariateDerivatives(method, **options).fit(x, both)
    single = MultivariateDerivatives(method, **options).fit(x, both[:, 0])
    p = x[:5] * 0.5
    for q in (p, p[:1], p[:0]):
        n = len(q)
        assert single(q).shape == (n,)
        assert single.gradient()(q).shape == (n, 2)
        assert single.jacobian()(q).shape == (n, 1, 2)
        assert single.hessian()(q).shape == (n, 2, 2)
        assert single.laplacian()(q).shape == (n,)
        assert several(q).shape == (n, 3)
        assert several.gradient()(q).shape == several.jacobian()(q).shape == (n, 3, 2)
        assert several.hessian()(q).shape == (n, 3, 2, 2)
        assert several.laplacian()(q).shape == (n, 3)
    assert np.ndim(single.noise_) == 0
    assert several.noise_.shape == (3,)
    if method is not NeuralNetworkInterpolator:
        for estimate in (several.gradient(), several.hessian(), several.laplacian()):
            assert estimate.std(p).shape == estimate(p).shape
        assert several.std(p).shape == several.band(p)[0].shape == (5, 3)


def test_jacobian_rows_are_the_outputs():
    x = default_rng(0).uniform(-1, 1, (200, 2))
    polar = np.column_stack([x[:, 0] ** 2 - x[:, 1] ** 2, 2 * x[:, 0] * x[:, 1]])
    jacobian = MultivariateDerivatives().fit(x, polar).jacobian()
    np.testing.assert_allclose(jacobian([[0.5, 0.25]]), [[[1, -0.5], [0.5, 1]]], atol=1e-3)


def test_a_batch_is_its_points_one_by_one():
    x, y, queries, _ = scattered("wave, d=2", seed=0)
    gradient = MultivariateDerivatives().fit(x, y).gradient()
    alone = np.vstack([gradient(point[None]) for point in queries[:5]])
    np.testing.assert_allclose(gradient(queries)[:5], alone, rtol=1e-9)


# the other methods


@pytest.mark.parametrize("method", [LowessInterpolator, LlaInterpolator])
def test_local_quadratics_are_exact_on_quadratics(method):
    x = default_rng(0).uniform(-1, 1, (150, 2))
    mv = MultivariateDerivatives(method).fit(x, 1 + x[:, 0] ** 2 - 3 * x[:, 0] * x[:, 1] + x[:, 1])
    assert mv.engine_ == "local polynomial of degree 2"
    np.testing.assert_allclose(mv.gradient()([[0.2, 0.1]]), [[0.1, 0.4]], atol=1e-6)
    np.testing.assert_allclose(mv.hessian()([[0.2, 0.1]]), [[[2, -3], [-3, 0]]], atol=1e-5)
    assert mv.laplacian()([[0.2, 0.1]])[0] == pytest.approx(2, abs=1e-5)


def test_network_learns_a_gradient_and_shows_its_spread():
    x, y, queries, truth = scattered("wave, d=2", seed=0, noise=0.01)
    mv = MultivariateDerivatives(NeuralNetworkInterpolator, members=3).fit(x, y)
    error = mv.gradient()(queries) - truth
    assert np.sqrt(np.mean(error**2) / np.mean(truth**2)) < 0.2
    assert mv.spread(queries, order=1).shape == (200, 2)
    with pytest.raises(NotImplementedError, match="spread"):
        mv.gradient().band(queries)


def test_each_smoothing_has_its_effect():
    x, y, queries, _ = scattered("wave, d=2", seed=0, n=150)
    for method in (SplineInterpolator, LowessInterpolator, LlaInterpolator):
        few, many = (MultivariateDerivatives(method, smoothing=s).fit(x, y) for s in (1, 3))
        assert many.edf_ < few.edf_ - 0.5
        assert np.abs(many(queries) - few(queries)).max() > 1e-3
    nets = [
        MultivariateDerivatives(NeuralNetworkInterpolator, smoothing=s, members=1).fit(x, y)
        for s in (1, 100)
    ]
    assert nets[1].smoothing_ == pytest.approx(100 * nets[0].smoothing_)


def test_zero_interpolates_scattered_and_gridded_samples():
    x, y, *_ = scattered("wave, d=2", seed=0, n=150)
    np.testing.assert_allclose(MultivariateDerivatives(smoothing=0).fit(x, y)(x), y, atol=1e-5)
    points, z = rosenbrock()
    z = z + default_rng(0).normal(size=z.size)
    exact = MultivariateDerivatives(smoothing=0).fit(points, z)
    np.testing.assert_allclose(exact(points), z, atol=1e-6)
    automatic = MultivariateDerivatives().fit(points, z)
    assert exact.gradient().std(ORIGIN).max() > 2 * automatic.gradient().std(ORIGIN).max()


def test_repr_tells_settings_and_findings():
    mv = MultivariateDerivatives(LlaInterpolator, smoothing=2.0, degree=1)
    assert repr(mv) == (
        "<MultivariateDerivatives(LlaInterpolator, smoothing=2.0, degree=1), not fitted>"
    )
    x, y, *_ = scattered("wave, d=2", seed=0)
    assert "300 samples in 2 variables: kernel field, edf" in repr(
        MultivariateDerivatives().fit(x, y)
    )


# what can go wrong


def fit(x, y, method=SplineInterpolator, **options):
    return MultivariateDerivatives(method, **options).fit(x, y)


X = default_rng(0).uniform(-1, 1, (60, 2))
Y = X[:, 0] + X[:, 1] ** 2


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: fit(X, Y[:-1]), ValueError, "X and y must have the same length, got 60 and 59"),
        (lambda: fit(X[:, 0], Y), ValueError, r"X must have shape \(n, d\).*reshape\(-1, 1\)"),
        (lambda: fit(X[:3], Y[:3]), ValueError, "X has 3 rows.*SplineInterpolator in 2 variables"),
        (lambda: fit(X[:6], Y[:6], LowessInterpolator), ValueError, "needs at least 7"),
        (lambda: fit(np.where(X > 0.9, np.nan, X), Y), ValueError, "X has .* NaN.*nan='drop'"),
        (lambda: fit(X * [1, 0] + 3, Y), ValueError, "same value in every row of column 1"),
        (
            lambda: fit(np.column_stack([X, X[:, 0] - X[:, 1]]), Y),
            ValueError,
            r"linearly dependent columns \[0, 1, 2\].*Leave one",
        ),
        (lambda: fit(X, Y + 1j), TypeError, "y is complex"),
        (lambda: fit(X, Y, LowessInterpolator, smoothing=0), ValueError, "smoothing must be > 0"),
        (lambda: fit(X, Y, smoothing=-1), ValueError, "smoothing must be finite and >= 0"),
        (lambda: fit(X, Y, robust=True), TypeError, "robust has no meaning.*LowessInterpolator"),
        (lambda: fit(X, Y, SplineInterpolator()), TypeError, "one of the classes.*class itself"),
        (lambda: fit(X, Y, "spline"), TypeError, "interpolator must be one of the classes"),
        (lambda: fit(X, Y).gradient()(X[0]), ValueError, r"points.reshape\(1, 2\)"),
        (lambda: fit(X, Y)(np.zeros((4, 3))), ValueError, r"points must have shape \(q, 2\)"),
        (lambda: fit(X, Y)([[np.nan, 0]]), ValueError, "points has 1 NaN"),
        (lambda: fit(X, Y, LlaInterpolator, degree=1).hessian(), ValueError, "degree=2 or 3"),
        (lambda: fit(X, Y).spread(X), ValueError, "ask .std or .band"),
        (lambda: MultivariateDerivatives().gradient(), NotFittedError, r"call fit\(X, y\) first"),
    ],
)
def test_bad_input_is_named_with_its_mend(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_too_many_scattered_samples_to_interpolate():
    x = default_rng(0).normal(size=(2001, 2))
    with pytest.raises(
        ValueError, match="smoothing=0 interpolates scattered points only up to 2000"
    ):
        fit(x, x[:, 0], smoothing=0)


def test_rows_with_nan_can_be_dropped():
    holes = Y.copy()
    holes[3] = np.nan
    np.testing.assert_array_equal(
        fit(X, holes, nan="drop")(X[:4] * 0.5),
        fit(np.delete(X, 3, 0), np.delete(Y, 3))(X[:4] * 0.5),
    )


def test_extrapolation_is_announced_and_queries_inside_are_silent():
    mv = fit(X, Y)
    with pytest.warns(ExtrapolationWarning, match="1 of 2 query points.*falls back to its plane"):
        mv.gradient()([[0.0, 0.0], [2.0, 0.0]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        mv.gradient()([[0.0, 0.0]])


def test_too_few_samples_for_the_oscillations_are_announced():
    rng = default_rng(1)
    x = rng.uniform(-1, 1, (60, 2))
    with pytest.warns(UndersampledWarning, match="too few to tell signal from noise"):
        fit(x, np.sin(7 * x[:, 0]) * np.sin(7 * x[:, 1]) + 0.1 * rng.normal(size=60))


def test_waves_much_shorter_than_the_data_are_seen():
    rng = default_rng(0)
    x = rng.uniform(-1, 1, (200, 2))
    waves = np.sin(7 * x[:, 0]) * np.sin(7 * x[:, 1])
    mv = fit(x, waves + 0.1 * rng.normal(size=200))
    assert mv.engine_ == "kernel field"
    assert np.sqrt(np.mean((mv(x) - waves) ** 2)) < 0.1
