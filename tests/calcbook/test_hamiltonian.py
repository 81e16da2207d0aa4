"""The two networks of the swing: alike but for their structure, and what that keeps."""

import numpy as np
import pytest

from calcbook.hamiltonian import SwingNetwork, energy, swing_networks, true_swing

START, T = (1.2, 0.0), np.linspace(0, 40, 201)


def divergence(network: SwingNetwork, states: np.ndarray, h: float = 1e-5) -> np.ndarray:
    """How much the slopes spread a small cloud, which Hamilton's equations never do."""
    along = [
        (network.slopes(states + h * e)[:, i] - network.slopes(states - h * e)[:, i]) / (2 * h)
        for i, e in enumerate(np.eye(2))
    ]
    return np.abs(np.sum(along, axis=0))


def test_only_the_hamiltonian_network_keeps_areas():
    states = np.random.default_rng(0).uniform(-1.5, 1.5, (50, 2))
    plain, hamiltonian = swing_networks(0.05, seed=0).values()
    assert divergence(hamiltonian, states).max() < 1e-7
    assert divergence(plain, states).max() > 1e-3


@pytest.mark.parametrize("seed", range(3))
def test_slopes_are_learned(seed):
    states = true_swing(START, T)
    right = np.stack([states[:, 1], -np.sin(states[:, 0])], axis=1)
    for network in swing_networks(0.02, seed).values():
        assert np.abs(network.slopes(states) - right).max() < 0.15


def test_the_true_swing_keeps_its_energy():
    assert energy(true_swing(START, T)) == pytest.approx(float(energy(START)), rel=1e-6)


def test_a_swing_turns_back_after_half_a_period():
    # Small swings take two pi seconds.
    q, p = true_swing((0.01, 0.0), np.array([0.0, np.pi]))[-1]
    assert (q, p) == (pytest.approx(-0.01, rel=1e-3), pytest.approx(0, abs=1e-5))


def test_same_seed_same_networks():
    swing_networks.cache_clear()
    one = swing_networks(0.05, 1)["plain network"].outer
    swing_networks.cache_clear()
    assert np.array_equal(one, swing_networks(0.05, 1)["plain network"].outer)
    assert not np.array_equal(one, swing_networks(0.05, 2)["plain network"].outer)
