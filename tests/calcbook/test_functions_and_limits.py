"""What chapter 1 computes: a turbine, twins, safe radii, rounding, temperatures, costs."""

import numpy as np
import pytest

from calcbook import data, limit_suspects, moons, rounding, storm_models, temperature, twins
from calcbook import transformer_cost as cost
from calcbook import zoom_lens as lens
from calcbook.approach import APPROACHES
from calcbook.safe_radius import safe_radius, safe_radius_around

SEEDS = range(20)


def test_the_turbine_starts_reaches_full_power_and_is_shut_down():
    assert data.power_curve([0, 3, 12, 18, 25, 25.001]) == pytest.approx([0, 0, 2, 2, 2, 0])
    assert data.power_curve(9.0) == pytest.approx(2 * (9**3 - 27) / (12**3 - 27))
    assert np.all(np.diff(data.power_curve(np.linspace(3, 12, 50))) > 0)


def test_wind_records_are_seeded_sorted_and_scatter_as_told():
    one, again = data.wind_records(n=3000, seed=1), data.wind_records(n=3000, seed=1)
    assert np.array_equal(one.power, again.power)
    assert np.all(np.diff(one.speed) >= 0)
    assert np.std(one.power - data.power_curve(one.speed)) == pytest.approx(0.08, rel=0.05)


def test_models_agree_on_the_data_and_keep_the_shape_they_are_given():
    records = data.wind_records()
    models = storm_models.fit_models(records)
    assert tuple(models) == storm_models.MODELS
    errors = [storm_models.rms_error(model, records) for model in models.values()]
    assert max(errors) < 0.1
    grid = np.array([[5.0, 6.0, 7.0], [8.0, 9.0, 10.0]])
    for model in models.values():
        assert model(grid).shape == (2, 3)
        assert model(8.0).shape == ()
        assert float(model(8.0)) == pytest.approx(float(model(grid)[1, 0]))


@pytest.mark.parametrize("rate", [1, 2, 4, 8])
def test_twins_agree_where_the_rate_divides_the_difference_of_frequencies(rate):
    assert twins.largest_difference(twins.sample_times(rate)) < 1e-12


@pytest.mark.parametrize("seed", SEEDS)
def test_uneven_samples_tell_the_twins_apart(seed):
    times = twins.sample_times(8, "uneven", seed)
    assert times.size == 17
    assert (times[0], times[-1]) == (0, twins.SPAN)
    assert np.all(np.diff(times) > 0)
    assert twins.largest_difference(times) > 1


@pytest.mark.parametrize("name", APPROACHES)
def test_one_sided_limits_are_what_the_functions_approach(name):
    chosen = APPROACHES[name]
    for limit, side in ((chosen.left, -1), (chosen.right, 1)):
        value = chosen.value(chosen.point + side * np.array([1e-5, 0.7e-5, 1e-6]))
        if np.isnan(limit):
            assert np.ptp(value) > 0.1
        elif np.isinf(limit):
            assert np.all(np.sign(value) == np.sign(limit))
            assert abs(value[-1]) > 1e5
        else:
            assert value == pytest.approx(limit, abs=1e-4)


def test_the_lens_straightens_what_is_smooth_alone():
    def ratio(name):
        return lens.bend(lens.VIEWS[name], 100) / lens.bend(lens.VIEWS[name], 1000)

    assert ratio("sigmoid") == pytest.approx(10, rel=0.05)
    assert ratio("ReLU") == ratio("|x|") == pytest.approx(1)
    assert ratio("turbine at its shutdown") == pytest.approx(0.1)
    assert ratio("infinitely fine wiggles") < 1


def test_the_sensor_leaves_samples_on_its_steps():
    view = lens.VIEWS["a sensor’s samples"]
    t, u = lens.window(view, 10)
    assert np.diff(t) == pytest.approx(1 / lens.RATE)
    assert u / lens.STEP == pytest.approx(np.round(u / lens.STEP))
    assert np.isnan(lens.bend(view, 10))


def test_safe_radius_is_that_of_closed_forms():
    assert safe_radius(np.square, 3.0, 1.0) == pytest.approx(np.sqrt(10) - 3, abs=3e-4)
    assert safe_radius(lambda x: 5 * x, 0.0, 1e-4) == pytest.approx(2e-5, rel=0.05)
    assert safe_radius(lambda x: np.sin(1 / np.where(x, x, np.inf)), 0.0, 0.5) == 0
    assert safe_radius(np.sign, 0.0, 0.5) == 0
    assert safe_radius(np.zeros_like, 0.0, 0.5, reach=2.0) == 2


def test_safe_radius_in_the_plane_finds_the_steepest_way():
    slope = np.array([3.0, 4.0])
    radius, direction = safe_radius_around(lambda X: X @ slope, [1, 2], 1.0)
    assert radius == pytest.approx(0.2, abs=0.003)
    assert abs(direction @ slope) == pytest.approx(5, rel=1e-3)


