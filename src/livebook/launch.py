"""Each executed page as a notebook without solutions: to launch, and to download from the site.

The notebook of the page `book/02-name` is `notebooks/02-name.ipynb` in a checkout, where a task
writes it, and in the site. What the site's folder holds is also the branch `notebooks` of the
repository, at its root: the workflow that publishes the site pushes it.

Binder starts from the checkout, since the files that describe its environment lie there. Colab and
a JupyterHub (by nbgitpuller) open files of a repository without building anything: the branch is
for them.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from sphinx.application import Sphinx

from livebook.citations import citer
from livebook.notebook_setup import filled_in
from livebook.notebooks import Book, notebook
from livebook.toc import pages_in_order

FOLDER = BRANCH = "notebooks"


def notebook_path(app: Sphinx, page: str) -> str:
    """Return where the notebook of a page lies in the checkout and in the site."""
    return f"{FOLDER}/{page.removeprefix(app.config.livebook_sources.strip('/') + '/')}.ipynb"


def published_values(app: Sphinx, page: str) -> dict[str, str]:
    """Return what the cells of a page published for the prose, which MyST-NB leaves in a file."""
    path = Path(app.outdir).parent / "jupyter_execute" / f"{page}.glue.json"
    published = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {name: output["data"]["text/plain"] for name, output in published.items()}


def executed_pages(app: Sphinx) -> Iterator[str]:
    """Yield the pages of the table of contents that are Markdown notebooks."""
    for page, _ in pages_in_order(app.env):
        is_markdown = app.env.doc2path(page).endswith(".md")
        if is_markdown and "kernelspec" in app.env.metadata[page]:
            yield page


def book_of(app: Sphinx) -> Book:
    """Return what the notebooks say of each other."""
    pages = [page for page, _ in pages_in_order(app.env)]
    files = [Path(app.srcdir) / name for name in getattr(app.config, "bibtex_bibfiles", [])]
    return Book(
        notebooks={page: notebook_path(app, page) for page in executed_pages(app)},
        titles={page: app.env.titles[page].astext() for page in pages},
        cite=citer(files),
        files=files_address(*repository(app)),
        installs=filled_in(app.config.livebook_notebook_installs, *repository(app)),
        packages=[Path(app.srcdir) / folder for folder in app.config.livebook_live_packages],
    )


def repository(app: Sphinx) -> tuple[str, str]:
    """Return the repository's address, empty where there is none, and its branch."""
    options = app.config.html_theme_options
    return options.get("repository_url", ""), options.get("repository_branch", "main")


def files_address(repository: str, branch: str) -> str:
    """Return the address below which the repository shows its files."""
    return f"{repository}/blob/{branch}/" if repository else ""


def write_downloads(app: Sphinx, failure: Exception | None) -> None:
    """Write the notebooks into the finished site."""
    if failure is not None or app.builder.name not in ("html", "dirhtml"):
        return
    book = book_of(app)
    for page, address in book.notebooks.items():
        values = published_values(app, page)
        text = Path(app.env.doc2path(page)).read_text(encoding="utf-8")
        target = Path(app.outdir) / address
        target.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook(text, page, book, values, about_of(app)), target)


def about_of(app: Sphinx) -> str:
    """Return the notebook's first paragraph: what it is a part of, and where that is found."""
    options = app.config.html_theme_options
    address, title = options.get("repository_url", ""), app.config.html_title
    return f"*A notebook of [{title}]({address}).*" if address else f"*A notebook of {title}.*"


def lead_to_notebooks(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Have the theme's buttons launch and download the notebook, not the source with solutions."""
    path = notebook_path(app, pagename)
    is_notebook = pagename in set(executed_pages(app))
    for group in context.get("header_buttons", []):
        buttons = group.get("buttons", [])
        if group.get("label") == "launch-buttons":
            for button in buttons:
                lead_button(button, f"{pagename}.md", path, repository(app)[1])
        elif group.get("label") == "download-buttons":
            kept = [button for button in buttons if button["type"] != "link"]
            download = {
                "type": "link",
                "url": context["pathto"](path, 1),
                "text": ".ipynb",
                "tooltip": "Download this page as a notebook, without solutions",
                "icon": "fas fa-code",
                "label": "download-notebook-button",
            }
            group["buttons"] = [download, *kept] if is_notebook else kept


def lead_button(button: dict[str, Any], source: str, path: str, branch: str) -> None:
    """Have a launch button open a page's notebook instead of its source."""
    name = path.removeprefix(f"{FOLDER}/")
    url = button.get("url", "")
    match button["text"]:
        case "Colab":
            url = url.replace(f"/blob/{branch}/{source}", f"/blob/{BRANCH}/{name}")
        case "JupyterHub":
            url = url.replace(f"/{source}&branch={branch}", f"/{name}&branch={BRANCH}")
        case _:
            url = url.replace(source, path)
    if url:
        button["url"] = url
    button["tooltip"] = f"Open on {button['text']}, without solutions"


def setup(app: Sphinx) -> None:
    """Rewrite the buttons after the theme has made them, and write the notebooks at the end."""
    app.add_config_value("livebook_sources", "", "html", types=frozenset({str}))
    app.add_config_value("livebook_notebook_installs", {}, "html", types=frozenset({dict}))
    app.connect("html-page-context", lead_to_notebooks, priority=800)
    app.connect("build-finished", write_downloads)
