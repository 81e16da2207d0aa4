"""Build the site from executed pages: `_build/html`, from scratch where that is needed.

Sphinx builds again only the pages whose own text changed. It sees neither our packages nor what
the cells printed, so a change in any of those, or an earlier build that failed, starts afresh.
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from livebook.execution import KEY_FILE
from tasks.execute import ROOT, cache_folder, executable_pages, execute_pages

SITE_INPUTS = (
    "src/livebook",
    "src/pydelt",
    "book/_static",
    "book/references.bib",
    "_config.yml",
    "_toc.yml",
    "CITATION.cff",
    "requirements.txt",
    "package-lock.json",
)


class BuildError(RuntimeError):
    """The site could not be built; the message says what to mend."""


def fingerprint(paths: Sequence[Path]) -> str:
    """Return a digest of the files, and of all files below the folders, among the paths."""
    sha = hashlib.sha256()
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts and ".egg-info" not in str(file):
                sha.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return sha.hexdigest()


def build_site(pages: Sequence[str] | None = None, output: Path = ROOT) -> Path:
    """Execute what needs it, build, and return the folder of the finished site.

    Parameters
    ----------
    pages : sequence of str, optional
        Pages as in `_toc.yml`; a trial site of these pages alone. Default: the whole book.
    output : Path
        Folder that receives `_build/`.

    Raises
    ------
    BuildError
        If a page fails to execute or Sphinx gives an error or a warning.
    """
    start = time.monotonic()
    wanted = None if pages is None else _executable(pages)
    failures = [r.failure for r in execute_pages(wanted, output) if r.failure]
    if failures:
        raise BuildError("\n\n".join(failures) + f"\n\n{len(failures)} pages failed to execute")
    site = output / "_build" / "html"
    key = (cache_folder(output) / KEY_FILE).read_text()
    whole = fingerprint([ROOT / name for name in SITE_INPUTS]) + key
    everything = fingerprint([ROOT / "book"]) + whole + ",".join(pages or ["all"])
    built, text = output / "_build" / "built-from.txt", output / "_build" / "text-built-from.txt"
    if text.exists() and text.read_text() == everything:
        print(f"The site is up to date ({time.monotonic() - start:.0f} s)")
        return site
    if not built.exists() or built.read_text() != whole:
        shutil.rmtree(site, ignore_errors=True)
        shutil.rmtree(output / "_build" / ".doctrees", ignore_errors=True)
    for stamp in (built, text):
        stamp.unlink(missing_ok=True)
    _run_jupyter_book(pages, output)
    built.write_text(whole)
    if note := absent_python(site):
        print(note)  # and the next build tries again
    else:
        text.write_text(everything)
    print(f"Built {site} in {time.monotonic() - start:.0f} s")
    return site


def absent_python(site: Path) -> str | None:
    """Return a note where the site lacks the packages that its pages run; None if it has them."""
    description = site / "_static" / "livebook" / "python" / "site.json"
    if not description.exists():  # no live cells in this site
        return None
    elsewhere = json.loads(description.read_text(encoding="utf-8"))["elsewhere"]
    if elsewhere is None:
        return None
    return (
        f"Note: Python for the pages' Run buttons is not in this site: {elsewhere['why']}. "
        f"The pages ask {elsewhere['host']} for it and say so. To have it in the site, build with "
        "a network, or name a folder or address that has Pyodide's packages in PYODIDE_MIRROR."
    )


def _executable(pages: Sequence[str]) -> list[str]:
    return [page for page in executable_pages() if page in pages]


def _run_jupyter_book(pages: Sequence[str] | None, output: Path) -> None:
    """Run the build with every warning an error; show its warnings, keep its log."""
    jupyter_book = Path(sys.executable).with_name("jupyter-book")
    command = [str(jupyter_book), "build", str(ROOT), "-W", "-n", "--keep-going"]
    command += ["--path-output", str(output)]
    if pages:
        toc = output / "_build" / "toc.yml"
        entries: dict[str, Any] = {"format": "jb-book", "root": pages[0]}
        if pages[1:]:
            entries["chapters"] = [{"file": page} for page in pages[1:]]
        toc.write_text(yaml.safe_dump(entries))
        command += ["--toc", str(toc)]
    print("Building the site", flush=True)
    log = output / "_build" / "build.log"
    with log.open("w") as stream:
        done = subprocess.run(command, stdout=stream, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    if done.returncode != 0:
        with log.open("a") as stream:
            stream.write(done.stderr)
        # What follows is Jupyter Book's own call stack.
        warnings = done.stderr.partition("\nTraceback (most recent call last):")[0].strip()
        raise BuildError(f"{warnings}\n\nThe site was not built; the whole log: {log}")


def main() -> None:
    """Build the site, or a trial site of some pages elsewhere."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", nargs="+", help="a trial site of these pages alone")
    parser.add_argument("--output", type=Path, default=ROOT, help="folder that receives _build/")
    arguments = parser.parse_args()
    try:
        build_site(arguments.pages, arguments.output.resolve())
    except BuildError as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    main()
