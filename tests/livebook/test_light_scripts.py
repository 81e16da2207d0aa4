"""A page's scripts: those that it needs, and none that keeps it from being shown."""

from pathlib import Path

import pytest

from livebook.light_scripts import light_scripts

OPTIONS = "const DOCUMENTATION_OPTIONS = {};\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a site with the scripts that the pages of these tests load."""
    for name, text in {
        "documentation_options.js": OPTIONS,
        "livebook/small.js": "document.title;\n",
        "livebook/large.js": "document.title;\n" * 200,
    }.items():
        file = tmp_path / "_static" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    for name in (
        "theme.js",
        "copybutton.js",
        "fontawesome.js",
        "togglebutton.js",
    ):
        (tmp_path / "_static" / name).write_text("// " + "x" * 2000)
    return tmp_path


def page(script: str, content: str = "") -> str:
    """Return a page with one script, an address below `_static`, and some content."""
    head = f'<script src="../_static/{script}?v=1"></script>\n'
    return f"<html><head>{head}</head><body>{content}</body></html>"


def test_script_waits_for_the_page(site: Path) -> None:
    light = light_scripts(page("theme.js"), site)
    assert '<script defer src="../_static/theme.js?v=' in light


@pytest.mark.parametrize("attributes", ["defer", 'defer="defer"', "async", 'type="module"'])
def test_script_that_waits_keeps_its_way_of_waiting(attributes: str, site: Path) -> None:
    html = page("theme.js").replace("<script", f"<script {attributes}")
    assert f'<script {attributes} src="../_static/theme.js?v=' in light_scripts(html, site)


def test_address_changes_with_the_content(site: Path) -> None:
    before = light_scripts(page("theme.js"), site)
    assert light_scripts(before, site) == before
    (site / "_static" / "theme.js").write_text("// another")
    assert light_scripts(before, site) != before


@pytest.mark.parametrize(
    ("script", "content"),
    [
        ("copybutton.js", '<div class="highlight-python">'),
        ("togglebutton.js", '<div class="note toggle">'),
    ],
)
def test_script_is_loaded_where_its_content_stands(script: str, content: str, site: Path) -> None:
    assert script in light_scripts(page(script, content), site)
    assert script not in light_scripts(page(script, "<p>highlight toggle</p>"), site)


def test_icon_script_is_never_loaded(site: Path) -> None:
    assert "fontawesome" not in light_scripts(page("fontawesome.js", '<i class="fa">'), site)


def test_small_script_of_ours_stands_in_the_page(site: Path) -> None:
    small = light_scripts(page("livebook/small.js"), site)
    assert '<script type="module">\ndocument.title;\n</script>' in small
    assert 'src="../_static/livebook/large.js' in light_scripts(page("livebook/large.js"), site)


def test_options_stand_before_the_scripts_that_change_them(site: Path) -> None:
    html = page("documentation_options.js").replace("</head>", "<script>change()</script></head>")
    assert f"<script>{OPTIONS.strip()}</script>\n<script>change()" in light_scripts(html, site)


def test_light_page_stays_as_it_is(site: Path) -> None:
    html = page("documentation_options.js") + page("livebook/small.js") + page("theme.js")
    once = light_scripts(html, site)
    assert light_scripts(once, site) == once
