"""Pages as notebooks: nothing of a solution, nothing that only the site can show."""

import json
from dataclasses import replace
from typing import Any

import nbformat
import pytest

from livebook.fences import Fence, pieces
from livebook.notebooks import Book, glued_values, notebook, title_of

HEADER = """---
jupytext: {text_representation: {extension: .md, format_name: myst}}
kernelspec: {name: python3, display_name: Python 3, language: python}
description: Slopes of data.
---
# Derivatives

"""
BOOK = Book(
    notebooks={
        "book/02-two": "notebooks/02-two.ipynb",
        "book/08-uses/pinns": "notebooks/08-uses/pinns.ipynb",
    },
    titles={"book/reference/card": "The card", "book/08-uses/pinns": "PINNs"},
    cite=lambda key: f"Author {key}",
)
EXERCISE = """```{exercise-start} The *best* step
:label: exercise-2-3
:class: stars-2 on-data
```
Find it.

```{code-cell} ipython3
best_step = ...
```

```{exercise-end}
```
"""
SOLUTION = """
```{solution-start} exercise-2-3
:label: solution-2-3
```
SECRET prose.

````{admonition} Nested
```python
SECRET = 1
```
````

:::{dropdown} More
SECRET inside
:::

```{code-cell} ipython3
SECRET = 2
```

```{solution-end}
```
"""


def made(text: str, page: str = "book/02-two", **options: Any) -> Any:
    return notebook(HEADER + text, page, BOOK, **options)


def markdown(text: str, **options: Any) -> str:
    cells = made(text, **options).cells
    return "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def test_solution_is_gone_with_all_that_is_nested_in_it() -> None:
    text = EXERCISE + SOLUTION + "\nAfter.\n"
    whole = json.dumps(made(text))
    assert "SECRET" not in whole
    assert "best_step" in whole
    assert "After." in whole


@pytest.mark.parametrize("fence", ["```", "````", ":::"])
def test_plain_solution_is_gone(fence: str) -> None:
    text = f"{fence}{{solution}} exercise-2-3\n:label: solution-2-3\nSECRET\n{fence}\n\nAfter.\n"
    assert "SECRET" not in json.dumps(made(text))
    assert "After." in markdown(text)


def test_solution_inside_another_directive_is_gone() -> None:
    text = f"`````{{admonition}} Box\nBefore.\n{SOLUTION}\nAfter.\n`````\n"
    assert "SECRET" not in json.dumps(made(text))
    assert "> Before." in markdown(text)
    assert "> After." in markdown(text)


def test_solution_without_end_is_refused_rather_than_shown() -> None:
    with pytest.raises(ValueError, match=r"line 8: the solution 'exercise-2-3' has no"):
        made(SOLUTION.strip().replace("```{solution-end}\n```", ""))


def test_exercise_has_a_heading() -> None:
    assert "### Exercise 2.3 ★★☆ The *best* step\n\n*on data*\n\nFind it." in markdown(EXERCISE)


def test_cells_keep_their_code_and_lose_outputs_and_settings_of_the_site() -> None:
    figure = """```{code-cell} ipython3
---
tags: [hide-input]
mystnb:
  figure:
    name: fig-u-curve
    caption: |
      Which $h$ is best
      for {glue:text}`noise`?
---
draw()
```
"""
    book = made(figure, values={"noise": "0.05"})
    code, caption = book.cells[-2:]
    assert code.source == "draw()"
    assert code.outputs == []
    assert code.metadata == {"tags": ["hide-input"], "jupyter": {"source_hidden": True}}
    assert caption.source == "**Figure “u curve”.** Which $h$ is best for 0.05?"


def test_front_matter_and_title_are_kept_and_nothing_pairs_the_notebook_with_a_text() -> None:
    assert made(EXERCISE).metadata == {
        "title": "Derivatives",
        "description": "Slopes of data.",
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
    }


def test_names_that_stand_for_numbers_are_explained_where_there_are_any() -> None:
    text = "About {glue:text}`ratio` of it."
    unknown = made(text, about="A notebook.")
    assert "such as `ratio`, a cell near by prints" in unknown.cells[0].source
    known = made(text, about="A notebook.", values={"ratio": "7.5"})
    assert known.cells[0].source == "A notebook."


