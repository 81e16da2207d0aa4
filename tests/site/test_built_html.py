"""The built files, read without a browser: links, anchors, alternative texts, other hosts."""

import posixpath
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag

# Attributes by which a page makes the browser fetch something.
FETCHING = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "object": "data",
}
# A digest or a version, after which a browser may keep a file for good.
VERSIONED = re.compile(r"\?v=[0-9a-f]{8}$|[-.](?:[0-9a-f]{10}|[0-9A-Z]{8}|\d+\.\d+\.\d+)\.")
KEYS = re.compile("kbd-shortcut")  # they tell how to reach a control, not what it is
FETCHING_RELATIONS = {
    *("stylesheet", "icon", "preload", "modulepreload", "prefetch"),
    *("preconnect", "dns-prefetch", "manifest"),
}


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, BeautifulSoup]:
    """Every HTML file of the site, parsed: path from the root -> document."""
    parsed = {
        path.relative_to(site).as_posix(): BeautifulSoup(path.read_text(), "html.parser")
        for path in sorted(site.rglob("*.html"))
        if "_static" not in path.relative_to(site).parts
    }
    assert len(parsed) > 5
    return parsed


def root_of(page: str, document: BeautifulSoup) -> str | None:
    """Return the path at which a page says that the site stands; only a missing page's may."""
    assert document.html is not None
    return str(document.html["data-content_root"]) if page == "404.html" else None


def resolve(page: str, address: str, root: str | None = None) -> tuple[str, str]:
    """Return (path in the site, fragment) of an address written in a page.

    A path that leaves the site begins with `..` or `/`, and breaks where the site is a folder.
    """
    parts = urlsplit(address)
    fragment = unquote(parts.fragment)
    if not parts.path:
        return page, fragment
    path = unquote(parts.path)
    if path.startswith("/"):
        target = path.removeprefix(root) if root else path
    else:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    return ("index.html" if target in ("", ".") else target), fragment


def is_local(address: str) -> bool:
    return not urlsplit(address).scheme and not address.startswith("//")


def identifiers(document: BeautifulSoup) -> set[str]:
    named = {tag["name"] for tag in document.find_all("a", attrs={"name": True})}
    return named | {tag["id"] for tag in document.find_all(id=True)}


def fetched(document: BeautifulSoup) -> list[str]:
    """Return every address that the document makes a browser fetch."""
    addresses = [
        str(tag[attribute])
        for name, attribute in FETCHING.items()
        for tag in document.find_all(name, attrs={attribute: True})
    ]
    links = document.find_all("link", href=True)
    return addresses + [str(t["href"]) for t in links if FETCHING_RELATIONS & set(t.get("rel", []))]


def test_every_link_and_anchor_resolves(site: Path, pages: dict[str, BeautifulSoup]) -> None:
    known = {name: identifiers(document) for name, document in pages.items()}
    broken = []
    for name, document in pages.items():
        for tag in document.find_all("a", href=True):
            if not is_local(tag["href"]) or tag["href"] == "#":
                continue
            target, fragment = resolve(name, tag["href"], root_of(name, document))
            if target.startswith(("..", "/")) or not (site / target).is_file():
                broken.append(f"{name}: {tag['href']} leads to no file")
            elif fragment and target in known and fragment not in known[target]:
                broken.append(f"{name}: {tag['href']} leads to no anchor")
    assert broken == []


def test_every_fetched_file_is_ours_and_there(site: Path, pages: dict[str, BeautifulSoup]) -> None:
    wrong = []
    for name, document in pages.items():
        for address in fetched(document):
            if address.startswith("data:"):
                continue
            if not is_local(address):
                wrong.append(f"{name}: {address} is on another host")
            else:
                target, _ = resolve(name, address, root_of(name, document))
                if target.startswith(("..", "/")) or not (site / target).is_file():
                    wrong.append(f"{name}: {address} is missing")
    assert wrong == []


