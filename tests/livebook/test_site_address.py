"""The site's address follows from the configuration, so that a fork changes one line."""

from collections.abc import Callable

import pytest

from livebook.site_address import pages_address


@pytest.mark.parametrize(
    ("repository", "address"),
    [
        ("https://github.com/us/ours", "https://us.github.io/ours/"),
        ("https://github.com/Us/Ours.git", "https://us.github.io/Ours/"),
        ("https://github.com/us/us.github.io/", "https://us.github.io/"),
        ("https://gitlab.com/us/ours", ""),
        ("", ""),
    ],
)
def test_pages_stand_where_github_puts_them(repository: str, address: str) -> None:
    assert pages_address(repository) == address


@pytest.mark.parametrize("base", ["https://example.org/calculus", "https://example.org/calculus/"])
def test_an_address_of_its_own_is_taken(base: str, build: Callable) -> None:
    page = build({"index.md": "# First\n"}, html_baseurl=base).read("index.html")
    assert '<link rel="canonical" href="https://example.org/calculus/index.html"' in page
