"""The tape's gradients: closed forms, finite differences, PyTorch, and its errors."""

import numpy as np
import pytest
import torch

from calcbook import tape
from calcbook.gradient_check import check_gradient
from calcbook.tape import Node

RNG = np.random.default_rng(0)
POSITIVE = RNG.uniform(0.5, 2.0, size=(3, 4))
SIGNED = RNG.normal(size=(3, 4))

PAIRS = {  # name: (on the tape, in PyTorch, its input)
    "exp": (tape.exp, torch.exp, SIGNED),
    "log": (tape.log, torch.log, POSITIVE),
    "sqrt": (tape.sqrt, torch.sqrt, POSITIVE),
    "sin": (tape.sin, torch.sin, SIGNED),
    "cos": (tape.cos, torch.cos, SIGNED),
    "tanh": (tape.tanh, torch.tanh, SIGNED),
    "sigmoid": (tape.sigmoid, torch.sigmoid, SIGNED),
    "softplus": (tape.softplus, torch.nn.functional.softplus, SIGNED),
    "relu": (tape.relu, torch.relu, SIGNED),
    "absolute": (tape.absolute, torch.abs, SIGNED),
    "logsumexp": (tape.logsumexp, lambda x: torch.logsumexp(x, -1), SIGNED),
    "power": (lambda x: x**2.5, lambda x: x**2.5, POSITIVE),
    "negative power": (lambda x: x**-1, lambda x: x**-1, SIGNED),
    "power 0": (lambda x: x**0 * x, lambda x: x**0 * x, np.array([0.0, 2.0])),
    "quotient": (lambda x: (1 - x) / (x * x + 2), lambda x: (1 - x) / (x * x + 2), SIGNED),
    "number over x": (lambda x: 3 / x, lambda x: 3 / x, POSITIVE),
    "negated": (lambda x: -x, lambda x: -x, SIGNED),
    "used twice": (lambda x: x * x + x, lambda x: x * x + x, SIGNED),
    "transposed": (lambda x: x.T @ x, lambda x: x.T @ x, SIGNED),
    "sum of an axis": (lambda x: x.sum(axis=0) ** 2, lambda x: x.sum(0) ** 2, SIGNED),
    "kept axis": (
        lambda x: x / x.sum(axis=1, keepdims=True),
        lambda x: x / x.sum(1, keepdim=True),
        POSITIVE,
    ),
    "mean of an axis": (lambda x: x.mean(axis=1) ** 2, lambda x: x.mean(1) ** 2, SIGNED),
    "mean": (lambda x: x.mean() ** 2, lambda x: x.mean() ** 2, SIGNED),
    "picked twice": (lambda x: x[[0, 0, 2]] ** 2, lambda x: x[[0, 0, 2]] ** 2, SIGNED),
    "slice": (lambda x: x[:, 1:3] ** 2, lambda x: x[:, 1:3] ** 2, SIGNED),
    "reshaped": (lambda x: x.reshape(2, 6)[1] ** 2, lambda x: x.reshape(2, 6)[1] ** 2, SIGNED),
}


@pytest.mark.parametrize("name", PAIRS)
def test_value_and_gradient_are_those_of_pytorch(name):
    ours, theirs, x = PAIRS[name]
    node, tensor = Node(x), torch.tensor(x, requires_grad=True)
    out, expected = ours(node), theirs(tensor)
    weight = np.random.default_rng(1).normal(size=out.shape)
    assert out.value == pytest.approx(expected.detach().numpy(), rel=1e-13)
    (out * weight).sum().backward()
    (expected * torch.tensor(weight)).sum().backward()
    assert node.grad == pytest.approx(tensor.grad.numpy(), rel=1e-12)


SHAPES = [((3, 4), (4,)), ((3, 4), (3, 1)), ((3, 4), ()), ((1, 4), (3, 1)), ((2, 3, 4), (3, 1))]


@pytest.mark.parametrize(("left", "right"), SHAPES)
@pytest.mark.parametrize("operation", ["add", "mul", "sub", "truediv", "maximum"])
def test_broadcast_arguments_get_gradients_of_their_own_shape(operation, left, right):
    rng = np.random.default_rng(2)
    a, b = rng.uniform(1, 2, size=left), rng.uniform(1, 2, size=right)
    for first, second in ((a, b), (b, a)):
        nodes = Node(first), Node(second)
        tensors = [torch.tensor(each, requires_grad=True) for each in (first, second)]
        if operation == "maximum":
            ours, theirs = tape.maximum(*nodes), torch.maximum(*tensors)
        else:
            ours, theirs = (getattr(p[0], f"__{operation}__")(p[1]) for p in (nodes, tensors))
        (ours * ours).sum().backward()
        (theirs * theirs).sum().backward()
        for node, tensor in zip(nodes, tensors, strict=True):
            assert node.grad == pytest.approx(tensor.grad.numpy(), rel=1e-12)


