"""The buttons lead to notebooks without solutions, and the site holds those to download."""

import re
from collections.abc import Callable
from typing import Any

import nbformat
import pytest

HEADER = """---
jupytext: {text_representation: {extension: .md, format_name: myst}}
kernelspec: {name: python3, display_name: Python 3, language: python}
---
"""
TEXT = """# A notebook

```{exercise-start} Six
:label: exercise-2-1
:class: stars-1 by-hand
```
Find it.

```{code-cell} ipython3
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
        },
    },
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


def test_download_is_the_notebook_and_neither_source_nor_solutions(site: Any) -> None:
    html = site.read("book/02-two.html")
    assert "Download this page as a notebook" in html
    assert addresses(html, "ipynb") - addresses(html, "mybinder") == {"../notebooks/02-two.ipynb"}
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
