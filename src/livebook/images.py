"""Every image says in words what it shows: a warning for each that does not."""

from pathlib import PurePosixPath

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

logger = logging.getLogger(__name__)


def says_nothing(image: nodes.image) -> bool:
    """Tell whether an image's alternative text is blank or just the name of its file."""
    alt = str(image.get("alt", "")).strip()
    path = PurePosixPath(image.get("uri", ""))
    return alt in {"", path.name, path.stem, str(path)}


def place_of(node: nodes.Element) -> nodes.Element:
    """Return the nearest node, going outwards, that knows its line: those in a text may not."""
    while not node.line and node.parent is not None:
        node = node.parent
    return node


def check_images(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of the images of a page that was just read and that say nothing."""
    for image in doctree.findall(nodes.image):
        if says_nothing(image):
            logger.warning(
                "the image %s has no alternative text; say in `alt` what it shows",
                image.get("uri"),
                location=place_of(image),
                type="livebook",
                subtype="image",
            )


def setup(app: Sphinx) -> None:
    """Check each page when it is read."""
    app.connect("doctree-read", check_images)