def test_no_style_sheet_fetches_from_another_host(site: Path) -> None:
    wrong = [
        f"{path.relative_to(site)}: {match}"
        for path in site.rglob("*.css")
        for match in re.findall(
            r"(?:url\(|@import)\s*[\"']?(?:https?:)?//[^)\s]+", path.read_text()
        )
    ]
    assert wrong == []


def has_text(tag: Tag, attribute: str) -> bool:
    return bool(str(tag.get(attribute, "")).strip())


def test_every_picture_and_figure_says_what_it_shows(pages: dict[str, BeautifulSoup]) -> None:
    silent = []
    for name, document in pages.items():
        for image in document.find_all("img"):
            file = Path(urlsplit(str(image.get("src", ""))).path).name
            if not has_text(image, "alt") or image["alt"] in (file, image["src"]):
                silent.append(f"{name}: {image}")
        for plot in document.select("[role=img]"):
            if not has_text(plot, "aria-label") and not has_text(plot, "aria-labelledby"):
                silent.append(f"{name}: {str(plot)[:200]}")
        for figure in document.select(".moving-figure"):
            if not figure.select(".moving-figure-plot[role=img]"):
                silent.append(f"{name}: {figure.get('id')} has no picture's role")
    assert silent == []


def test_every_control_has_a_label(pages: dict[str, BeautifulSoup]) -> None:
    for name, document in pages.items():
        for control in document.select(".moving-figure :is(input, select)"):
            labels = document.find_all("label", attrs={"for": control["id"]})
            assert len(labels) == 1, f"{name}: {control['id']}"
            assert labels[0].get_text().strip(), f"{name}: {control['id']}"


def test_names_of_controls_hold_the_words_they_show(pages: dict[str, BeautifulSoup]) -> None:
    mute = []
    for page, document in pages.items():
        for control in document.select(":is(button, summary, a)[aria-label]"):
            titles = [str(part["title"]) for part in control.select("[title]")]
            words = [
                text for text in control.find_all(string=True) if not text.find_parent(class_=KEYS)
            ]
            shown = " ".join(" ".join([*words, *titles]).split())
            if shown.casefold() not in str(control["aria-label"]).casefold():
                mute.append(f"{page}: {control['aria-label']!r} shows {shown!r}")
    assert mute == []


def test_every_page_has_one_title_and_one_description(pages: dict[str, BeautifulSoup]) -> None:
    for name, document in pages.items():
        if document.select('meta[http-equiv="Refresh"]'):
            continue  # leads on to the first page
        assert len(document.select("head > title")) == 1, name
        descriptions = document.select('head > meta[name="description"]')
        assert len(descriptions) == 1, name
        assert has_text(descriptions[0], "content"), name
        assert "\\" not in str(descriptions[0]["content"]), f"{name}: TeX in the description"


def test_every_definition_has_a_term(pages: dict[str, BeautifulSoup]) -> None:
    for name, document in pages.items():
        for definitions in document.select("dl"):
            assert definitions.find(True).name == "dt", f"{name}: {str(definitions)[:200]}"


def test_formulas_were_drawn_at_build(pages: dict[str, BeautifulSoup]) -> None:
    drawn = 0
    for name, document in pages.items():
        drawn += len(document.select(".katex"))
        assert not document.select(".katex-error"), name
        assert not document.select("script[src*=mathjax i]"), name
    assert drawn > 0


def test_every_chapter_links_to_the_card_of_shapes_and_symbols(
    pages: dict[str, BeautifulSoup],
) -> None:
    chapters = [name for name in pages if re.match(r"book/\d", name)]
    assert chapters
    without = [
        name
        for name in chapters
        if not pages[name].select('article a[href$="reference/conventions.html"]')
    ]
    assert without == []


def test_addresses_of_scripts_and_styles_change_with_their_content(
    pages: dict[str, BeautifulSoup],
) -> None:
    for page, document in pages.items():
        linked = document.select('script[src], link[rel="stylesheet"]')
        addresses = [str(element.get("src") or element.get("href")) for element in linked]
        assert [each for each in addresses if not VERSIONED.search(each)] == [], page
