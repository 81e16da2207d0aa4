"""The directive `quiz`: what it makes of its list, and which lists it refuses."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from small_sites import notebook

QUIZ = r"""# Home

```{quiz} Which step $h$ is *best*?
:name: quiz-step

- [ ] $10^{-8}$

  Tempting, since it is best without noise: see [below](#there).
- [x] about 0.4

  Noise and bending are then of one size.

  $$\sqrt2\,\sigma/h$$
- [ ] none

  There is one.
```

Look at {ref}`this <quiz-step>`.

(there)=
## There
"""
TWO_RIGHT = QUIZ.replace("- [ ] none", "- [X] none")


def parsed(build: Callable[..., Any], text: str) -> BeautifulSoup:
    site = build({"index.md": text})
    assert site.warnings == ""
    return BeautifulSoup(site.read("index.html"), "html.parser")


def test_question_choices_and_answers_hold_markup(build: Callable[..., Any]) -> None:
    page = parsed(build, QUIZ)
    form = page.select_one("form.quiz#quiz-step")
    assert form
    question = form.select_one("fieldset > legend")
    assert question
    assert [len(question.select(markup)) for markup in (".katex", "em")] == [1, 1]
    assert len(form.select("label .katex")) == 1
    assert form.select_one('.quiz-answers a[href="#there"]')
    assert form.select_one(".quiz-answers .katex-display")
    assert page.select_one('a.reference[href="#quiz-step"]')


def test_one_right_choice_makes_radio_buttons_and_more_make_checkboxes(
    build: Callable[..., Any],
) -> None:
    one, two = (parsed(build, text) for text in (QUIZ, TWO_RIGHT))
    for page, kind, right in ((one, "radio", [0, 1, 0]), (two, "checkbox", [0, 1, 1])):
        boxes = page.select("label > input")
        assert [box["type"] for box in boxes] == [kind] * 3
        assert len({box["name"] for box in boxes}) == 1
        assert ["data-right" in box.attrs for box in boxes] == right
    assert not one.select("legend small")
    assert two.select_one("legend small").get_text() == "Choose all that hold."  # type: ignore[union-attr]


def test_every_answer_says_its_verdict_in_words(build: Callable[..., Any]) -> None:
    answers = parsed(build, QUIZ).select("details.quiz-answers > ul > li")
    verdicts = [answer.select_one("p > strong") for answer in answers]
    assert [v and v.get_text() for v in verdicts] == ["Not correct", "Correct", "Not correct"]
    assert answers[2].get_text(" ", strip=True) == "Not correct : none There is one."


def test_controls_are_called_by_plain_text_where_they_hold_formulas(
    build: Callable[..., Any],
) -> None:
    page = parsed(build, QUIZ)
    assert page.select(".quiz fieldset")[0]["aria-label"] == "Which step h is best?"
    assert [box.get("aria-label") for box in page.select(".quiz input")] == ["10⁻⁸", None, None]


def test_title_can_be_chosen(build: Callable[..., Any]) -> None:
    named = QUIZ.replace(":name:", ":title: Predict first\n:name:")
    for text, title in ((QUIZ, "Quiz"), (named, "Predict first")):
        assert parsed(build, text).select_one(".quiz-title").get_text() == title  # type: ignore[union-attr]


def test_quizzes_of_a_page_do_not_share_their_controls(build: Callable[..., Any]) -> None:
    again = QUIZ.split("\n\n", 1)[1].split("Look")[0].replace(":name: quiz-step\n", "")
    page = parsed(build, QUIZ + "\n" + again)
    assert len({box["name"] for box in page.select(".quiz input")}) == 2


def test_the_digest_changes_with_the_text_alone(build: Callable[..., Any]) -> None:
    texts = (QUIZ, QUIZ.replace("# Home", "# House"), QUIZ.replace("- [ ] none", "- [ ] any"))
    first, second, third = (parsed(build, t).select("form.quiz")[0]["data-digest"] for t in texts)
    assert first == second != third


def test_glued_numbers_stand_in_question_choice_and_feedback(build: Callable[..., Any]) -> None:
    hidden = "application/papermill.record/"
    output = {
        "output_type": "display_data",
        "data": {hidden + "text/plain": "4.2"},
        "metadata": {"scrapbook": {"name": "best", "mime_prefix": hidden}},
    }
    glue = "{glue:text}`best`"
    # The line that opens a fence of backticks can hold no other backticks; one of colons can.
    quiz = f""":::{{quiz}} Is it {glue}?
- [x] {glue}, yes

  Of course {glue}.
- [ ] no

  Yes.
:::"""
    page = json.loads(notebook({}, title=f"# Page\n\n{quiz}"))
    page["cells"][1]["outputs"] = [output]
    extensions = ["dollarmath", "colon_fence"]
    site = build({"index.ipynb": json.dumps(page)}, myst_enable_extensions=extensions)
    document = BeautifulSoup(site.read("index.html"), "html.parser")
    for place in ("legend", "label", ".quiz-answers li > p:nth-of-type(2)"):
        assert "4.2" in document.select(f"form.quiz {place}")[0].get_text(), place


def test_other_builders_get_the_text(build: Callable[..., Any]) -> None:
    text = build({"index.md": TWO_RIGHT}, "text").read("index.txt")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    assert "**Quiz:** Which step h is *best*?" in lines
    assert lines.index("* about 0.4") < lines.index("**Answers:**")
    assert lines.index("**Answers:**") < lines.index("* **Correct**: about 0.4")
    assert "There is one." in lines


ITEMS = "- [ ] one\n\n  No.\n- [x] two\n\n  Yes.\n"


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        (ITEMS.replace("[ ] ", ""), 4, "the item begins with no box; write `- [x] choice`"),
        (ITEMS.replace("[x] ", "[y] "), 7, "the item begins with no box"),
        (ITEMS.replace("[x] two", "$[x]$ two"), 7, "the item begins with no box"),
        (ITEMS.replace(" two", ""), 7, "the item is a box alone; write the choice behind it"),
        (ITEMS.replace("\n\n  Yes.", ""), 7, "the choice has no feedback; write it below"),
        (ITEMS.replace("[x]", "[ ]"), 3, "it has no right choice; mark at least one"),
        ("- [x] two\n\n  Yes.\n", 3, "it has a single choice; add the wrong ones"),
        ("Some words.\n\n" + ITEMS, 3, "its body must be one list"),
        ("", 3, "its body must be one list"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    build: Callable[..., Any], body: str, line: int, words: str
) -> None:
    site = build({"index.md": f"# Home\n\n```{{quiz}} Which?\n{body}```\n"})
    assert re.search(rf"index\.md:{line}: WARNING: quiz: {re.escape(words)}", site.warnings)
    assert "quiz" not in site.read("index.html")


def test_only_pages_with_a_quiz_load_its_assets(build: Callable[..., Any]) -> None:
    files = {"index.md": QUIZ, "other.md": "---\norphan: true\n---\n# Other\n"}
    site = build(files)
    for name in ("quizzes.js", "quizzes.css"):
        assert name in site.read("index.html")
        assert name not in site.read("other.html")
