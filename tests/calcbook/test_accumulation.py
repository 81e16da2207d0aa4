"""What adds up: the robot's lap, drift of sums, meters, suspect integrators."""

import numpy as np
import pytest
from scipy.integrate import quad

from calcbook import data, suspect_integrals
from calcbook.accumulated_error import SPACING, twins
from calcbook.charts.accumulation import hilly, hilly_total
from calcbook.dead_reckoning import LAP, drive, missed_by, readings, reckon


def test_the_lap_ends_where_it_began_and_has_its_length():
    lap = drive()
    assert missed_by(lap) < 1e-9
    assert lap.heading[-1] == pytest.approx(2 * np.pi)
    assert np.sum(np.hypot(np.diff(lap.east), np.diff(lap.north))) == pytest.approx(LAP, rel=1e-4)


def test_a_bias_turns_the_heading_by_bias_times_time():
    assert np.degrees(drive(0, 0.1).heading[-1] - drive().heading[-1]) == pytest.approx(30)
    assert missed_by(drive(0, 0.1)) > 10


def test_a_constant_turn_is_a_circle():
    time = np.linspace(0, 10, 2001)
    path = reckon(time, np.full(time.size, 0.5))
    assert path.east == pytest.approx(np.sin(0.5 * time) / 0.5, abs=1e-5)
    assert path.north == pytest.approx((1 - np.cos(0.5 * time)) / 0.5, abs=1e-5)


def test_readings_are_seeded():
    assert np.array_equal(readings(1, 0, 3)[1], readings(1, 0, 3)[1])
    assert not np.array_equal(readings(1, 0, 3)[1], readings(1, 0, 4)[1])


def test_noise_grows_like_the_root_and_bias_like_time():
    found = twins(1.0, 0.0, runs=300)
    late = [50, 200, 400]
    spread = found.drift[:, late].std(axis=0)
    assert spread == pytest.approx(np.sqrt(SPACING * found.time[late]), rel=0.12)
    straight = twins(0.0, 0.3, runs=2)
    assert straight.drift[1] == pytest.approx(0.3 * straight.time)


def test_differences_forget_the_bias_and_shake_like_one_over_the_distance():
    assert twins(0.0, 0.3, runs=1).shake == pytest.approx(0, abs=1e-12)
    found = twins(1.0, 0.3)
    assert found.shake.mean(axis=0) == pytest.approx(np.sqrt(2) / found.apart, rel=0.1)


def test_the_running_total_is_an_antiderivative():
    x, h = np.linspace(0, 7, 50), 1e-5
    slope = (hilly_total(x + h) - hilly_total(x - h)) / (2 * h)
    assert slope == pytest.approx(hilly(x), abs=1e-8)
    assert hilly_total(0) == 0


def test_the_water_meters_total_is_the_integral_of_its_flow():
    meter = data.water_meter(noise=0)
    flow = quad(lambda t: 10 + 6 * np.sin(2 * np.pi * t / 40), 0, 60)[0]
    assert meter.total == pytest.approx(flow)
    assert np.trapezoid(meter.rate, meter.t) == pytest.approx(flow, rel=0.01)
    assert np.all(np.diff(meter.t) > 0)


def test_the_gyroscope_turns_by_the_sum_of_its_true_rates():
    exact = data.gyroscope(noise=0, bias=0)
    assert exact.spacing * exact.motion.sum() == pytest.approx(exact.turned)
    assert np.all(exact.rest == 0)
    assert data.gyroscope(noise=0, bias=0.3).rest == pytest.approx(0.3)


def test_each_integrator_has_the_fault_of_its_name():
    found = dict(
        zip(suspect_integrals.faults(), suspect_integrals.integrators().values(), strict=True)
    )
    assert sorted(found) == sorted(suspect_integrals.FAULTS)

    def wave(x):
        return np.cos(3 * x)

    right, gross = np.sin(6) / 3, quad(lambda x: abs(np.cos(3 * x)), 0, 2, limit=200)[0]
    assert found["nothing"](wave, 0, 2) == pytest.approx(right, abs=1e-4)
    assert found["limits exchanged"](wave, 0, 2) == pytest.approx(-right, abs=1e-4)
    assert found["area counted without sign"](wave, 0, 2) == pytest.approx(gross, abs=1e-3)
    assert found["step forgotten"](np.ones_like, 0, 2) == pytest.approx(400)
    assert found["last interval missing"](np.ones_like, 0, 2) == pytest.approx(1.9)
