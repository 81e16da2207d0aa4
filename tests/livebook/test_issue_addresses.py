"""The link for feedback: what it fills in, and where it leads."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from bs4 import BeautifulSoup

from livebook.feedback import LONGEST, issue_address

OURS = {
    "html_theme": "sphinx_book_theme",
    "html_theme_options": {
        "repository_url": "https://github.com/us/ours",
        "use_issues_button": True,
    },
}
PAGE = "# Rates & slopes\n\n## One\n\nText.\n\n### Inner\n\nText.\n\n## Two\n\nText.\n"


def fields(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def test_an_issue_says_where_it_came_from(build: Callable) -> None:
    site = build({"index.md": PAGE, "CITATION.cff": "version: 1.2.3\n"}, **OURS)
    page = BeautifulSoup(site.read("index.html"), "html.parser")
    address = page.select_one("article .feedback a")["href"]
    assert address.startswith("https://github.com/us/ours/issues/new?")
    filled = fields(address)
    assert filled["title"] == "Rates & slopes: "
    lines = filled["body"].splitlines()
    assert lines[:2] == ["Page: https://us.github.io/ours/index.html", "Version: 1.2.3"]
    assert [line for line in lines if line.startswith("- [ ]")] == ["- [ ] One", "- [ ] Two"]
    button = page.select_one(".btn-source-issues-button")
    assert button["href"] == address


def test_without_a_repository_there_is_no_link(build: Callable) -> None:
    assert "feedback" not in build({"index.md": PAGE}).read("index.html")


def test_a_fork_has_its_own(build: Callable) -> None:
    options = {**OURS["html_theme_options"], "repository_url": "https://github.com/you/fork"}
    page = build({"index.md": PAGE}, **{**OURS, "html_theme_options": options}).read("index.html")
    assert "github.com/you/fork/issues/new?" in page
    assert "github.com/us" not in page
    assert "Version%3A" not in page  # nothing says one


def test_an_address_is_never_too_long() -> None:
    sections = [f"Section {number} with a long and winding title" for number in range(200)]
    address = issue_address("https://github.com/us/ours", "Page", "page.html", "1", sections)
    assert len(address) <= LONGEST
    assert fields(address)["body"].count("- [ ]") > 10
