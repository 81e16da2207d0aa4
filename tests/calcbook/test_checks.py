"""Checkers: each kind of answer, answers of the wrong form, and verdicts that give nothing away."""

import math
from html.parser import HTMLParser

import numpy as np
import pytest

from calcbook import check
from calcbook.checks import (
    Array,
    Choice,
    Exercise,
    Function,
    Mistake,
    Number,
    Order,
    Tolerance,
    percent,
    within,
)
from calcbook.checks.catalog import exercise

SECRET = 7.3281
NUMBER = Exercise(Number(percent(1)), right=lambda: SECRET, hint="Look again.", then="Well.")
ARRAY = Exercise(
    Array(percent(1, each=True), names=("slope", "bend")), right=lambda: [SECRET, 0.5], hint="Look."
)
MATRIX = Exercise(
    Array(percent(1), axes=("sample", "input")), right=lambda: np.ones((4, 2)), hint="Look."
)
SINE = Exercise(
    Function(percent(0.1), cases=lambda: [(0.3,), (1.1,), (2.5,)], arrays=True),
    right=lambda: np.cos,
    hint="Look.",
    instead={"the value of sin": lambda: np.sin},
)
FIT = Exercise(
    Function(percent(0.1), cases=lambda: [(np.arange(4.0), np.arange(4.0) ** 2)]),
    right=lambda: lambda t, u: np.gradient(u, t),
    hint="Look.",
)
METHOD = Exercise(
    Choice(("A", "B", "yes", "no")),
    right=lambda: "B",
    hint="Look.",
    mistakes=[Mistake("tempting", "It is the smoothest, not the nearest.", made=lambda: "A")],
)
SET = Exercise(Choice(("A", "B", "C"), several=True), right=lambda: {"A", "B"}, hint="Look.")
ORDER = Exercise(Order(("a", "b", "c", "d")), right=lambda: list("bacd"), hint="Look.")


def said(asked: Exercise, answer: object) -> str:
    verdict = asked.judge("9.9", answer)
    assert not verdict.right
    return verdict.message


@pytest.mark.parametrize(
    ("asked", "answers"),
    [
        (NUMBER, [SECRET, np.float32(7.33), np.array(7.3), [SECRET], np.array([[SECRET]])]),
        (ARRAY, [[SECRET, 0.5], (7.33, 0.5), np.array([SECRET, 0.502])]),
        (MATRIX, [np.ones((4, 2)), [[1, 1]] * 4]),
        (SINE, [np.cos, lambda x: np.sin(x + np.pi / 2)]),
        (FIT, [lambda t, u: np.gradient(u, t), lambda t, u: list(np.gradient(u, t))]),
        (METHOD, ["B", "b", " B ", ["B"]]),
        (SET, [["A", "B"], {"B", "a"}, ("B", "A", "A")]),
        (ORDER, [list("bacd"), ("B", "A", "C", "D")]),
    ],
    ids=["number", "array", "matrix", "function", "of data", "choice", "set", "order"],
)
def test_right_answers_are_right(asked: Exercise, answers: list[object]) -> None:
    for answer in answers:
        verdict = asked.judge("9.9", answer)
        assert verdict.right, verdict
        assert verdict.message.startswith("right")
        assert verdict.mistake is None


def test_tolerance_is_said_and_kept() -> None:
    assert NUMBER.judge("9.9", SECRET * 1.009).message == "right, to 1%. Well."
    assert said(NUMBER, 3.1) == "not yet (looked at to 1%). Look again."
    meters = Exercise(Number(within(0.2, "m")), right=lambda: 0.0, hint="Look.")
    assert meters.judge("9.9", -0.2).message == "right, to within 0.2 m."
    assert "to within 0.2 m" in said(meters, 0.21)
    assert "to 1% each" in ARRAY.judge("9.9", [SECRET, 0.5]).message
    assert "of the largest value" in SINE.judge("9.9", np.cos).message


@pytest.mark.parametrize("sizes", [{}, {"relative": 0.1, "absolute": 1.0}])
def test_tolerance_in_no_or_two_forms_is_refused(sizes: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="either `relative` or `absolute`"):
        Tolerance(**sizes)


