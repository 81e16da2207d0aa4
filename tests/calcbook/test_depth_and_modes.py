"""Sizes of gradients in deep networks, and the price of a Jacobian, against what theory says."""

import itertools

import numpy as np
import pytest

from calcbook import tape
from calcbook.activations import ACTIVATIONS
from calcbook.depth_map import DESIGNS, NAMES, depth_map
from calcbook.mode_cost import MODES, jacobian


@pytest.mark.parametrize("design", DESIGNS)
def test_one_layer_is_what_the_tape_says(design):
    width, batch = 6, 4
    found = depth_map("tanh", design, depths=(1,), scales=(1.3,), width=width, batch=batch, seeds=1)
    rng = np.random.default_rng(0)
    inputs = rng.normal(size=(1, batch, width))[0]
    weight = rng.normal(size=(1, 1, width, width))[0, 0] / np.sqrt(width)
    last = rng.normal(size=(1, batch, width))[0]
    h = tape.Node(inputs)
    z = 1.3 * (h @ weight.T)
    if design == "normalized":
        centered = z - z.mean(axis=-1, keepdims=True)
        z = centered / tape.sqrt((centered**2).mean(axis=-1, keepdims=True))
    out = tape.tanh(z) + h if design == "skip" else tape.tanh(z)
    (out * last).sum().backward()
    size = np.sqrt(np.mean(h.grad**2) / np.mean(last**2))
    assert found.sizes[0, 0] == pytest.approx(size, rel=1e-3)


def test_linear_growth_in_the_scale_of_a_relu_network():
    # ReLU passes scales on unchanged, so every layer multiplies by the scale.
    found = depth_map("ReLU", depths=(8,), scales=(1.0, 2.0), seeds=5)
    assert found.sizes[1, 0] / found.sizes[0, 0] == pytest.approx(2**8, rel=1e-9)


def test_the_level_scale_of_relu_is_the_root_of_two():
    found = depth_map("ReLU", depths=(64,), scales=(1.0, 2**0.5, 2.0), width=256, seeds=5)
    low, level, high = np.log2(found.sizes[:, 0]) / 64
    assert level == pytest.approx(0, abs=0.03)
    assert (low, high) == pytest.approx((-0.5, 0.5), abs=0.03)


@pytest.mark.parametrize("activation", NAMES)
def test_normalization_takes_the_scale_out(activation):
    found = depth_map(activation, "normalized", depths=(4,), scales=(0.5, 4.0))
    assert found.sizes[0, 0] == pytest.approx(found.sizes[1, 0], rel=1e-3)


def test_unknown_names_are_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=f"choose one of {', '.join(ACTIVATIONS)}"):
        depth_map("step")
    with pytest.raises(ValueError, match="choose one of plain, skip, normalized"):
        depth_map("ReLU", "wide")


@pytest.mark.parametrize("widths", [[3, 2], [4, 5, 3], [1, 7, 7, 6]])
def test_both_modes_give_the_jacobian_of_differences(widths):
    forward, reverse = (jacobian(widths, mode) for mode in MODES)
    np.testing.assert_allclose(forward.jacobian, reverse.jacobian, rtol=1e-12)
    rng = np.random.default_rng(0)
    weights = [rng.normal(size=(m, n)) / np.sqrt(n) for n, m in itertools.pairwise(widths)]
    x = rng.normal(size=widths[0])

    def f(x):
        for weight in weights:
            x = np.tanh(weight @ x)
        return x

    h = 1e-6
    columns = [(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(widths[0])]
    np.testing.assert_allclose(forward.jacobian, np.transpose(columns), atol=1e-8)


def test_multiplications_are_counted_by_hand():
    # Two layers 2 -> 3 -> 1. Forward, two columns: 3·2·2 + 3·2, then 1·3·2 + 1·2. Reverse, one
    # row: 1 + 1·1·3, then 3 + 1·3·2.
    assert jacobian([2, 3, 1], "forward").multiplications == 12 + 6 + 6 + 2
    assert jacobian([2, 3, 1], "reverse").multiplications == 1 + 3 + 3 + 6
    assert jacobian([2, 3, 1], "reverse").function == 6 + 3


@pytest.mark.parametrize(
    ("widths", "mode", "words"),
    [([2, 1], "sideways", "forward, reverse"), ([2], "forward", "two positive numbers or more")],
)
def test_bad_requests_say_what_to_do(widths, mode, words):
    with pytest.raises(ValueError, match=words):
        jacobian(widths, mode)
