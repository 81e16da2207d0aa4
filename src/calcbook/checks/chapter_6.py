"""The exercises of chapter 6, Multivariable calculus."""

from __future__ import annotations

from typing import Any

import numpy as np

from calcbook.checks.exercise import Exercise, Mistake
from calcbook.checks.kinds import Array, Choice, Function, Number
from calcbook.checks.tolerance import percent, within
from calcbook.job_logs import joint_slopes, logged_jobs, lone_slopes

# 6.1, 6.2: the point, and the direction.
_POINT, _WAY = np.array([1.0, 2.0]), np.array([3.0, 4.0])

# 6.6: the log.
_CORRELATION, _SEED = 0.9, 3

# 6.8: hours in all, and the weights of the two logarithms.
_HOURS, _WEIGHTS = 200.0, np.array([3.0, 1.0])

# 6.9: the radius.
_RADIUS = 2.0


def _gradient() -> np.ndarray:
    """Return the gradient of x² y + y³."""
    x, y = _POINT
    return np.array([2 * x * y, x**2 + 3 * y**2])


def _layer_cases() -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    rng = np.random.default_rng(2)
    return [
        (rng.normal(size=(m, d)), rng.normal(size=m), rng.normal(size=(q, d)))
        for q, m, d in ((5, 4, 3), (2, 3, 3), (3, 1, 2))
    ]


def _layer_jacobian(W: np.ndarray, b: np.ndarray, X: np.ndarray) -> np.ndarray:
    slopes = 1 - np.tanh(X @ W.T + b) ** 2
    return slopes[:, :, None] * W


def _batch_cases() -> list[tuple[np.ndarray, np.ndarray]]:
    # Square, so that every wrong order has the right shape.
    rng = np.random.default_rng(3)
    return [(rng.normal(size=(n, n)), rng.normal(size=(n, n))) for n in (3, 4)]


def _newton_cases() -> list[tuple[np.ndarray, np.ndarray]]:
    turn = np.array([[0.8, -0.6], [0.6, 0.8]])
    return [
        (np.array([1.0, -2.0]), turn @ np.diag(values) @ turn.T)
        for values in ([4.0, 0.5], [3.0, -0.7], [-2.0, -5.0])
    ]


def _downhill_newton(g: np.ndarray, H: np.ndarray) -> np.ndarray:
    values, axes = np.linalg.eigh(H)
    return -axes @ ((axes.T @ g) / np.abs(values))


def _graph_cases() -> list[tuple[np.ndarray, np.ndarray]]:
    rng = np.random.default_rng(4)
    cases = []
    for n in (3, 5, 6):
        weights = np.triu(rng.uniform(size=(n, n)), 1)
        cases.append((weights + weights.T, rng.normal(size=n)))
    return cases


def _graph_laplacian(A: np.ndarray, u: np.ndarray) -> np.ndarray:
    return A @ u - A.sum(axis=1) * u


def _shared_hours(multiplier: Any = None) -> np.ndarray:
    hours = _HOURS * _WEIGHTS / _WEIGHTS.sum()
    price = _WEIGHTS.sum() / _HOURS if multiplier is None else multiplier
    return np.array([*hours, price])


def _ring(r: float = _RADIUS) -> float:
    return float(r * np.exp(-(r**2) / 2))