def empty(x): ...


def documented(x):
    """Return something."""
    ...


@pytest.mark.parametrize("answer", [..., [..., 1.0], empty, documented])
@pytest.mark.parametrize("asked", [NUMBER, SINE, METHOD, ORDER])
def test_dots_are_no_answer_yet(asked: Exercise, answer: object) -> None:
    verdict = asked.judge("9.9", answer)
    assert str(verdict) == "9.9: put your answer in place of the dots."
    assert not verdict.answered


class Odd:
    """Cannot be turned into anything."""

    def __array__(self, *args: object, **kwargs: object) -> np.ndarray:
        raise RuntimeError("needs a gradient")


@pytest.mark.parametrize(
    ("asked", "answer", "words"),
    [
        (NUMBER, None, "your answer is None. A function without `return`"),
        (NUMBER, "7.3", "'7.3' is a text: leave out the quotes"),
        (NUMBER, math.sin, "this is the function `sin` itself: call it, `sin(...)`"),
        (NUMBER, math.nan, "your answer is NaN: look for a division by zero"),
        (NUMBER, -math.inf, "your answer is infinite"),
        (NUMBER, 1 + 2j, "yours is complex"),
        (NUMBER, True, "this is True or False"),
        (NUMBER, {"a": 1}, "this is a dictionary"),
        (NUMBER, [1.0, 2.0], "one number is wanted, and yours are 2, of shape (2,)"),
        (NUMBER, [], "yours are 0"),
        (NUMBER, object(), "holds values that are no numbers"),
        (NUMBER, Odd(), "RuntimeError: needs a gradient"),
        (ARRAY, 1.0, "of shape (2,) (slope, bend) is wanted, and yours has shape (): it is a"),
        (ARRAY, [[1.0], [2.0]], "flatten it with `.ravel()`"),
        (ARRAY, [1.0, 2.0, 3.0], "one entry too many, at an end?"),
        (ARRAY, [1.0, [2.0]], "can't be turned into one"),
        (ARRAY, [1.0, math.nan], "your answer is NaN at index 1"),
        (ARRAY, ["1", "2"], "holds values that are no numbers"),
        (ARRAY, {"slope": 1, "bend": 2}, "a list is wanted, in this order: slope, bend"),
        (MATRIX, np.ones((3, 2)), "shape (4, 2) (sample × input) is wanted, and yours has"),
        (SINE, 0.5, "a function is wanted, and this is its value"),
        (SINE, lambda x: None, "your function returns None: end it with `return`"),
        (SINE, lambda x, y: x, "Can it be called with the arguments that the exercise names"),
        (SINE, lambda x: "1", "'1' is a text"),
        (SINE, math.cos, "works for single numbers, and not for an array"),
        (SINE, lambda x: math.nan, "your answer is NaN"),
        (FIT, lambda t, u: np.diff(u), "returned 3 values over all hidden cases, and 4 are"),
        (METHOD, 2, "a name is wanted, in quotes: one of A, B"),
        (METHOD, "Z", "'Z' is none of the names: A, B"),
        (METHOD, ["A", "B"], "one name is wanted, and yours are 2"),
        (SET, [], "nothing is chosen"),
        (ORDER, set("abcd"), "a set has no order"),
        (ORDER, list("abca"), "a list of each name once is wanted"),
    ],
)
def test_answer_of_the_wrong_form_gets_a_sentence(
    asked: Exercise, answer: object, words: str
) -> None:
    verdict = asked.judge("9.9", answer)
    assert words in verdict.message
    assert verdict.mistake == "wrong form"
    assert not verdict.right


def raising(x):
    y = x + 1
    return y / (x - x)


def test_function_that_raises_is_told_with_exception_and_line() -> None:
    assert "raised ZeroDivisionError: float division by zero, in line 3 of" in said(SINE, raising)


def test_arguments_are_copies() -> None:
    def spoil(t, u):
        u[:] = 0
        return np.gradient(u, t)

    said(FIT, spoil)
    assert FIT.judge("9.9", lambda t, u: np.gradient(u, t)).right


