"""Titles and descriptions that hold math: no raw TeX where only text is shown."""

import re
from collections.abc import Callable

import pytest

from livebook.plain_text import plain_formula

PAGE = r"""---
description: {description}
---
# Why $f'(x) = x^2$ counts

First, $\frac{{\partial f}}{{\partial x}}$ & so on. {{ref}}`here`, [](#here).

(here)=
## The slope $\frac{{d f}}{{d x}}$
"""


def test_title_is_plain_and_heading_is_set(build: Callable) -> None:
    page = build({"index.md": PAGE.format(description="''")}).read("index.html")
    assert re.search(r"<title>Why f′\(x\) = x² counts", page)
    assert re.search(r"<h1>Why <span class=\"math", page)


def test_reference_to_a_heading_shows_no_tex(build: Callable) -> None:
    site = build({"index.md": PAGE.format(description="''")})
    links = re.findall(
        r'<a class="reference internal" href="#here">(.*?)</a>', site.read("index.html")
    )
    texts = [re.sub("<[^>]+>", "", link) for link in links]
    assert texts.count("The slope df/dx") == 2
    assert site.warnings == ""


def test_description_is_the_front_matter(build: Callable) -> None:
    text = 'A "short" word on $x^2$'
    page = build({"index.md": PAGE.format(description=f"'{text}'")}).read("index.html")
    assert '<meta name="description" content="A &quot;short&quot; word on x²" />' in page


def test_description_falls_back_to_the_first_paragraph(build: Callable) -> None:
    page = build({"index.md": PAGE.format(description="''")}).read("index.html")
    assert 'content="First, ∂f/∂x &amp; so on.' in page


@pytest.mark.parametrize(
    ("tex", "plain"),
    [
        (r"x^2", "x²"),
        (r"\nabla f(\theta_t)", "∇f(θₜ)"),
        (r"\frac{a+b}{c}", "(a + b)/c"),
        (r"\sqrt{x+1}", "√(x + 1)"),
        (r"\hat{y} \approx e^{-kt}", "ŷ ≈ e^(−kt)"),
        (r"\sum_{i=1}^n x_i", "∑ᵢ₌₁ⁿxᵢ"),
        (r"\log p", "log p"),
    ],
)
def test_plain_text_of_formulas(tex: str, plain: str, render: Callable[[str], str]) -> None:
    assert plain_formula(render(tex)).replace("y\u0302", "ŷ") == plain
