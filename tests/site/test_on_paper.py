"""Some pages printed as `make pdf` prints the book: it checks links, bookmarks, fonts and pages."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pypdf import PdfReader

from tasks.pdf.__main__ import print_book
from tasks.pdf.document import DocumentError, make_document, read_book
from tasks.pdf.finishing import bookmarks
from tasks.pdf.paper import parsed
from tasks.pdf.reading_order import read_order

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    "book/08-ml-applications/index",
    "book/08-ml-applications/sensitivity",
    "book/reference/estimates",
]
LARGEST = 8_000_000  # bytes


@pytest.fixture(scope="module")
def printed(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Print the pages; what is wrong with them raises."""
    target = tmp_path_factory.mktemp("paper") / "some-pages.pdf"
    with ThreadPoolExecutor(1) as thread:  # a browser of other tests may run in this one
        return thread.submit(print_book, ROOT, site.parent, target, PAGES).result()


def test_bookmarks_are_chapters_and_their_sections(printed: Path) -> None:
    reader = PdfReader(printed)
    told = [
        (level, str(item["/Title"]))
        for level, item in bookmarks(reader.root_object["/Outlines"].get_object())
    ]
    assert (1, "8 Applications to machine learning") in told
    assert (2, "8.6 Sensitivity analysis") in told
    assert (3, "Solutions to the exercises") in told


def test_the_file_says_what_it_is_and_stays_small(printed: Path) -> None:
    reader = PdfReader(printed)
    assert reader.metadata is not None
    assert reader.metadata.title == "Calculus from Data"
    assert reader.metadata.author
    assert reader.root_object["/Lang"] == "en"
    assert printed.stat().st_size < LARGEST


def test_every_moving_figure_has_a_picture_and_its_description(site: Path, printed: Path) -> None:
    pages = [page for page in read_order(ROOT) if page.name in PAGES]
    others = {page.name for page in read_order(ROOT)} - set(PAGES)
    figures = parsed(make_document(site, pages, read_book(ROOT), others).html).select(
        ".moving-figure"
    )
    assert len(figures) >= 5
    reader = PdfReader(printed)
    items = (reader.get_object(number) for number in range(1, max(reader.xref[0]) + 1))
    described = {str(item.get("/Alt")) for item in items if isinstance(item, dict)}
    for figure in figures:
        plot = figure.select_one(":scope > .moving-figure-plot")
        assert plot is not None
        assert plot.select_one("svg path")
        assert str(plot["aria-label"]) in described


def test_no_control_nor_answer_is_left_in_the_text(printed: Path) -> None:
    text = "".join(page.extract_text() for page in PdfReader(printed).pages)
    assert "Show the code" not in text
    assert "in place of the dots" not in text


def test_a_planted_broken_link_stops_the_printing(site: Path, tmp_path: Path) -> None:
    for name in PAGES:
        target = tmp_path / "html" / f"{name}.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text((site / f"{name}.html").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "html" / "_static").symlink_to(site / "_static")
    page = tmp_path / "html" / f"{PAGES[2]}.html"
    planted = page.read_text(encoding="utf-8").replace(
        "</article>", '<a href="#no">x</a></article>'
    )
    page.write_text(planted, encoding="utf-8")
    with pytest.raises(DocumentError, match="#reference-estimates--no"):
        print_book(ROOT, tmp_path, tmp_path / "x.pdf", PAGES)
