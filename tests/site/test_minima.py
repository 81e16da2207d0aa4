"""What each chapter offers, counted in the rendered pages, is no less than the least it owes."""

import json
from collections.abc import Callable
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import pytest
from browsing import PAGES
from bs4 import BeautifulSoup, Tag

from tasks.claims import published


@dataclass(frozen=True)
class Offer:
    """How many of each a page has, or owes."""

    figures: int
    quizzes: int
    exercises: int
    questions: int = 0
    claims: int = 1


@dataclass(frozen=True)
class Minima:
    """What a page has to offer at least, now and in the end."""

    now: Offer
    wanted: Offer


def complete(offer: Offer) -> Minima:
    return Minima(now=offer, wanted=offer)


CHAPTER = complete(Offer(figures=4, quizzes=2, exercises=8))
MINIMA = {
    "book/00-why-calculus": complete(Offer(figures=2, quizzes=2, exercises=4, questions=10)),
    "book/01-functions-and-limits": complete(Offer(figures=9, quizzes=7, exercises=12)),
    "book/02-derivatives": complete(Offer(figures=6, quizzes=2, exercises=10)),
    "book/03-differentiation-rules": complete(Offer(figures=9, quizzes=8, exercises=10)),
    "book/04-integration": complete(Offer(figures=9, quizzes=7, exercises=11)),
    "book/05-approximation": complete(Offer(figures=14, quizzes=7, exercises=11)),
    "book/06-multivariable-calculus": complete(Offer(figures=11, quizzes=5, exercises=11)),
    "book/07-complex-analysis": complete(Offer(figures=13, quizzes=5, exercises=14)),
    "book/08-ml-applications/index": complete(Offer(figures=1, quizzes=0, exercises=0)),
    "book/08-ml-applications/backpropagation": complete(Offer(figures=3, quizzes=2, exercises=4)),
    "book/08-ml-applications/discovering-equations": complete(
        Offer(figures=2, quizzes=2, exercises=4)
    ),
    "book/08-ml-applications/black-scholes": complete(Offer(figures=6, quizzes=2, exercises=4)),
    "book/08-ml-applications/practical-tips": complete(Offer(figures=4, quizzes=2, exercises=4)),
    "book/08-ml-applications/gradient-descent": complete(Offer(figures=5, quizzes=2, exercises=4)),
    "book/08-ml-applications/pinns": complete(Offer(figures=6, quizzes=2, exercises=4)),
    "book/08-ml-applications/final-projects": complete(Offer(figures=5, quizzes=2, exercises=4)),
    "book/08-ml-applications/sensitivity": complete(Offer(figures=3, quizzes=2, exercises=4)),
    "book/08-ml-applications/neural-odes": complete(Offer(figures=5, quizzes=2, exercises=4)),
    "book/08-ml-applications/normalizing-flows": complete(Offer(figures=3, quizzes=2, exercises=4)),
    "book/08-ml-applications/taylor-in-deep-learning": complete(
        Offer(figures=3, quizzes=2, exercises=4)
    ),
}
COUNTED = [page for page in PAGES if page in MINIMA]


def moves(figure: Tag, site: Path) -> bool:
    """Tell whether what a figure shows differs between the positions of its controls."""
    script = (site / "_static/livebook" / str(figure["data-file"])).read_text(encoding="utf-8")
    frames = json.loads(script[script.index("] = ") + 4 :].rstrip(";\n"))["frames"]
    return len({json.dumps(frame, sort_keys=True) for frame in frames}) > 1


def offer_of(page: BeautifulSoup, site: Path, claims: int) -> Offer:
    """Count what a rendered page offers."""
    questions = len(page.select(".diagnostic .quiz"))
    return Offer(
        figures=sum(moves(figure, site) for figure in page.select(".moving-figure")),
        quizzes=len(page.select(".quiz")) - questions,
        exercises=len(page.select("div.exercise")),
        questions=questions,
        claims=claims,
    )


@pytest.fixture(scope="module")
def documents(site: Path) -> dict[str, BeautifulSoup]:
    """Return the pages that are counted, parsed."""
    return {
        page: BeautifulSoup((site / f"{page}.html").read_text(), "html.parser") for page in COUNTED
    }


@pytest.fixture(scope="module")
def offers(
    site: Path, documents: dict[str, BeautifulSoup], say: Callable[[str], None]
) -> dict[str, Offer]:
    """Count all pages, and print the table."""
    claims = [one.page for one in published(COUNTED) if one.kind == "claim"]
    offers = {
        page: offer_of(document, site, claims.count(page)) for page, document in documents.items()
    }
    say("counted/now/wanted".ljust(46) + "".join(f"{f.name:>13}" for f in fields(Offer)))
    for page, offer in offers.items():
        rows = (astuple(offer), astuple(MINIMA[page].now), astuple(MINIMA[page].wanted))
        cells = ("/".join(map(str, numbers)) for numbers in zip(*rows, strict=True))
        say(page.ljust(46) + "".join(cell.rjust(13) for cell in cells))
    return offers


@pytest.mark.parametrize("page", COUNTED)
def test_page_offers_what_it_owes(page: str, offers: dict[str, Offer]) -> None:
    least = MINIMA[page].now
    missing = [
        f"{getattr(offers[page], field.name)} {field.name}, not {getattr(least, field.name)}"
        for field in fields(Offer)
        if getattr(offers[page], field.name) < getattr(least, field.name)
    ]
    assert missing == []


@pytest.mark.parametrize("page", COUNTED)
def test_every_exercise_has_a_solution(page: str, documents: dict[str, BeautifulSoup]) -> None:
    exercises, solutions = (
        len(documents[page].select(f".{kind}")) for kind in ("exercise", "solution")
    )
    assert solutions == exercises


def test_every_chapter_is_counted() -> None:
    chapters = [page for page in PAGES if page.removeprefix("book/")[:1].isdecimal()]
    assert chapters == COUNTED
