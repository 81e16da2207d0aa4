"""Samples at one position: measured again they count, copied they do not."""

import numpy as np
import pytest
from numpy.random import default_rng

from pydelt._kernel_field import KernelField
from pydelt._repeats import gather_repeats


def samples(n=80):
    rng = default_rng(0)
    x = rng.uniform(-1, 1, (n, 2))
    return x, np.sin(3 * x[:, 0]) + x[:, 1] + 0.1 * rng.normal(size=n)


def test_repeats_are_gathered_in_any_order():
    points = np.array([[1.0, 2.0], [0.0, 5.0], [1.0, 2.0], [1.0, 3.0]])
    gathered = gather_repeats(points, np.array([4.0, 1.0, 6.0, 2.0]))
    np.testing.assert_array_equal(gathered.points, [[0, 5], [1, 2], [1, 3]])
    np.testing.assert_array_equal(gathered.means, [1, 5, 2])
    np.testing.assert_array_equal(gathered.counts, [1, 2, 1])
    np.testing.assert_array_equal(gathered.scatter, [0, 2, 0])
    assert gathered.total == 4


def test_copied_rows_change_nothing_at_all():
    x, y = samples()
    once = KernelField(x, y)
    for copies in (np.arange(160) % 80, default_rng(1).integers(0, 80, 60).tolist()):
        rows = np.concatenate([np.arange(80), copies])
        again = KernelField(x[rows], y[rows])
        assert (again.measurements, again.noise, again.edf) == (80, once.noise, once.edf)
        for orders in ((0, 0), (1, 0), (1, 1)):
            one, two = (field.derivatives(x, [orders]) for field in (once, again))
            np.testing.assert_array_equal(one, two)
            one, two = (field.covariance(x, orders, orders) for field in (once, again))
            np.testing.assert_array_equal(one, two)


def test_second_measurements_count_as_such():
    x = samples(n=60)[0]
    truth, p, better = np.sin(3 * x[:, 0]) + x[:, 1], x * 0.8, []
    many = np.repeat(np.arange(60), 10)
    for seed in range(4):
        rng = default_rng(seed)
        field = KernelField(x[many], truth[many] + 0.3 * rng.normal(size=600))
        once = KernelField(x, truth + 0.3 * rng.normal(size=60))
        assert field.measurements == 600
        assert field.noise == pytest.approx(0.3, rel=0.1)
        better.append(field.covariance(p, (1, 0), (1, 0)) / once.covariance(p, (1, 0), (1, 0)))
    assert np.sqrt(np.mean(better)) < 0.5


def test_merging_equals_fitting_every_row():
    """Rows moved apart by less than matters, so that none are merged, give the same field."""
    x, y = samples(n=60)
    x, y = np.vstack([x, x]), np.append(y, y + 0.1 * default_rng(3).normal(size=60))
    apart = x + 1e-9 * default_rng(4).normal(size=x.shape)
    merged, single = KernelField(x, y), KernelField(apart, y)
    p = x[:20] * 0.8
    assert merged.noise == pytest.approx(single.noise, rel=0.02)
    np.testing.assert_allclose(
        merged.derivatives(p, [(1, 0)]), single.derivatives(p, [(1, 0)]), atol=0.02
    )
    np.testing.assert_allclose(
        merged.covariance(p, (1, 0), (1, 0)), single.covariance(p, (1, 0), (1, 0)), rtol=0.05
    )


def test_labels_that_agree_are_measurements_all_the_same():
    rng = default_rng(5)
    places = np.stack(np.meshgrid(np.arange(7.0), [0.0, 1.0, 3.0]), axis=-1).reshape(-1, 2)
    x = np.repeat(places, 40, axis=0)
    chance = 0.1 + 0.1 * x[:, 0]
    field = KernelField(x, (rng.random(len(x)) < chance).astype(float))
    assert field.measurements == len(x)
    np.testing.assert_allclose(field.derivatives(places, [(1, 0)]), 0.1, atol=0.03)
    np.testing.assert_allclose(
        field.derivatives(places, [(0, 0)])[:, 0], 0.1 + 0.1 * places[:, 0], atol=0.1
    )
