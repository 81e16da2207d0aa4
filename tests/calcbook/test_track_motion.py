"""Motion along a track: against circles and straight lines, and bands against known truth."""

import csv
import runpy
import tarfile
from pathlib import Path

import numpy as np
import pytest

from calcbook import data, track_motion
from calcbook.data import Track
from calcbook.track_motion import METHODS, Motion, differences, distance, fit, simulate
from pydelt.interpolation import SplineInterpolator

T = np.linspace(0, 20, 101)
BOOK_DATA = Path(__file__).parents[2] / "book" / "data"


def straight(noise=0.0):
    """Return a start from rest toward the north-east: 0.25 t² meters, 0.5 m/s²."""
    rng = np.random.default_rng(0)
    along = 0.25 * T**2 / np.hypot(3, 4)
    return Track(T, *(np.outer([3, 4], along) + noise * rng.normal(size=(2, T.size))))


def circle(radius=30.0, rate=0.3):
    return Track(T, radius * np.cos(rate * T), radius * np.sin(rate * T))


@pytest.mark.parametrize("method", METHODS)
def test_a_straight_start_has_its_speed_and_acceleration(method):
    motion, inside = fit(straight(), method), T[10:-10]
    assert motion.speed(inside) == pytest.approx(0.5 * inside, abs=1e-3)
    assert motion.acceleration(inside) == pytest.approx(0.5, abs=5e-3)
    assert motion.position(inside) == pytest.approx(0.05 * inside[:, None] ** 2 * [3, 4], abs=1e-2)


def test_on_a_circle_nothing_is_gained_along_the_track():
    motion, inside = fit(circle(), "spline"), T[10:-10]
    assert motion.speed(inside) == pytest.approx(9, abs=0.01)
    assert motion.acceleration(inside) == pytest.approx(0, abs=0.02)  # across it is 2.7 m/s²


def test_braking_is_negative():
    backward = straight()
    braking = Track(T, backward.east[::-1], backward.north[::-1])
    assert np.all(fit(braking, "spline").acceleration(T[10:-10]) < -0.4)


def test_bands_on_a_straight_line_are_those_of_its_coordinate():
    noisy = straight(noise=0.3)
    motion = fit(noisy, "spline")
    model = SplineInterpolator(penalty_order=3, adaptive=False)
    model.fit(T, np.column_stack([noisy.east, noisy.north]))
    lower, upper = model.differentiate(2).band(T)
    halves = (upper - lower) / 2
    got = np.subtract(*motion.acceleration_band(T)[::-1]) / 2
    # The direction is (0.6, 0.8), but for what the noise turns it.
    assert got[30:-30] == pytest.approx(np.hypot(*(halves * [0.6, 0.8]).T)[30:-30], rel=0.05)


def test_turning_widens_the_band():
    track = circle()
    shaken = simulate(fit(track, "spline"), T, noise=0.3)
    motion = fit(shaken, "spline")
    lower, upper = motion._model.differentiate(2).band(T)
    along = np.column_stack([-np.sin(0.3 * T), np.cos(0.3 * T)])
    alone = np.linalg.norm(along * (upper - lower) / 2, axis=1)
    got = np.subtract(*motion.acceleration_band(T)[::-1]) / 2
    assert np.median(got / alone) > 1.01


def test_speed_bands_stop_at_zero():
    still = simulate(fit(Track(T, 0 * T, 0 * T), "spline"), T, noise=1.0)
    lower, upper = fit(still, "spline").speed_band(T)
    assert np.min(lower) == 0
    assert np.all(upper > 0)


def test_bands_hold_the_truth_of_simulated_rides():
    ride = data.track()
    truth, t = fit(ride), np.linspace(0, 307, 308)
    held = []
    for seed in range(20):
        motion = fit(simulate(truth, ride.time, seed=seed), "spline")
        for band, value in (
            (motion.speed_band(t), truth.speed(t)),
            (motion.acceleration_band(t), truth.acceleration(t)),
        ):
            held.append(np.mean((band[0] <= value) & (value <= band[1])))
    speed, acceleration = np.reshape(held, (20, 2)).mean(axis=0)
    assert 0.92 <= speed <= 0.99
    assert 0.95 <= acceleration <= 1


