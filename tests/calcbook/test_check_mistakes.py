"""Common mistakes are recognized in numbers, arrays and functions alike."""

import numpy as np
import pytest

from calcbook.checks import Array, Exercise, Function, Number, percent

POINTS = np.array([0.31, 0.74, 1.22, 1.9, 2.6])
N = 5


def slope(x):
    return 1.7 * np.cos(x) + 0.4


NUMBER = Exercise(Number(percent(0.5)), right=lambda: 1.37, hint="Look.", n=7)
ARRAY = Exercise(Array(percent(0.5)), right=lambda: slope(POINTS), hint="Look.")
FUNCTION = Exercise(
    Function(percent(0.5), cases=lambda: [(x,) for x in POINTS], arrays=True),
    right=lambda: slope,
    hint="Look.",
    n=7,
)
EACH = {"number": NUMBER, "array": ARRAY, "function": FUNCTION}
SPOILED = {
    "wrong sign": lambda v: -v,
    "factor 2": lambda v: 2 * v,
    "factor 1/2": lambda v: v / 2,
    "percent": lambda v: 100 * v,
    "power of ten": lambda v: v / 1000,
    "degrees for radians": lambda v: v * np.pi / 180,
    "log10 for ln": lambda v: v / np.log(10),
    "log2 for ln": lambda v: v / np.log(2),
    "reciprocal": lambda v: 1 / v,
    "squared": lambda v: v**2 * np.sign(v),
    "too few digits": lambda v: v * 1.02,
}


@pytest.mark.parametrize("kind", EACH)
@pytest.mark.parametrize("name", SPOILED)
def test_mistake_is_recognized(kind: str, name: str) -> None:
    spoil = SPOILED[name]
    answer = (lambda x: spoil(slope(x))) if kind == "function" else spoil(EACH[kind].right())
    assert EACH[kind].judge("9.9", answer).mistake == name


@pytest.mark.parametrize("kind", ["number", "function"])
def test_division_by_n_that_is_missing_or_done_twice(kind: str) -> None:
    for name, factor in {"factor n": 7, "factor 1/n": 1 / 7}.items():
        answer = (lambda x, f=factor: f * slope(x)) if kind == "function" else factor * 1.37
        assert EACH[kind].judge("9.9", answer).mistake == name


def test_length_of_an_array_is_its_n() -> None:
    verdict = ARRAY.judge("9.9", N * slope(POINTS))
    assert verdict.mistake == "factor n"
    assert "factor 5" in verdict.message


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("reversed order", slope(POINTS)[::-1]),
        ("shifted by one", np.roll(slope(POINTS), 1)),
        ("shifted by one", np.roll(slope(POINTS), -1)),
        ("off by a constant", slope(POINTS) + 3),
        ("root", np.sqrt(slope(np.array([0.31, 0.74])))),
    ],
)
def test_mistakes_of_arrays(name: str, answer: np.ndarray) -> None:
    short = Exercise(Array(percent(0.5)), right=lambda: slope(POINTS[:2]), hint="Look.")
    asked = short if name == "root" else ARRAY
    assert asked.judge("9.9", answer).mistake == name


def test_which_way_an_array_is_shifted() -> None:
    assert "one place too late" in ARRAY.judge("9.9", np.roll(slope(POINTS), 1)).message
    assert "one place too early" in ARRAY.judge("9.9", np.roll(slope(POINTS), -1)).message


@pytest.mark.parametrize(
    "angle", [lambda x: slope(np.radians(x)), lambda x: np.pi / 180 * slope(np.radians(x))]
)
def test_function_that_takes_its_argument_for_degrees(angle) -> None:
    assert FUNCTION.judge("9.9", angle).mistake == "degrees for radians"


def test_function_that_is_off_by_a_constant() -> None:
    assert FUNCTION.judge("9.9", lambda x: slope(x) - 2).mistake == "off by a constant"


JACOBIAN = np.array([[1.0, 2.0, 3.5], [4.0, 5.5, 6.0]])


@pytest.mark.parametrize(
    ("axes", "words"), [(("output", "input"), "in this order: output, input"), ((), "exchanged")]
)
def test_transposed_matrix_is_named_with_its_axes(axes: tuple[str, ...], words: str) -> None:
    asked = Exercise(Array(percent(1), axes=axes), right=lambda: JACOBIAN, hint="Look.")
    verdict = asked.judge("9.9", JACOBIAN.T)
    assert verdict.mistake == "transposed"
    assert words in verdict.message
    assert asked.judge("9.9", 3.3 * JACOBIAN.T).mistake == "wrong axis"


def test_square_matrix_that_is_transposed() -> None:
    square = JACOBIAN[:, :2]
    asked = Exercise(Array(percent(1)), right=lambda: square, hint="Look.")
    assert asked.judge("9.9", square.T).mistake == "transposed"


def test_right_values_of_zero_hide_no_mistake_and_cause_none() -> None:
    zero = Exercise(Array(percent(1)), right=lambda: np.zeros(4), hint="Look.")
    assert zero.judge("9.9", np.zeros(4)).right
    assert zero.judge("9.9", np.ones(4)).mistake is None


def test_answer_that_is_just_wrong_gets_no_name() -> None:
    assert NUMBER.judge("9.9", 3.3).mistake is None
    assert ARRAY.judge("9.9", POINTS[::2].repeat(2)[:5]).mistake is None
    assert FUNCTION.judge("9.9", np.exp).mistake is None
