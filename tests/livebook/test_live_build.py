"""What the build puts together for live cells, read without a browser."""

import gzip
import marshal
import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from live_pages import LIVE, PROJECT, page
from small_sites import ROOT, build_site
from sphinx.errors import ExtensionError

from livebook.assets import OURS as ASSETS
from livebook.bundling import bundle_scripts
from livebook.bytecode_writer import write_compiled
from livebook.imports import Blocked, imported_modules, names_in
from livebook.in_page.tracebacks import describe, remember
from livebook.live_python import required, with_digest
from livebook.pyodide import OutOfReachError, Pyodide, obtain
from livebook.wheels import distribution_files, make_wheel

OURS = [ROOT / "src/pydelt", ROOT / "src/calcbook"]


def test_imports_are_read_without_running() -> None:
    source = "import a.b\ndef f():\n    from c import d\nfrom . import e\n"
    assert imported_modules(source) == {"a.b", "c", "c.d"}
    assert imported_modules(source, eager=True) == {"a.b"}
    assert imported_modules("print(") == set()


def test_typing_imports_are_not_needed() -> None:
    source = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import torch\n"
    assert "torch" not in imported_modules(source, eager=True)


@pytest.mark.parametrize(
    ("cells", "blocked"),
    [
        (["import torch", "x = torch.ones(2)", "y = x + 1", "2"], {0, 1, 2}),
        (["import torch\nx = 1", "x = 2", "x + 1"], {0}),
        (["import torch\nx = 1", "def f(x):\n    return x", "f(3)"], {0}),
        (["import torch\nn = 1", "for n in range(3):\n    print(n)", "n"], {0}),
    ],
)
def test_cells_that_need_what_is_not_there(cells: list[str], blocked: set[int]) -> None:
    found = Blocked({"numpy"}, OURS).cells(cells, {})
    assert set(found) == blocked
    assert all(words == {"torch"} for words in found.values())


@pytest.mark.parametrize(
    ("cells", "blocked"),
    [
        (["from ours.heavy import train", "train()"], {0, 1}),
        (["from ours import heavy", "1"], {0}),
        (["from ours import light", "1"], set()),
    ],
)
def test_cells_that_need_a_module_which_needs_it(
    cells: list[str], blocked: set[int], tmp_path: Path
) -> None:
    package = tmp_path / "ours"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "light.py").touch()
    (package / "heavy.py").write_text("import torch\n\ndef train():\n    pass\n")
    assert set(Blocked({"numpy"}, [package]).cells(cells, {})) == blocked


def test_names_of_a_cell() -> None:
    assert names_in("a = b\nc = a") == ({"a", "c"}, {"b"})
    assert names_in("def f(x):\n    y = x + z\n    return y") == ({"f"}, {"z"})


def test_distribution_with_compiled_parts_is_refused() -> None:
    with pytest.raises(ExtensionError, match=r"'numpy' has compiled parts"):
        distribution_files("numpy")
    with pytest.raises(ExtensionError, match="'nowhere' is not installed"):
        distribution_files("nowhere")


def test_plotly_travels_without_its_scripts() -> None:
    _, files = distribution_files("plotly")
    assert "plotly/package_data/templates/plotly.json" in files
    assert not [name for name in files if name.endswith(".js")]


def test_equal_files_make_equal_wheels() -> None:
    files = {"a/__init__.py": b"x = 1\n"}
    wheel = make_wheel("a-b", "1.0", files)
    assert wheel == make_wheel("a-b", "1.0", dict(reversed(files.items())))
    names = zipfile.ZipFile(BytesIO(wheel)).namelist()
    assert "a_b-1.0.dist-info/RECORD" in names


