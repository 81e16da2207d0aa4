"""Gradients and layers written by hand: which are right, and that the others are not by far."""

import numpy as np
import pytest

from calcbook import hand_gradients, hand_layers
from calcbook.gradient_check import check_gradient


@pytest.mark.parametrize("version", hand_gradients.VERSIONS)
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_one_version_passes_a_gradient_check(version, seed):
    samples = hand_gradients.measurements(seed)
    verdict = check_gradient(
        lambda theta: hand_gradients.loss(theta, samples),
        lambda theta: hand_gradients.gradient(version, theta, samples),
        hand_gradients.start(seed),
    )
    assert bool(verdict) is (version == "C")
    assert version == "C" or verdict.error > 0.1


@pytest.mark.parametrize("version", hand_gradients.VERSIONS)
def test_every_version_is_right_in_the_output_layer(version):
    samples, theta = hand_gradients.measurements(3), hand_gradients.start(3)
    found, right = (hand_gradients.gradient(each, theta, samples) for each in (version, "C"))
    outer = slice(2 * hand_gradients.WIDTH, None)
    np.testing.assert_allclose(found[outer], right[outer], rtol=1e-12)


def test_a_run_keeps_every_step():
    run = hand_gradients.train("C", 0, steps=20)
    assert run.losses.shape == (21,)
    assert run.thetas.shape == (21, 3 * hand_gradients.WIDTH + 1)
    samples = hand_gradients.measurements(0)
    assert run.losses[7] == pytest.approx(hand_gradients.loss(run.thetas[7], samples))
    assert run.losses[-1] < run.losses[0]


def checked(layer, x):
    g = np.random.default_rng(0).normal(size=layer.forward(x).shape)
    return check_gradient(lambda x: np.sum(g * layer.forward(x)), lambda x: layer.pullback(x, g), x)


def test_two_of_five_layers_are_wrong_at_any_input():
    rng = np.random.default_rng(5)
    found = {
        letter
        for letter, layer in hand_layers.layers().items()
        for _ in range(5)
        if not checked(layer, rng.normal(size=layer.x.shape))
    }
    assert sorted(found) == hand_layers.wrong_layers() == ["B", "E"]
