"""Numerics of complex numbers and waves, against closed forms and NumPy's own transform."""

import numpy as np
import pytest

from calcbook import (
    circle_integral,
    complex_step,
    conformal,
    epicycles,
    filters,
    rotary,
    sampling,
    spectra,
    spectral,
    spectral_bias,
)


@pytest.mark.parametrize("name", list(conformal.MAPS))
def test_a_map_is_conformal_where_its_jacobian_turns_and_scales(name):
    one = conformal.MAPS[name]
    gap = conformal.riemann_gap(conformal.jacobian(one.value, 0.7 + 0.4j))
    assert bool(gap < 1e-6) is (one.slope is not None)


@pytest.mark.parametrize("name", [*complex_step.SMOOTH][:3])
def test_a_complex_step_is_right_to_the_last_digits(name):
    error = complex_step.errors(name, np.array([1e-20, 1e-100]))
    assert np.all(error["complex step"] < 1e-15)


def test_a_circle_picks_up_its_pole_alone():
    f, r = circle_integral.lorentz_wave, circle_integral.residues()
    upper = circle_integral.around(f, 1j, 0.5)
    both = circle_integral.around(f, 0, 3.0)
    assert upper == pytest.approx(2j * np.pi * r[1j], abs=1e-10)
    assert both == pytest.approx(2j * np.pi * sum(r.values()), abs=1e-10)
    assert circle_integral.around(f, 5, 1.0) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("shape", epicycles.SHAPES)
def test_all_arrows_give_the_curve_back(shape):
    z = epicycles.outline(shape, 64)
    np.testing.assert_allclose(epicycles.redrawn(z, 64), z, atol=1e-12)
    turns, arrows = epicycles.coefficients(z)
    np.testing.assert_allclose(arrows, np.fft.fft(z)[turns] / 64, atol=1e-14)
    assert np.all(np.diff(np.abs(turns)) >= 0)


def test_the_pen_is_where_the_series_is():
    z = epicycles.outline("leaf", 640)
    t = np.arange(640) / 640
    for k in (1, 5, 23):
        assert epicycles.joints(z, k, t[100])[-1] == pytest.approx(epicycles.redrawn(z, k)[100])


@pytest.mark.parametrize(
    ("frequency", "seen"), [(1, 1), (5, 5), (9, 1), (11, 1), (19, 1), (10, 0), (12.5, 2.5)]
)
def test_frequencies_are_folded_at_half_the_rate(frequency, seen):
    assert sampling.folded(frequency, 10) == pytest.approx(seen)
    t = np.arange(40) / 10
    a, b = (np.cos(2 * np.pi * f * t) for f in (frequency, seen))
    np.testing.assert_allclose(a, b, atol=1e-10)


@pytest.mark.parametrize("window", list(spectra.WINDOWS))
def test_a_wave_of_whole_turns_has_its_amplitude(window):
    t = np.arange(120)
    f, size = spectra.amplitudes(3 * np.cos(2 * np.pi * t / 10), window)
    place = np.argmin(np.abs(f - 0.1))
    assert size[place] == pytest.approx(3, rel=0.01)


def test_kernels_keep_a_constant_and_responses_are_transforms():
    for name in filters.KERNELS:
        weights = filters.kernel(name, 7)
        assert weights.sum() == pytest.approx(1)
        lag = np.arange(weights.size) - weights.size // 2
        by_hand = np.sum(weights * np.cos(2 * np.pi * 0.13 * lag))
        assert filters.response(weights, [0.13])[0] == pytest.approx(by_hand)


def test_the_transform_differentiates_waves_exactly():
    t = 2 * np.pi * np.arange(64) / 64
    u = np.sin(3 * t) + 0.5 * np.cos(7 * t)
    found = spectral.spectral_derivative(u, 2 * np.pi)
    np.testing.assert_allclose(found, 3 * np.cos(3 * t) - 3.5 * np.sin(7 * t), atol=1e-11)
    cut = spectral.spectral_derivative(u, 2 * np.pi, 5)
    np.testing.assert_allclose(cut, 3 * np.cos(3 * t), atol=1e-11)


def test_the_predicted_error_is_the_measured_one():
    for cutoff in (3, 8, 40):
        measured = np.mean([spectral.error(cutoff, seed=seed) ** 2 for seed in range(60)]) ** 0.5
        assert measured == pytest.approx(spectral.predicted_error(cutoff), rel=0.1)


def test_the_signals_slope_is_the_slope_of_the_signal():
    t = np.linspace(0, 6, 50)
    difference = (spectral.hill(t + 1e-6) - spectral.hill(t - 1e-6)) / 2e-6
    np.testing.assert_allclose(difference, spectral.hill_slope(t), atol=1e-8)


def test_rotary_scores_depend_on_the_distance_alone():
    rng = np.random.default_rng(0)
    q, k = rng.normal(size=(2, 8)) + 1j * rng.normal(size=(2, 8))
    near = rotary.score(rotary.turned(q, 5), rotary.turned(k, 2))
    far = rotary.score(rotary.turned(q, 105), rotary.turned(k, 102))
    assert near == pytest.approx(far, rel=1e-10)
    assert rotary.score(rotary.turned(q, 5), rotary.turned(k, 3)) != pytest.approx(near, rel=1e-3)
    np.testing.assert_allclose(np.abs(rotary.turned(q, 9)), np.abs(q))


def test_waves_are_learned_slow_ones_first():
    learned = spectral_bias.train("x").learned[:, 0]
    assert learned.shape[-1] == len(spectral_bias.PERIODS)
    at_300 = learned[spectral_bias.STEPS.index(300)]
    assert at_300[0] > at_300[2]
