"""Each student's data follow from the name, and differ from everybody else's."""

import numpy as np
import pytest

from calcbook.coursework import (
    chapter_1,
    chapter_2,
    chapter_4,
    chapter_5,
    generator,
    student_seed,
)


def test_seeds_follow_names() -> None:
    assert student_seed("Ada Lovelace") == student_seed("  ada  LOVELACE ")
    assert len({student_seed(f"student {number}") for number in range(1000)}) == 1000


@pytest.mark.parametrize(("name", "error"), [("", ValueError), ("  ", ValueError), (7, TypeError)])
def test_a_name_that_is_none_says_what_to_do(name: object, error: type[Exception]) -> None:
    with pytest.raises(error, match="`student`"):
        student_seed(name)  # type: ignore[arg-type]


def test_questions_have_numbers_of_their_own() -> None:
    draws = [generator("Ada", question).random() for question in ("one", "two", "one")]
    assert draws[0] == draws[2] != draws[1]


def test_logs_are_noisy_readings_of_their_truth() -> None:
    t, u = chapter_2.heater_log("Ada")
    residual = u - chapter_2.heater("Ada").temperature(t)
    assert residual.std() == pytest.approx(1, rel=0.15)
    s, y = chapter_2.growth_log("Ada")
    slope = np.gradient(np.convolve(y, np.ones(31) / 31, mode="same"), s)[40:-40]
    assert s[40:-40][slope.argmax()] == pytest.approx(chapter_2.steepest_time("Ada"), abs=0.6)


def test_the_heaters_rate_is_the_slope_of_its_temperature() -> None:
    heater = chapter_2.heater("Ada")
    difference = (heater.temperature(5 + 1e-5) - heater.temperature(5 - 1e-5)) / 2e-5
    assert heater.rate(5.0) == pytest.approx(difference, rel=1e-8)


def test_the_discount_jumps_by_what_it_says() -> None:
    truth = chapter_1.discount("Ada")
    sides = truth.spending([truth.threshold - 1e-9, truth.threshold])
    assert sides[1] - sides[0] == pytest.approx(truth.jump)
    score, spending = chapter_1.discount_log("Ada")
    assert (spending - truth.spending(score)).std() == pytest.approx(truth.noise, rel=0.1)


def test_the_trips_speed_is_the_slope_of_its_way() -> None:
    trip = chapter_4.trip("Ada")
    difference = (trip.distance(120 + 1e-4) - trip.distance(120 - 1e-4)) / 2e-4
    assert trip.speed(120.0) == pytest.approx(difference, rel=1e-8)


def test_some_scores_are_equal_and_both_labels_are_there() -> None:
    for student in ("Ada", "Emmy", "Sofja"):
        scores, labels = chapter_4.scored(student)
        assert len(set(scores)) < scores.size
        assert set(labels) == {0, 1}


@pytest.mark.parametrize("order", [1, 2])
def test_a_curves_derivatives_are_those_of_its_values(order: int) -> None:
    curve, h = chapter_5.curve("Ada"), 1e-4
    below = [curve.derivative(4.0 + e, order - 1) for e in (h, -h)]
    assert curve.derivative(4.0, order) == pytest.approx((below[0] - below[1]) / (2 * h), rel=1e-6)


def test_the_quadratic_has_one_lowest_point() -> None:
    assert np.linalg.eigvalsh(chapter_5.hessian("Ada"))[0] > 0
