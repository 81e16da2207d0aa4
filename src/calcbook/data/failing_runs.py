"""Six training runs that fail, each for a true cause of its own.

Each trains a very small model with plain gradient descent; nothing is drawn by hand. The
gradient norms are kept beside the losses, since they tell causes apart that look alike in the loss.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

_BEYOND_HOPE = 1e12
Step = Callable[[np.ndarray], tuple[float, np.ndarray]]


class FailingRun(NamedTuple):
    """One run, recorded before every step. After a loss above 10¹² a run ends and holds NaN.

    Attributes
    ----------
    step : ndarray of int, shape (n,)
    loss : ndarray, shape (n,)
        Training loss; of the mini-batch where the run uses one.
    gradient_norm : ndarray, shape (n,)
        Euclidean norm of the gradient for the first weights of the model (the first layer of a deep
        one, all weights of a small one).
    cause : str
        What was wrong, in a sentence.
    """

    step: np.ndarray
    loss: np.ndarray
    gradient_norm: np.ndarray
    cause: str


def failing_runs(seed: int = 0) -> dict[str, FailingRun]:
    """Train the six runs.

    Parameters
    ----------
    seed : int
        Seed of data and initial weights. The causes do not depend on it.

    Returns
    -------
    dict of str to FailingRun
        With the keys "vanishing gradient", "exploding gradient", "learning rate too high",
        "saddle", "plateau" and "label noise", in this order.
    """
    return {
        "vanishing gradient": _vanishing(np.random.default_rng(seed)),
        "exploding gradient": _exploding(np.random.default_rng(seed)),
        "learning rate too high": _rate_too_high(np.random.default_rng(seed)),
        "saddle": _saddle(np.random.default_rng(seed)),
        "plateau": _plateau(np.random.default_rng(seed)),
        "label noise": _label_noise(np.random.default_rng(seed)),
    }


def _descend(
    loss_and_gradient: Step, theta: np.ndarray, rate: float, steps: int, watched: int, cause: str
) -> FailingRun:
    """Run gradient descent; the norm is taken of the first ``watched`` gradient components."""
    losses, norms = np.full(steps, np.nan), np.full(steps, np.nan)
    with np.errstate(over="ignore"):
        for step in range(steps):
            loss, gradient = loss_and_gradient(theta)
            if not loss < _BEYOND_HOPE:
                break
            losses[step], norms[step] = loss, np.linalg.norm(gradient[:watched])
            theta = theta - rate * gradient
    return FailingRun(np.arange(steps), losses, norms, cause)


def _vanishing(rng: np.random.Generator) -> FailingRun:
    depth, width = 12, 8
    inputs = rng.uniform(-1, 1, (64, width))
    targets = np.sin(3 * inputs[:, 0])
    square = width * width

    def loss_and_gradient(theta: np.ndarray) -> tuple[float, np.ndarray]:
        layers, readout = theta[:-width].reshape(depth, width, width), theta[-width:]
        values = [inputs]
        for weights in layers:
            values.append(1 / (1 + np.exp(-values[-1] @ weights)))
        residual = values[-1] @ readout - targets
        error = 2 * residual / residual.size
        gradient = np.empty_like(theta)
        gradient[-width:] = values[-1].T @ error
        upstream = np.outer(error, readout)
        for level in reversed(range(depth)):
            upstream = upstream * values[level + 1] * (1 - values[level + 1])
            gradient[level * square : (level + 1) * square] = (values[level].T @ upstream).ravel()
            upstream = upstream @ layers[level].T
        return float(np.mean(residual**2)), gradient

    theta = rng.normal(0, 1 / np.sqrt(width), depth * square + width)
    cause = "Twelve sigmoid layers: each multiplies the gradient by at most a quarter."
    return _descend(loss_and_gradient, theta, 0.1, 300, square, cause)


def _exploding(rng: np.random.Generator) -> FailingRun:
    inputs = rng.uniform(0.5, 1.5, 64)
    targets = 3 * inputs
    length = 80

    def loss_and_gradient(theta: np.ndarray) -> tuple[float, np.ndarray]:
        residual = theta[0] ** length * inputs - targets
        slope = np.mean(2 * residual * inputs) * length * theta[0] ** (length - 1)
        return float(np.mean(residual**2)), np.array([slope])

    cause = "One recurrent weight, used eighty times: the gradient grows like its 79th power."
    return _descend(loss_and_gradient, np.array([0.92]), 2e-4, 300, 1, cause)


def _rate_too_high(rng: np.random.Generator) -> FailingRun:
    inputs = rng.standard_normal((64, 2)) * np.array([1.0, 3.0])
    targets = inputs @ np.array([1.0, -1.0])
    curvature = np.linalg.eigvalsh(2 * inputs.T @ inputs / 64)[-1]

    def loss_and_gradient(theta: np.ndarray) -> tuple[float, np.ndarray]:
        residual = inputs @ theta - targets
        return float(np.mean(residual**2)), 2 * inputs.T @ residual / residual.size

    cause = "A step longer than 2 / curvature jumps over the valley to a higher place."
    return _descend(loss_and_gradient, np.zeros(2), 2.01 / curvature, 300, 2, cause)


def _saddle(rng: np.random.Generator) -> FailingRun:
    inputs = rng.standard_normal(64)
    targets = 1.5 * inputs

    def loss_and_gradient(theta: np.ndarray) -> tuple[float, np.ndarray]:
        residual = theta[0] * theta[1] * inputs - targets
        slope = float(np.mean(2 * residual * inputs))
        return float(np.mean(residual**2)), slope * theta[::-1]

    cause = "Both weights start beside a saddle: the gradient is tiny there, curvature leads out."
    start = 1e-3 * np.array([1.0, 1.0 + 0.1 * rng.random()])
    return _descend(loss_and_gradient, start, 0.02, 300, 2, cause)


def _plateau(rng: np.random.Generator) -> FailingRun:
    inputs = rng.standard_normal(64)
    targets = (inputs > 0).astype(float)

    def loss_and_gradient(theta: np.ndarray) -> tuple[float, np.ndarray]:
        output = 1 / (1 + np.exp(-(theta[0] * inputs + theta[1])))
        residual = output - targets
        upstream = 2 * residual * output * (1 - output) / residual.size
        return float(np.mean(residual**2)), np.array([upstream @ inputs, upstream.sum()])

    cause = "A saturated output under squared error: the loss is high and flat at the same time."
    return _descend(loss_and_gradient, np.array([0.5, -9.0]), 0.5, 300, 2, cause)


def _label_noise(rng: np.random.Generator) -> FailingRun:
    inputs = np.column_stack([rng.standard_normal((512, 2)), np.ones(512)])
    labels = (inputs[:, 0] + inputs[:, 1] > 0).astype(float)
    flipped = rng.random(512) < 0.3
    labels[flipped] = 1 - labels[flipped]

    def loss_and_gradient(theta: np.ndarray) -> tuple[float, np.ndarray]:
        batch = rng.choice(512, 32, replace=False)
        scores = inputs[batch] @ theta
        loss = np.logaddexp(0, scores) - labels[batch] * scores
        error = 1 / (1 + np.exp(-scores)) - labels[batch]
        return float(loss.mean()), inputs[batch].T @ error / 32

    cause = "Three labels in ten are wrong: batches pull apart while their mean gradient is zero."
    return _descend(loss_and_gradient, np.zeros(3), 0.3, 300, 3, cause)
