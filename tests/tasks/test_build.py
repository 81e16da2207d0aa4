"""What is wrong in a page stops the build and says where."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tasks.build import BuildError, build_site
from tasks.execute import cache_folder

SmallBook = Callable[[str], Path]
FIGURE = "from calcbook import charts, still_figure\n"


def test_page_builds(small_book: SmallBook, capsys: pytest.CaptureFixture[str]) -> None:
    root = small_book("Text, $x^2$.\n\n```{code-cell}\nprint(6 * 7)\n```\n")
    site = build_site(output=root)
    assert "42" in (site / "page.html").read_text()
    build_site(output=root)
    assert "up to date" in capsys.readouterr().out


def test_missing_python_for_the_pages_is_told_and_sought_again(
    small_book: SmallBook, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = small_book("```{code-cell}\nprint(6 * 7)\n```\n")
    package = root / "helpers" / "__init__.py"
    package.parent.mkdir()
    package.write_text("import numpy\n")
    shutil.copy(Path(__file__).parents[2] / "pyproject.toml", root)
    config = yaml.safe_load((root / "_config.yml").read_text())
    config["sphinx"]["config"]["livebook_live_packages"] = ["helpers"]
    config["sphinx"]["config"]["livebook_live_data"] = ""
    (root / "_config.yml").write_text(yaml.safe_dump(config))
    monkeypatch.setenv("PYODIDE_MIRROR", str(root / "nothing"))
    for _ in range(2):
        build_site(output=root)
        told = capsys.readouterr().out
        assert "ask cdn.jsdelivr.net for it" in told
        assert "up to date" not in told


def test_change_of_an_imported_module_reaches_the_page(small_book: SmallBook) -> None:
    root = small_book("```{code-cell}\nimport helper\nprint('value', helper.VALUE)\n```\n")
    build_site(output=root)
    (root / "helper.py").write_text("VALUE = 2\n")
    assert "value 2" in (build_site(output=root) / "page.html").read_text()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[there](nowhere.md)\n", r"page\.md:9.*nowhere\.md"),
        ("{ref}`nowhere`\n", r"page\.md:9.*nowhere"),
        ("Math: $\\fraq{1}{2}$.\n", r"page\.md:9.*fraq"),
        ("```{code-cell}\n1 / 0\n```\n", r"page\.md:9: cell 1 of 1 failed[\s\S]*ZeroDivisionError"),
        ("```{image} picture.png\n:alt: a line\n```\n", r"page\.md.*picture\.png"),
    ],
    ids=["dead link", "dead reference", "bad macro", "raising cell", "missing image"],
)
def test_mistake_stops_the_build(small_book: SmallBook, text: str, message: str) -> None:
    root = small_book(text)
    with pytest.raises(BuildError) as raised:
        build_site(output=root)
    assert re.search(message, str(raised.value)), str(raised.value)


def test_failed_build_fails_again(small_book: SmallBook) -> None:
    root = small_book("[there](nowhere.md)\n")
    for _ in range(2):
        with pytest.raises(BuildError):
            build_site(output=root)


def test_image_without_alternative_text_stops_the_build(small_book: SmallBook) -> None:
    root = small_book("![](picture.svg)\n")
    shutil.copy(Path(__file__).parents[2] / "book/_static/logo.svg", root / "picture.svg")
    with pytest.raises(BuildError, match="alt"):
        build_site(output=root)


def test_figure_without_alternative_text_fails(small_book: SmallBook) -> None:
    cell = "still_figure(charts.curves({'line': ([0, 1], [0, 1])}, x='x', y='y'), alt=' ')"
    with pytest.raises(BuildError, match="alt"):
        build_site(output=small_book(f"```{{code-cell}}\n{FIGURE}{cell}\n```\n"))


def test_stale_cache_is_told_when_sphinx_runs_alone(small_book: SmallBook) -> None:
    root = small_book("```{code-cell}\nprint(1)\n```\n")
    build_site(output=root)
    stamp = cache_folder(root) / "execution-key.txt"
    stamp.write_text("made with something else")
    (root / "_build" / "text-built-from.txt").unlink()
    from tasks.build import _run_jupyter_book

    with pytest.raises(BuildError, match="made with other sources"):
        _run_jupyter_book(None, root)
