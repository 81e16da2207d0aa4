"""A page's card and its front matter, from which the map is drawn, name the same needs."""

import re
from typing import Any

import pytest
import yaml

from tasks.execute import ROOT, table_of_contents

LESSONS = [page for page in table_of_contents() if page.startswith("book/0")]
TOPICS = [page for page in LESSONS if page.startswith("book/08")]
NEEDS = re.compile(r"^\*\*(?:You need|Builds on):?\*\*(.*?)(?:\.\s|;|\n\n)", re.M | re.S)
LINK = re.compile(r"\{chapter\}`[^`]*<([^>]+)>`|\]\(([^)#]+)\.md\)")


def front_matter(page: str) -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / f"{page}.md").read_text().split("---\n")[1]))


def needed(page: str) -> set[str]:
    """Return the lessons that the first sentence of a page's needs links to."""
    text = (ROOT / f"{page}.md").read_text()
    said = NEEDS.search(re.sub(r"(\d)\. (?=[A-Z])", r"\1 ", text))  # "3. Integration" is no end
    assert said is not None, "the card says neither `You need` nor `Builds on`"
    folder = (ROOT / page).parent
    links = [
        role or (folder / file).resolve().relative_to(ROOT).as_posix()
        for role, file in LINK.findall(said[1])
    ]
    return {link for link in links if link in LESSONS}


@pytest.mark.parametrize("page", LESSONS[1:])
def test_cards_and_front_matter_agree(page: str) -> None:
    assert set(front_matter(page)["prerequisites"]) == needed(page)


@pytest.mark.parametrize("page", [page for page in LESSONS if page not in TOPICS])
def test_chapters_are_used_later(page: str) -> None:
    uses = [front_matter(other).get("uses", {}) for other in LESSONS]
    assert sum(len(names.get(page, [])) for names in uses) >= 1


@pytest.mark.parametrize("page", TOPICS[1:])
def test_topics_name_the_sections_that_they_use(page: str) -> None:
    assert sum(map(len, front_matter(page).get("uses", {}).values())) >= 3


@pytest.mark.parametrize("page", [page for page in LESSONS[1:] if page not in TOPICS[1:]])
def test_every_chapter_asks_a_question_of_the_diagnostic(page: str) -> None:
    for asked in front_matter(page)["diagnostic"]:
        assert asked["question"].strip().endswith("?")
        assert asked["choices"].count("- [x] ") == 1


@pytest.mark.parametrize("page", LESSONS)
def test_no_prerequisite_and_no_question_leads_nowhere(page: str) -> None:
    head = front_matter(page)
    starts = [asked["start"] for asked in head.get("diagnostic", []) if "start" in asked]
    assert {*head.get("prerequisites", []), *head.get("uses", {}), *starts} <= set(LESSONS)
