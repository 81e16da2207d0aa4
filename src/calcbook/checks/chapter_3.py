"""The exercises of chapter 3, Differentiation rules."""

from __future__ import annotations

import functools
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit, softmax

from calcbook import hand_layers
from calcbook.checks.exercise import Exercise, Mistake
from calcbook.checks.kinds import Array, Choice, Function, Number
from calcbook.checks.tolerance import percent, within
from calcbook.data.users import growing_users
from calcbook.depth_map import depth_map
from pydelt.interpolation import SplineInterpolator

# 3.1: where the slopes are asked for.
_X = 2.0

# 3.2: amount in €, weight and offset of the score, cost of a fraud in €.
_AMOUNT, _WEIGHT, _OFFSET, _FRAUD = 400.0, 1.5, -8.0, 200.0

# 3.4: the two inputs.
_FIRST, _SECOND = 2.0, 3.0

# 3.7: the threshold, per day.
_THRESHOLD = 0.08

# 3.8: inputs, units of the two hidden layers, outputs.
_WIDTHS = (12, 200, 200, 3)

# 3.10: layers and activation.
_LAYERS, _ACTIVATION = 32, "SiLU"


def _slopes(x: float = _X) -> np.ndarray:
    """Return the slopes of x³ - 2x, x² log x, exp(-x²/2) and x / (1 + x²)."""
    return np.array(
        [
            3 * x**2 - 2,
            2 * x * np.log(x) + x,
            -x * np.exp(-(x**2) / 2),
            (1 - x**2) / (1 + x**2) ** 2,
        ]
    )


def _with(place: int, value: float) -> np.ndarray:
    changed = _slopes()
    changed[place] = value
    return changed


def _fraud_parts() -> tuple[float, float, float]:
    """Return the slopes of cost over probability, probability over score, score over amount."""
    p = float(expit(_WEIGHT * np.log(_AMOUNT) + _OFFSET))
    return _FRAUD, p * (1 - p), _WEIGHT / _AMOUNT


def _power_of_itself(x: float = _X) -> float:
    return float(x**x * (np.log(x) + 1))


def _pencil(of_a: Callable[[float, float], float] = lambda a, b: b + a) -> np.ndarray:
    """Return the gradient of a (a + x) with a = x y, given the derivative with respect to a."""
    a = _FIRST * _SECOND
    b = a + _FIRST
    return np.array([of_a(a, b) * _SECOND + a, of_a(a, b) * _FIRST])


def _softmax_cases() -> list[tuple[np.ndarray, np.ndarray]]:
    rng = np.random.default_rng(5)
    return [
        (np.asarray(softmax(rng.normal(size=shape), axis=-1)), rng.normal(size=shape))
        for shape in ((3,), (2, 4), (5, 2))
    ]


def _softmax_pullback(s: np.ndarray, g: np.ndarray) -> np.ndarray:
    return s * (g - np.sum(g * s, axis=-1, keepdims=True))


def _rate_of_fit() -> tuple[np.ndarray, np.ndarray]:
    users = growing_users(seed=7)
    fit = SplineInterpolator(adaptive=False).fit(users.t, np.log(users.u))
    days = np.linspace(users.t[0], users.t[-1], 6001)
    return days, fit.differentiate()(days)


def _slow_day(threshold: float = _THRESHOLD) -> float:
    days, rate = _rate_of_fit()
    return float(days[np.argmax(rate < threshold)])


def _day_of_fastest_growth() -> float:
    users = growing_users(seed=7)
    slope = SplineInterpolator(adaptive=False).fit(users.t, users.u).differentiate()
    return float(users.t[np.argmax(slope(users.t))])


def _first_slow_pair() -> float:
    users = growing_users(seed=7)
    return float(users.t[np.argmax(np.diff(np.log(users.u)) / np.diff(users.t) < _THRESHOLD)])


def _counts(passes: tuple[int, int] = (_WIDTHS[0], _WIDTHS[-1])) -> np.ndarray:
    """Return the multiplications of forward and reverse mode, given how often each passes."""
    weights = sum(n * m for n, m in pairwise(_WIDTHS))
    return weights * np.array(passes)


def _settled(w: Any, x: Any) -> Any:
    h = np.zeros(np.broadcast(w, x).shape)
    for _ in range(500):
        h = np.tanh(w * h + x)
    return h


def _fixed_point_slope(w: Any, x: Any) -> Any:
    bend = 1 - _settled(w, x) ** 2
    return bend / (1 - w * bend)


@functools.cache
def _level_scale(activation: str = _ACTIVATION) -> float:
    """Return the scale of the weights at which the gradient keeps its size."""

    def decades(scale: float) -> float:
        found = depth_map(activation, depths=(_LAYERS,), scales=(scale,), width=64, seeds=20)
        return float(np.log10(found.sizes[0, 0]))

    return float(brentq(decades, 0.8, 3.0, xtol=1e-3))


