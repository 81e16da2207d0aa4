"""The whole book on paper: a link to the PDF that stands beside the published site.

`livebook_book_pdf` names the file. It is made from the finished site and published with it, so
links lead to the published one by its whole address, from a site on the reader's own machine too.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole

LABEL = "The whole book as a PDF, to read offline or print"


def pdf_address(app: Sphinx) -> str:
    """Return where the PDF is found; blank where there is none."""
    name, site = app.config.livebook_book_pdf, app.config.html_baseurl
    return f"{site}{name}" if name and site else ""


class BookPdf(SphinxRole):
    """``{book-pdf}`words``` links to the PDF; without one the words stand alone."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link."""
        address = pdf_address(self.env.app)
        link = nodes.reference("", self.text, refuri=address, internal=False)
        return [link if address else nodes.Text(self.text)], []


def add_button(app: Sphinx, page: str, template: str, context: dict[str, Any], tree: Any) -> None:
    """Offer the PDF in the menu of downloads."""
    address = pdf_address(app)
    for group in context.get("header_buttons", []):
        if address and group.get("label") == "download-buttons":
            group["buttons"].append(
                {
                    "type": "link",
                    "url": address,
                    "text": "Whole book",
                    "tooltip": LABEL,
                    "icon": "fas fa-file-pdf",
                    "label": "download-book-button",
                }
            )


def setup(app: Sphinx) -> None:
    """Add the setting, the role, and the button behind those of the page."""
    app.add_config_value("livebook_book_pdf", "", "html", types=frozenset({str}))
    app.add_role("book-pdf", BookPdf())
    app.connect("html-page-context", add_button, priority=900)
