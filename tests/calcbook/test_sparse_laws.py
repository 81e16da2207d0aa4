"""Sparse regression finds known laws, loses them when it should, and refuses bad input."""

import numpy as np
import pytest

from calcbook.charts import discovery
from calcbook.sparse_laws import (
    SYSTEMS,
    discover,
    held_out_error,
    record,
    sparse_regression,
)


@pytest.mark.parametrize("system", SYSTEMS)
def test_true_law_is_found_without_noise(system: str) -> None:
    readings = record(system, noise=0.0)
    law = discover(system, readings)
    assert law.right_terms
    for column, true in zip(law.coefficients.T, SYSTEMS[system].law, strict=True):
        found = dict(zip(law.names, column, strict=True))
        np.testing.assert_allclose([found[name] for name in true], list(true.values()), rtol=0.02)
    assert held_out_error(readings, law) < 0.02


def test_too_large_a_threshold_loses_terms() -> None:
    readings = record("pendulum", noise=0.01)
    law = discover("pendulum", readings, threshold=0.6)
    assert not law.right_terms
    assert law.coefficients[law.names.index("ω"), 1] == 0
    assert held_out_error(readings, law) > 0.1


def test_no_threshold_keeps_every_term() -> None:
    law = discover("pendulum", record("pendulum", noise=0.01), threshold=0.0)
    assert np.all(law.coefficients != 0)


def test_energy_of_the_undisturbed_record_never_grows() -> None:
    theta, omega = record("pendulum", noise=0.0).truth.T
    energy = omega**2 / 2 - 4 * np.cos(theta)
    assert np.max(np.diff(energy)) < 1e-5


def test_prey_and_predators_keep_their_constant_of_motion() -> None:
    x, y = record("predators and prey", noise=0.0).truth.T
    constant = 0.4 * x - np.log(x) + 0.5 * y - np.log(y)
    assert np.ptp(constant) < 1e-4


def test_dropped_terms_are_exactly_zero_and_the_rest_is_fitted_again() -> None:
    rng = np.random.default_rng(0)
    terms = rng.standard_normal((50, 3))
    terms[:, 2] += terms[:, 0]
    slopes = 2 * terms[:, 0] + 0.01 * rng.standard_normal(50)
    found = sparse_regression(terms, slopes, 0.1)
    alone = (terms[:, 0] @ slopes) / (terms[:, 0] @ terms[:, 0])
    np.testing.assert_allclose(found, [alone, 0, 0], rtol=1e-12)


def test_bad_input_is_named() -> None:
    with pytest.raises(ValueError, match="system must be one of pendulum"):
        record("spring", noise=0.1)
    with pytest.raises(ValueError, match="threshold"):
        sparse_regression(np.ones((3, 1)), np.ones(3), -1.0)


def test_rollout_is_drawn_with_its_law_above() -> None:
    figure = discovery.rollout("predators and prey", 0.01, 0.15)
    assert "− 0.50 xy" in figure.layout.title.text
    names = [trace.name for trace in figure.data]
    assert "law found" in names
    found = next(trace for trace in figure.data if trace.name == "law found")
    assert min(found.x) >= 12


def test_a_long_law_is_broken_before_its_signs() -> None:
    title = discovery.rollout("pendulum", 0.01, threshold=0.0).layout.title.text
    lines = title.split("<br>")
    assert len(lines) > 2
    assert all(line.startswith(("d", "+", "−")) for line in lines)
    assert max(map(len, lines)) <= discovery.PHONE
