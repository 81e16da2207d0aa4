"""The contest on the noisy decay: what is scored, and who beats answering zero."""

import numpy as np
import pytest

from calcbook.data import noisy_decay
from calcbook.derivative_contest import CONTESTANTS, METHODS, errors


@pytest.fixture(scope="module")
def scores():
    return errors(noise=0.05, seeds=range(20))


def test_each_contestant_is_scored_on_each_data_set(scores):
    assert tuple(scores) == CONTESTANTS
    assert all(score.shape == (20,) for score in scores.values())


def test_naive_differences_are_worse_than_answering_zero_on_every_data_set(scores):
    assert np.min(scores["central differences"]) > 1


@pytest.mark.parametrize("name", ["LOWESS", "LLA", "network", "spline"])
def test_methods_that_look_at_the_noise_beat_it_on_every_data_set(scores, name):
    assert np.max(scores[name]) < 0.6


def test_scores_are_shares_of_the_derivatives_size():
    samples = noisy_decay(n=100, noise=0.01, seed=7)
    wrong = METHODS["central differences"](samples.t, samples.u) - samples.derivative
    expected = np.sqrt(np.mean(wrong**2) / np.mean(samples.derivative**2))
    assert errors(noise=0.01, seeds=[7])["central differences"] == pytest.approx([expected])
