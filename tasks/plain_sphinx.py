"""Build the same pages with the newest plain Sphinx, without Jupyter Book: the way out of it.

usage: .venv/bin/python -m tasks.plain_sphinx FOLDER

FOLDER receives `source` (the project with the `conf.py` that Jupyter Book writes), `venv` (the
newest releases; they execute the pages too), `cache` and `html`.
"""

import importlib.metadata
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tasks.execute import ROOT

# Jupyter Book's own extensions, and what only they switch on; no page needs them.
DROPPED = {"jupyter_book", "sphinx_jupyterbook_latex", "sphinx_comments", "sphinx_thebe"}
NEEDLESS = {"jupyter-book", "jupyterlab", "jupytext"}
PRINT_VERSIONS = (
    "import importlib.metadata as m, sys; print(*((n, m.version(n)) for n in sys.argv[1:]))"
)


def read_extensions(conf: str) -> list[str]:
    """Return the extensions that a generated conf.py lists."""
    line = re.search(r"^extensions = (\[.*\])$", conf, re.M)
    if line is None:
        raise ValueError("conf.py: no line `extensions = [...]`; Jupyter Book writes another form")
    return re.findall(r"'([^']+)'", line[1])


def plain_conf(conf: str, cache: Path) -> str:
    """Return a generated conf.py without Jupyter Book's extensions, executing into a cache."""
    kept = [name for name in read_extensions(conf) if name not in DROPPED]
    conf = re.sub(r"^extensions = .*$", f"extensions = {kept!r}", conf, flags=re.M)
    conf = re.sub(r"^(use|html)_?jupyterbook_latex = .*\n", "", conf, flags=re.M)
    conf = re.sub(r"^comments_config = .*\n", "", conf, flags=re.M)
    cache_line = f"nb_execution_cache_path = {str(cache)!r}"
    return re.sub(r"^nb_execution_cache_path = .*$", cache_line, conf, flags=re.M)


def newest_requirements(pinned: str, extensions: Iterable[str]) -> list[str]:
    """Return distributions without versions: those pinned, and those that the extensions need."""
    names = {line.split("==")[0] for line in pinned.splitlines() if "==" in line}
    providers = importlib.metadata.packages_distributions()
    for extension in extensions:
        found = providers.get(extension.split(".")[0], [])
        if len(found) == 1:  # namespace packages are shared, so they are pinned by name
            names.add(found[0])
    return sorted(names - NEEDLESS - {"calculus-from-data"})


def prepare_source(folder: Path) -> Path:
    """Fill a folder with the pages, links to the rest and the plain conf.py; return it."""
    source = folder / "source"
    shutil.rmtree(source, ignore_errors=True)
    source.mkdir(parents=True)
    # Links between pages are resolved to real paths, so the pages must be below the source folder.
    shutil.copytree(ROOT / "book", source / "book")
    for path in ROOT.iterdir():
        if path.name not in {".git", "_build", "book", "conf.py"}:
            (source / path.name).symlink_to(path)
    jupyter_book = Path(sys.executable).with_name("jupyter-book")
    _run(jupyter_book, "config", "sphinx", source)
    conf = source / "conf.py"
    conf.write_text(plain_conf(conf.read_text(), folder / "cache"))
    return source


def build(folder: Path) -> None:
    """Install the newest releases and build every page with them, each warning an error."""
    source = prepare_source(folder)
    conf = (source / "conf.py").read_text()
    python = folder / "venv" / "bin" / "python"
    _run(sys.executable, "-m", "venv", "--clear", folder / "venv")
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    wanted = newest_requirements((ROOT / "requirements.txt").read_text(), read_extensions(conf))
    _run(*pip, *wanted)
    _run(python, ROOT / "tasks" / "torch_cpu.py")
    _run(*pip, "--no-deps", ROOT)
    _run(python, "-c", PRINT_VERSIONS, "sphinx", "docutils", "myst-nb", "myst-parser")
    try:
        _run(python, "-m", "sphinx", "-W", "-n", "--keep-going", "-q", source, folder / "html")
    except subprocess.CalledProcessError:
        message = "The newest plain Sphinx does not build the pages without a warning; see above."
        raise SystemExit(message) from None
    print(f"Built {folder / 'html'} without a warning")


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    build(Path(sys.argv[1]).resolve())