@pytest.mark.parametrize("keep", [True, False])
def test_compiled_wheel_has_bytecode_that_runs(tmp_path: Path, keep: bool) -> None:
    wheel = make_wheel("a", "1", {"a/__init__.py": b'"""Doc."""\nx = 6 * 7\n', "a/b.pyx": b""})
    (tmp_path / "source").write_bytes(wheel)
    write_compiled(
        str(tmp_path / "source"), str(tmp_path / "target"), keep_source=keep, strip_docs=True
    )
    names = zipfile.ZipFile(tmp_path / "target").namelist()
    assert ("a/__init__.py" in names) == keep
    assert "a/b.pyx" not in names
    pyc = "a/__pycache__/__init__.cpython-312.pyc" if keep else "a/__init__.pyc"
    found: dict[str, object] = {}
    exec(marshal.loads(zipfile.ZipFile(tmp_path / "target").read(pyc)[16:]), found)
    assert found["x"] == 42
    assert found.get("__doc__") is None


def test_names_carry_the_digest() -> None:
    name = with_digest("numpy-2.0.2-cp312-cp312-pyodide_2024_0_wasm32.whl", "abcdef0123456789")
    assert name == "numpy-2.0.2-0abcdef0123-cp312-cp312-pyodide_2024_0_wasm32.whl"
    assert with_digest("openblas-0.3.26.zip", "abcdef01") == "openblas-0.3.26-0abcdef01.zip"


def test_requirements_of_extras_are_left_out() -> None:
    lines = ["numpy>=2.0", "Packaging", "pandas; extra == 'dev'"]
    assert required(lines) == {"numpy", "packaging"}


def test_mirror_without_the_file_is_out_of_reach(tmp_path: Path) -> None:
    pyodide = Pyodide.at(ROOT / "node_modules" / "pyodide")
    with pytest.raises(OutOfReachError, match=r"numpy.* does not exist"):
        obtain(pyodide.packages["numpy"], str(tmp_path), tmp_path)
    with pytest.raises(OutOfReachError, match="cannot be had"):
        obtain(pyodide.packages["numpy"], "http://127.0.0.1:9", tmp_path)


def test_closure_follows_dependencies() -> None:
    pyodide = Pyodide.at(ROOT / "node_modules" / "pyodide")
    assert pyodide.closure({"scipy"}) == ["numpy", "openblas", "scipy"]


def test_traceback_begins_in_the_cell() -> None:
    code = "def f():\n    raise ValueError('no')\nf()\n"
    remember(3, code)
    try:
        exec(compile(code, "<cell 3>", "exec"), {})
    except ValueError as error:
        told = describe(error)
    assert (told["cell"], told["line"]) == (3, 2)
    assert told["text"].startswith("Traceback (most recent call last):\n  Cell 3, line 3\n")
    assert "test_live_build" not in told["text"]
    assert told["text"].endswith("ValueError: no\n")


def test_folder_that_is_no_package_stops_the_build(tmp_path: Path) -> None:
    files = {"index.md": page("1"), "pyproject.toml": PROJECT}
    settings = {**LIVE, "livebook_live_packages": ["nowhere"]}
    with pytest.raises(ExtensionError, match=r"nowhere is no package"):
        build_site(tmp_path, files, **settings)


def test_pages_without_live_cells_are_as_before(tmp_path: Path) -> None:
    site = build_site(tmp_path, {"index.md": page("1")})
    assert "live-cells" not in site.read("index.html")
    assert not (site.folder / "sw.js").exists()


def test_eager_script_is_small(tmp_path: Path) -> None:
    entries = [ASSETS / "live" / name for name in ("start.js", "worker.js")]
    names = bundle_scripts(entries, ROOT / "node_modules", tmp_path)
    text = (tmp_path / names["start"]).read_text()
    shared = re.findall(r'from"\./([\w-]+\.js)"|import"\./([\w-]+\.js)"', text)
    eager = [tmp_path / (a or b) for a, b in shared] + [tmp_path / names["start"]]
    assert sum(len(gzip.compress(file.read_bytes())) for file in eager) < 15_000
