"""One document of many pages: ids that no two pages share, and links that follow them."""

import posixpath
from collections.abc import Collection, Iterable

from bs4 import Tag

ID_LISTS = ("for", "aria-labelledby", "aria-describedby", "headers")


def make_unique(article: Tag, slug: str) -> None:
    """Let every id of a page, and what refers to it, begin with the page's own."""
    for element in article.find_all(id=True):
        element["id"] = f"{slug}--{element['id']}"
    for name in ID_LISTS:
        for element in article.select(f"[{name}]"):
            words = element[name]
            names = words.split() if isinstance(words, str) else words
            element[name] = " ".join(f"{slug}--{word}" for word in names)


def page_meant(href: str, page: str) -> str:
    """Return the name of the page that a relative link of another page leads to."""
    path = href.partition("#")[0]
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
    return target.removesuffix(".html")


def inner_address(href: str, page: str, slugs: dict[str, str]) -> str | None:
    """Return where a link of a page leads to in the document; None if it leads out of it.

    Parameters
    ----------
    href : str
        The link as it stands in the built page.
    page : str
        The page's name.
    slugs : dict of str to str
        The slug of each page by its name.
    """
    if "://" in href or href.startswith(("mailto:", "//")):
        return None
    anchor = href.partition("#")[2]
    slug = slugs.get(page_meant(href, page))
    if slug is None:
        return None
    return f"#{slug}--{anchor}" if anchor else f"#{slug}"


def rewrite_links(
    article: Tag, page: str, slugs: dict[str, str], left_out: Collection[str] = ()
) -> list[str]:
    """Turn links between pages into links within the document; return those that lead nowhere.

    Those to pages that are left out become plain words.
    """
    lost = []
    for link in article.select("a[href]"):
        href = str(link["href"])
        address = inner_address(href, page, slugs)
        if address is not None:
            link["href"] = address
        elif "://" not in href and not href.startswith("mailto:"):
            if page_meant(href, page) not in left_out:
                lost.append(href)
            link.unwrap()
    return lost


def dangling(articles: Iterable[Tag]) -> list[str]:
    """Return the links within the document whose target is missing, and ids that stand twice."""
    ids: list[str] = []
    links: list[str] = []
    for article in articles:
        ids += [str(element["id"]) for element in [article, *article.find_all(id=True)]]
        links += [str(link["href"]) for link in article.select('a[href^="#"]')]
    known = set(ids)
    twice = sorted({name for name in ids if ids.count(name) > 1}) if len(known) < len(ids) else []
    missing = sorted({link for link in links if link[1:] not in known})
    return missing + [f"{name} stands twice" for name in twice]
