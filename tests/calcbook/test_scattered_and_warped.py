"""One axis at a time misses the gradient, a joint field finds it; areas follow the Jacobian."""

import numpy as np
import pytest

from calcbook import scattered_gradients, warped_cloud


def test_one_axis_at_a_time_fails_and_the_joint_field_does_not():
    samples = scattered_gradients.logged(2, seed=0, n=150, correlation=0.8)
    at = samples.x[np.linalg.norm(samples.x, axis=1) < 2][:40]
    truth = scattered_gradients.gradient(at)
    field, lower, upper = scattered_gradients.joint_field(samples, at)

    def off(found):
        return np.sqrt(np.mean((found - truth) ** 2) / np.mean(truth**2))

    assert off(scattered_gradients.one_axis_at_a_time(samples, at)) > 0.4
    assert off(scattered_gradients.local_quadratic(samples, at)) < 0.3
    assert off(field) < 0.2
    assert np.mean((lower <= truth) & (truth <= upper)) > 0.8


def test_the_true_gradient_is_the_functions():
    at = np.random.default_rng(0).normal(size=(5, 4))
    steps = 1e-6 * np.eye(4)
    value = scattered_gradients.value
    central = np.stack([(value(at + h) - value(at - h)) / 2e-6 for h in steps], axis=1)
    assert scattered_gradients.gradient(at) == pytest.approx(central, abs=1e-8)


def test_settings_have_the_correlation_asked_for():
    x = scattered_gradients.logged(3, seed=0, n=20000, correlation=0.6).x
    assert np.corrcoef(x.T)[np.triu_indices(3, 1)] == pytest.approx(np.full(3, 0.6), abs=0.03)
    with pytest.raises(ValueError, match="correlation: give a number"):
        scattered_gradients.logged(3, seed=0, correlation=1.0)


def test_the_jacobian_is_that_of_the_warp_and_not_its_transpose():
    points = np.random.default_rng(0).normal(size=(6, 2))
    central = np.stack(
        [
            (warped_cloud.warp(points + h, 0.5) - warped_cloud.warp(points - h, 0.5)) / 2e-6
            for h in 1e-6 * np.eye(2)
        ],
        axis=2,
    )
    assert warped_cloud.jacobian(points, 0.5) == pytest.approx(central, abs=1e-7)


def test_a_density_shrinks_by_the_area_and_a_fold_is_refused():
    doubled = np.array([np.diag([2.0, -3.0])])
    assert warped_cloud.warped_density(np.array([1.2]), doubled) == pytest.approx([0.2])
    with pytest.raises(ValueError, match="jacobians: one is singular"):
        warped_cloud.warped_density(np.ones(1), np.zeros((1, 2, 2)))
