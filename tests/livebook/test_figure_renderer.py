"""From a notebook's output to the static page: a figure complete without its script."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from small_sites import ROOT, Site, bundle, notebook

from livebook.figure_markup import drawn_data
from livebook.figures import problem_with

CAPTION = {"figure": {"name": "fig-line", "caption": "How *steep*?"}}


@pytest.fixture
def site(build: Callable) -> Site:
    """Return a site of one sample figure, built without a warning."""
    site = build({"index.ipynb": notebook(bundle())})
    assert site.warnings == ""
    return site


@pytest.fixture
def page(site: Site) -> str:
    """Return its page."""
    return site.read("index.html")


def data_file(site: Site) -> Path:
    """Return the file of the data of a site's only figure, as the page names it."""
    (name,) = re.findall(r'data-file="([^"]+)"', site.read("index.html"))
    return site.folder / "_static/livebook" / name


def drawn(site: Site) -> dict[str, Any]:
    """Return what the site's figure is drawn from."""
    text = data_file(site).read_text(encoding="utf-8")
    return json.loads(text[text.index("] = ") + 4 :].rstrip(";\n"))


def test_poster_stands_in_the_page_with_its_words(page: str) -> None:
    assert (
        'role="img" aria-label="A line through the origin, &#x27;steep&#x27; &amp; &lt;thin&gt;."'
        in page
    )
    assert '<svg viewBox="0 0 720 300">' in page
    assert "--figure-height:300px" in page


def test_controls_are_native_and_labeled(page: str) -> None:
    slider = re.search(
        r'<label for="([^"]+)">slope k</label><output[^>]*>2</output><input ([^>]*)>', page
    )
    assert slider
    assert f'id="{slider[1]}"' in slider[2]
    assert 'min="0" max="2" step="1" value="1" aria-valuetext="2"' in slider[2]
    assert re.search(r'<select id="[^"]+"[^>]*><option value="0" selected>up</option>', page)


def test_data_are_whole_and_in_a_file_of_their_own(site: Site, page: str) -> None:
    data = drawn(site)
    assert data["data"] == bundle()["data"]
    assert data["frames"] == bundle()["frames"]
    assert '"frames"' not in page


def test_data_in_a_page_cannot_end_their_element() -> None:
    words = {**bundle(), "layout": {"title": {"text": "</script>"}}}
    assert "</script>" not in drawn_data(words, "plotly.js")


def test_new_data_take_the_place_of_the_old(build: Callable) -> None:
    old = data_file(build({"index.ipynb": notebook(bundle())}))
    other = {**bundle(), "height": 400}
    new = data_file(build({"index.ipynb": notebook(other)}))
    assert old.parent == new.parent
    assert list(new.parent.iterdir()) == [new]


def test_head_holds_dark_colors_and_hides_controls_without_script(page: str) -> None:
    assert "html[data-theme=dark]{--c0072b2:#56b4e9;--c1f2328:#e6e9ed;}" in page
    assert "<noscript><style>.moving-figure-controls{display:none!important}" in page


def test_library_is_the_sites_own_and_not_loaded_at_first(site: Site) -> None:
    name = drawn(site)["library"]
    assert re.fullmatch(r"plotly-cartesian-[\d.]+\.min\.js", name)
    original = ROOT / "node_modules/plotly.js-cartesian-dist-min/plotly-cartesian.min.js"
    copy = site.folder / "_static/livebook" / name
    assert copy.read_bytes() == original.read_bytes()
    assert not re.search(r"<script[^>]*src=[^>]*plotly", site.read("index.html"))
    assert not list(copy.parent.glob("plotly-gl3d*"))


def test_caption_number_and_reference(build: Callable) -> None:
    title = "# Page\n\nSee {numref}`fig-line`."
    site = build({"index.ipynb": notebook(bundle(), title=title, mystnb=CAPTION)})
    page = site.read("index.html")
    assert site.warnings == ""
    assert re.search(r'<figure[^>]*id="fig-line">\s*<div class="moving-figure"', page)
    assert re.search(
        r'<figcaption>.*class="caption-number">Fig\. 1.*<em>steep</em>', page, re.DOTALL
    )
    assert re.search(r'href="#fig-line"><span class="std std-numref">Fig\. 1</span>', page)


def test_two_figures_have_ids_of_their_own(build: Callable) -> None:
    page = build({"index.ipynb": notebook(bundle(), bundle())}).read("index.html")
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_figure_files_are_only_in_pages_with_figures(build: Callable) -> None:
    words = "# Words\n\n```{toctree}\nfigure\n```\n"
    site = build({"index.md": words, "figure.ipynb": notebook(bundle())})
    assert "figures.js" not in site.read("index.html")
    assert re.search(r'<script defer="defer" src="[^"]*figures\.js\?v=', site.read("figure.html"))


@pytest.mark.parametrize("builder", ["text", "latex"])
def test_other_builders_say_the_alternative_text(build: Callable, builder: str) -> None:
    site = build({"index.ipynb": notebook(bundle(), mystnb=CAPTION)}, builder)
    text = "".join(path.read_text() for path in site.folder.glob("*.t*x*"))
    assert "A line through the origin" in text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"alt": "  "}, "its alternative text is blank"),
        ({"alt": None}, "its field 'alt' is missing"),
        ({"version": 2}, "its version is 2"),
        ({"frames": [{}]}, "it has 1 frames and its controls have 6 positions"),
        ({"bundle": "full"}, "its bundle 'full'"),
        ({"dark": {"red": "#ffffff"}}, "its color 'red'"),
    ],
)
def test_bad_bundle_warns_with_page_and_cell(
    build: Callable, changes: dict[str, object], words: str
) -> None:
    figure = {key: value for key, value in bundle(**changes).items() if value is not None}
    site = build({"index.ipynb": notebook(bundle(), figure)})
    assert re.search(
        r"index\.ipynb:\d+: WARNING: cell 3: the figure cannot be shown", site.warnings
    )
    assert words in site.warnings
    assert site.read("index.html").count('class="moving-figure"') == 1


def test_controls_must_start_inside_their_labels() -> None:
    control = {"name": "k", "label": "k", "kind": "range", "labels": ["1"], "start": 1}
    assert "starts outside" in str(problem_with(bundle(controls=[control], frames=[{}])))
    assert problem_with(bundle(controls=[], frames=[])) is None
    assert problem_with("text")
