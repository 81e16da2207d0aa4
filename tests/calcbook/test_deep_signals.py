"""The gradients that the figure of deep networks shows are the derivatives of its forward pass."""

import numpy as np
import pytest

from calcbook.deep_signals import (
    DESIGNS,
    backward,
    forward,
    gradient_norms,
    normalize,
    pull_back_normalize,
)
from calcbook.gradient_check import check_gradient


@pytest.mark.parametrize("design", DESIGNS)
def test_backward_is_the_derivative_of_forward(design):
    rng = np.random.default_rng(0)
    h = rng.normal(size=(3, 6))
    weights = 0.6 * rng.normal(size=(4, 6, 6))
    probe = rng.normal(size=(3, 6))

    def loss(h):
        return np.sum(probe * forward(design, h, weights)[0])

    def gradient(h):
        return backward(design, forward(design, h, weights)[1], probe)[0]

    assert check_gradient(loss, gradient, h)


def test_normalization_projects_out_mean_and_scale():
    z = np.random.default_rng(1).normal(size=(2, 5))
    np.testing.assert_allclose(pull_back_normalize(z, np.ones_like(z)), 0, atol=1e-14)
    np.testing.assert_allclose(pull_back_normalize(z, normalize(z)), 0, atol=1e-14)
    np.testing.assert_allclose(normalize(3 * z + 7), normalize(z))


@pytest.mark.parametrize("design", DESIGNS)
def test_one_size_per_layer_ending_at_one(design):
    sizes = gradient_norms(design, 7, 1.0)
    assert sizes.shape == (8,)
    assert sizes[-1] == 1
    assert (sizes > 0).all()


@pytest.mark.parametrize("scale", [0.7, 1.0, 1.4])
def test_plain_gradients_shrink_or_grow_by_the_scale_per_layer(scale):
    rates = [gradient_norms("plain", 30, scale, seed=s)[0] ** (1 / 30) for s in range(20)]
    assert np.median(rates) == pytest.approx(scale, rel=0.05)


def test_normalized_gradients_ignore_the_scale_of_the_weights():
    np.testing.assert_allclose(
        gradient_norms("normalized", 20, 0.3), gradient_norms("normalized", 20, 3.0)
    )


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="design is 'deep'"):
        gradient_norms("deep", 3, 1.0)
    with pytest.raises(ValueError, match="must be positive"):
        gradient_norms("plain", 0, 1.0)
