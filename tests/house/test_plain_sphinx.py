"""What is handed to plain Sphinx: a conf.py without Jupyter Book, and its distributions."""

import subprocess
import sys
from pathlib import Path

import pytest

from tasks.plain_sphinx import DROPPED, newest_requirements, plain_conf, read_extensions


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory, root: Path) -> str:
    """The conf.py that Jupyter Book writes for this project."""
    folder = tmp_path_factory.mktemp("conf")
    for name in ("_config.yml", "_toc.yml"):
        (folder / name).write_text((root / name).read_text())
    jupyter_book = Path(sys.executable).with_name("jupyter-book")
    subprocess.run([jupyter_book, "config", "sphinx", folder], check=True, capture_output=True)
    return (folder / "conf.py").read_text()


def test_conf_loses_jupyter_book_and_nothing_else(generated: str) -> None:
    plain = plain_conf(generated, Path("/cache"))
    before, after = read_extensions(generated), read_extensions(plain)
    assert [name for name in before if name not in after] == [n for n in before if n in DROPPED]
    assert {"myst_nb", "livebook", "sphinx_external_toc"} <= set(after)
    settings: dict[str, object] = {}
    exec(compile(plain, "conf.py", "exec"), settings)
    assert settings["nb_execution_cache_path"] == "/cache"
    assert "jupyterbook" not in plain


def test_requirements_lose_their_pins(generated: str, root: Path) -> None:
    pinned = (root / "requirements.txt").read_text()
    wanted = newest_requirements(pinned, read_extensions(plain_conf(generated, Path("/cache"))))
    assert {"Sphinx", "myst-nb", "sphinx-copybutton", "sphinx-togglebutton", "numpy"} <= set(wanted)
    assert "jupyter-book" not in wanted
    assert not any("=" in name for name in wanted)


def test_another_form_of_conf_is_told() -> None:
    with pytest.raises(ValueError, match=r"no line `extensions = \[\.\.\.\]`"):
        read_extensions("extensions += ['myst_nb']\n")
