"""A link below each page that opens an issue at the repository, filled in with where it came from.

The repository is the one of the configuration. Nothing is sent before the reader sends it there.
"""

from html import escape
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import yaml
from docutils import nodes
from sphinx.application import Sphinx

from livebook.assets import add_script, add_style
from livebook.citation import citation_file
from livebook.launch import repository

LONGEST = 6000  # characters of an address; GitHub refuses some beyond
LINK = """
<p class="feedback d-print-none">
<a href="{address}" data-page="{page}" rel="noopener">Something wrong here?</a>
<span>Opens an issue on {host}, filled in; nothing is sent before you send it.</span></p>
"""


def sections_of(doctree: nodes.document) -> list[str]:
    """Return the titles of a page's sections, in order."""
    top = next(doctree.findall(nodes.section), None)
    inner = [child for child in top if isinstance(child, nodes.section)] if top else []
    titles = (section.next_node(nodes.title) for section in inner)
    return [title.astext() for title in titles if title is not None]


def version(app: Sphinx) -> str:
    """Return the book's version, as its citation names it; blank if there is none."""
    path = citation_file(app.env)
    if not path.is_file():
        return ""
    return str(yaml.safe_load(path.read_text(encoding="utf-8")).get("version", ""))


def issue_address(project: str, title: str, page: str, edition: str, sections: list[str]) -> str:
    """Return the address of a new issue.

    Parameters
    ----------
    project : str
        The repository's address.
    title, page, edition : str
        The page's title, its address, and the book's version.
    sections : list of str
        Of the page, to choose from; the last are left out where they are too many.
    """
    about = f"Page: {page}\n" + (f"Version: {edition}\n" if edition else "")
    question = "\nWhat is wrong, and what would be right?\n\n"
    choices = "".join(f"- [ ] {section}\n" for section in sections)
    body = about + question
    if choices:
        body += f"\nSection (put an x between the brackets):\n{choices}"
    fields = urlencode({"title": f"{title}: ", "body": body}, quote_via=quote)
    address = f"{project.rstrip('/')}/issues/new?{fields}"
    if len(address) > LONGEST and sections:
        return issue_address(project, title, page, edition, sections[:-1])
    return address


def add_link(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """End the page with the link, and have the theme's button open the same issue."""
    project = repository(app)[0]
    if doctree is None or not project:
        return
    page = app.config.html_baseurl + app.builder.get_target_uri(pagename)
    title = app.env.titles[pagename].astext()
    address = issue_address(project, title, page, version(app), sections_of(doctree))
    host = urlsplit(project).hostname or project
    context["body"] = context.get("body", "") + LINK.format(
        address=escape(address), page=escape(page), host=escape(host)
    )
    for group in context.get("header_buttons", []):
        for button in group.get("buttons", [group]):  # a single one stands for itself
            if "/issues/new?" in (button.get("url") or ""):
                button["url"] = address
    add_style(app, "feedback.css")
    add_script(app, "feedback.js")


def setup(app: Sphinx) -> None:
    """Add the link after the theme has made its buttons."""
    app.connect("html-page-context", add_link, priority=810)
