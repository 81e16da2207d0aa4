"""What an exercise's label and classes say: its number, its stars, its kind.

The label gives the number, never a running count: `exercise-2-3` is exercise 2.3 for good.
"""

import re
from collections.abc import Iterable

LABEL = re.compile(r"exercise-(\d+(?:-\d+){1,2})")
KINDS = ("by-hand", "in-code", "on-data", "find-what-is-wrong")
MOST_STARS = 3


def number_of(label: str) -> str:
    """Return ``2.3`` for `exercise-2-3` or `solution-2-3`, and a label that does not fit as it is.

    A page below a chapter has a number of its own: ``8.2.1`` for `exercise-8-2-1`.
    """
    fits = LABEL.fullmatch(re.sub(r"^solution-", "exercise-", label))
    return fits[1].replace("-", ".") if fits else label


def stars_of(classes: Iterable[str]) -> int:
    """Return how many stars the classes give; 0 if they give none."""
    given = [re.fullmatch(rf"stars-([1-{MOST_STARS}])", name) for name in classes]
    return next((int(found[1]) for found in given if found), 0)


def kind_of(classes: Iterable[str]) -> str:
    """Return the kind in words, such as ``on data``; blank if the classes name none."""
    return next((name.replace("-", " ") for name in classes if name in KINDS), "")


def starry(stars: int) -> str:
    """Return ``★★☆`` for two stars."""
    return "★" * stars + "☆" * (MOST_STARS - stars)


def complaints(label: str, classes: Iterable[str], title: str, page: str) -> list[str]:
    """Return what is wrong with an exercise of a page, each with its mend."""
    classes, found = list(classes), []
    chapter = re.search(r"(?:^|/)(\d\d)-", page)
    if not LABEL.fullmatch(label):
        found.append(
            f"the label {label!r} does not fit: `:label: exercise-2-3` is exercise 3 of chapter 2"
        )
    elif chapter and int(label.split("-")[1]) != int(chapter[1]):
        found.append(
            f"the label {label!r} does not fit the page: here it begins exercise-{int(chapter[1])}-"
        )
    if not stars_of(classes):
        found.append("the class for its stars is missing: stars-1, stars-2 or stars-3")
    if not kind_of(classes):
        found.append(f"the class for its kind is missing: one of {', '.join(KINDS)}")
    if not title.strip():
        found.append("it has no title: write one behind the directive's name")
    return found
