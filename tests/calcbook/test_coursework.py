"""Each student's data follow from the name, and differ from everybody else's."""

import numpy as np
import pytest

from calcbook.coursework import (
    chapter_1,
    chapter_2,
    chapter_4,
    chapter_5,
    chapter_6,
    chapter_7,
    chapter_8,
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


def test_spend_and_price_move_together_and_the_effect_is_a_slope() -> None:
    settings, sold = chapter_6.sales_log("Ada")
    market, h = chapter_6.market("Ada"), 1e-5
    assert np.corrcoef(settings.T)[0, 1] == pytest.approx(-0.85, abs=0.05)
    assert (sold - market.sold(settings)).std() == pytest.approx(2, rel=0.15)
    above, below = market.sold([[8 + h, 10], [8 - h, 10]])
    assert market.effect_of_spend(8.0) == pytest.approx((above - below) / (2 * h), rel=1e-8)


def test_the_winds_plain_mean_points_elsewhere() -> None:
    for student in ("Ada", "Emmy", "Sofja"):
        readings = chapter_7.vane(student)
        assert readings.min() >= 0
        assert readings.max() < 360
        away = readings.mean() - np.degrees(np.angle(np.exp(1j * np.radians(readings)).sum()))
        assert abs((away + 180) % 360 - 180) > 30


def test_the_rhythm_is_seen_folded() -> None:
    log, true = chapter_7.rhythm_log("Ada"), 1 / chapter_7.rhythm_period("Ada")
    spectrum = np.abs(np.fft.rfft(log.value - log.value.mean()))
    seen = np.fft.rfftfreq(log.at.size, chapter_7.HOURS)[spectrum.argmax()]
    assert seen == pytest.approx(1 / chapter_7.HOURS - true, abs=5e-4)


def test_the_flight_is_closed_and_its_speed_the_slope_of_its_place() -> None:
    flight, h = chapter_7.flight("Ada"), 1e-5
    assert flight.position(0.0) == pytest.approx(flight.position(chapter_7.LAP))
    moved = flight.position(7 + h) - flight.position(7 - h)
    assert flight.speed(7.0) == pytest.approx(abs(moved) / (2 * h), rel=1e-7)


def test_the_swing_obeys_its_law() -> None:
    log, law = chapter_8.swing_log("Ada"), chapter_8.law("Ada")
    assert len(law) == 2
    smooth = np.polynomial.Chebyshev.fit(log.at, log.value, 80)
    t = np.linspace(2, 18, 200)
    u, v, acceleration = smooth(t), smooth.deriv()(t), smooth.deriv(2)(t)
    said = sum(size * chapter_8.TERMS[name](u, v) for name, size in law.items())
    assert np.std(acceleration - said) < 0.2 * np.std(acceleration)


def test_the_network_has_both_sides_and_its_loss_is_a_cross_entropy() -> None:
    network, x = chapter_8.classifier("Ada"), np.array([0.3, -0.2, 1.0, 0.5])
    assert np.exp(-network.loss(x, 0)) + np.exp(-network.loss(x, 1)) == pytest.approx(1)


def test_the_stock_is_as_volatile_as_it_should_be() -> None:
    prices = chapter_8.prices("Ada")
    assert prices.size == 10 * chapter_8.DAYS + 1
    yearly = np.diff(np.log(prices)).std() * np.sqrt(chapter_8.DAYS)
    assert 0.45 < yearly < 0.85