def test_simulated_noise_is_seeded_and_of_its_size():
    motion = fit(data.track())
    one, again, other = (simulate(motion, T, seed=seed) for seed in (0, 0, 1))
    assert np.array_equal(one.east, again.east)
    assert not np.array_equal(one.east, other.east)
    many = simulate(motion, np.linspace(0, 307, 5000), noise=2.0)
    off = np.column_stack([many.east, many.north]) - motion.position(many.time)
    assert np.std(off) == pytest.approx(2, rel=0.03)


@pytest.mark.parametrize("apart", [1, 2, 5])
def test_differences_are_speeds_and_their_changes(apart):
    t = np.arange(0, 30.0)
    track = Track(t, 0.6 * t**2, 0.8 * t**2)
    when, speed = differences(track, 1, apart)
    assert speed == pytest.approx(2 * when)
    when, acceleration = differences(track, 2, apart)
    assert acceleration == pytest.approx(2)
    assert when[0] == apart
    assert when.size == 30 - 2 * apart


def test_no_difference_crosses_a_missing_position():
    t = np.array([0.0, 1, 2, 4, 5, 6])
    when, _ = differences(Track(t, t, 0 * t), 1)
    assert list(when) == [0.5, 1.5, 4.5, 5.5]
    when, _ = differences(Track(t, t, 0 * t), 2)
    assert list(when) == [1, 5]


def test_distance_adds_up_the_steps():
    track = Track(np.arange(3.0), np.array([0.0, 3, 3]), np.array([0.0, 4, 5]))
    assert list(distance(track)) == [0, 5, 6]


def test_bad_arguments_are_named():
    with pytest.raises(ValueError, match="`method` is 'cubic'; choose one of 'LOWESS'"):
        fit(straight(), "cubic")
    with pytest.raises(ValueError, match="`times` must be 1 for speed or 2"):
        differences(straight(), 3)


def test_the_ride_is_plausible_and_differences_of_it_are_not():
    ride = data.track()
    assert ride.time[0] == ride.east[0] == ride.north[0] == 0
    assert np.all(np.diff(ride.time) >= 1)
    assert 250 <= ride.time.size <= 260
    t = np.linspace(0, ride.time[-1], 400)
    motion = fit(ride)
    assert 5 < 3.6 * np.max(motion.speed(t)) < 45
    assert np.max(np.abs(motion.acceleration(t))) < 0.2 * track_motion.STANDARD_GRAVITY
    assert np.max(differences(ride, 2)[1]) > 0.7 * track_motion.STANDARD_GRAVITY


def test_the_noise_is_about_the_residuals():
    motion = Motion(straight(noise=0.5), SplineInterpolator(penalty_order=3))
    assert motion.noise == pytest.approx(0.5, rel=0.2)


def test_the_tracks_maker_cuts_a_stretch_and_turns_it_into_meters(tmp_path):
    maker = tmp_path / "make_track.py"
    maker.write_text((BOOK_DATA / maker.name).read_text())
    rows = "".join(
        f'<trkpt lat="{45 + 1e-5 * second}" lon="{10 - 2e-5 * second}">'
        f"<time>2020-01-01T00:{second // 60:02d}:{second % 60:02d}Z</time></trkpt>"
        for second in range(0, 600, 2)
    )
    (tmp_path / "sample-ride.gpx").write_text(
        f'<gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>{rows}</trkseg></trk></gpx>'
    )
    with tarfile.open(tmp_path / "package.tgz", "w:gz") as archive:
        archive.add(tmp_path / "sample-ride.gpx", "package/gpx/sample-ride.gpx")
    runpy.run_path(str(maker))["main"](tmp_path / "package.tgz")
    made = list(csv.reader((tmp_path / "track.csv").open()))
    assert made[0] == ["time", "east", "north"]
    assert made[1] == ["0", "0.00", "0.00"]
    time, east, north = map(float, made[-1])
    assert time == 306  # from second 278 to 584
    # A degree of latitude is 111.13 km there, one of longitude 78.85 km.
    assert north == pytest.approx(306e-5 * 111_132, rel=1e-3)
    assert east == pytest.approx(-2 * 306e-5 * 78_847, rel=1e-3)
