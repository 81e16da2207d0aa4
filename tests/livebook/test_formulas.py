"""Math set at build time: what stands in the page, what is warned of, what is loaded."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from docutils import nodes
from sphinx.errors import ExtensionError

from livebook import katex
from livebook.line_breaks import keep_together

PAGE = r"""# Math

Inline $\frac{a}{b}$ and {eq}`energy`.

$$
E = m c^2
$$ (energy)

\begin{align}
a &= b \\
c &= d
\end{align}

$$
u = v \\ w = x
$$
"""


def test_formulas_stand_finished_in_the_page(build: Callable) -> None:
    site = build({"index.md": PAGE})
    page = site.read("index.html")
    assert site.warnings == ""
    assert page.count('class="katex-display"') == 3
    assert page.count("<math ") == 4
    assert r"\(" not in page
    assert not re.search(r"<script[^>]*mathjax", page, re.IGNORECASE)


def test_equations_are_numbered_once_and_referred_to(build: Callable) -> None:
    page = build({"index.md": PAGE}).read("index.html")
    assert re.findall(r'<span class="eqno">\((\d+)\)', page) == ["1", "2"]
    assert "eqn-num" not in page  # KaTeX's own number
    assert re.search(r'<a [^>]*href="#equation-energy">\(1\)</a>', page)


def test_lines_without_environment_are_aligned(build: Callable) -> None:
    page = build({"index.md": PAGE}).read("index.html")
    assert page.count("<mtable") == 2


@pytest.mark.parametrize(
    ("before", "after", "held"),
    [
        ("so ", ". Then", "x."),
        ("the (", "-th) one", "(x-th)"),
        ("stands ", " alone", None),
        ("", "", None),
        ("non-", "", "non-x"),
        ("so ", "-which-is-rather-long", None),
    ],
)
def test_short_formula_keeps_what_touches_it(before: str, after: str, held: str | None) -> None:
    formula = nodes.math("x", "x")
    line = nodes.paragraph("", "", nodes.Text(before), formula, nodes.Text(after))
    keep_together(formula)
    assert line.astext() == f"{before}x{after}"
    assert [part.astext() for part in line.findall(nodes.inline)] == ([held] if held else [])


def test_only_formulas_set_in_one_piece_are_held(build: Callable) -> None:
    page = build({"index.md": "# T\n\nShort $x$. Long $a = b + c = d$.\n"}).read("index.html")
    assert page.count('class="math-unbroken"') == 1


def test_macros_come_from_the_configuration(build: Callable) -> None:
    site = build({"index.md": "# T\n\n$\\risk$\n"}, livebook_macros={r"\risk": r"\Phi"})
    assert site.warnings == ""
    assert '<mi mathvariant="normal">Φ</mi>' in site.read("index.html")


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("# T\n\ntext\n\n$$\n\\nonsense{x}\n$$\n", 5),
        ("# T\n\ntext\n\nin a line $\\nonsense$ here\n", 5),
        ("# T $\\nonsense$\n", 1),
    ],
)
def test_unknown_macro_warns_with_file_and_line(build: Callable, page: str, line: int) -> None:
    site = build({"index.md": page})
    assert re.search(rf"index\.md:{line}: WARNING: .*\\nonsense", site.warnings)
    assert r"\nonsense" in site.read("index.html")


def test_links_out_of_formulas_are_not_trusted(build: Callable) -> None:
    page = build({"index.md": "# T\n\n$\\href{javascript:alert(1)}{x}$\n"}).read("index.html")
    assert 'href="javascript' not in page


def test_styles_and_fonts_are_there_only_for_pages_with_math(build: Callable) -> None:
    files = {"index.md": "# Words\n\n```{toctree}\nother\n```\n", "other.md": "# T\n\n$x$\n"}
    site = build(files)
    assert "katex.min.css" not in site.read("index.html")
    assert re.search(r"katex\.min\.css\?v=\w+", site.read("other.html"))
    folder = site.folder / "_static/livebook/katex"
    named = set(re.findall(r"fonts/([\w-]+\.woff2)", (folder / "katex.min.css").read_text()))
    assert named
    assert named == {font.name for font in (folder / "fonts").iterdir()}


def test_other_builders_get_the_source(build: Callable) -> None:
    site = build({"index.md": "# About $x^2$\n\nInline $a^2$.\n"}, "text")
    assert "About x^2" in site.read("index.txt")
    assert "a^2" in site.read("index.txt")


def test_missing_package_names_the_mend(build: Callable, tmp_path: Path) -> None:
    with pytest.raises(ExtensionError, match=r"'katex' is not installed in .*make serve"):
        build({"index.md": "# T\n\n$x$\n"}, livebook_node_modules=str(tmp_path))


def test_missing_node_names_the_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(katex.shutil, "which", lambda name, path=None: None)
    with pytest.raises(ExtensionError, match=r"no Node was found .*make serve"):
        katex.find_node()
