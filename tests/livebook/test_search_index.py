"""What the search index is made from."""

from livebook.search import headings_with_ids


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
