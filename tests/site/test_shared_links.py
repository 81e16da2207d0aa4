"""Every page has a preview where its link is shared."""

from pathlib import Path

import pytest
from browsing import PAGES
from bs4 import BeautifulSoup
from PIL import Image

LARGEST_CARD = 100_000


def tags(file: Path) -> dict[str, str]:
    found = BeautifulSoup(file.read_text(), "html.parser").select("meta[content]")
    return {tag.get("property") or tag.get("name"): tag["content"] for tag in found}


def site_address(site: Path) -> str:
    url, page = tags(site / f"{PAGES[0]}.html")["og:url"], f"{PAGES[0]}.html"
    assert url.startswith("https://")
    assert url.endswith(page)
    return url.removesuffix(page)


@pytest.mark.parametrize("page", [*PAGES, "index"])
def test_page_has_a_card(site: Path, page: str) -> None:
    found = tags(site / f"{page}.html")
    for name in ("og:title", "og:description", "og:image:alt"):
        assert found[name].strip(), name
    assert found["og:type"] == "website"
    assert found["twitter:card"] == "summary_large_image"
    address = site_address(site)
    assert found["og:image"].startswith(address)
    card = site / found["og:image"].removeprefix(address)
    assert Image.open(card).size == (1200, 630)
    assert card.stat().st_size < LARGEST_CARD


def test_cards_are_one_to_a_page_and_none_is_kept_for_readers(site: Path) -> None:
    cards = {tags(site / f"{page}.html")["og:image"].rpartition("/")[2] for page in PAGES}
    assert len(cards) == len(PAGES)
    assert cards == {card.name for card in (site / "_static/livebook/cards").iterdir()}
    assert "/cards/" not in (site / "sw.js").read_text()
