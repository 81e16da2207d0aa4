"""Optimizers that pay for what they ask: each runs until one common budget is spent.

One unit buys the gradient at one point, with the loss there for free, since reverse mode computes
both. A line search pays for every point it tries, and a Hessian of d parameters costs d units,
since it is d derivatives of a gradient.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize

LossAndGradient = Callable[[NDArray], tuple[float, NDArray]]


class BudgetSpentError(Exception):
    """Raised inside an optimizer that asks for more than is left."""


@dataclass(frozen=True)
class Trace:
    """Where an optimizer went.

    Attributes
    ----------
    path : ndarray, shape (k, d)
        The points it stood at, the start included.
    spent : ndarray, shape (k,)
        What had been paid when it arrived there.
    """

    path: NDArray
    spent: NDArray


class Meter:
    """Sell losses, gradients and Hessians until the budget is spent, and keep the trace.

    Parameters
    ----------
    loss_and_gradient : callable
        ``theta (d,) -> (loss, gradient (d,))``; may be random, as on mini-batches.
    budget : int
        How many units may be spent.
    hessian : callable, optional
        ``theta (d,) -> (d, d)``.
    """

    def __init__(
        self,
        loss_and_gradient: LossAndGradient,
        budget: int,
        hessian: Callable[[NDArray], NDArray] | None = None,
    ) -> None:
        if budget < 1:
            raise ValueError(f"budget must be at least 1, not {budget!r}.")
        self.budget = budget
        self.spent = 0
        self._loss_and_gradient = loss_and_gradient
        self._hessian = hessian
        self._path: list[NDArray] = []
        self._bills: list[int] = []

    def loss_and_gradient(self, theta: NDArray) -> tuple[float, NDArray]:
        self._pay(1)
        return self._loss_and_gradient(theta)

    def gradient(self, theta: NDArray) -> NDArray:
        return self.loss_and_gradient(theta)[1]

    def hessian(self, theta: NDArray) -> NDArray:
        if self._hessian is None:
            raise ValueError("this optimizer needs a hessian: give one to run().")
        self._pay(theta.size)
        return self._hessian(theta)

    def visit(self, theta: NDArray) -> None:
        """Note that the optimizer now stands at theta; a run that overflows ends here."""
        if not np.all(np.abs(theta) < 1e25):
            raise BudgetSpentError
        self._path.append(theta.copy())
        self._bills.append(self.spent)

    def trace(self) -> Trace:
        return Trace(np.array(self._path), np.array(self._bills))

    def _pay(self, price: int) -> None:
        if self.spent + price > self.budget:
            raise BudgetSpentError
        self.spent += price


def gradient_descent(meter: Meter, theta: NDArray, learning_rate: float) -> None:
    """Step against the gradient; on mini-batch gradients this is SGD."""
    momentum(meter, theta, learning_rate, beta=0.0)


def momentum(meter: Meter, theta: NDArray, learning_rate: float, beta: float = 0.9) -> None:
    """Step along the velocity, a fading sum of all gradients so far (Polyak 1964)."""
    velocity = np.zeros_like(theta)
    while True:
        velocity = beta * velocity + meter.gradient(theta)
        theta = theta - learning_rate * velocity
        meter.visit(theta)


def adam(
    meter: Meter,
    theta: NDArray,
    learning_rate: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
) -> None:
    """Divide the mean of past gradients by their root mean square (Kingma and Ba 2015)."""
    mean, square = np.zeros_like(theta), np.zeros_like(theta)
    step = 0
    while True:
        gradient = meter.gradient(theta)
        step += 1
        mean = beta1 * mean + (1 - beta1) * gradient
        square = beta2 * square + (1 - beta2) * gradient**2
        unbiased_mean, unbiased_square = mean / (1 - beta1**step), square / (1 - beta2**step)
        theta = theta - learning_rate * unbiased_mean / (np.sqrt(unbiased_square) + epsilon)
        meter.visit(theta)


def newton(meter: Meter, theta: NDArray) -> None:
    """Jump to the critical point of the local quadratic, whatever kind of point that is."""
    while True:
        gradient = meter.gradient(theta)
        theta = theta - np.linalg.solve(meter.hessian(theta), gradient)
        meter.visit(theta)


def lbfgs(meter: Meter, theta: NDArray) -> None:
    """SciPy's L-BFGS-B, which ends by itself when it sees no progress."""
    minimize(
        meter.loss_and_gradient,
        theta,
        jac=True,
        method="L-BFGS-B",
        callback=lambda xk: meter.visit(xk),
        options={"maxiter": meter.budget, "ftol": 0.0, "gtol": 1e-12},
    )


def run(
    optimizer: Callable[..., None],
    loss_and_gradient: LossAndGradient,
    start: ArrayLike,
    budget: int,
    *,
    hessian: Callable[[NDArray], NDArray] | None = None,
    **options: float,
) -> Trace:
    """Run an optimizer of this module until its budget is spent.

    Parameters
    ----------
    optimizer : callable
        `gradient_descent`, `momentum`, `adam`, `newton` or `lbfgs`, or one of your own with the
        same first two arguments.
    loss_and_gradient : callable
        ``theta (d,) -> (loss, gradient (d,))``.
    start : array_like, shape (d,)
    budget : int
        Units to spend: 1 for a loss with its gradient, d for a Hessian.
    hessian : callable, optional
        ``theta (d,) -> (d, d)``, for `newton`.
    **options
        Passed to the optimizer, for instance ``learning_rate``.

    Returns
    -------
    Trace
        Its path and what each point of it had cost.
    """
    theta = np.array(start, dtype=np.float64)
    if theta.ndim != 1:
        raise ValueError(f"start has shape {theta.shape}: give one vector of parameters, (d,).")
    meter = Meter(loss_and_gradient, budget, hessian)
    meter.visit(theta)
    with suppress(BudgetSpentError):  # the end of a run, not a failure
        optimizer(meter, theta, **options)
    return meter.trace()
