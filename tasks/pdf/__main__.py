"""Print the built site as one PDF: `_build/calculus-from-data.pdf`."""

import argparse
import time
from io import BytesIO
from pathlib import Path

from tasks.pdf.document import DocumentError, make_document, read_book
from tasks.pdf.finishing import finish, problems
from tasks.pdf.printing import print_document
from tasks.pdf.reading_order import read_order

ROOT = Path(__file__).resolve().parents[2]
NAME = "calculus-from-data.pdf"
LARGEST = 60_000_000  # bytes


def print_book(root: Path, build: Path, target: Path, names: list[str] | None = None) -> Path:
    """Print the pages of a built site and return the file.

    Parameters
    ----------
    root : Path
        Folder of the book's configuration and table of contents.
    build : Path
        Folder of the built site `html`.
    target : Path
        The file to write.
    names : list of str, optional
        Print these pages alone; links to others become plain words.

    Raises
    ------
    DocumentError
        If something is wrong with the document or the printed book.
    """
    start = time.monotonic()
    print("Joining the pages", flush=True)
    every = read_order(root)
    pages = [page for page in every if names is None or page.name in names]
    left_out = {page.name for page in every} - {page.name for page in pages}
    book = read_book(root)
    document = make_document(build / "html", pages, book, left_out)
    file = build / "pdf" / f"{target.stem}.html"
    file.parent.mkdir(exist_ok=True)
    file.write_text(document.html, encoding="utf-8")
    printed, cut = print_document(file, lambda text: print(text, flush=True))
    finished = finish(printed, book, document.headings)
    target.write_bytes(finished)
    print("  checking links, bookmarks, fonts and pages", flush=True)
    wrong = problems(BytesIO(finished), document.headings)
    wrong += [f"wider than the sheet: {words}" for words in cut]
    if len(finished) > LARGEST:
        wrong.append(f"it has {len(finished)} bytes and may have {LARGEST}")
    if wrong:
        raise DocumentError("\n".join([f"{target} is not right:", *wrong]))
    print(f"Printed {target}: {len(finished) / 1e6:.1f} MB in {time.monotonic() - start:.0f} s")
    return target


def main() -> None:
    """Print the book; say what is wrong with it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", nargs="+", help="print these pages alone")
    arguments = parser.parse_args()
    try:
        print_book(ROOT, ROOT / "_build", ROOT / "_build" / NAME, arguments.pages)
    except DocumentError as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    main()
