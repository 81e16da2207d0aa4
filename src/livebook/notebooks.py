"""Pages as notebooks for students: without solutions, in Markdown that any notebook shows.

Directives and roles become plain Markdown. Sphinx is not needed.
"""

import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jupytext
import nbformat

from livebook.exercise_labels import kind_of, number_of, starry, stars_of
from livebook.fences import Fence, pieces
from livebook.notebook_setup import needed_modules, setup_code

ROLE = re.compile(r"\{([\w:+.-]+)\}(`+)(.+?)\2", re.S)
LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)")
TITLED = re.compile(r"(.*?)\s*<([^<>]+)>", re.S)
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.S)
HEADING = re.compile(r"^#\s+(.+)$", re.M)
NOTES = ("admonition", "note", "tip", "hint", "important", "warning", "caution", "attention")
OF_THE_SITE_ONLY = (
    *("book-map", "diagnostic", "toctree", "tableofcontents", "bibliography", "exercise-end"),
)
TEXT_OUTPUT = "application/papermill.record/text/plain"


@dataclass(frozen=True)
class Book:
    """What a page's notebook needs to know of the others.

    Attributes
    ----------
    notebooks : mapping
        Pages that are notebooks too: path without suffix -> path of the notebook.
    titles : mapping
        Titles of pages: path without suffix -> title.
    cite : callable
        Returns a source as text, such as "Chen (2018)", for its key.
    files : str
        Where pages that are no notebooks, and pictures, lie: an address to put before their path.
        Without one they lie in the checkout that the notebooks lie in.
    installs : mapping
        What a notebook installs where it is missing: module -> requirement.
    packages : sequence of Path
        Folders of our packages: what their modules import is needed too.
    """

    notebooks: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    cite: Callable[[str], str] = "source {}".format
    files: str = ""
    installs: Mapping[str, str] = field(default_factory=dict)
    packages: Sequence[Path] = ()


def title_of(text: str) -> str:
    """Return the title of a page."""
    found = HEADING.search(FRONT_MATTER.sub("", text))
    return found[1].strip() if found else ""


def glued_values(executed: Any) -> dict[str, str]:
    """Return what the cells of an executed notebook publish for the prose: name -> text."""
    return {
        output.metadata["scrapbook"]["name"]: output.data[TEXT_OUTPUT]
        for cell in executed.cells
        for output in cell.get("outputs", [])
        if "scrapbook" in output.get("metadata", {}) and TEXT_OUTPUT in output.get("data", {})
    }


def notebook(
    text: str, page: str, book: Book, values: Mapping[str, str] | None = None, about: str = ""
) -> Any:
    """Return a page as a notebook with neither outputs nor solutions.

    Its metadata hold the page's title and front matter.

    Parameters
    ----------
    text : str
        The page's MyST source.
    page : str
        Its path without suffix.
    book : Book
    values : mapping, optional
        What the prose quotes by name; a name that is not there is shown itself.
    about : str
        A paragraph to begin with. It also says where to find values that are not in `values`.

    Raises
    ------
    ValueError
        If a solution has no end, which would show it.
    """
    header = FRONT_MATTER.match(text)
    writer = _Writer(page, book, values or {})
    plain = writer.markdown(FRONT_MATTER.sub("", text), header[0].count("\n") + 1 if header else 1)
    read = jupytext.reads((header[0] if header else "") + plain, fmt="md:myst")
    code = [cell.source for cell in read.cells if cell.cell_type == "code"]
    setup = setup_code(needed_modules(code, book.packages), book.installs)
    if writer.unknown:
        about += (
            f"\n\n*Where the text has a name for a number, such as `{writer.unknown[0]}`, a cell "
            "near by prints the number under that name when you run it.*"
        )
    cells = [nbformat.v4.new_markdown_cell(about.strip())] if about else []
    cells += [nbformat.v4.new_code_cell(setup)] if setup else []
    for cell in read.cells:
        figure = cell.metadata.pop("mystnb", {}).get("figure", {})
        if "hide-input" in cell.metadata.get("tags", []):
            cell.metadata["jupyter"] = {"source_hidden": True}
        cells.append(cell)
        if caption := str(figure.get("caption", "")).strip():
            name = _figure_name(str(figure.get("name", "")))
            caption = writer.inline(" ".join(caption.split()))
            cells.append(nbformat.v4.new_markdown_cell(f"**{name}.** {caption}"))
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    # `jupytext` would pair the notebook with a text file, `diagnostic` would tell its answers.
    left_out = ("jupytext", "diagnostic")
    metadata = {key: value for key, value in read.metadata.items() if key not in left_out}
    made = nbformat.v4.new_notebook(cells=cells, metadata={"title": title_of(text), **metadata})
    nbformat.validate(made)
    return made


def _figure_name(label: str) -> str:
    words = label.removeprefix("fig-").replace("-", " ")
    return f"Figure “{words}”" if words else "Figure"


