"""Where the launch and download buttons lead: notebooks that open, run and show no solution."""

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import nbformat
import pytest
import yaml
from playwright.sync_api import Browser

from tasks.binder import button_path, findings
from tasks.execute import ROOT, executable_pages
from tasks.lab_session import jupyter_lab, run_all
from tasks.notebooks import write_notebooks
from tasks.solutions import solution_lines

PAGES = executable_pages()
CONFIG = yaml.safe_load((ROOT / "_config.yml").read_text())
REPOSITORY = urlsplit(CONFIG["repository"]["url"]).path.strip("/")
MARKDOWN_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s#]+)")
RUN = "book/01-functions-and-limits"


class Links(HTMLParser):
    """Collects the addresses that the page header's buttons lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "a" and "dropdown-item" in given.get("class", ""):
            self.found.append(unescape(given.get("href", "")))


def links(site: Path, page: str) -> list[str]:
    """Return the addresses of a page's buttons."""
    parser = Links()
    parser.feed((site / f"{page}.html").read_text(encoding="utf-8"))
    return parser.found


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the notebooks as `postBuild` does, into a folder that stands for the checkout."""
    folder = tmp_path_factory.mktemp("checkout")
    write_notebooks(folder / "notebooks")
    return folder


def target(address: str, site: Path, page: str, checkout: Path) -> Path | None:
    """Return the file that a button opens; None for one that opens no notebook."""
    parts = urlsplit(address)
    match parts.netloc:
        case "mybinder.org":
            assert parts.path == f"/v2/gh/{REPOSITORY}/{CONFIG['repository']['branch']}"
            (path,) = parse_qs(parts.query)["urlpath"]
            return checkout / path.removeprefix("lab/tree/")
        case "colab.research.google.com":
            prefix = f"/github/{REPOSITORY}/blob/notebooks/"
            assert parts.path.startswith(prefix)
            return site / "notebooks" / parts.path.removeprefix(prefix)  # what the branch holds
        case "" if parts.path.endswith(".ipynb"):
            return ((site / page).parent / parts.path).resolve()
    return None


@pytest.mark.parametrize("page", PAGES)
def test_every_button_opens_a_notebook_without_solutions(
    site: Path, page: str, checkout: Path
) -> None:
    found = [target(address, site, page, checkout) for address in links(site, page)]
    files = [file for file in found if file is not None]
    assert len(files) == 3, "Binder, Colab, download"
    secret = solution_lines((ROOT / f"{page}.md").read_text())
    for file in files:
        notebook = nbformat.read(file, 4)
        nbformat.validate(notebook)
        shown = {line.strip() for cell in notebook.cells for line in cell.source.splitlines()}
        assert shown & secret == set(), file
        assert notebook.metadata["description"], file


@pytest.mark.parametrize("page", PAGES)
def test_published_notebook_quotes_values_and_links_to_notebooks_beside_it(
    site: Path, page: str
) -> None:
    (address,) = [a for a in links(site, page) if "://" not in a and a.endswith(".ipynb")]
    path = ((site / page).parent / address).resolve()
    notebook = nbformat.read(path, 4)
    assert "a cell near by prints the number" not in notebook.cells[0].source
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    inside = [link for link in MARKDOWN_LINK.findall(prose) if "://" not in link]
    assert [link for link in inside if not (path.parent / link).exists()] == []


def test_launched_chapter_runs_in_jupyterlab(
    site: Path, browser: Browser, checkout: Path, tmp_path: Path
) -> None:
    """With the environment of the tests; `make audit` does it with one made as Binder makes it."""
    python = ROOT / ".venv" / "bin" / "python"
    env = {"PYTHONPATH": str(ROOT / "src")}
    with jupyter_lab(python, checkout, tmp_path / "home", **env) as address:
        session = run_all(browser, f"{address}/{button_path(site, RUN)}")
    assert findings(session, RUN) == []
