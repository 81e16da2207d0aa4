"""The search page, on Pagefind: it finds words of the text and names in code, section by section.

Sphinx's own index knows only pages, drops the dots of `np.gradient`, and its script loads each page
that it lists. Pagefind's index is cut into small files, of which a search loads a few.
"""

import asyncio
import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from pagefind.index import IndexConfig, PagefindIndex
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from livebook.assets import FOLDER, add_script, add_style, static_folder

INDEX = f"{FOLDER}/search"  # below `_static`
ARTICLE = "article.bd-article"
LEFT_OUT = [
    *(".headerlink", ".katex-html", "script", "style", "#jb-print-docs-body"),
    *(".solution", ".used-later", ".toctree-wrapper", ".moving-figure"),
]
"""Selectors of what is in an article and not searched; formulas are, by their MathML."""
SECTION = re.compile(
    r'<section ([^>]*?)(id="[^"]+")([^>]*)>((?:\s*<span id="[^"]*"></span>)*\s*)<(h[1-6])\b'
)
CODE = re.compile(r"<pre>.*?</pre>", re.DOTALL)
TOKEN = re.compile(r'(?=<span class="o">\.</span>|<span class="p">[(\[])')
LITERAL = re.compile(r'(<span class="pre">)([^<]*)')
NAME = re.compile(r'(?=<span class="sig-name)')
ENTRY = re.compile(r'<dt\b([^>]*\bid="[^"]+"[^>]*)>(.*?)</dt>', re.DOTALL)
LISTS = ("genindex", "py-modindex")
UNUSED = ("pagefind-*ui.*", "pagefind-highlight.js", "wasm.unknown.pagefind")


def headings_with_ids(html: str) -> str:
    """Return the page with the ids of sections on their headings, and entries as headings.

    Pagefind leads to headings that have ids. Sphinx gives the ids to sections; entries of the
    glossary and of the functions have theirs on the terms.
    """
    html = SECTION.sub(r"<section \1\3>\4<\5 \2", html)
    return ENTRY.sub(r"<h5\1>\2</h5>", html)


def names_apart(html: str) -> str:
    """Return the page with a space before each dot and bracket of code, as in `np .gradient (u)`.

    Otherwise Pagefind takes the whole for one word. The search page puts them together again.
    """
    html = CODE.sub(lambda code: TOKEN.sub(" ", code[0]), html)
    html = LITERAL.sub(lambda part: part[1] + re.sub(r"(?<=\w)(?=[.(\[])", " ", part[2]), html)
    return NAME.sub(" ", html)


def articles(site: Path) -> Iterator[tuple[str, str]]:
    """Yield the pages that have an article, but no lists: paths below the site, and texts."""
    for path in sorted(site.rglob("*.html")):
        if "_static" not in path.parts:
            html = path.read_text(encoding="utf-8")
            if '<article class="bd-article' in html and path.stem not in LISTS:
                yield path.relative_to(site).as_posix(), names_apart(headings_with_ids(html))


async def fill(site: Path, target: Path) -> None:
    """Write the index of a site's articles into a folder."""
    config = IndexConfig(
        output_path=str(target),
        root_selector=ARTICLE,
        exclude_selectors=LEFT_OUT,
        force_language="en",
        include_characters="_",
        write_playground=False,
    )
    async with PagefindIndex(config=config) as index:
        for path, html in articles(site):
            await index.add_html_file(content=html, source_path=path)


def write_index(app: Sphinx, failure: Exception | None) -> None:
    """Write the index of the finished site.

    Raises
    ------
    ExtensionError
        If Pagefind does not write it.
    """
    if failure or not replaces_own(app):
        return
    target = static_folder(app.outdir) / "search"
    shutil.rmtree(target, ignore_errors=True)
    with ThreadPoolExecutor(1) as thread:  # whoever builds may have an event loop in this one
        thread.submit(lambda: asyncio.run(fill(Path(app.outdir), target))).result()
    if not (target / "pagefind-entry.json").exists():
        raise ExtensionError(f"Pagefind wrote no search index into {target}")
    for pattern in UNUSED:
        for file in target.glob(pattern):
            file.unlink()


def replaces_own(app: Sphinx) -> bool:
    """Tell whether the site has this search: where pages are made light, none loads Sphinx's."""
    return app.builder.name == "html" and app.config.livebook_light


def drop_own(app: Sphinx) -> None:
    """Have Sphinx write neither its search page nor its index."""
    if replaces_own(app):
        app.builder.search = False  # type: ignore[attr-defined]


def search_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the search page."""
    if not replaces_own(app):
        return
    lists = [(page, text) for page, text in app.config.livebook_search_lists.items()]
    context = {"title": "Search", "search_folder": INDEX, "search_lists": lists}
    yield "search", context, "book-search.html"


def add_search(app: Sphinx, pagename: str, *page: Any) -> None:
    """Load the script and the style on the search page alone."""
    if pagename == "search" and replaces_own(app):
        add_script(app, "search.js")
        add_style(app, "search.css")


def setup(app: Sphinx) -> None:
    """Write the page with the others, and the index when the pages have their final form."""
    app.add_config_value("livebook_search_lists", {}, "html", types=frozenset({dict}))
    app.connect("builder-inited", drop_own)
    app.connect("html-collect-pages", search_page)
    app.connect("html-page-context", add_search)
    app.connect("build-finished", write_index, priority=850)