PRODUCTS = [((3, 4), (4, 2)), ((4,), (4, 2)), ((3, 4), (4,)), ((4,), (4,)), ((5, 3, 4), (4, 2))]
PRODUCTS += [((3, 4), (5, 4, 2)), ((5, 3, 4), (4,)), ((4,), (5, 4, 2))]


@pytest.mark.parametrize(("left", "right"), PRODUCTS)
def test_matrix_products(left, right):
    rng = np.random.default_rng(3)
    a, b = rng.normal(size=left), rng.normal(size=right)
    nodes, tensors = (Node(a), Node(b)), [torch.tensor(x, requires_grad=True) for x in (a, b)]
    ours, theirs = nodes[0] @ nodes[1], tensors[0] @ tensors[1]
    assert ours.shape == tuple(theirs.shape)
    (ours**2).sum().backward()
    (theirs**2).sum().backward()
    for node, tensor in zip(nodes, tensors, strict=True):
        assert node.grad == pytest.approx(tensor.grad.numpy(), rel=1e-12)


def test_arrays_may_stand_on_the_left():
    x = np.array([[1.0, 2.0], [3.0, 4.0]])
    node = Node([1.0, -1.0])
    for result in (x + node, x * node, x - node, x / node, x @ node):
        assert isinstance(result, Node)
    (x @ node).sum().backward()
    assert node.grad.tolist() == [4.0, 6.0]


def test_a_network_agrees_with_central_differences():
    rng = np.random.default_rng(4)
    x, y = rng.normal(size=(8, 3)), rng.normal(size=(8, 1))
    shapes = [(3, 5), (5,), (5, 1), (1,)]
    start = rng.normal(size=sum(int(np.prod(s)) for s in shapes))

    def nodes(theta):
        parts = np.split(theta, np.cumsum([int(np.prod(s)) for s in shapes])[:-1])
        return [Node(part.reshape(shape)) for part, shape in zip(parts, shapes, strict=True)]

    def loss(parameters):
        w1, b1, w2, b2 = parameters
        return ((tape.tanh(x @ w1 + b1) @ w2 + b2 - y) ** 2).mean()

    def gradient(theta):
        parameters = nodes(theta)
        found = tape.gradients(loss(parameters), parameters)
        return np.concatenate([each.ravel() for each in found])

    assert check_gradient(lambda theta: float(loss(nodes(theta)).value), gradient, start)


def test_exponential_of_many_factors_is_a_closed_form():
    x = Node(0.5)
    power = x
    for _ in range(4):
        power = power * x
    power.backward()
    assert x.grad == pytest.approx(5 * 0.5**4)


def test_paths_that_meet_again_are_walked_once_each():
    calls = []

    def counted(x):
        return Node(2 * x.value, (x, lambda g: calls.append(1) or 2 * g))

    x = Node(1.0)
    for_all = x
    for _ in range(40):  # 2⁴⁰ paths from end to end
        for_all = counted(for_all + for_all)
    for_all.backward()
    assert len(calls) == 40
    assert x.grad == pytest.approx(4.0**40)


def test_a_chain_deeper_than_pythons_stack():
    x = Node(1.0)
    end = x
    for _ in range(5000):
        end = end + 1
    end.backward()
    assert x.grad == 1


def test_a_second_call_starts_afresh():
    x = Node(3.0)
    loss = x * x
    loss.backward()
    loss.backward()
    assert x.grad == 6


def test_a_node_that_plays_no_part_has_gradient_zero():
    x, idle = Node([1.0, 2.0]), Node([3.0])
    idle.grad = np.ones(1)
    of_x, of_idle = tape.gradients((x**2).sum(), [x, idle])
    assert of_x.tolist() == [2, 4]
    assert of_idle.tolist() == [0]


def test_kinks_follow_the_conventions_of_pytorch():
    for name, function in (("relu", torch.relu), ("absolute", torch.abs)):
        node, tensor = Node(0.0), torch.zeros((), requires_grad=True)
        getattr(tape, name)(node).backward()
        function(tensor).backward()
        assert node.grad == tensor.grad.item()
    a, b = Node(1.0), Node(1.0)
    tape.maximum(a, b).backward()
    assert (a.grad, b.grad) == (0.5, 0.5)


def test_large_inputs_do_not_overflow():
    x = Node([800.0, -800.0])
    with np.errstate(all="raise", under="ignore"):
        for function in (tape.sigmoid, tape.softplus, tape.tanh):
            function(x).sum().backward()
            assert np.isfinite(x.grad).all()
        tape.logsumexp(x).backward()
    assert x.grad.tolist() == [1, 0]


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        (lambda: Node([1.0, 2.0]).backward(), ValueError, "sum"),
        (lambda: Node(["a"]), TypeError, "real numbers"),
        (lambda: Node(1j), TypeError, "real numbers"),
        (lambda: Node(2.0) ** Node(2.0), TypeError, "exp"),
        (lambda: Node(2.0) @ Node([2.0]), ValueError, r"use `\*`"),
    ],
)
def test_what_cannot_be_is_refused_with_the_mend(wrong, error, words):
    with pytest.raises(error, match=words):
        wrong()
