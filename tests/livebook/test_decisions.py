"""The directive `decision`: questions, answers, and the words between them."""

from collections.abc import Callable
from typing import Any

from bs4 import BeautifulSoup

LADDER = """# Home

```{decision} Which *way*?
:name: fig-way

1. Is it open?

   [Walk in](#inside), and close the door.

2. Have you a key?

   Turn it.

3. Knock.
```

See {numref}`fig-way`.

(inside)=
## Inside
"""


def built(build: Callable[..., Any], text: str = LADDER) -> tuple[Any, BeautifulSoup]:
    site = build({"index.md": text})
    return site, BeautifulSoup(site.read("index.html"), "html.parser")


def test_each_question_has_its_answer_and_all_but_the_last_step_lead_on(
    build: Callable[..., Any],
) -> None:
    site, page = built(build)
    assert site.warnings == ""
    steps = page.select("figure.decision > ol > li")
    questions = [step.select_one(".decision-question") for step in steps]
    assert [q and q.get_text(strip=True) for q in questions] == [
        "Is it open?",
        "Have you a key?",
        None,
    ]
    answers = [step.select(".decision-answer") for step in steps]
    assert [len(answer) for answer in answers] == [1, 1, 1]
    assert answers[1][0].get_text(" ", strip=True) == "yes Turn it."
    assert [len(step.select(".decision-no")) for step in steps] == [1, 1, 0]


def test_answers_link_and_the_figure_is_numbered(build: Callable[..., Any]) -> None:
    _, page = built(build)
    assert page.select_one('.decision-answer a[href="#inside"]')
    assert page.select_one("figure.decision#fig-way figcaption em")
    assert page.select_one('a.reference[href="#fig-way"]').get_text() == "Fig. 1"


def test_a_last_question_leads_nowhere_and_words_can_be_chosen(
    build: Callable[..., Any],
) -> None:
    text = LADDER.replace("3. Knock.\n", "").replace(
        ":name: fig-way", ":yes: ja\n:no: nein\n:name: fig-way"
    )
    steps = built(build, text)[1].select("figure.decision > ol > li")
    assert [[word.get_text() for word in step.select(".decision-word")] for step in steps] == [
        ["ja", "nein"],
        ["ja"],
    ]


def test_only_pages_with_a_decision_load_its_style(build: Callable[..., Any]) -> None:
    assert "decision.css" in built(build)[0].read("index.html")
    assert "decision.css" not in built(build, "# Home\n\nText.\n")[0].read("index.html")


def test_a_body_that_is_no_list_is_refused(build: Callable[..., Any]) -> None:
    site, _ = built(build, "# Home\n\n```{decision} Which?\n\nWords alone.\n```\n")
    assert "must be one list" in site.warnings
