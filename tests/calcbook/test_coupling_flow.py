"""The coupling flow is invertible, counts its determinant, and keeps its mass."""

import numpy as np
import pytest

from calcbook import coupling_flow
from calcbook.moons import moons

THETA = 0.5 * np.random.default_rng(2).normal(size=(3, coupling_flow.PER_LAYER))
POINTS = np.random.default_rng(3).normal(size=(10, 2))


def test_the_way_back_undoes_the_way_there():
    z, _ = coupling_flow.to_latent(THETA, POINTS)
    assert coupling_flow.from_latent(THETA, z) == pytest.approx(POINTS, abs=1e-9)


def test_log_determinant_is_that_of_a_numerical_jacobian():
    _, log_det = coupling_flow.to_latent(THETA, POINTS)
    for x, value in zip(POINTS, log_det, strict=True):
        above, below = (
            coupling_flow.to_latent(THETA, x + s * 1e-5 * np.eye(2))[0] for s in (1, -1)
        )
        numerical = np.log(abs(np.linalg.det((above - below) / 2e-5)))
        assert value == pytest.approx(numerical, abs=1e-6)


def test_mass_is_one_only_with_the_right_determinant():
    theta = coupling_flow.train(2, steps=60)[-1]
    assert coupling_flow.mass(theta, 321) == pytest.approx(1, abs=1e-4)
    for wrong in ("left out", "wrong sign"):
        assert abs(coupling_flow.mass(theta, 321, wrong) - 1) > 0.1


def test_training_raises_the_likelihood_of_new_points():
    new, _ = moons(300, noise=0.1, seed=9)
    history = coupling_flow.train(2, steps=60)
    before, after = (coupling_flow.log_density(history[i], new).mean() for i in (0, -1))
    assert len(history) == 61
    assert after > before + 0.3


def test_without_the_determinant_all_points_are_squeezed_together():
    theta = coupling_flow.train(2, steps=100, log_det="left out")[-1]
    assert coupling_flow.to_latent(theta, POINTS)[1].mean() < -2


def test_a_flow_has_a_layer():
    with pytest.raises(ValueError, match="`layers` is 0"):
        coupling_flow.first_parameters(0)
