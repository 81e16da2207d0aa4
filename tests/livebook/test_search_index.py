"""What the search index is made from."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from test_page_assets import BOOK_THEME

from livebook.search import headings_with_ids, names_apart


def test_a_heading_gets_the_id_of_its_section() -> None:
    html = '<section class="x" id="on-data">\n<span id="other"></span><h2>On data</h2></section>'
    changed = headings_with_ids(html)
    assert '<h2 id="on-data">' in changed
    assert changed.count('id="on-data"') == 1


def test_an_entry_with_an_id_is_a_heading() -> None:
    html = '<dl><dt id="term-limit">limit</dt><dd>What …</dd><dt>other</dt></dl>'
    assert headings_with_ids(html) == (
        '<dl><h5 id="term-limit">limit</h5><dd>What …</dd><dt>other</dt></dl>'
    )


def test_parts_of_names_are_words() -> None:
    code = '<pre><span class="n">np</span><span class="o">.</span><span class="n">sum</span></pre>'
    assert '</span> <span class="o">.' in names_apart(code)
    assert (
        names_apart('<span class="pre">np.sum(u)</span>') == '<span class="pre">np .sum (u)</span>'
    )
    assert names_apart("<p>Mr. Taylor (1715)</p>") == "<p>Mr. Taylor (1715)</p>"


def test_index_is_written_where_an_event_loop_runs(build: Callable) -> None:
    async def built() -> object:
        return build({"index.md": "# T\n\nText."}, **BOOK_THEME, livebook_light=True)

    # a thread of its own, for a browser of other tests leaves its loop running in this one
    with ThreadPoolExecutor(1) as own_thread:
        site = own_thread.submit(asyncio.run, built()).result()
    assert (site.folder / "_static/livebook/search/pagefind-entry.json").is_file()
