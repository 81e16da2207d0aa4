"""The printed book finished: bookmarks in plain words, its metadata, and what is wrong with it."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from tasks.pdf.document import Book, Heading


def pages_of_targets(pdf: BinaryIO | Path) -> dict[str, int]:
    """Return the page, counted from 1, of each id that a link leads to."""
    reader = PdfReader(pdf)
    found = {}
    for name, target in reader.named_destinations.items():
        page = reader.get_destination_page_number(target)
        if page is not None and page >= 0:
            found[unquote(name.removeprefix("/"))] = page + 1
    return found


def bookmarks(outlines: Any, level: int = 1) -> Iterator[tuple[int, DictionaryObject]]:
    """Yield each bookmark with its level, in the order of the book."""
    item = outlines.get("/First")
    while item is not None:
        item = item.get_object()
        yield level, item
        yield from bookmarks(item, level + 1)
        item = item.get("/Next")


def finish(pdf: bytes, book: Book, headings: list[Heading]) -> bytes:
    """Return the book with its bookmarks in plain words, its metadata and the outline shown."""
    writer = PdfWriter(clone_from=BytesIO(pdf))
    outlines = writer.root_object.get("/Outlines")
    items = [item for _, item in bookmarks(outlines.get_object())] if outlines else []
    if len(items) == len(headings):
        for item, heading in zip(items, headings, strict=True):
            item[NameObject("/Title")] = TextStringObject(heading.text)
    writer.add_metadata({"/Title": book.title, "/Author": book.author, "/Subject": book.subtitle})
    writer.root_object[NameObject("/Lang")] = TextStringObject(book.language)
    writer.root_object[NameObject("/PageMode")] = NameObject("/UseOutlines")
    finished = BytesIO()
    writer.write(finished)
    return finished.getvalue()


def broken_links(reader: PdfReader) -> list[str]:
    """Return the links that lead to no page of the book nor to another site."""
    known = set(reader.named_destinations)
    broken = []
    for number, page in enumerate(reader.pages, 1):
        for entry in page.get("/Annots") or []:
            note = entry.get_object()
            if note.get("/Subtype") != "/Link":
                continue
            action = note.get("/A", DictionaryObject()).get_object()
            address = str(action.get("/URI", ""))
            target = note.get("/Dest", action.get("/D"))
            if address and ("127.0.0.1" in address or address.startswith("file:")):
                broken.append(f"page {number}: {address}")
            elif not address and (
                target is None or (isinstance(target, str) and target not in known)
            ):
                broken.append(f"page {number}: {target}")
    return broken


def _resources(page: Any) -> Any:
    return page["/Resources"].get_object()


def loose_fonts(reader: PdfReader) -> set[str]:
    """Return the fonts that are used and not embedded."""
    loose = set()
    for page in reader.pages:
        for entry in (_resources(page).get("/Font") or {}).values():
            font = entry.get_object()
            if font["/Subtype"] == "/Type3":  # drawn by the file itself
                continue
            inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
            described = inner.get("/FontDescriptor", DictionaryObject()).get_object()
            if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(described):
                loose.add(str(font.get("/BaseFont")))
    return loose


def blank_pages(reader: PdfReader, texts: list[str]) -> list[int]:
    """Return the pages that hold no more than a number and a title."""
    return [
        number
        for number, (page, text) in enumerate(zip(reader.pages, texts, strict=True), 1)
        if len(text.split()) < 8 and "/XObject" not in _resources(page)
    ]


def problems(pdf: BinaryIO | Path, headings: list[Heading]) -> list[str]:
    """Return what is wrong with the book, each in one line."""
    reader = PdfReader(pdf)
    found = [f"a link leads nowhere: {link}" for link in broken_links(reader)]
    found += [f"a font is not embedded: {font}" for font in sorted(loose_fonts(reader))]
    outlines = reader.root_object.get("/Outlines")
    items = list(bookmarks(outlines.get_object())) if outlines else []
    told = [(level, str(item["/Title"])) for level, item in items]
    wanted = [(heading.level, heading.text) for heading in headings]
    if told != wanted:
        wrong = next((pair for pair in zip(told, wanted, strict=False) if pair[0] != pair[1]), "")
        found.append(f"{len(told)} bookmarks for {len(wanted)} headings; first different: {wrong}")
    texts = [page.extract_text() for page in reader.pages]
    found += [f"page {number} is blank" for number in blank_pages(reader, texts)]
    places = pages_of_targets(pdf)
    for heading in headings:
        if heading.level == 1 and not _stands(heading.text, texts, places.get(heading.target)):
            found.append(f"the title {heading.text!r} is not on its page")
    return found


def _stands(title: str, texts: list[str], page: int | None) -> bool:
    """Tell whether a title stands on a page; spaces do not count, since they are drawn as gaps."""
    return page is not None and "".join(title.split()) in "".join(texts[page - 1].split())
