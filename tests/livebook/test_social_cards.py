"""Cards for link previews: what they show, when they are drawn, and that they are named in full."""

import io
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from PIL import Image
from small_sites import Site, bundle, notebook

from livebook.social_cards import FIGURE, WORDS, card_svg, figure_svg, fitted, png
from livebook.still_posters import plot_box, scaled_path, still_poster

ADDRESS = "https://example.org/ours/"
STRETCHED = (
    '<svg xmlns="http://www.w3.org/2000/svg" style="height:var(--height,240px);'
    'margin:20px 10px var(--below,40px) 30px;font-size:13px;fill:var(--c1f2328,#1f2328)">'
    '<svg y="50%" width="100%" height="50%"><svg viewBox="0 0 2000 2000" '
    'preserveAspectRatio="none" width="100%" height="100%"><path d="M0 2000l2000-2000" '
    'style="fill:none;stroke:var(--cd55e00,#d55e00);stroke-width:8"/></svg></svg>'
    '<foreignObject width="100%" height="43"><div xmlns="http://www.w3.org/1999/xhtml">legend'
    "</div></foreignObject></svg>"
)
FIGURE_BUNDLE = bundle(poster=STRETCHED, height=300)


@pytest.fixture
def cards(build: Callable) -> Callable[..., Site]:
    def build_with_tags(files: dict[str, str], **config: object) -> Site:
        extensions = ["myst_nb", "livebook", "sphinxext.opengraph"]
        settings = {"extensions": extensions, "html_baseurl": ADDRESS, "html_title": "Our book"}
        return build(files, ogp_social_cards={"enable": False}, **{**settings, **config})

    return build_with_tags


def tags(page: str) -> dict[str, str]:
    found = BeautifulSoup(page, "html.parser").select("meta[content]")
    return {tag.get("property") or tag.get("name"): tag["content"] for tag in found}


def card_file(site: Site, page: str) -> Path:
    return site.folder / tags(site.read(page))["og:image"].removeprefix(ADDRESS)


def vermilion(image: Image.Image) -> set[tuple[int, int]]:
    pixels = image.convert("RGB").load()
    across, down = image.size
    return {
        (x, y)
        for x in range(0, across, 2)
        for y in range(0, down, 2)
        if max(abs(a - b) for a, b in zip(pixels[x, y], (0xD5, 0x5E, 0), strict=True)) < 12
    }


def test_a_page_names_its_card_in_full(cards: Callable) -> None:
    site = cards({"index.md": "# One\n", "part/two.md": "---\norphan: true\n---\n# Two\n\nText.\n"})
    found = tags(site.read("part/two.html"))
    assert found["og:title"] == "Two"
    assert found["og:type"] == "website"
    assert found["og:description"] == "Text."
    assert found["og:url"] == f"{ADDRESS}part/two.html"
    assert found["twitter:card"] == "summary_large_image"
    file = card_file(site, "part/two.html")
    assert Image.open(file).size == (1200, 630)
    assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
    assert file.stat().st_size < 100_000


def test_without_an_address_there_is_no_card(cards: Callable) -> None:
    site = cards({"index.md": "# One\n"}, html_baseurl="")
    assert "og:image" not in tags(site.read("index.html"))
    assert list(site.folder.rglob("cards/*")) == []


def test_a_card_is_drawn_again_only_for_a_new_title_or_figure(cards: Callable) -> None:
    card = card_file(cards({"index.md": "# One\n\nText.\n"}), "index.html")
    made = card.stat().st_mtime_ns
    assert card_file(cards({"index.md": "# One\n\nOther text.\n"}), "index.html") == card
    assert card.stat().st_mtime_ns == made
    renamed = card_file(cards({"index.md": "# Another\n"}), "index.html")
    assert renamed != card
    assert list(card.parent.iterdir()) == [renamed]


def test_a_page_without_a_figure_shows_that_of_the_first(cards: Callable) -> None:
    files = {"index.ipynb": notebook(FIGURE_BUNDLE), "two.md": "---\norphan: true\n---\n# Two\n"}
    site = cards(files)
    shown = [vermilion(Image.open(card_file(site, page))) for page in ("index.html", "two.html")]
    assert shown[0] == shown[1] != set()


def test_the_first_address_has_the_first_pages_preview(cards: Callable) -> None:
    site = cards({"one.md": "# One\n"}, root_doc="one")
    assert tags(site.read("index.html"))["og:image"] == tags(site.read("one.html"))["og:image"]


def test_the_figure_stands_in_its_place_in_its_color() -> None:
    drawn = vermilion(Image.open(io.BytesIO(png(card_svg("Book", "Page", "", FIGURE_BUNDLE)))))
    left, right = min(x for x, _ in drawn), max(x for x, _ in drawn)
    top, bottom = min(y for _, y in drawn), max(y for _, y in drawn)
    # The lower half of the plot, between its margins, at a scale of 1.5.
    height = 1.5 * 300
    start = FIGURE.top + (FIGURE.height - height) / 2
    assert left == pytest.approx(FIGURE.left + 1.5 * 30, abs=10)
    assert right == pytest.approx(FIGURE.left + FIGURE.width - 1.5 * 10, abs=10)
    assert top == pytest.approx(start + 1.5 * (20 + 120), abs=12)
    assert bottom == pytest.approx(start + 1.5 * (20 + 240), abs=12)


def test_stretching_is_worked_into_the_paths() -> None:
    assert scaled_path("M10 20l4-6h8v-2zL1 1H5V7", 0.5, 2) == (
        "M5.00 40.00l2.00 -12.00h4.00v-4.00zL0.50 2.00H2.50V14.00"
    )
    still = still_poster(STRETCHED, 640, 300)
    assert "var(" not in still
    assert "viewBox" not in still
    assert "legend" not in still
    path = next(ET.fromstring(still).iter("{http://www.w3.org/2000/svg}path"))
    assert path.get("d") == "M0.00 120.00l600.00 -120.00"


def test_a_plot_of_fixed_proportions_stands_in_the_middle() -> None:
    style = "position:absolute;inset:46px 12px 54px 58px;margin:auto;aspect-ratio:0.5"
    assert plot_box(style, 770, 300) == pytest.approx((58 + (700 - 100) / 2, 46, 100, 200))


def test_a_poster_of_another_make_is_refused() -> None:
    with pytest.raises(ValueError, match="margins"):
        still_poster('<svg xmlns="http://www.w3.org/2000/svg"/>', 600, 300)


@pytest.mark.parametrize(
    "title", ["Integration", "Gradient descent: optimization by derivatives", "A & <b>"]
)
def test_titles_fit(title: str) -> None:
    size, lines = fitted(title)
    assert " ".join(lines) == title
    assert size >= 26
    ET.fromstring(card_svg("Book", title, "", None))
    assert FIGURE.left > WORDS + 64


def test_a_tall_figure_fits() -> None:
    assert "scale(0.57" in figure_svg({**FIGURE_BUNDLE, "height": 900})
