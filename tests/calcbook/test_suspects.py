"""The suspects of the exercises: each has its fault, and one has none."""

import numpy as np
import pytest

from calcbook import data, suspects

THETA = np.array([0.3, -1.2, 0.8, 2.0, -0.5, 1.1])


def central(theta: np.ndarray, h: float = 6e-6) -> np.ndarray:
    steps = h * np.eye(theta.size)
    return np.array(
        [(suspects.loss(theta + s) - suspects.loss(theta - s)) / (2 * h) for s in steps]
    )


def by_fault() -> dict[str, np.ndarray]:
    gradients = suspects.gradients()
    assert list(gradients) == list("ABCDE")
    assert sorted(suspects.faults()) == sorted(suspects.FAULTS)
    return dict(zip(suspects.faults(), (g(THETA) for g in gradients.values()), strict=True))


def test_each_gradient_has_the_fault_of_its_name() -> None:
    found, trusted = by_fault(), central(THETA)
    assert found["nothing"] == pytest.approx(trusted, rel=1e-8)
    assert found["wrong sign"] == pytest.approx(-trusted, rel=1e-8)
    assert found["index off by one"] == pytest.approx(np.roll(trusted, 1), rel=1e-8)
    tiny = np.abs(found["step too small"] / trusted - 1).max()
    assert 1e-6 < tiny < 1e-2
    factor = found["degrees for radians"] / trusted
    assert factor == pytest.approx(np.cos(np.radians(THETA)) / np.cos(THETA), rel=1e-7)


@pytest.mark.parametrize("seed", range(5))
def test_each_curve_has_the_character_of_its_name(seed: int) -> None:
    case = suspects.estimates(seed)
    assert sorted(suspects.characters()) == sorted(suspects.CHARACTERS)
    assert list(case.curves) == list("ABC")
    size = np.sqrt(np.mean(case.derivative**2))
    off = {
        character: np.sqrt(np.mean((curve.derivative - case.derivative) ** 2)) / size
        for character, curve in zip(suspects.characters(), case.curves.values(), strict=True)
    }
    assert off["honest"] < 0.25
    assert min(off["irons the signal flat"], off["follows the outliers"]) > 0.5
    swing = {
        character: np.abs(curve.derivative).max()
        for character, curve in zip(suspects.characters(), case.curves.values(), strict=True)
    }
    assert swing["irons the signal flat"] < swing["honest"] < swing["follows the outliers"]


def test_tram_is_consistent_and_stops() -> None:
    ride = data.tram_ride(noise=0.0)
    assert ride.u == pytest.approx(ride.truth)
    assert np.gradient(ride.truth, ride.t)[1:-1] == pytest.approx(ride.derivative[1:-1], abs=0.02)
    assert np.gradient(ride.derivative, ride.t)[1:-1] == pytest.approx(
        data.tram_acceleration(ride.t)[1:-1], abs=0.02
    )
    assert ride.derivative.min() >= 0
    assert ride.derivative[-1] < 0.2
    assert np.std(data.tram_ride().u - ride.truth) == pytest.approx(2.0, rel=0.2)