EXERCISES = {
    "3.1": Exercise(
        Array(
            percent(1, each=True),
            names=("x³ − 2x", "x² log x", "exp(−x²/2)", "x/(1 + x²)"),
        ),
        right=_slopes,
        hint="Say first which rule the outermost operation asks for: sum, product, chain?",
        then="Four formulas, four rules. Every other formula is these, nested.",
        mistakes=[
            Mistake(
                "slopes of a product multiplied",
                "The second one is a product. Both factors grow, and each growth counts with the "
                "other factor's size: two terms.",
                made=lambda: _with(1, 2 * _X / _X),
            ),
            Mistake(
                "second term lost",
                "The second one is a product, and you have let only one factor move.",
                made=lambda: _with(1, 2 * _X * np.log(_X)),
            ),
            Mistake(
                "inner derivative lost",
                "The third one is a chain: the exponential's slope, times that of what is inside.",
                made=lambda: _with(2, float(np.exp(-(_X**2) / 2))),
            ),
            Mistake(
                "slopes of a quotient divided",
                "The last one is a quotient, and you divided one slope by the other.",
                made=lambda: _with(3, 1 / (2 * _X)),
            ),
        ],
        wrong=[(lambda: -_slopes(), "wrong sign")],
    ),
    "3.2": Exercise(
        Number(percent(1)),
        right=lambda: float(np.prod(_fraud_parts())),
        hint="Three steps, three slopes: cost over probability, probability over score, score over "
        "amount. Write each with its unit.",
        then="The unit is € per €. Had the units not canceled, a factor would be missing.",
        mistakes=[
            Mistake(
                "probability in place of its slope",
                "You multiplied by the probability itself. How fast does it change with the score?",
                made=lambda: (
                    _FRAUD * float(expit(_WEIGHT * np.log(_AMOUNT) + _OFFSET)) * _WEIGHT / _AMOUNT
                ),
            ),
            Mistake(
                "logarithm not differentiated",
                "That is the change per unit of the logarithm. One more step is inside: log a.",
                made=lambda: _fraud_parts()[0] * _fraud_parts()[1] * _WEIGHT,
            ),
            Mistake(
                "probability, not cost",
                "That is how the probability changes. Asked are euros.",
                made=lambda: _fraud_parts()[1] * _fraud_parts()[2],
            ),
        ],
        wrong=[(lambda: -float(np.prod(_fraud_parts())), "wrong sign")],
    ),
    "3.3": Exercise(
        Number(percent(0.5)),
        right=_power_of_itself,
        hint="Take the logarithm first: what is the derivative of x log x?",
        then="It is the sum of the two half answers, one for each place where x stands.",
        mistakes=[
            Mistake(
                "power rule",
                "The power rule holds for a constant exponent. Here the exponent moves too.",
                made=lambda: _X * _X ** (_X - 1),
            ),
            Mistake(
                "rule of exponentials",
                "That rule holds for a constant base. Here the base moves too.",
                made=lambda: _X**_X * np.log(_X),
            ),
            Mistake(
                "slope of the logarithm",
                "That is the derivative of log f, which is f′/f. Now for f′.",
                made=lambda: np.log(_X) + 1,
            ),
        ],
    ),
    "3.4": Exercise(
        Array(percent(0.1, each=True), names=("∂c/∂x", "∂c/∂y")),
        right=_pencil,
        hint="Go from c to b to a to the inputs. Whatever is used twice gets two contributions.",
        then="Three multiplications and two sums, for both derivatives at once.",
        mistakes=[
            Mistake(
                "path through b lost",
                "a is used twice: in c directly, and in b. Only the direct use is in your answer.",
                made=lambda: _pencil(lambda a, b: b),
            ),
            Mistake(
                "overwritten",
                "a is used twice, and the contribution through b has replaced the direct one "
                "instead of being added.",
                made=lambda: _pencil(lambda a, b: a),
            ),
            Mistake(
                "second use of x lost",
                "x is used twice: in a, and in b. The second use is missing.",
                made=lambda: np.array(
                    [(2 * _FIRST * _SECOND + _FIRST) * _SECOND, _pencil()[1]]
                ),
            ),
        ],
        wrong=[(lambda: _pencil()[::-1], "reversed order")],
    ),
    "3.5": Exercise(
        Function(percent(0.1), cases=_softmax_cases),
        right=lambda: _softmax_pullback,
        hint="Every output depends on every input of its row. With the Jacobian diag(s) − s sᵀ, "
        "what is its product with g?",
        then="No Jacobian was ever built: a pullback needs its product with one vector only.",
        mistakes=[
            Mistake(
                "entry by entry",
                "You treat each output as a function of its own input alone. The sum below the "
                "fraction ties all of them together.",
                made=lambda: lambda s, g: s * (1 - s) * g,
            ),
            Mistake(
                "sum over the batch",
                "For one row it is right, for a batch not: sum along the last axis alone, and keep "
                "it.",
                made=lambda: lambda s, g: s * (g - np.sum(g * s)),
            ),
            Mistake(
                "outer factor lost",
                "The bracket is right. The softmax's own factor in front of it is missing.",
                made=lambda: lambda s, g: g - np.sum(g * s, axis=-1, keepdims=True),
            ),
        ],
        wrong=[(lambda: lambda s, g: -_softmax_pullback(s, g), "wrong sign")],
    ),
    "3.6": Exercise(
        Choice(tuple(hand_layers.layers()), several=True),
        right=hand_layers.wrong_layers,
        hint="Turn each layer into one number, such as the sum of its outputs times fixed random "
        "numbers, and check that number's gradient.",
        then="One forgot that mean and spread depend on x; one overwrites where it should add.",
        mistakes=[
            Mistake(
                "softmax suspected",
                "The softmax is sound. Did your number weight all outputs alike? Those of a "
                "softmax add up to 1, so the true gradient is 0, and all you saw is rounding.",
                when=lambda chosen: "C" in chosen and len(chosen) < 4,
            ),
        ],
        wrong=[
            (lambda: hand_layers.wrong_layers()[:1], "incomplete"),
            (lambda: list("ABCDE"), "too many"),
            (lambda: ["B", "C"], "softmax suspected"),
        ],
    ),
    "3.7": Exercise(
        Number(within(2, "days")),
        right=_slow_day,
        hint="The relative rate u′/u is the derivative of log u. Which of the two has noise of "
        "equal size everywhere?",
        then="The logarithm has turned a product into a sum, for the signal and for the noise.",
        mistakes=[
            Mistake(
                "fastest growth",
                "That is the day on which most users are gained. Asked is the rate relative to how "
                "many there are.",
                made=_day_of_fastest_growth,
            ),
            Mistake(
                "neighbors subtracted",
                "You subtracted neighbors: their noise alone crosses the threshold at once. Fit "
                "first.",
                made=_first_slow_pair,
            ),
        ],
        wrong=[(lambda: 2 * _slow_day(), "factor 2")],
    ),
    "3.8": Exercise(
        Array(percent(0.1, each=True), names=("forward", "reverse")),
        right=_counts,
        hint="One pass takes one multiplication for each weight. How many passes does each mode "
        "need for the whole Jacobian?",
        then="With a loss on top there is one output, and reverse mode needs one pass.",
        mistakes=[
            Mistake(
                "one pass",
                "That is one pass each: the derivatives with respect to one input, or of one "
                "output.",
                made=lambda: _counts((1, 1)),
            ),
            Mistake(
                "a pass for each entry",
                "A pass gives a whole column of the Jacobian, or a whole row, not one entry.",
                made=lambda: _counts((_WIDTHS[0] * _WIDTHS[-1],) * 2),
            ),
        ],
        wrong=[(lambda: _counts()[::-1], "reversed order")],
    ),
    "3.9": Exercise(
        Function(
            percent(0.1), cases=lambda: [(0.5, 0.2), (-0.8, 1.0), (0.9, 0.4), (0.3, -1.5)],
            arrays=True,
        ),
        right=lambda: _fixed_point_slope,
        hint="Differentiate both sides of h = tanh(w h + x) with respect to x. h depends on x, "
        "on both sides.",
        then="No iteration was differentiated: only the equation that holds at its end.",
        mistakes=[
            Mistake(
                "feedback lost",
                "On the right-hand side h moves too. You have let only x move.",
                made=lambda: lambda w, x: 1 - _settled(w, x) ** 2,
            ),
            Mistake(
                "weight lost",
                "Inside the tanh, h comes with the factor w.",
                made=lambda: lambda w, x: (
                    (1 - _settled(w, x) ** 2) / _settled(w, x) ** 2
                ),
            ),
        ],
        instead={"the fixed point itself": lambda: _settled},
        wrong=[(lambda: lambda w, x: -_fixed_point_slope(w, x), "wrong sign")],
    ),
    "3.10": Exercise(
        Number(percent(3)),
        right=_level_scale,
        hint="On a log axis the size at the input crosses 1 once. Bracket the crossing and halve.",
        then="A little above that of a ReLU, for near 0 a SiLU is flatter than a ReLU is.",
        mistakes=[
            Mistake(
                "scale of ReLU",
                "That is the level scale of a ReLU. Near 0 a SiLU is flatter than that.",
                made=lambda: np.sqrt(2.0),
            ),
            Mistake(
                "scale of a line",
                "That is the level scale of an activation with slope 1 everywhere.",
                made=lambda: 1.0,
            ),
        ],
    ),
}  # fmt: skip
