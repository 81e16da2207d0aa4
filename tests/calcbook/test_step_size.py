"""Steps of difference quotients: measured errors, and the formula that foretells the best step."""

import numpy as np
import pytest

from calcbook import step_size
from calcbook.step_size import (
    ACCURACIES,
    ROUNDING,
    RULES,
    accuracy_error,
    best_step,
    measured_order,
    predicted_error,
    predicted_step,
    rms_error,
)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("noise", [0, 1e-9, 1e-4, 0.05])
def test_the_formula_foretells_the_best_step_and_its_error(rule, noise):
    assert predicted_step(rule, noise) == pytest.approx(best_step(rule, noise), rel=0.35)
    measured = np.median([rms_error(rule, predicted_step(rule, noise), noise, s) for s in range(9)])
    assert predicted_error(rule, noise) == pytest.approx(measured, rel=0.1)


@pytest.mark.parametrize("rule", RULES)
def test_no_other_step_is_better_by_the_formula(rule):
    best = predicted_step(rule, 1e-3)
    others = [predicted_error(rule, 1e-3, best * factor) for factor in (0.5, 0.9, 1.1, 2)]
    assert min(others) > predicted_error(rule, 1e-3)


def test_the_hand_derived_steps():
    bend, third = np.sin(1) ** 2, np.cos(1) ** 2  # the mean over the points is close to these
    assert predicted_step("forward", 0.05) == pytest.approx(
        (8 * 0.05**2 / bend) ** (1 / 4), rel=0.02
    )
    assert predicted_step("central", 0.05) == pytest.approx(
        (9 * 0.05**2 / third) ** (1 / 6), rel=0.02
    )


@pytest.mark.parametrize("accuracy", ACCURACIES)
def test_orders_are_measured(accuracy):
    assert measured_order(accuracy) == pytest.approx(accuracy, abs=0.05)


def test_rules_are_those_of_accuracy_one_and_two():
    steps = [1e-3, 0.1]
    assert accuracy_error(1, steps, 0.01) == pytest.approx(rms_error("forward", steps, 0.01))
    plain = [
        np.sqrt(np.mean(((np.sin(x + h) - np.sin(x - h)) / (2 * h) - np.cos(x)) ** 2))
        for h in steps
        for x in [np.linspace(0.9, 1.1, 400)]
    ]
    assert accuracy_error(2, steps) == pytest.approx(plain, rel=1e-6)
    assert rms_error("central", steps) == pytest.approx(plain, rel=1e-6)


def test_rounding_is_an_error_of_this_size():
    x = np.linspace(0.9, 1.1, 20_001)
    exact = np.sin(x.astype(np.longdouble))
    assert np.std((np.sin(x) - exact).astype(float)) == pytest.approx(ROUNDING, rel=0.05)


def test_noise_is_seeded():
    assert rms_error("forward", [0.1], 0.1, 1) == rms_error("forward", [0.1], 0.1, 1)
    assert rms_error("forward", [0.1], 0.1, 1) != rms_error("forward", [0.1], 0.1, 2)


def test_bad_arguments_are_named():
    with pytest.raises(
        ValueError, match="`rule` is 'backward'; choose one of 'forward', 'central'"
    ):
        rms_error("backward", [0.1])
    with pytest.raises(ValueError, match="`accuracy` must be 1 or an even number, got 3"):
        accuracy_error(3, [0.1])
    with pytest.raises(ValueError, match="`steps` must be at least"):
        rms_error("forward", [0.0])
    assert step_size.STEPS[0] < 1e-12
