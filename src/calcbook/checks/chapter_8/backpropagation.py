"""The exercises of the page on backpropagation."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from calcbook.checks.exercise import Exercise, Mistake
from calcbook.checks.kinds import Array, Choice, Function, Number
from calcbook.checks.tolerance import percent
from calcbook.deep_signals import gradient_norms

# 8.1: input, weights and target of the smallest network there is.
_X, _W1, _W2, _TARGET = 2.0, 0.5, -3.0, 1.0

# 8.3: layers and weight scale of the network whose gradients were logged.
_DEPTH, _SCALE = 40, 0.85

_SUSPECTS = ("A", "B", "C", "D")

Layers = Sequence[tuple[NDArray, NDArray]]
Backward = Callable[[Sequence[NDArray], Layers, NDArray], list[tuple[NDArray, NDArray]]]


def _smallest_network() -> NDArray:
    """Return dL/dw1 and dL/dw2 of (w2 relu(w1 x) - target)²."""
    hidden = max(_W1 * _X, 0.0)
    error = 2 * (_W2 * hidden - _TARGET)
    return np.array([error * _W2 * _X, error * hidden])


def _tanh_gradient(x: NDArray, W: NDArray, b: NDArray, g: NDArray) -> NDArray:
    h = np.tanh(x @ W.T + b)
    return (g * (1 - h**2)).T @ x


def _tanh_layers() -> list[tuple[NDArray, ...]]:
    cases = []
    for seed, (batch, wide, narrow) in enumerate([(4, 3, 2), (5, 2, 3)]):
        rng = np.random.default_rng(seed)
        shapes = [(batch, wide), (narrow, wide), (narrow,), (batch, narrow)]
        cases.append(tuple(rng.standard_normal(shape) for shape in shapes))
    return cases


def logged_norms() -> NDArray:
    """Return the size of the gradient at the input of each layer and at the output, (41,)."""
    return np.asarray(gradient_norms("plain", _DEPTH, _SCALE, seed=3))


def _factor_per_layer() -> float:
    return float(np.exp(-_slope(np.log(logged_norms()))))


def _slope(heights: NDArray) -> float:
    return float(np.polyfit(np.arange(len(heights)), heights, 1)[0])


def _written(passes: Callable[[NDArray], NDArray], over_batch: Callable[..., NDArray]) -> Backward:
    """Return a backward pass with its own rule for ReLU and for the bias."""

    def backward(
        activations: Sequence[NDArray], layers: Layers, grad: NDArray
    ) -> list[tuple[NDArray, NDArray]]:
        gradients = []
        for i in reversed(range(len(layers))):
            gradients.append((grad.T @ activations[i], over_batch(grad, axis=0)))
            grad = (grad @ layers[i][0]) * (passes(activations[i]) if i else 1)
        return gradients[::-1]

    return backward


def hand_written() -> dict[str, Backward]:
    """Return four backward passes, of which some are wrong.

    Each takes the activations, the layers ``[(W, b), ...]`` and dL/d(output), and returns the
    gradients ``[(dW, db), ...]``.
    """
    return {
        "A": _written(lambda h: h > 0, np.sum),
        "B": _written(lambda h: h >= 0, np.sum),
        "C": _written(lambda h: h > 0, np.mean),
        "D": _written(np.sign, np.sum),
    }


def _found_wrong(of_weights: bool = True, of_biases: bool = True) -> set[str]:
    """Return the passes whose gradients differ from central differences."""
    rng = np.random.default_rng(0)
    x, y = rng.standard_normal((8, 3)), rng.standard_normal((8, 2))
    shapes = [(5, 3), (5, 5), (2, 5)]
    layers = [(rng.standard_normal(s) / 2, rng.standard_normal(s[0]) / 2) for s in shapes]

    def forward() -> list[NDArray]:
        activations = [x]
        for i, (W, b) in enumerate(layers):
            z = activations[-1] @ W.T + b
            activations.append(z if i == len(layers) - 1 else np.maximum(z, 0))
        return activations

    def numeric(parameter: NDArray) -> NDArray:
        slopes = np.zeros_like(parameter)
        for place in np.ndindex(parameter.shape):
            ends = []
            for step in (1e-6, -2e-6, 1e-6):
                parameter[place] += step
                ends.append(np.sum((forward()[-1] - y) ** 2))
            slopes[place] = (ends[0] - ends[1]) / 2e-6
        return slopes

    looked_at = [k for k, asked in enumerate((of_weights, of_biases)) if asked]
    truth = [[numeric(pair[k]) for k in looked_at] for pair in layers]
    wrong = set()
    for name, backward in hand_written().items():
        activations = forward()
        found = backward(activations, layers, 2 * (activations[-1] - y))
        for pair, right in zip(found, truth, strict=True):
            for k, slopes in zip(looked_at, right, strict=True):
                if not np.allclose(pair[k], slopes, rtol=1e-4, atol=1e-5):
                    wrong.add(name)
    return wrong


EXERCISES = {
    "8.1": Exercise(
        Array(percent(0.5, each=True), names=("dL/dw1", "dL/dw2")),
        right=_smallest_network,
        hint="Forward first, and keep h. Then dL/dy, then one factor for each step backwards.",
        then="Two numbers from one backward pass: both share the factor dL/dy.",
        mistakes=[
            Mistake(
                "exchanged",
                "The two are exchanged: w2 is the one next to the loss.",
                made=lambda: _smallest_network()[::-1],
            ),
            Mistake(
                "input forgotten",
                "The first one is dL/dh. One factor is missing: how does h react to w1?",
                made=lambda: _smallest_network() / [_X, 1],
            ),
            Mistake(
                "weight forgotten",
                "The way to w1 leads through w2: its value is a factor.",
                made=lambda: _smallest_network() / [_W2, 1],
            ),
        ],
        wrong=[
            (lambda: _smallest_network() / 2, "factor 1/2"),
            (lambda: -_smallest_network(), "wrong sign"),
        ],
    ),
    "8.2": Exercise(
        Function(percent(0.01), cases=_tanh_layers),
        right=lambda: _tanh_gradient,
        hint="dL/dz = g (1 - h²), and then the rule for W as on this page.",
        then="Only the slope of the activation changed; the rule for W is the same as with ReLU.",
        mistakes=[
            Mistake(
                "no slope of tanh",
                "You passed g on as if the activation were not there.",
                made=lambda: lambda x, W, b, g: g.T @ x,
            ),
            Mistake(
                "slope at z",
                "The slope of tanh is 1 - h² with the output h, and you put in z.",
                made=lambda: lambda x, W, b, g: (g * (1 - (x @ W.T + b) ** 2)).T @ x,
            ),
            Mistake(
                "mean over the batch",
                "You averaged over the batch. Samples add up: if the loss is a mean, g has that "
                "factor already.",
                made=lambda: lambda x, W, b, g: _tanh_gradient(x, W, b, g) / len(x),
            ),
            Mistake(
                "transposed",
                "The values are right, and the result has the shape (in, out). A gradient has the "
                "shape of its parameter, (out, in).",
                made=lambda: lambda x, W, b, g: _tanh_gradient(x, W, b, g).T,
            ),
        ],
    ),
    "8.3": Exercise(
        Number(percent(2)),
        right=_factor_per_layer,
        hint="A product of equal factors is a straight line on a log axis. What does its slope "
        "say about one layer?",
        then="Close to the scale of the weights, as the theory of this page says.",
        mistakes=[
            Mistake(
                "forward factor",
                "That is the factor from one layer to the next toward the loss. The gradient "
                "travels the other way.",
                made=lambda: 1 / _factor_per_layer(),
            ),
            Mistake(
                "slope of the logarithm",
                "That is a slope on the log axis. Undo the logarithm.",
                made=lambda: -_slope(np.log(logged_norms())),
            ),
            Mistake(
                "all layers together",
                "That is the factor of all layers together: take the root.",
                made=lambda: logged_norms()[0] / logged_norms()[-1],
            ),
        ],
    ),
    "8.4": Exercise(
        Choice(_SUSPECTS, several=True),
        right=_found_wrong,
        hint="Compare every W and every b with central differences, not only the first one.",
        then="B and a missing mask are the same mistake: no output of ReLU is below zero.",
        mistakes=[
            Mistake(
                "weights alone",
                "You found what is wrong with the weights. Check the biases too.",
                made=lambda: _found_wrong(of_biases=False),
            ),
            Mistake(
                "sign of an output",
                "The sign of an output of ReLU is 0 or 1, which is exactly its slope.",
                when=lambda chosen: "D" in chosen,
            ),
            Mistake(
                "the honest one",
                "A agrees with central differences everywhere.",
                when=lambda chosen: "A" in chosen,
            ),
        ],
        wrong=[
            (lambda: ["C"], "incomplete"),
            (lambda: ["B", "C", "D"], "sign of an output"),
            (lambda: ["A"], "the honest one"),
        ],
    ),
}