EXERCISES = {
    "6.1": Exercise(
        Array(percent(0.5, each=True), names=("∂f/∂x", "∂f/∂y")),
        right=_gradient,
        hint="For each entry, hold the other variable like a constant.",
        then="Two entries, the shape of the point: (2,).",
        mistakes=[
            Mistake(
                "term without the other variable lost",
                "x² y depends on y too: with x held, its slope over y is x².",
                made=lambda: np.array([4.0, 12.0]),
            ),
            Mistake(
                "all variables moved",
                "With x held, y³ does not change with x: no term of it belongs in the first entry.",
                made=lambda: _gradient() + np.array([12.0, 0.0]),
            ),
        ],
        wrong=[(lambda: _gradient()[::-1], "reversed order")],
    ),
    "6.2": Exercise(
        Number(percent(0.5)),
        right=lambda: float(_gradient() @ _WAY / np.linalg.norm(_WAY)),
        hint="The gradient, times a direction of length 1.",
        then="It is nearly the gradient's length: the direction is close to the steepest one.",
        mistakes=[
            Mistake(
                "direction not of length 1",
                "That is the rate per time for someone who walks 5 units at a time. Per unit of "
                "length?",
                made=lambda: float(_gradient() @ _WAY),
            ),
            Mistake(
                "steepest slope",
                "That is the gradient's length, the slope in the steepest direction.",
                made=lambda: float(np.linalg.norm(_gradient())),
            ),
        ],
    ),
    "6.3": Exercise(
        Function(percent(0.1), cases=_layer_cases),
        right=lambda: _layer_jacobian,
        hint="For one sample, row i is the slope of the tanh at output i, times row i of W.",
        then="Sample, output, input: batches in front, outputs in rows.",
        mistakes=[
            Mistake(
                "transposed Jacobian",
                "Inputs and outputs are exchanged in each Jacobian. Wanted: sample, output, input.",
                made=lambda: lambda W, b, X: np.swapaxes(_layer_jacobian(W, b, X), 1, 2),
            ),
            Mistake(
                "batch axis last",
                "The batch stands last. Wanted: sample, output, input.",
                made=lambda: lambda W, b, X: np.moveaxis(_layer_jacobian(W, b, X), 0, -1),
            ),
            Mistake(
                "linear part only",
                "That is the Jacobian of W x + b. The tanh's slopes are missing in front.",
                made=lambda: lambda W, b, X: np.broadcast_to(W, (len(X), *W.shape)),
            ),
        ],
    ),
    "6.4": Exercise(
        Function(percent(0.1), cases=_batch_cases),
        right=lambda: lambda X, G: G.T @ X,
        hint="Write the sum with its letters: over which of sample, output, input does it run?",
        then="Only the sample is summed over; output and input stay, in this order.",
        mistakes=[
            Mistake(
                "summed over the wrong axis",
                "`G @ X` sums over the outputs, and takes a row of X for an output. The sum runs "
                "over the samples, axis 0 of both.",
                made=lambda: lambda X, G: G @ X,
            ),
            Mistake(
                "transposed",
                "The values are right, outputs and inputs are exchanged. Wanted: output, input.",
                made=lambda: lambda X, G: X.T @ G,
            ),
            Mistake(
                "mean for sum",
                "A loss that is a mean has its 1/q in G already. Here you divide a second time.",
                made=lambda: lambda X, G: G.T @ X / len(X),
            ),
            Mistake(
                "inputs against inputs",
                "You sum over the inputs: that compares samples with samples.",
                made=lambda: lambda X, G: G @ X.T,
            ),
        ],
    ),
    "6.5": Exercise(
        Array(percent(1, each=True), names=("minima", "maxima", "saddles")),
        right=lambda: np.array([1.0, 1.0, 2.0]),
        hint="The gradient has a zero where each of its entries has one. Look at the signs of the "
        "Hessian's eigenvalues at all combinations.",
        then="Two sign choices for each axis: of the four, two are mixed.",
        mistakes=[
            Mistake(
                "one variable decides",
                "The second derivative over x alone does not decide. Both eigenvalues do.",
                when=lambda a: bool(np.allclose(a, [2, 2, 0])),
            ),
            Mistake(
                "mixed points missed",
                "You have the points with x = y. x = 1 and y = −1 is critical too.",
                when=lambda a: bool(np.allclose(a, [1, 1, 0])),
            ),
        ],
        wrong=[
            (lambda: [2, 2, 0], "one variable decides"),
            (lambda: [1, 1, 0], "mixed points missed"),
        ],
    ),
    "6.6": Exercise(
        Number(within(0.35, "min per GB")),
        right=lambda: float(joint_slopes(logged_jobs(_CORRELATION, _SEED))[0]),
        hint="Fit both settings together, and read off the slope along memory with rows held.",
        then="More memory helps. Big jobs had been given much of it, which hid the effect.",
        mistakes=[
            Mistake(
                "memory alone",
                "That is the slope of run time against memory alone. In this log, rows move along.",
                made=lambda: float(lone_slopes(logged_jobs(_CORRELATION, _SEED))[0]),
            ),
            Mistake(
                "other entry",
                "That is the effect of a million rows more. Which column is memory?",
                made=lambda: float(joint_slopes(logged_jobs(_CORRELATION, _SEED))[1]),
            ),
        ],
    ),
    "6.7": Exercise(
        Function(percent(0.1), cases=_newton_cases),
        right=lambda: _downhill_newton,
        hint="In the basis of the Hessian's eigenvectors, each entry of the gradient is divided by "
        "the size of its own eigenvalue.",
        then="Steep directions get short steps, flat ones long, and all of them go down.",
        mistakes=[
            Mistake(
                "plain Newton",
                "That is Newton's step, which also runs to saddles and peaks: where an eigenvalue "
                "is negative, it goes up.",
                made=lambda: lambda g, H: -np.linalg.solve(H, g),
            ),
            Mistake(
                "gradient step",
                "That is a gradient step: the Hessian is not in it.",
                made=lambda: lambda g, H: -g,
            ),
            Mistake(
                "absolute entries",
                "You took the absolute value of H's entries. Take it of the eigenvalues.",
                made=lambda: lambda g, H: -np.linalg.solve(np.abs(H), g),
            ),
        ],
        wrong=[(lambda: lambda g, H: -_downhill_newton(g, H), "wrong sign")],
    ),
    "6.8": Exercise(
        Array(percent(0.5, each=True), names=("a", "b", "λ")),
        right=_shared_hours,
        hint="The derivatives of the gain over a and over b are both equal to λ.",
        then="λ is what one more hour is worth, wherever it is spent.",
        mistakes=[
            Mistake(
                "equal shares",
                "With equal shares, an hour more is worth more in the first model than in the "
                "second: move some.",
                made=lambda: np.array([100.0, 100.0, 0.03]),
            ),
            Mistake(
                "multiplier upside down",
                "The shares are right. λ is gain per hour, and yours is hours per gain.",
                made=lambda: _shared_hours(_HOURS / _WEIGHTS.sum()),
            ),
            Mistake(
                "shares exchanged",
                "The larger weight gets more hours. Is yours the other way around?",
                made=lambda: _shared_hours()[[1, 0, 2]],
            ),
        ],
    ),
    "6.9": Exercise(
        Number(percent(0.5)),
        right=_ring,
        hint="In polar coordinates a patch has the area r dr dφ. Add up over all angles.",
        then="Most points of a normal cloud are not where its density is highest.",
        mistakes=[
            Mistake(
                "determinant lost",
                "That is the density in the plane at one place. What area does a step of dr and dφ "
                "sweep?",
                made=lambda: _ring() / _RADIUS / (2 * np.pi),
            ),
            Mistake(
                "angle not summed",
                "The area is right. One angle is in it, and all of them are asked for.",
                made=lambda: _ring() / (2 * np.pi),
            ),
            Mistake(
                "stretching lost",
                "The angles are summed up, and |det J| is missing: a ring is longer the larger it "
                "is.",
                made=lambda: _ring() / _RADIUS,
            ),
        ],
    ),
    "6.10": Exercise(
        Function(percent(0.1), cases=_graph_cases),
        right=lambda: _graph_laplacian,
        hint="Each edge to a neighbor adds its weight times (neighbor minus self).",
        then="Of a constant it is zero, and its entries add up to zero: heat is only moved.",
        mistakes=[
            Mistake(
                "sum of neighbors",
                "That is the sum over the neighbors. A Laplacian compares them with the node "
                "itself.",
                made=lambda: lambda A, u: A @ u,
            ),
            Mistake(
                "degree is no count",
                "Each neighbor is compared with the node, weighted by its edge: subtract the node "
                "once for the sum of its weights, not once in all.",
                made=lambda: lambda A, u: A @ u - u,
            ),
            Mistake(
                "mean of neighbors",
                "That is the mean of the neighbors minus the node. Here the differences are added.",
                made=lambda: lambda A, u: A @ u / A.sum(axis=1) - u,
            ),
        ],
        wrong=[(lambda: lambda A, u: -_graph_laplacian(A, u), "wrong sign")],
    ),
    "6.11": Exercise(
        Choice(tuple("ABCDEF"), several=True),
        right=lambda: ["A", "C", "D", "F"],
        hint="Where there is a Hessian, are its eigenvalues nowhere negative? Elsewhere, draw a "
        "chord.",
        then="Convex in the weights of the last layer, and not in the weights of all layers.",
        mistakes=[
            Mistake(
                "product taken for convex",
                "x y is linear in each variable. Along x = −y it is a parabola that opens down.",
                when=lambda chosen: "B" in chosen,
            ),
            Mistake(
                "two layers taken for convex",
                "Two layers of one weight each have a minimum at (1, 1) and one at (−1, −1). "
                "What would convexity say of the point between?",
                when=lambda chosen: "E" in chosen,
            ),
            Mistake(
                "corner taken for a fault",
                "A corner is no fault: the chord decides, and no derivative is needed for it.",
                when=lambda chosen: "C" not in chosen,
            ),
        ],
        wrong=[
            (lambda: list("ABCDF"), "product taken for convex"),
            (lambda: list("ACDEF"), "two layers taken for convex"),
            (lambda: list("ADF"), "corner taken for a fault"),
        ],
    ),
}
