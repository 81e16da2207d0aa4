"""The contest of methods: its signal, its noise, its score, its contestants."""

import time

import numpy as np
import pytest

from calcbook.method_comparison import (
    METHODS,
    errors_by_noise,
    noisy,
    relative_error,
    seconds,
    two_waves,
)


def test_the_slope_is_that_of_the_signal() -> None:
    t, u, slope = two_waves(4001)
    assert np.gradient(u, t)[1:-1] == pytest.approx(slope[1:-1], abs=1e-4)


def test_answering_zero_scores_one() -> None:
    _, _, slope = two_waves(50)
    assert relative_error(0 * slope, slope) == pytest.approx(1)
    assert relative_error(slope, slope) == 0


def test_noise_has_the_asked_size_and_is_repeatable() -> None:
    _, u, _ = two_waves(20_000)
    assert np.std(noisy(u, 0.2, seed=1) - u) == pytest.approx(0.2 * u.std(), rel=0.02)
    assert np.array_equal(noisy(u, 0.2, seed=1), noisy(u, 0.2, seed=1))
    assert not np.array_equal(noisy(u, 0.2, seed=1), noisy(u, 0.2, seed=2))


@pytest.mark.parametrize("name", METHODS)
def test_every_method_differentiates_clean_samples(name: str) -> None:
    t, u, slope = two_waves(100)
    assert relative_error(METHODS[name](t, u), slope) < 0.2


def test_errors_are_medians_over_the_seeds_asked_for() -> None:
    calls = []

    def method(t: np.ndarray, u: np.ndarray) -> np.ndarray:
        calls.append(u)
        return np.gradient(u, t)

    errors = errors_by_noise(30, [0, 0.1], seeds=5, methods={"ours": method})
    assert errors["ours"].shape == (2,)
    assert len(calls) == 1 + 5  # without noise, one data set is all there is
    _, _, slope = two_waves(30)
    t = two_waves(30)[0]
    middle = np.median([relative_error(np.gradient(u, t), slope) for u in calls[1:]])
    assert errors["ours"][1] == pytest.approx(middle)


def test_the_least_time_counts() -> None:
    pauses = iter([0.05, 0.0, 0.05])
    assert seconds(lambda: time.sleep(next(pauses)), repeats=3) < 0.04
