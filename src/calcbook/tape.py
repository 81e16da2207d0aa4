"""Reverse-mode automatic differentiation of NumPy programs: the chain rule, read backward.

Chapter 3 builds this tape in five steps. A `Node` is a value that remembers which nodes it was
computed from, each with a *pullback*: the function that takes the derivative of the loss with
respect to the result and returns the one with respect to that argument.

Examples
--------
>>> from calcbook import tape
>>> w, x = tape.Node([2.0, -1.0]), tape.Node([3.0, 5.0])
>>> loss = (tape.tanh(w) * x).sum()
>>> loss.backward()
>>> x.grad.round(3)
array([ 0.964, -0.762])

References
----------
Griewank & Walther (2008), *Evaluating Derivatives*, SIAM, doi:10.1137/1.9780898717761.
Baydin, Pearlmutter, Radul & Siskind (2018), JMLR 18(153).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, softmax
from scipy.special import logsumexp as _logsumexp

Array = NDArray[np.float64]
Pullback = Callable[[Array], ArrayLike]
Axis = int | tuple[int, ...] | None


class Node:
    """An array of numbers that knows what it was computed from.

    Parameters
    ----------
    value : array_like, any shape
        Real numbers; they are kept as float64.
    *parents : (Node, callable)
        What it was computed from, each with its pullback. None for an input. This is how to add
        an operation of one's own: compute its value, and hand over the pullbacks.

    Attributes
    ----------
    value : ndarray
    grad : ndarray, shape of ``value``
        After ``loss.backward()``: the derivative of the loss with respect to this node.
    """

    __array_ufunc__ = None  # so that `array * node` comes to `Node.__rmul__`

    def __init__(self, value: ArrayLike, *parents: tuple[Node, Pullback]) -> None:
        self.value: Array = _real(value)
        self.parents = parents
        self.grad: Array = np.zeros_like(self.value)

    def backward(self) -> None:
        """Set ``grad`` of this node and of all that it was computed from.

        Gradients are set afresh, not added to those of an earlier call.

        Raises
        ------
        ValueError
            If the node holds more than one number: a gradient is that of one number.
        """
        if self.value.size != 1:
            raise ValueError(
                f"`backward` starts at one number, and this node has shape {self.value.shape}: "
                "take its `.sum()` or `.mean()`."
            )
        order = _computed_in_order(self)
        for node in order:
            node.grad = np.zeros_like(node.value)
        self.grad = np.ones_like(self.value)
        for node in reversed(order):
            for parent, pullback in node.parents:
                pulled = np.asarray(pullback(node.grad), dtype=float)
                parent.grad = parent.grad + unbroadcast(pulled, parent.value.shape)

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the value."""
        return self.value.shape

    @property
    def T(self) -> Node:  # noqa: N802 (NumPy's name)
        """The transpose."""
        return Node(self.value.T, (self, lambda g: g.T))

    def __repr__(self) -> str:
        return f"Node({np.array2string(self.value, precision=4)})"

    def __add__(self, other: Any) -> Node:
        other = _node(other)
        return Node(self.value + other.value, (self, lambda g: g), (other, lambda g: g))

    def __mul__(self, other: Any) -> Node:
        other = _node(other)
        return Node(
            self.value * other.value,
            (self, lambda g: g * other.value),
            (other, lambda g: g * self.value),
        )

    def __pow__(self, power: float) -> Node:
        if not isinstance(power, int | float | np.integer | np.floating):
            raise TypeError("the power must be a real number; for a node use exp(power * log(x)).")
        slope = power * self.value ** (power - 1) if power else np.zeros_like(self.value)
        return Node(self.value**power, (self, lambda g: g * slope))

    def __neg__(self) -> Node:
        return self * -1.0

    def __sub__(self, other: Any) -> Node:
        return self + -_node(other)

    def __truediv__(self, other: Any) -> Node:
        return self * _node(other) ** -1.0

    def __rsub__(self, other: Any) -> Node:
        return _node(other) - self

    def __rtruediv__(self, other: Any) -> Node:
        return _node(other) / self

    __radd__, __rmul__ = __add__, __mul__

    def __matmul__(self, other: Any) -> Node:
        return _matmul(self, _node(other))

    def __rmatmul__(self, other: Any) -> Node:
        return _matmul(_node(other), self)

    def __getitem__(self, key: Any) -> Node:
        def pullback(g: Array) -> Array:
            back = np.zeros_like(self.value)
            np.add.at(back, key, g)  # an entry that was picked twice gets both contributions
            return back

        return Node(self.value[key], (self, pullback))

    def reshape(self, *shape: int) -> Node:
        """Return the same numbers in another shape."""
        return Node(self.value.reshape(shape), (self, lambda g: g.reshape(self.shape)))

    def sum(self, axis: Axis = None, keepdims: bool = False) -> Node:
        """Return the sum over all entries, or along ``axis``."""

        def pullback(g: Array) -> Array:
            if axis is not None and not keepdims:
                g = np.expand_dims(g, axis)
            return np.broadcast_to(g, self.shape)

        return Node(self.value.sum(axis=axis, keepdims=keepdims), (self, pullback))

    def mean(self, axis: Axis = None, keepdims: bool = False) -> Node:
        """Return the mean over all entries, or along ``axis``."""
        total = self.sum(axis, keepdims)
        return total * (total.value.size / self.value.size)


