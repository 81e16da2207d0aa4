"""Activation functions: the derivatives are those of the functions, and kinks have none."""

import numpy as np
import pytest

from calcbook.activations import ACTIVATIONS, LEAK, soft_relu

X = np.linspace(-6, 6, 240)  # misses 0, where two of them have a kink
H = 1e-5


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_each_derivative_is_that_of_the_function_before(name):
    value, slope, curvature, _ = ACTIVATIONS[name]
    assert (value(X + H) - value(X - H)) / (2 * H) == pytest.approx(slope(X), abs=1e-9)
    assert (slope(X + H) - slope(X - H)) / (2 * H) == pytest.approx(curvature(X), abs=1e-9)


@pytest.mark.parametrize(
    ("name", "value", "slope"),
    [("sigmoid", 0.5, 0.25), ("tanh", 0, 1), ("GELU", 0, 0.5), ("softplus", np.log(2), 0.5)],
)
def test_known_values_at_zero(name, value, slope):
    assert ACTIVATIONS[name].value(0) == pytest.approx(value)
    assert ACTIVATIONS[name].slope(0) == pytest.approx(slope)


@pytest.mark.parametrize(("name", "left"), [("ReLU", 0), ("leaky ReLU", LEAK)])
def test_kinks_have_a_slope_on_either_side_and_none_between(name, left):
    slopes = ACTIVATIONS[name].slope([-1e-12, 0.0, 1e-12])
    assert slopes[0] == left
    assert np.isnan(slopes[1])
    assert slopes[2] == 1
    assert np.isnan(ACTIVATIONS[name].curvature(0.0))


def test_only_functions_with_a_kink_say_so():
    kinks = [name for name, each in ACTIVATIONS.items() if each.kink is not None]
    assert kinks == ["ReLU", "leaky ReLU"]


@pytest.mark.parametrize("sharpness", [1.0, 5.0, 30.0])
def test_the_stand_in_is_nearest_far_out_and_farthest_at_the_kink(sharpness):
    soft, hard = soft_relu(sharpness), ACTIVATIONS["ReLU"]
    x = np.linspace(-3, 3, 601)
    distance = soft.value(x) - hard.value(x)
    assert np.max(distance) == pytest.approx(np.log(2) / sharpness)
    assert x[np.argmax(distance)] == pytest.approx(0)
    assert np.gradient(soft.value(x), x)[1:-1] == pytest.approx(soft.slope(x)[1:-1], abs=5e-3)
    assert soft.curvature(0) == pytest.approx(sharpness / 4)


def test_a_flat_stand_in_is_refused():
    with pytest.raises(ValueError, match="`sharpness` must be above 0, got 0"):
        soft_relu(0)


def test_no_input_is_too_large():
    with np.errstate(over="raise", invalid="raise"):
        for each in ACTIVATIONS.values():
            for part in each[:3]:
                assert np.all(np.isfinite(part(np.array([-300.0, 300.0]))))
