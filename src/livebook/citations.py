"""Sources as a reader names them, "Raissi et al. (2019)", straight from a BibTeX file."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any


def citer(files: Iterable[Path]) -> Callable[[str], str]:
    """Return a function from a source's key to its authors and year, linked where it has a link."""
    from pybtex.database import parse_file

    entries: dict[str, Any] = {}
    for file in files:
        entries |= dict(parse_file(str(file), bib_format="bibtex").entries)

    def cite(key: str) -> str:
        entry = entries[key]
        words = f"{_names(entry)} ({entry.fields.get('year', 'n.d.')})"
        doi, url = entry.fields.get("doi"), entry.fields.get("url")
        address = f"https://doi.org/{doi}" if doi else url
        return f"[{words}]({address})" if address else words

    return cite


def _names(entry: Any) -> str:
    persons = entry.persons.get("author") or entry.persons.get("editor") or []
    names = [" ".join(str(part) for part in person.rich_last_names) for person in persons]
    if len(names) > 2:
        return f"{names[0]} et al."
    return " and ".join(names) or str(entry.rich_fields["title"])