def test_own_mistakes_come_first_and_the_nearest_wins() -> None:
    asked = Exercise(
        Number(percent(20)),
        right=lambda: 1.0,
        hint="Look.",
        mistakes=[
            Mistake("near", "Near.", made=lambda: 2.2),
            Mistake("nearer", "Nearer.", made=lambda: 2.0),
            Mistake("tiny", "Tiny.", when=lambda value: value < 1e-6),
        ],
    )
    assert asked.judge("9.9", 2.0).mistake == "nearer"  # and not the factor 2
    assert asked.judge("9.9", 2.3).mistake == "near"
    assert asked.judge("9.9", 1e-12).mistake == "tiny"
    assert asked.judge("9.9", 0.5).mistake == "factor 1/2"


def test_mistake_that_could_never_be_found_is_refused() -> None:
    with pytest.raises(ValueError, match="give `made` or `when`"):
        Mistake("none", "Nothing.")


def test_another_quantity_is_recognized() -> None:
    assert said(SINE, np.sin) == "not yet. This is the value of sin; asked is something else."


def test_choices_and_orders_say_what_is_amiss() -> None:
    assert said(METHOD, "A") == "not yet. It is the smoothest, not the nearest."
    assert said(METHOD, True) == "not yet. Look."
    assert SET.judge("9.9", ["A"]).mistake == "incomplete"
    assert SET.judge("9.9", list("ABC")).mistake == "too many"
    assert said(SET, "C") == "not yet. Look."
    assert ORDER.judge("9.9", list("dcab")).mistake == "reversed order"
    assert said(ORDER, list("abcd")) == "not yet. 2 of 4 stand in their places. Look."


def test_partly_right_array_says_which_entry_is_not() -> None:
    words = "1 of 2 values are right; the first that is not: bend."
    assert words in said(ARRAY, [SECRET, 0.9])


def test_number_of_the_exercise_must_exist() -> None:
    with pytest.raises(ValueError, match=r"no exercise '2\.11111'; the nearest are 2\.1"):
        check("2.11111", 1)
    with pytest.raises(ValueError, match="no exercise 'slope'; the nearest are"):
        check("slope", 1)
    with pytest.raises(TypeError, match=r'such as "2\.3", with quotes, got 2\.3'):
        check(2.3, 1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "answer", [3.1, -SECRET, 2 * SECRET, SECRET * 1.03, "7", None, ..., [1, 2]]
)
def test_verdict_gives_nothing_away(answer: object) -> None:
    verdict = NUMBER.judge("9.9", answer)
    data, metadata = verdict._repr_mimebundle_()
    shown = [repr(verdict), str(verdict), *data.values(), str(metadata), str(vars(verdict))]
    shown += [str(getattr(verdict, name)) for name in dir(verdict) if not name.startswith("__")]
    assert not any("7.3" in text or "7.32" in text for text in shown)


def test_raised_errors_hold_no_values_of_the_exercise() -> None:
    with pytest.raises(ValueError, match="no exercise") as raised:
        check("2.99", 1)
    frames, trace = [], raised.value.__traceback__
    while trace is not None:
        frames.append(trace.tb_frame.f_locals)
        trace = trace.tb_next
    right = f"{exercise('2.3').right():.4g}"
    assert not any(right in str(values) for values in frames[1:])


class Text(HTMLParser):
    """Collects the text of HTML; refuses scripts."""

    text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        assert tag in ("div", "span", "strong")

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_is_plain_and_escaped_and_the_build_can_read_the_verdict() -> None:
    verdict = NUMBER.judge("9.9", "<script>")
    data, metadata = verdict._repr_mimebundle_()
    assert set(data) == {"text/plain", "text/html"}
    assert metadata == {"calcbook_verdict": {"exercise": "9.9", "right": False}}
    parser = Text()
    parser.feed(data["text/html"])
    assert parser.text == f"✗ {data['text/plain']}"
    right, _ = NUMBER.judge("9.9", SECRET)._repr_mimebundle_()
    assert "✓" in right["text/html"]
