"""Data: seeded, with their truth, and failing runs that fail for the cause they name."""

import csv
import runpy
from pathlib import Path

import numpy as np
import pytest

from calcbook import data
from calcbook.data import vendored

BOOK_DATA = Path(__file__).parents[2] / "book" / "data"
SEEDS = range(20)


def test_simulators_are_seeded_and_carry_their_truth():
    first, again, other = data.noisy_sine(seed=1), data.noisy_sine(seed=1), data.noisy_sine(seed=2)
    assert np.array_equal(first.u, again.u)
    assert not np.array_equal(first.u, other.u)
    assert first.t.size == 1000
    assert np.std(first.u - first.truth) == pytest.approx(0.1, rel=0.1)
    assert np.allclose(np.gradient(first.truth, first.t)[1:-1], first.derivative[1:-1], atol=1e-4)


def test_the_decay_obeys_its_equation():
    decay = data.noisy_decay(noise=0, rate=2.5)
    assert np.allclose(decay.derivative, -2.5 * decay.u)
    assert decay.u[0] == 1


def test_bad_arguments_are_named():
    with pytest.raises(ValueError, match="`n`"):
        data.noisy_sine(n=1)
    with pytest.raises(ValueError, match="`noise`"):
        data.noisy_decay(noise=-1)
    with pytest.raises(ValueError, match="`end`"):
        data.noisy_decay(end=0)


def test_the_training_log_learns_breaks_and_does_not_come_back():
    log = data.training_log()
    assert log.step.tolist() == list(range(2000))
    before, broken = log.loss[1150:1200].mean(), log.loss[1200:1300].mean()
    assert before < 0.1 * log.loss[:20].mean()
    assert broken > 10 * before
    assert log.loss[-200:].mean() > 1.5 * before
    assert set(log.learning_rate[1200:1400]) == {2.4}


def test_the_training_log_is_what_its_generator_writes(tmp_path, monkeypatch):
    generator = tmp_path / "make_training_log.py"
    generator.write_text((BOOK_DATA / generator.name).read_text())
    runpy.run_path(str(generator), run_name="__main__")
    made, kept = (
        [list(map(float, row)) for row in list(csv.reader(path.open()))[1:]]
        for path in (tmp_path / "training-log.csv", BOOK_DATA / "training-log.csv")
    )
    # Another processor may round differently, and after the break that is amplified.
    assert np.allclose(made[:1000], kept[:1000], rtol=1e-3, atol=1e-4)


def test_data_files_are_small_and_documented():
    described = (BOOK_DATA / "README.md").read_text()
    for path in BOOK_DATA.glob("*.csv"):
        assert path.stat().st_size < 200_000
        assert f"`{path.name}`" in described


def test_data_beside_the_page_are_found_without_a_checkout(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text("1")
    monkeypatch.chdir(tmp_path)
    assert vendored.data_file("a.csv") == tmp_path / "data" / "a.csv"
    with pytest.raises(FileNotFoundError, match=r"'b\.csv' was not found"):
        vendored.data_file("b.csv")


@pytest.fixture(scope="module")
def runs():
    return [data.failing_runs(seed) for seed in SEEDS]


def test_runs_come_in_one_shape(runs):
    for run in runs[0].values():
        assert run.step.shape == run.loss.shape == run.gradient_norm.shape == (300,)
        assert run.cause.endswith(".")


def test_a_vanishing_gradient_is_tiny_while_the_loss_is_high(runs):
    for run in (found["vanishing gradient"] for found in runs):
        assert run.gradient_norm.max() < 1e-5
        assert run.loss[-1] > 0.3


def test_an_exploding_gradient_grows_a_thousandfold_after_a_calm_start(runs):
    for run in (found["exploding gradient"] for found in runs):
        assert np.abs(np.diff(run.loss[:30])).max() < 0.01
        assert np.nanmax(run.gradient_norm) > 1000 * run.gradient_norm[0]


def test_a_rate_too_high_makes_the_loss_grow_steadily(runs):
    for run in (found["learning rate too high"] for found in runs):
        assert (np.diff(run.loss[50:]) > 0).all()


def test_a_saddle_is_left_in_the_end(runs):
    for run in (found["saddle"] for found in runs):
        assert run.gradient_norm[0] < 0.01
        assert run.loss[50] > 0.95 * run.loss[0]
        assert run.loss[-1] < 1e-3


def test_a_plateau_is_flat_and_not_left(runs):
    for run in (found["plateau"] for found in runs):
        assert run.loss[-1] > 0.99 * run.loss[0] > 0.3
        assert 0 < run.gradient_norm.max() < 0.01


def test_label_noise_keeps_the_loss_high_and_the_gradient_large(runs):
    for run in (found["label noise"] for found in runs):
        assert 0.5 < run.loss[-100:].mean() < 0.72
        assert run.gradient_norm[-100:].mean() > 0.05
