"""The gradient of a differential equation's end state, in two ways.

Backpropagation goes through the steps of the solver and keeps all of them. The adjoint method
solves one more differential equation, backward in time, and keeps only where it stands.

References
----------
Pontryagin et al. (1962); Chen et al. (2018), *Neural ordinary differential equations*.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.integrate import RK45, solve_ivp

from calcbook import tape

Array = NDArray[np.float64]
Field = Callable[[Any, Any], tape.Node]
Loss = Callable[[tape.Node], tape.Node]


@dataclass(frozen=True)
class Gradient:
    """Derivatives of a loss of the end state, and what they cost.

    Attributes
    ----------
    theta : ndarray, shape (p,)
    start : ndarray, shape (d,)
        With respect to the start of the solution.
    recovered : ndarray, shape (d,)
        The start that the backward pass has come back to.
    kept : int
        Numbers that had to be in memory together; of a solver, its state and its seven rates.
    evaluations : int
        Of the field, forward and backward together.
    """

    theta: Array
    start: Array
    recovered: Array
    kept: int
    evaluations: int


def pullback(field: Field, u: ArrayLike, theta: ArrayLike, a: Array) -> tuple[Array, Array, Array]:
    """Return the field at ``u``, and a^T df/du and a^T df/dtheta, shapes (d,), (d,), (p,)."""
    u_node, theta_node = tape.Node(u), tape.Node(theta)
    out = field(u_node, theta_node)
    at_u, at_theta = tape.gradients((out * a).sum(), [u_node, theta_node])
    return out.value, at_u, at_theta


def solve(field: Field, theta: Array, u0: ArrayLike, duration: float, tolerance: float) -> Any:
    """Solve du/dt = field(u, theta) from 0 to ``duration`` with Dormand and Prince's RK45.

    Raises
    ------
    ValueError
        If ``duration`` or ``tolerance`` is not positive.
    """
    if duration <= 0 or tolerance <= 0:
        raise ValueError(
            f"`duration` {duration} and `tolerance` {tolerance} must both be positive."
        )
    return solve_ivp(
        lambda t, u: field(u, theta).value,
        (0, duration),
        np.asarray(u0, dtype=float),
        rtol=tolerance,
        atol=tolerance,
        dense_output=True,
    )


def by_backpropagation(
    field: Field, theta: Array, u0: ArrayLike, duration: float, loss: Loss, tolerance: float
) -> Gradient:
    """Differentiate the steps that the solver has taken, their sizes taken as given."""
    steps = np.diff(solve(field, theta, u0, duration, tolerance).t)
    start, theta_node = tape.Node(u0), tape.Node(theta)
    u = start
    for h in steps:
        u = _dormand_prince_step(field, u, theta_node, h)
    end = loss(u)
    at_theta, at_start = tape.gradients(end, [theta_node, start])
    evaluations = 2 * len(RK45.B) * len(steps)
    return Gradient(at_theta, at_start, start.value, _numbers_on_tape(end), evaluations)


def by_adjoint(
    field: Field,
    theta: Array,
    u0: ArrayLike,
    duration: float,
    loss: Loss,
    tolerance: float,
    *,
    stored: bool = False,
) -> Gradient:
    """Solve the adjoint equation backward, together with the solution or along the ``stored`` one.

    Parameters
    ----------
    stored : bool
        Whether the forward solution is kept and interpolated rather than solved backward again.
    """
    theta = np.asarray(theta, dtype=float)
    forward = solve(field, theta, u0, duration, tolerance)
    end = tape.Node(forward.y[:, -1])
    d = end.value.size
    (a_end,) = tape.gradients(loss(end), [end])

    def backward(t: float, state: Array) -> Array:
        u = forward.sol(t) if stored else state[:d]
        rate, at_u, at_theta = pullback(field, u, theta, state[d : 2 * d])
        return np.concatenate([rate, -at_u, -at_theta])

    state = np.concatenate([end.value, a_end, np.zeros(theta.size)])
    back = solve_ivp(backward, (duration, 0), state, rtol=tolerance, atol=tolerance)
    recovered, at_start, at_theta = np.split(back.y[:, -1], [d, 2 * d])
    kept = state.size * (1 + len(RK45.C) + 1) + (forward.y.size if stored else 0)
    return Gradient(at_theta, at_start, recovered, kept, forward.nfev + back.nfev)


def _dormand_prince_step(field: Field, u: Any, theta: Any, h: float) -> Any:
    rates: list[tape.Node] = []
    for row in RK45.A:
        rates.append(field(_moved(u, row, rates, h), theta))
    return _moved(u, RK45.B, rates, h)


def _moved(u: Any, weights: Array, rates: list[tape.Node], h: float) -> Any:
    for weight, rate in zip(weights, rates, strict=False):
        u = u + rate * (h * float(weight))
    return u


def _numbers_on_tape(output: tape.Node) -> int:
    """Count the numbers in all nodes that ``output`` was computed from."""
    seen: dict[int, int] = {}
    waiting = [output]
    while waiting:
        node = waiting.pop()
        if id(node) not in seen:
            seen[id(node)] = node.value.size
            waiting.extend(parent for parent, _ in node.parents)
    return sum(seen.values())
