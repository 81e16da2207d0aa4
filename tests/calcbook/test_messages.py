"""Warnings and errors, caught and shown."""

import warnings

from calcbook.messages import messages


def grumble() -> None:
    for _ in range(2):
        warnings.warn("first", UserWarning, stacklevel=1)
    raise KeyError("second")


def test_warnings_come_before_the_error_and_none_is_swallowed() -> None:
    assert messages(grumble) == ["UserWarning: first", "UserWarning: first", "KeyError: 'second'"]


def test_silence_is_said() -> None:
    assert messages(lambda: 1) == []
    assert repr(messages(lambda: 1)) == "(no warning)"


def test_long_messages_wrap_to_the_width_of_a_page() -> None:
    def complain() -> None:
        raise ValueError("word " * 60)

    lines = repr(messages(complain)).splitlines()
    assert len(lines) > 3
    assert max(map(len, lines)) <= 72


def test_what_the_caller_silenced_is_still_heard_and_nothing_leaks() -> None:
    with warnings.catch_warnings(record=True) as leaked:
        warnings.simplefilter("ignore")
        assert len(messages(grumble)) == 3
    assert leaked == []
