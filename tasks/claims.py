"""What the executed pages have published: claims, which the build asserts, and numbers.

`python -m tasks.claims` lists them, a line each.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tasks.execute import ROOT, executable_pages, executed_notebook

TEXT = "application/papermill.record/text/plain"


@dataclass(frozen=True)
class Published:
    """A claim or number of a page.

    `text` is what the prose shows. A claim has `bounds` by the names of its arguments, the same as
    `statement` in words, and may be `silent`: asserted, with no number quoted.
    """

    page: str
    cell: int
    kind: str
    name: str
    text: str
    value: Any
    bounds: dict[str, Any] = field(default_factory=dict)
    statement: str = ""
    silent: bool = False

    def __str__(self) -> str:
        """Name the place, the kind, and what is said."""
        said = f"{self.text}, which is {self.statement}" if self.statement else self.text
        return f"{self.page}, cell {self.cell}: {self.kind} {self.name}: {said}"


def published_in(page: str, notebook: Any) -> list[Published]:
    """Return what an executed notebook has published; cells are counted among those with code."""
    found = []
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(code, 1):
        for output in cell.outputs:
            metadata = output.get("metadata", {})
            if "calcbook" in metadata:
                name, text = metadata["scrapbook"]["name"], output["data"][TEXT]
                found.append(
                    Published(page=page, cell=number, name=name, text=text, **metadata["calcbook"])
                )
    return found


def published(pages: Sequence[str] | None = None, output: Path = ROOT) -> list[Published]:
    """Return what the pages (default: all that have code) have published, in reading order.

    Raises
    ------
    LookupError
        If a page is not executed.
    """
    return [
        one
        for page in pages or executable_pages()
        for one in published_in(page, executed_notebook(page, output))
    ]


def main() -> None:
    """List the claims and numbers of the whole book."""
    print(*published(), sep="\n")


if __name__ == "__main__":
    main()