def elementwise(value: Callable, slope: Callable) -> Callable[[Any], Node]:
    """Turn a function of numbers and its derivative into an operation on nodes.

    Parameters
    ----------
    value, slope : callable
        The function and its derivative: take an array, return one of the same shape.

    Returns
    -------
    callable
        Takes a node or an array, returns a node.
    """

    def apply(x: Any) -> Node:
        x = _node(x)
        return Node(value(x.value), (x, lambda g: g * slope(x.value)))

    return apply


exp = elementwise(np.exp, np.exp)
log = elementwise(np.log, lambda x: 1 / x)
sqrt = elementwise(np.sqrt, lambda x: 0.5 / np.sqrt(x))
sin = elementwise(np.sin, np.cos)
cos = elementwise(np.cos, lambda x: -np.sin(x))
tanh = elementwise(np.tanh, lambda x: 1 - np.tanh(x) ** 2)
sigmoid = elementwise(expit, lambda x: expit(x) * expit(-x))
softplus = elementwise(lambda x: np.logaddexp(0, x), expit)
relu = elementwise(lambda x: np.maximum(x, 0), lambda x: np.where(x > 0, 1.0, 0.0))
absolute = elementwise(np.abs, np.sign)


def maximum(a: Any, b: Any) -> Node:
    """Return the larger of both, entry by entry; a tie gives half of the gradient to each."""
    a, b = _node(a), _node(b)
    share = np.where(a.value == b.value, 0.5, np.where(a.value > b.value, 1.0, 0.0))
    return Node(
        np.maximum(a.value, b.value), (a, lambda g: g * share), (b, lambda g: g * (1 - share))
    )


def logsumexp(x: Any, axis: int = -1) -> Node:
    """Return ``log(sum(exp(x)))`` along ``axis``, without overflow; its gradient is the softmax."""
    x = _node(x)

    def pullback(g: Array) -> Array:
        return np.expand_dims(g, axis) * softmax(x.value, axis=axis)

    return Node(_logsumexp(x.value, axis=axis), (x, pullback))


def gradients(loss: Node, nodes: Sequence[Node]) -> list[Array]:
    """Run ``loss.backward()`` and return the gradients of some nodes, each of its node's shape.

    A node on which the loss does not depend has the gradient 0.
    """
    for node in nodes:
        node.grad = np.zeros_like(node.value)
    loss.backward()
    return [node.grad for node in nodes]


def unbroadcast(g: Array, shape: tuple[int, ...]) -> Array:
    """Sum a gradient over the axes along which NumPy has repeated an array of ``shape``."""
    g = g.sum(axis=tuple(range(g.ndim - len(shape))))
    repeated = tuple(i for i, n in enumerate(shape) if n == 1 < g.shape[i])
    return g.sum(axis=repeated, keepdims=True)


def _computed_in_order(output: Node) -> list[Node]:
    """Return all nodes that ``output`` depends on, each behind those it was computed from."""
    order: list[Node] = []
    seen: set[int] = set()
    waiting: list[tuple[Node, bool]] = [(output, False)]  # no recursion: graphs may be deep
    while waiting:
        node, parents_done = waiting.pop()
        if parents_done:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            waiting.append((node, True))
            waiting.extend((parent, False) for parent, _ in node.parents)
    return order


def _matmul(a: Node, b: Node) -> Node:
    if not a.shape or not b.shape:
        raise ValueError(f"`@` needs arrays, got shapes {a.shape} and {b.shape}: use `*`.")
    if a.value.ndim == 1:
        product = a.reshape(1, -1) @ b
        columns = product.shape[-1:] if b.value.ndim > 1 else ()
        return product.reshape(*product.shape[: -1 - len(columns)], *columns)
    if b.value.ndim == 1:
        product = a @ b.reshape(-1, 1)
        return product.reshape(*product.shape[:-1])
    return Node(
        a.value @ b.value,
        (a, lambda g: g @ np.swapaxes(b.value, -1, -2)),
        (b, lambda g: np.swapaxes(a.value, -1, -2) @ g),
    )


def _node(x: Any) -> Node:
    return x if isinstance(x, Node) else Node(x)


def _real(value: ArrayLike) -> Array:
    array = np.asarray(value)
    if array.dtype.kind not in "fiub":
        raise TypeError(f"a node holds real numbers, not {array.dtype}.")
    return array.astype(np.float64)