def test_elsewhere_links_to_no_notebook_lead_into_the_repository() -> None:
    book = replace(BOOK, files="https://example.org/blob/main/")
    text = HEADER + "[](reference/card.md) [](08-uses/pinns.md)\n"
    assert (
        notebook(text, "book/02-two", book)
        .cells[0]
        .source.endswith(
            "[The card](https://example.org/blob/main/book/reference/card.md)"
            " [PINNs](08-uses/pinns.ipynb)"
        )
    )


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("About {glue:text}`ratio` of it.", "About 7.5 of it."),
        ("About {glue:text}`other` of it.", "About `other` of it."),
        (
            "See {chapter}`the PINNs <book/08-uses/pinns>`.",
            "See [the PINNs](08-uses/pinns.ipynb).",
        ),
        ("See {chapter}`book/08-uses/pinns`.", "See [PINNs](08-uses/pinns.ipynb)."),
        ("See {chapter}`chapter 9 <book/09-later>`.", "See chapter 9."),
        ("By {cite:t}`chen`.", "By Author chen."),
        ("Known {cite:p}`chen, roe`.", "Known (Author chen, Author roe)."),
        ("In {numref}`fig-u-curve`.", "In figure “u curve”."),
        ("In {ref}`exercise-2-3`.", "In Exercise 2.3."),
        ("In {ref}`the first <exercise-2-3>`.", "In the first."),
        ("With {math}`x^2`.", "With $x^2$."),
        ("Call {py:obj}`pydelt.Estimate`.", "Call `pydelt.Estimate`."),
        ("On [](reference/card.md#top).", "On [The card](../book/reference/card.md)."),
        ("On [it](08-uses/pinns.md).", "On [it](08-uses/pinns.ipynb)."),
        ("On [it](https://example.org/a.md).", "On [it](https://example.org/a.md)."),
    ],
)
def test_roles_and_links_become_plain_markdown(text: str, plain: str) -> None:
    assert markdown(text, values={"ratio": "7.5"}).endswith(f"\n{plain}")


def test_links_start_at_the_notebook_that_holds_them() -> None:
    text = made("[](../reference/card.md) {chapter}`two <book/02-two>`", page="book/08-uses/pinns")
    assert text.cells[0].source.endswith(
        "[The card](../../book/reference/card.md) [two](../02-two.ipynb)"
    )


def test_boxes_become_quotations_and_folded_text_stays_folded() -> None:
    text = markdown(":::{admonition} This $x$\n:class: tip\nOne.\n\nTwo.\n:::\n")
    assert "> **This $x$**\n>\n> One.\n>\n> Two." in text
    assert "\n> Aloud: f of x.\n" in markdown("```{margin}\nAloud: f of x.\n```\n\nText.\n")
    folded = markdown(":::{dropdown} The `proof`\nShort.\n:::\n")
    assert "<details><summary>The `proof`</summary>\n\nShort.\n\n</details>" in folded


def test_quiz_keeps_its_choices_and_not_which_is_right() -> None:
    quiz = """```{quiz} Which $h$?
:name: quiz-h
:title: Predict first

- [ ] $10^{-8}$

  WRONG because.
- [x] about
  $0.4$

  RIGHT because.
```
"""
    text = markdown(quiz)
    assert "> **Predict first.** Which $h$?\n>\n> - $10^{-8}$\n> - about $0.4$" in text
    assert "because" not in text
    assert "[x]" not in text


def test_code_that_only_looks_like_a_directive_is_left_alone() -> None:
    code = "````md\n```{solution-start} exercise-2-3\n```\n{glue:text}`x`\n````"
    assert code in markdown(code + "\n")


def test_a_notebook_is_the_same_every_time_and_valid() -> None:
    first, second = made(EXERCISE, about="Made of a page."), made(EXERCISE, about="Made of a page.")
    nbformat.validate(first)
    assert first == second
    assert first.cells[0].source == "Made of a page."


def test_values_are_read_from_what_the_cells_published() -> None:
    output = nbformat.v4.new_output(
        "display_data",
        {"application/papermill.record/text/plain": "7.5"},
        metadata={"scrapbook": {"name": "ratio", "mime_prefix": "application/papermill.record/"}},
    )
    cell = nbformat.v4.new_code_cell("number()", outputs=[output])
    assert glued_values(nbformat.v4.new_notebook(cells=[cell])) == {"ratio": "7.5"}


def test_title_is_read_below_the_front_matter() -> None:
    assert title_of(HEADER) == "Derivatives"


def test_fences_close_as_in_markdown() -> None:
    text = "a\n```x``` b\n````{note}\n```python\n1\n```\n````\n:::{tip} Use `x`\n:class: y\nz\n:::"
    plain, note, tip = pieces(text)
    assert plain == "a\n```x``` b"  # a code span, since backticks follow in its line
    assert isinstance(note, Fence)
    assert (note.name, note.body) == ("note", "```python\n1\n```")
    assert isinstance(tip, Fence)
    assert (tip.argument, tip.options, tip.body) == ("Use `x`", {"class": "y"}, "z")
    with pytest.raises(ValueError, match="line 12: '```' is not closed"):
        list(pieces("```\n1", first_line=12))
