"""One stylesheet: what the pages use of others' rules, all of ours, fonts cut to size."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from small_sites import ROOT
from sphinx.errors import ExtensionError

from livebook.light_styles import cut_font, formula_characters, join_sheets, link_sheet, merged

MODULES = ROOT / "node_modules"
FONT = MODULES / "katex/dist/fonts/KaTeX_Main-Regular.woff2"


@pytest.fixture
def join(tmp_path: Path) -> Callable[..., str]:
    """Join one sheet of theirs and one of ours for a page with this text."""

    def joined(theirs: str, ours: str = "", page: str = "") -> str:
        files = {"theirs.css": theirs, "ours.css": ours, "page.html": page}
        for name, text in files.items():
            (tmp_path / name).write_text(text)
        target = tmp_path / "style"
        target.mkdir(exist_ok=True)
        sheets = [tmp_path / "theirs.css", tmp_path / "ours.css"]
        return join_sheets(sheets, sheets[1:], [tmp_path / "page.html"], MODULES, target)

    return joined


def test_their_rules_stay_where_a_page_uses_them(join: Callable[..., str]) -> None:
    css = join(".used{color:red}.unused{color:blue}", page='<p class="used">')
    assert ".used{color:red}" in css
    assert "unused" not in css


def test_our_rules_stay_and_come_last(join: Callable[..., str]) -> None:
    css = join(".used{color:red}", ".later{color:tan}", '<p class="used">')
    assert css.index(".used") < css.index(".later")


def test_classes_of_live_results_stay(join: Callable[..., str]) -> None:
    assert ".dataframe" in join("table.dataframe{color:red}", page="<table>")


def test_named_pictures_come_along(join: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "sign.svg").write_text("<svg/>")
    css = join('p{background:url("sign.svg")}', page="<p>")
    (picture,) = (tmp_path / "style").glob("sign-*.svg")
    assert picture.name in css


def test_broken_sheet_names_what_it_lacks(join: Callable[..., str]) -> None:
    with pytest.raises(ExtensionError, match=r'could not be joined: .*"missing\.svg"'):
        join('p{background:url("missing.svg")}', page="<p>")


def test_font_holds_the_asked_characters_alone(tmp_path: Path) -> None:
    data = cut_font(FONT, {"x", "7", "∞", "漢"})
    (tmp_path / "cut.woff2").write_bytes(data)
    assert {chr(code) for code in TTFont(tmp_path / "cut.woff2").getBestCmap()} == {"x", "7", "∞"}
    assert len(data) < FONT.stat().st_size / 5


def test_characters_of_formulas_and_not_of_the_text_around(render: Callable[[str], str]) -> None:
    found = formula_characters(f"<p>Words {render('a^2 < b')} follow</p>")
    assert {"a", "2", "<", "b"} <= found
    assert not found & set("Wordsfollw")


@pytest.mark.parametrize(
    ("lists", "order"),
    [
        ([["a", "b", "d"], ["b", "c", "d"]], ["a", "b", "c", "d"]),
        ([["b"], ["a", "b"]], ["a", "b"]),
        ([], []),
    ],
)
def test_merged_order_keeps_each_lists_own(lists: list[list[str]], order: list[str]) -> None:
    assert merged([[Path(name) for name in each] for each in lists]) == [Path(n) for n in order]


def test_page_links_the_joined_sheet_in_place_of_all() -> None:
    html = (
        '<head><link rel="stylesheet" href="../_static/a.css?v=1" />\n<title>T</title>'
        '<link rel="stylesheet" type="text/css" href="../_static/b.css"></head>'
    )
    light = link_sheet(html, "_static/site-1.css")
    assert light.count("<link") == 1
    assert 'href="../_static/site-1.css"' in light
    assert light.index("site-1") < light.index("<title>")
    again = link_sheet(light, "_static/site-2.css")
    assert 'href="../_static/site-2.css"' in again
    assert "site-1" not in again
