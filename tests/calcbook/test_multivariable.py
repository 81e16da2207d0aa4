"""Heat flows to the mean, critical points are critical, multipliers price their constraints."""

import numpy as np
import pytest

from calcbook.constrained import highest_entropy, shared_budget
from calcbook.gradient_check import check_gradient
from calcbook.heat_flow import diffused, explicit_steps, graph_laplacian, grid_laplacian
from calcbook.random_waves import RandomWaves, critical_points, saddle_share


def test_heat_is_kept_and_ends_at_the_mean():
    start = np.random.default_rng(0).normal(size=20)
    u = diffused(grid_laplacian(4, 5), start, [0, 0.3, 200])
    assert u[0] == pytest.approx(start)
    assert u.sum(axis=1) == pytest.approx(np.full(3, start.sum()))
    assert u[2] == pytest.approx(np.full(20, start.mean()))


def test_a_cosine_decays_at_its_own_rate():
    wave = np.cos(np.pi * (np.arange(8) + 0.5) / 8)
    rate = 2 * np.cos(np.pi / 8) - 2
    assert diffused(grid_laplacian(1, 8), wave, 3.0)[0] == pytest.approx(np.exp(3 * rate) * wave)


def test_explicit_steps_converge_below_the_limit_and_blow_up_above():
    laplacian, start = grid_laplacian(1, 8), np.eye(8)[0]
    limit = 2 / -np.linalg.eigvalsh(laplacian)[0]
    assert np.abs(explicit_steps(laplacian, start, 0.9 * limit, 500)).max() < 1
    assert np.abs(explicit_steps(laplacian, start, 1.1 * limit, 500)).max() > 1e6
    errors = [
        np.abs(explicit_steps(laplacian, start, 1 / n, n) - diffused(laplacian, start, 1.0)).max()
        for n in (40, 80)
    ]
    assert errors[0] / errors[1] == pytest.approx(2, rel=0.05)


def test_one_way_edges_and_backward_time_are_refused():
    with pytest.raises(ValueError, match="adjacency: make it symmetric"):
        graph_laplacian(np.triu(np.ones((3, 3)), 1))
    with pytest.raises(ValueError, match="times: give none below zero"):
        diffused(np.zeros((2, 2)), np.ones(2), [-1.0])


def test_random_waves_have_the_derivatives_they_claim():
    f = RandomWaves.drawn(3, seed=1)
    point = np.array([0.3, -0.2, 0.7])
    assert check_gradient(lambda p: f.value(p[None])[0], lambda p: f.gradient(p[None])[0], point)
    for i in range(3):
        assert check_gradient(
            lambda p, i=i: f.gradient(p[None])[0, i],
            lambda p, i=i: f.hessian(p[None])[0, i],
            point,
        )


def test_points_found_are_critical_different_and_inside():
    f = RandomWaves.drawn(2, seed=0)
    points = critical_points(f)
    apart = np.linalg.norm(points[:, None] - points[None], axis=-1) + np.eye(len(points))
    assert len(points) > 3
    assert np.abs(f.gradient(points)).max() < 1e-9
    assert apart.min() > 1e-6
    assert np.abs(points).max() <= 2


def test_on_a_line_there_are_no_saddles_and_in_the_plane_half():
    line = RandomWaves.drawn(1, seed=0)
    assert saddle_share(line, critical_points(line)) == 0
    plane = [RandomWaves.drawn(2, seed) for seed in range(20)]
    shares = [saddle_share(f, critical_points(f)) for f in plane]
    assert np.mean(shares) == pytest.approx(0.5, abs=0.1)


def test_highest_entropy_is_a_softmax_and_its_multiplier_a_price():
    scores = np.array([0.0, 1.0, 3.0])
    p, multiplier = highest_entropy(scores, 1.0)
    assert p @ scores == pytest.approx(1.0)
    assert p == pytest.approx(np.exp(multiplier * scores) / np.exp(multiplier * scores).sum())
    entropy = lambda mean: -np.sum((q := highest_entropy(scores, mean)[0]) * np.log(q))  # noqa: E731
    assert (entropy(1 + 1e-5) - entropy(1 - 1e-5)) / 2e-5 == pytest.approx(-multiplier, rel=1e-5)
    with pytest.raises(ValueError, match="mean_score: give a number between 0 and 3, not 4"):
        highest_entropy(scores, 4.0)


def test_the_shared_budget_is_least_and_its_multiplier_a_price():
    sizes, spreads = np.array([0.7, 0.2, 0.1]), np.array([1.0, 4.0, 9.0])
    variance = lambda labels: np.sum((sizes * spreads) ** 2 / labels)  # noqa: E731
    labels, price = shared_budget(sizes, spreads, 100)
    assert labels.sum() == pytest.approx(100)
    rng = np.random.default_rng(0)
    for _ in range(20):
        move = rng.normal(size=3)
        assert variance(labels + 0.5 * (move - move.mean())) >= variance(labels)
    more = variance(shared_budget(sizes, spreads, 100.01)[0])
    assert (variance(labels) - more) / 0.01 == pytest.approx(price, rel=1e-3)