class _Writer:
    """Turns one page's MyST into Markdown whose only directives are code cells."""

    def __init__(self, page: str, book: Book, values: Mapping[str, str]) -> None:
        self.page, self.book, self.values = page, book, values
        self.unknown: list[str] = []

    def markdown(self, text: str, first_line: int = 1) -> str:
        """Return the text without solutions and with its directives as Markdown."""
        parts, solution = [], None
        for piece in pieces(text, first_line):
            if isinstance(piece, Fence) and piece.name in ("solution-start", "solution-end"):
                solution = piece if piece.name == "solution-start" else None
            elif solution is None:
                parts.append(self._fence(piece) if isinstance(piece, Fence) else self.inline(piece))
        if solution is not None:
            raise ValueError(
                f"{self.page}: line {solution.line}: the solution {solution.argument!r} has no "
                "`{solution-end}`"
            )
        stripped = (part.strip("\n") for part in parts)
        return "\n\n".join(part for part in stripped if part) + "\n"

    def _fence(self, fence: Fence) -> str:
        inside = "" if fence.name in ("", "code-cell") else self.markdown(fence.body).strip()
        match fence.name:
            case "" | "code-cell":
                return fence.source
            case "solution":
                return ""
            case "exercise" | "exercise-start":
                return f"{self._exercise(fence)}\n\n{inside}"
            case "math":
                return f"$$\n{fence.body.strip()}\n$$"
            case "dropdown":
                summary = self.inline(fence.argument)
                return f"<details><summary>{summary}</summary>\n\n{inside}\n\n</details>"
            case "figure" | "image":
                alt, address = fence.options.get("alt", ""), self._address(fence.argument)
                return f"![{alt}]({address})\n\n{inside}"
            case "quiz":
                return self._quiz(fence)
            case "button-ref":
                mark = "#{}" if fence.options.get("ref-type") == "ref" else "{}.md"
                return self.inline(f"[{inside}]({mark.format(fence.argument)})")
            case "margin":
                return _quoted(inside)
            case "grid-item-card":
                return f"**{self.inline(fence.argument)}.** {inside}"
            case "grid" | "div":  # their arguments say how they look
                return inside
            case name if name in NOTES:
                title = self.inline(fence.argument) or name.capitalize()
                return _quoted(f"**{title}**\n\n{inside}")
            case name if name in OF_THE_SITE_ONLY:
                return ""
        return f"{self.inline(fence.argument)}\n\n{inside}".strip()

    def _exercise(self, fence: Fence) -> str:
        classes = str(fence.options.get("class", "")).split()
        number = number_of(str(fence.options.get("label", "")))
        title = self.inline(fence.argument)
        return f"### Exercise {number} {starry(stars_of(classes))} {title}\n\n*{kind_of(classes)}*"

    def _quiz(self, fence: Fence) -> str:
        """Return the question with its choices; the feedback would give the answer away."""
        title = fence.options.get("title", "Quiz")
        choices = re.findall(r"^[-*+] \[[ xX]\] (.*(?:\n(?!\s*$|[-*+] ).+)*)", fence.body, re.M)
        listed = "\n".join(f"- {self.inline(' '.join(choice.split()))}" for choice in choices)
        return _quoted(f"**{title}.** {self.inline(fence.argument)}\n\n{listed}")

    def inline(self, text: str) -> str:
        """Return text with its roles and its links to pages as Markdown."""
        text = ROLE.sub(lambda role: self._role(role[1], " ".join(role[3].split())), text)
        return LINK.sub(self._link, text)

    def _role(self, name: str, content: str) -> str:
        titled = TITLED.fullmatch(content)
        words, target = titled.groups() if titled else ("", content)
        match name.split(":")[0]:
            case "glue":
                return self._value(target.split(":")[0])
            case "chapter" | "doc":
                return self._page_link(words, target.strip("/"))
            case "numref" | "ref":
                if re.match(r"(exercise|solution)-\d", target):
                    kind = target.split("-")[0].capitalize()
                    return words or f"{kind} {number_of(target)}"
                return words or _figure_name(target).replace("F", "f", 1)
            case "cite":
                cited = ", ".join(self.book.cite(key.strip()) for key in target.split(","))
                return cited if name.endswith(":t") else f"({cited})"
            case "math":
                return f"${content}$"
        return f"`{words or target.lstrip('~.')}`"

    def _value(self, name: str) -> str:
        if name in self.values:
            return self.values[name]
        self.unknown.append(name)
        return f"`{name}`"

    def _page_link(self, words: str, page: str) -> str:
        words = words or self.book.titles.get(page, page)
        address = self.book.notebooks.get(page)
        return f"[{words}]({self._from_here(address)})" if address else words

    def _link(self, link: re.Match[str]) -> str:
        words, target = link.groups()
        path = target.partition("#")[0]
        if "://" in target or not path.endswith(".md"):
            return link[0]
        page = posixpath.normpath(posixpath.join(posixpath.dirname(self.page), path))[:-3]
        words = words or self.book.titles.get(page, page)
        return f"[{words}]({self._from_here(self.book.notebooks.get(page, f'{page}.md'))})"

    def _address(self, target: str) -> str:
        """Return the address of a file beside the page, as seen from the notebook."""
        if "://" in target or target.startswith("#"):
            return target
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.page), target))
        return self._from_here(path)

    def _from_here(self, path: str) -> str:
        if self.book.files and path not in self.book.notebooks.values():
            return self.book.files + path
        here = posixpath.dirname(self.book.notebooks.get(self.page, self.page))
        return posixpath.relpath(path, here or ".")


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.strip().splitlines())