@pytest.mark.parametrize(("tolerance", "reach", "named"), [(0, 1, "tolerance"), (1, 0, "reach")])
def test_safe_radius_refuses_what_is_not_positive(tolerance, reach, named):
    with pytest.raises(ValueError, match=f"`{named}`"):
        safe_radius(np.square, 0.0, tolerance, reach)


def test_the_moons_are_told_apart():
    X, y = moons.moons()
    assert np.mean((moons.probability(X) > 0.5) == y) > 0.9


@pytest.mark.parametrize("name", rounding.EXPRESSIONS)
@pytest.mark.parametrize("precision", rounding.PRECISIONS)
def test_stable_forms_are_off_by_roundings_and_naive_ones_lose_all(name, precision):
    eps = float(np.finfo(rounding.PRECISIONS[precision]).eps)
    _, stable = rounding.relative_error(name, "stable", precision)
    _, naive = rounding.relative_error(name, "naive", precision)
    assert stable.max() < 3 * eps
    assert naive.max() >= 0.99


def test_errors_are_against_the_exact_value():
    h, error = rounding.relative_error("(1 − cos h)/h²", "naive", "float64", n=17)
    series = 1 / 2 - h**2 / 24 + h**4 / 720 - h**6 / 40320
    assert error[-4] == pytest.approx(
        abs((1 - np.cos(h[-4])) / h[-4] ** 2 / series[-4] - 1), abs=1e-15
    )


def test_softmax_between_its_limits():
    z = temperature.SCORES["clear winner"]
    assert temperature.tempered(z, 1e6) == pytest.approx(0.25, abs=1e-5)
    assert temperature.tempered(z, 1e-3) == pytest.approx([1, 0, 0, 0])
    with pytest.raises(ValueError, match="`temperature`"):
        temperature.tempered(z, 0)


def test_sensitivity_is_the_largest_stretch_of_the_probabilities():
    z, h = np.array([1.0, 0.2, -0.5]), 1e-6
    steps = h * np.eye(3)
    jacobian = np.transpose(
        [
            (temperature.tempered(z + e, 0.7) - temperature.tempered(z - e, 0.7)) / (2 * h)
            for e in steps
        ]
    )
    stretch = np.linalg.svd(jacobian, compute_uv=False)[0]
    assert temperature.sensitivity(z, 0.7) == pytest.approx(stretch, rel=1e-6)


def test_the_fitted_temperature_undoes_a_factor():
    rng = np.random.default_rng(0)
    z = rng.normal(size=(5000, 3))
    labels = np.array([rng.choice(3, p=p) for p in temperature.tempered(z, 1)])
    assert temperature.fitted_temperature(4 * z, labels) == pytest.approx(4, rel=0.15)


@pytest.mark.parametrize(("n", "d"), [(64, 64), (300, 32)])
def test_pytorch_counts_what_the_formula_says(n, d):
    assert cost.counted(n, d) == cost.total(n, d)


def test_the_local_power_is_the_slope_on_log_axes():
    n, d = 5000.0, 256
    slope = np.log(cost.total(n * 1.001, d) / cost.total(n / 1.001, d)) / np.log(1.001**2)
    assert cost.local_power(n, d) == pytest.approx(slope, rel=1e-6)
    assert cost.per_token(6 * d, d) == cost.per_pair(6 * d, d)


def test_the_vibration_looks_slower_to_each_sensor():
    first = data.vibration(10)
    slow = np.sin(2 * np.pi * -3 * first.t + 0.4)
    assert np.std(first.u - slow) == pytest.approx(0.3, rel=0.25)


def test_the_discount_is_the_jump_and_not_the_difference_of_means():
    many = [data.discount(n=4000, seed=seed) for seed in range(5)]
    for customers in many:
        near = np.abs(customers.score - 700) < 5
        above = customers.score >= 700
        jump = customers.spend[near & above].mean() - customers.spend[near & ~above].mean()
        assert jump == pytest.approx(12, abs=2.5)
        assert customers.spend[above].mean() - customers.spend[~above].mean() > 30


def test_the_suspects_have_the_faults_that_are_told():
    assert sorted(limit_suspects.faults()) == sorted(limit_suspects.FAULTS)
    f = limit_suspects.functions()
    assert f["A"](1e-9) == 0
    assert f["A"](1e-3) == pytest.approx(0.5, abs=1e-6)
    assert f["B"](1e-300) < 0.002
    assert f["C"](1e-9) == pytest.approx(1)
    assert abs(f["D"](0.7e-5)) > 0.1
    assert f["E"](1e-9) == pytest.approx(-f["E"](-1e-9))


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: data.wind_records(low=5, high=4), "low"),
        (lambda: data.wind_records(n=1), "n"),
        (lambda: data.wind_records(noise=-1), "noise"),
        (lambda: data.vibration(0), "rate"),
        (lambda: data.discount(1), "n"),
        (lambda: twins.twin("middle", 0), "name"),
        (lambda: twins.sample_times(8, "odd"), "spacing"),
    ],
)
def test_bad_arguments_are_named(call, named):
    with pytest.raises(ValueError, match=f"`{named}`"):
        call()
