"""check_gradient accepts right gradients, refuses wrong ones, and says what is wrong."""

import numpy as np
import pytest

from calcbook.gradient_check import check_gradient


def test_accepts_right_gradients_of_any_shape():
    rng = np.random.default_rng(0)
    for shape in [(), (1,), (5,), (3, 4), (2, 3, 4)]:
        x = rng.normal(size=shape)
        result = check_gradient(lambda x: np.sum(np.exp(x)), np.exp, x)
        assert result
        assert result.error < 1e-8
        assert result.numeric.shape == shape


def test_integer_input_is_not_truncated():
    assert check_gradient(lambda x: np.sum(x**3), lambda x: 3 * x**2, np.array([1, 2, 3]))


@pytest.mark.parametrize("units", [1e-9, 1.0, 1e9])
def test_verdict_does_not_depend_on_the_units_of_f(units):
    x = np.array([0.3, 1.2])

    def f(x):
        return units * np.sum(np.exp(x))

    assert check_gradient(f, lambda x: units * np.exp(x), x)
    assert not check_gradient(f, lambda x: units * np.exp(x) * (1 + 1e-5), x)


def test_small_component_is_judged_by_its_own_size():
    x = np.array([1.0, 1.0])
    small = 1e-3

    def wrong(x):
        return np.array([2 * x[0], small * 1.01])

    result = check_gradient(lambda x: x[0] ** 2 + small * x[1], wrong, x)
    assert not result
    assert result.worst == (1,)
    assert result.error == pytest.approx(0.01, rel=0.02)


def test_zero_component_is_not_judged_by_rounding():
    assert check_gradient(lambda x: x[0] ** 2 + 0 * x[1], lambda x: [2 * x[0], 0.0], [0.7, 0.1])
    assert check_gradient(lambda x: 3.0 + x @ x, lambda x: 2 * x, np.zeros(3))


def test_float32_uses_a_step_that_float32_can_see():
    def f(x):
        return np.sum(np.sin(x.astype(np.float32)), dtype=np.float32)

    x = np.linspace(0.1, 1.2, 5)
    assert check_gradient(f, np.cos, x)
    assert check_gradient(f, np.cos, x).error > 1e-8
    too_small = check_gradient(f, np.cos, x, 1e-7)
    assert not too_small
    assert "leave eps out" in too_small.hint


def test_wrong_step_shows_in_the_error():
    x = np.array([0.7])
    best = check_gradient(np.sum, np.ones_like, x).error
    assert best < 1e-9
    coarse = check_gradient(lambda x: np.sin(x).sum(), np.cos, x, 0.1)
    assert coarse.error == pytest.approx(0.1**2 / 6, rel=0.02)


def test_kink_is_named():
    result = check_gradient(lambda x: np.abs(x).sum(), np.sign, [0.5, 1e-9])
    assert not result
    assert result.hint.startswith("The slope is -1 from the left and 1 from the right: a kink")
    smooth = check_gradient(lambda x: np.abs(x).sum(), lambda x: np.sign(x) * [1, 2], [0.5, 0.3])
    assert not smooth
    assert "kink" not in smooth.hint


def test_says_when_rounding_hides_the_whole_gradient():
    assert "nothing was seen" in check_gradient(lambda x: 1e12 + x.sum(), np.ones_like, [1.0]).hint


def test_common_mistakes_are_named():
    x = np.array([1.0, 2.0, -0.5])
    assert "0.5 times" in check_gradient(lambda x: x @ x, lambda x: x, x).hint
    assert "sign" in check_gradient(lambda x: x @ x, lambda x: -2 * x, x).hint


def test_print_shows_the_worst_component():
    matrix = np.arange(1.0, 5.0).reshape(2, 2)
    wrong = 2 * matrix
    wrong[1, 0] = 7.0
    text = repr(check_gradient(lambda m: np.sum(m**2), lambda m: wrong, matrix))
    assert "WRONG" in text
    assert "[1, 0]" in text
    assert "analytic 7" in text


def test_function_that_changes_its_argument_does_no_harm():
    def f(x):
        x *= 2
        return x.sum()

    assert check_gradient(f, lambda x: np.full_like(x, 2.0), [1.0, 2.0])


def test_number_of_evaluations_is_counted():
    calls = []

    def f(x):
        calls.append(1)
        return x @ x

    assert check_gradient(f, lambda x: 2 * x, np.ones(4)).evaluations == len(calls) == 9
    calls.clear()
    assert check_gradient(f, lambda x: x, np.ones(4)).evaluations == len(calls)


@pytest.mark.parametrize(
    ("f", "grad_f", "x", "keywords", "message"),
    [
        (np.sin, np.cos, [1.0, 2.0], {}, "f must return one number"),
        (np.sum, lambda x: np.ones(3), [1.0, 2.0], {}, "grad_f returned shape"),
        (np.sum, np.ones_like, [1.0, np.nan], {}, "x holds NaN"),
        (np.sum, np.ones_like, [], {}, "x is empty"),
        (lambda x: np.nan, np.ones_like, [1.0], {}, "finite real number"),
        (np.sum, lambda x: x * np.inf, [1.0], {}, "grad_f returned NaN or inf"),
        (np.sum, np.ones_like, [1.0], {"eps": 0}, "eps must be a positive"),
        (np.sum, np.ones_like, [1.0], {"rtol": -1}, "rtol must be a positive"),
    ],
)
def test_bad_input_is_named(f, grad_f, x, keywords, message):
    with pytest.raises(ValueError, match=message):
        check_gradient(f, grad_f, x, **keywords)


def test_complex_input_is_refused():
    with pytest.raises(TypeError, match="x must hold real numbers"):
        check_gradient(np.sum, np.ones_like, [1 + 2j])
