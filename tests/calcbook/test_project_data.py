"""What the final projects are given is what their texts say."""

import numpy as np
import pytest

from calcbook import project_data


def test_the_best_settings_are_best_and_inside():
    best = project_data.best_settings()
    steps = 0.05 * np.array([[1, 0], [-1, 0], [0, 1], [0, -1]])
    assert np.all(project_data.true_loss(best + steps) > project_data.true_loss(best))
    assert np.all((best > project_data.LOW + 0.5) & (best < project_data.HIGH - 0.5))


@pytest.mark.parametrize("noise", [0.0, 0.1])
def test_noise_of_the_losses_is_as_asked(noise):
    settings, measured = project_data.measured_losses(noise, seed=3)
    assert settings.shape == (400, 2)
    off = measured - project_data.true_loss(settings)
    assert np.std(off) == pytest.approx(noise, rel=0.1)
    assert np.all((settings >= project_data.LOW) & (settings <= project_data.HIGH))


def test_the_motion_obeys_its_law():
    times = np.linspace(0, 10, 2001)
    states = project_data.true_motion(times, (0.3, -0.2))
    assert states[0] == pytest.approx([0.3, -0.2])
    slopes = np.gradient(states, times, axis=0)[1:-1]
    assert slopes == pytest.approx(project_data.true_slopes(states)[1:-1], abs=1e-3)


def test_readings_scatter_about_the_motion():
    times, readings = project_data.unknown_motion(0.2, seed=5)
    off = readings - project_data.true_motion(times)
    assert readings.shape == (801, 2)
    assert np.std(off, axis=0) == pytest.approx([0.2, 0.2], rel=0.1)


def test_answers_scatter_about_the_network():
    asked, answers = project_data.served_answers(seed=2)
    assert asked.shape == (600, 2)
    assert np.std(answers - project_data.served_network()(asked)) == pytest.approx(0.1, rel=0.1)
