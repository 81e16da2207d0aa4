"""Write the pages as notebooks for students, without solutions.

usage: python -m tasks.notebooks [FOLDER]

What was written before and has been worked in since is kept; the new one is not written then.
"""

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

import nbformat
import yaml

from livebook.citations import citer
from livebook.execution import KEY_FILE, execution_key
from livebook.notebook_setup import filled_in
from livebook.notebooks import Book, glued_values, notebook, title_of
from tasks.execute import MYST, ROOT, cache_folder, executable_pages, table_of_contents

FOLDER = "notebooks"
RECORD = ".written.json"


def notebook_path(page: str, sources: str) -> str:
    """Return the path of a page's notebook, `notebooks/02-name.ipynb` for `book/02-name`."""
    return f"{FOLDER}/{page.removeprefix(f'{sources}/')}.ipynb"


def read_book(config: dict[str, Any]) -> Book:
    """Return what the notebooks say of each other, from the table of contents and the pages."""
    settings, repository = config["sphinx"]["config"], config["repository"]
    sources, requirements = settings["livebook_sources"], settings["livebook_notebook_installs"]
    return Book(
        notebooks={page: notebook_path(page, sources) for page in executable_pages()},
        titles={p: title_of((ROOT / f"{p}.md").read_text()) for p in table_of_contents()},
        cite=citer(ROOT / name for name in config["bibtex_bibfiles"]),
        installs=filled_in(requirements, repository["url"], repository["branch"]),
        packages=[ROOT / folder for folder in settings["livebook_live_packages"]],
    )


def cached_values(page: str, config: dict[str, Any]) -> dict[str, str]:
    """Return what the page's cells published if it was executed here with the present sources."""
    from jupyter_cache import get_cache

    folder = cache_folder(ROOT)
    stamp = folder / KEY_FILE
    key = execution_key(ROOT, config["sphinx"]["config"]["livebook_execution_inputs"])
    if not stamp.exists() or stamp.read_text() != key:
        return {}
    cache = get_cache(folder)
    record = cache.add_nb_to_project(str(ROOT / f"{page}.md"), read_data=MYST)
    executed = cache.get_cached_project_nb(record.uri)
    return glued_values(cache.get_cache_bundle(executed.pk).nb) if executed else {}


def digest(path: Path) -> str:
    """Return a fingerprint of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_notebooks(folder: Path) -> list[Path]:
    """Write all notebooks below a folder; return those that were kept since they were edited."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text())
    book, kept = read_book(config), []
    about = f"*A notebook of [{config['title']}]({config['repository']['url']}).*"
    record = folder / RECORD
    written = json.loads(record.read_text()) if record.exists() else {}
    for page, address in book.notebooks.items():
        name = address.removeprefix(f"{FOLDER}/")
        path = folder / name
        if path.exists() and digest(path) != written.get(name):
            kept.append(path)
            continue
        text = (ROOT / f"{page}.md").read_text()
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook(text, page, book, cached_values(page, config), about), path)
        written[name] = digest(path)
    record.write_text(json.dumps(written, indent=1))
    return kept


def main() -> None:
    """Write the notebooks into the folder named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / FOLDER)
    folder = parser.parse_args().folder
    kept = write_notebooks(folder)
    for path in kept:
        print(f"{path} was worked in and is kept; to get the page anew, rename it and run again")
    print(f"The pages are notebooks in {folder}")


if __name__ == "__main__":
    main()
