"""Execute the pages in parallel into the notebook cache that the site's build reads.

The cache recognizes a page by its code cells alone, so it is thrown away when anything else that
the cells see has changed: our packages, the data or the pinned versions (`livebook.execution`).
"""

import argparse
import os
import re
import shutil
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.executors.utils import single_nb_execution

from livebook.execution import KEY_FILE, execution_key
from tasks.solutions import line_of, refused_solutions

ROOT = Path(__file__).resolve().parents[1]
CELL_TIMEOUT = 120
MYST = {"name": "myst_nb_md", "type": "plugin"}


@dataclass(frozen=True)
class Execution:
    """How one page fared: the seconds it ran, now or when it was cached, and what it raised."""

    page: str
    seconds: float
    cached: bool = False
    failure: str | None = None


def table_of_contents() -> list[str]:
    """Return every page of `_toc.yml` in reading order, as paths without suffix."""

    def walk(entry: Any) -> list[str]:
        if isinstance(entry, list):
            return [page for item in entry for page in walk(item)]
        pages = [entry[key] for key in ("root", "file") if key in entry]
        return pages + [
            page for key in ("parts", "chapters", "sections") for page in walk(entry.get(key, []))
        ]

    return walk(yaml.safe_load((ROOT / "_toc.yml").read_text()))


def executable_pages() -> list[str]:
    """Return the pages of the table of contents that have code cells."""
    return [p for p in table_of_contents() if "{code-cell}" in (ROOT / f"{p}.md").read_text()]


def cache_folder(output: Path) -> Path:
    """Return the notebook cache below an output folder, where Jupyter Book looks for it."""
    return output / "_build" / ".jupyter_cache"


def open_cache(output: Path) -> Any:
    """Open the notebook cache, emptied if its outputs were made with other sources."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text())
    key = execution_key(ROOT, config["sphinx"]["config"]["livebook_execution_inputs"])
    folder = cache_folder(output)
    stamp = folder / KEY_FILE
    if folder.exists() and (not stamp.exists() or stamp.read_text() != key):
        shutil.rmtree(folder)
    cache = get_cache(folder)
    folder.mkdir(parents=True, exist_ok=True)
    stamp.write_text(key)
    return cache


def executed_notebook(page: str, output: Path = ROOT) -> Any:
    """Return a page from the cache as it was executed; it holds the cells with code alone.

    Raises
    ------
    LookupError
        If the cache does not hold the page, or holds it with other cells.
    """
    cache = open_cache(output)
    record = cache.add_nb_to_project(str(ROOT / f"{page}.md"), read_data=MYST)
    executed = cache.get_cached_project_nb(record.uri)
    if executed is None:
        raise LookupError(f"{page} is not executed; `make serve` executes what has changed")
    return cache.get_cache_bundle(executed.pk).nb


def describe_failure(page: str, notebook: Any, error: Exception) -> str:
    """Name the page's failing cell, its line in the source, and give the traceback."""
    text = (ROOT / f"{page}.md").read_text()
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(code, 1):
        failed = any(output.output_type == "error" for output in cell.get("outputs", []))
        if failed or (cell is code[-1]):
            line = line_of(text, cell.source)
            traceback = re.sub(r"\x1b\[[0-9;]*m", "", str(error))
            return f"{page}.md:{line}: cell {number} of {len(code)} failed\n{traceback}"
    return f"{page}.md: {error}"


def refusal_of(page: str, notebook: Any) -> str | None:
    """Return which solutions of an executed page their own checkers refuse."""
    return "\n".join(refused_solutions(notebook, page, (ROOT / f"{page}.md").read_text())) or None


def execute_pages(
    pages: Sequence[str] | None = None,
    output: Path = ROOT,
    report: Callable[[str], None] = print,
) -> list[Execution]:
    """Execute those of the pages (default: all) that the cache does not hold yet."""
    cache = open_cache(output)
    results, pending = [], {}
    for page in executable_pages() if pages is None else pages:
        record = cache.add_nb_to_project(str(ROOT / f"{page}.md"), read_data=MYST)
        if (executed := cache.get_cached_project_nb(record.uri)) is not None:
            _, notebook = cache.merge_match_into_notebook(cache.get_project_notebook(record.pk).nb)
            seconds, failure = executed.data["execution_seconds"], refusal_of(page, notebook)
            results.append(Execution(page, seconds, cached=True, failure=failure))
        else:
            pending[page] = cache.get_project_notebook(record.pk)
    if not pending:
        return results
    report(f"Executing {len(pending)} of {len(results) + len(pending)} pages, two at a time")
    os.environ["LIVEBOOK_STATIC"] = "1"
    # One thread of linear algebra a page: two pages share the machine.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    with ThreadPoolExecutor(max_workers=2) as pool:
        running = {
            pool.submit(
                single_nb_execution,
                notebook.nb,
                cwd=str(Path(notebook.uri).parent),
                timeout=CELL_TIMEOUT,
                allow_errors=False,
                extra_arguments=["--IPKernelApp.log_level=40"],
            ): page
            for page, notebook in pending.items()
        }
        for future in as_completed(running):
            page, result = running[future], future.result()
            failure = (
                describe_failure(page, result.nb, result.err)
                if result.err
                else refusal_of(page, result.nb)
            )
            results.append(Execution(page, result.time, failure=failure))
            report(f"  {page}: {'failed' if failure else 'done'} in {result.time:.1f} s")
            if not failure:
                data = {"execution_seconds": result.time}
                bundle = CacheBundleIn(result.nb, pending[page].uri, data=data)
                cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
    return results


def main() -> None:
    """Execute the pages named on the command line, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", help="pages as in _toc.yml, without suffix")
    start = time.monotonic()
    failures = [r.failure for r in execute_pages(parser.parse_args().pages or None) if r.failure]
    print(*failures, sep="\n\n")
    if failures:
        raise SystemExit(f"{len(failures)} pages failed")
    print(f"All pages executed, {time.monotonic() - start:.0f} s")


if __name__ == "__main__":
    main()
