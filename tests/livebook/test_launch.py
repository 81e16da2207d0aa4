"""The buttons lead to notebooks without solutions, and the site holds those to download."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import nbformat
import pytest

HEADER = """---
jupytext: {text_representation: {extension: .md, format_name: myst}}
kernelspec: {name: python3, display_name: Python 3, language: python}
---
"""
TEXT = """# A notebook

More [in words](words.md).

```{exercise-start} Six
:label: exercise-2-1
:class: stars-1 by-hand
```
Find it.

```{code-cell} ipython3
from calcbook import check
answer = ...
```

```{exercise-end}
```

```{solution-start} exercise-2-1
:label: solution-2-1
```
SECRET

```{solution-end}
```
"""
THEME = {
    "extensions": ["myst_nb", "sphinx_book_theme", "livebook"],
    "html_theme": "sphinx_book_theme",
    "html_copy_source": False,
    "livebook_sources": "book",
    "html_theme_options": {
        "repository_url": "https://github.com/us/ours",
        "repository_branch": "main",
        "launch_buttons": {
            "notebook_interface": "jupyterlab",
            "binderhub_url": "https://mybinder.org",
            "colab_url": "https://colab.research.google.com",
            "jupyterhub_url": "https://hub.example.edu",
        },
    },
    "livebook_notebook_installs": {"calcbook": "book @ git+{repository}@{branch}"},
}


@pytest.fixture
def site(build: Callable[..., Any]) -> Any:
    toc = "# Home\n\n```{toctree}\nbook/02-two\nbook/words\n```\n"
    files = {
        "index.md": toc,
        "book/02-two.md": HEADER + TEXT,
        "book/words.md": "# Words\n\nText.\n",
    }
    return build(files, **THEME)


def addresses(html: str, part: str) -> set[str]:
    return {url for url in re.findall(r'href="([^"]+)"', html) if part in url}


def test_binder_opens_the_notebook(site: Any) -> None:
    assert site.warnings == ""
    assert addresses(site.read("book/02-two.html"), "mybinder") == {
        "https://mybinder.org/v2/gh/us/ours/main?urlpath=lab/tree/notebooks/02-two.ipynb"
    }


def test_colab_opens_the_notebook_on_the_branch_that_holds_notebooks_alone(site: Any) -> None:
    assert addresses(site.read("book/02-two.html"), "colab") == {
        "https://colab.research.google.com/github/us/ours/blob/notebooks/02-two.ipynb"
    }


def test_jupyterhub_pulls_that_branch_and_opens_the_notebook(site: Any) -> None:
    (address,) = addresses(site.read("book/02-two.html"), "hub.example.edu")
    base, query = address.split("?")
    assert base == "https://hub.example.edu/hub/user-redirect/git-pull"
    assert parse_qs(query.replace("&amp;", "&")) == {
        "repo": ["https://github.com/us/ours"],
        "urlpath": ["lab/tree/ours/02-two.ipynb"],
        "branch": ["notebooks"],
    }


def test_buttons_say_where_they_lead(site: Any) -> None:
    html = site.read("book/02-two.html")
    for place in ("Binder", "Colab", "JupyterHub"):
        assert f"Open on {place}, without solutions" in html


def test_notebook_leads_to_what_is_not_a_notebook_and_installs_what_it_needs(site: Any) -> None:
    notebook = nbformat.read(site.folder / "notebooks" / "02-two.ipynb", 4)
    assert "[in words](https://github.com/us/ours/blob/main/book/words.md)" in str(notebook)
    first = next(cell for cell in notebook.cells if cell.cell_type == "code")
    assert '%pip install --quiet "book @ git+https://github.com/us/ours@main"' in first.source


def test_download_is_the_notebook_and_neither_source_nor_solutions(site: Any) -> None:
    html = site.read("book/02-two.html")
    assert "Download this page as a notebook" in html
    here = {url for url in addresses(html, "ipynb") if "://" not in url}
    assert here == {"../notebooks/02-two.ipynb"}
    assert addresses(html, "_sources") == set()
    notebook = nbformat.read(site.folder / "notebooks" / "02-two.ipynb", 4)
    assert "SECRET" not in str(notebook)
    assert "answer = ..." in str(notebook)
    assert not list(site.folder.rglob("_sources"))


def test_page_without_cells_has_no_notebook(site: Any) -> None:
    html = site.read("book/words.html")
    assert addresses(html, "ipynb") == set()
    assert addresses(html, "_sources") == set()
    assert "window.print()" in html
