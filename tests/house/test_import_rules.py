"""Who may import whom: the packages' imports, read from their syntax trees."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

OURS = {"pydelt", "calcbook", "livebook", "tasks"}
MAY_IMPORT_OF_OURS = {"pydelt": set(), "calcbook": {"pydelt"}, "livebook": set()}


def imports(tree: ast.Module) -> Iterator[tuple[str, bool]]:
    """Yield (top-level module name, whether it is imported lazily) for each absolute import."""
    eager = {id(node) for node in _at_import_time(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module]
        else:
            continue
        for name in names:
            yield name.split(".")[0], id(node) not in eager


def _at_import_time(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that run when the module is imported: all but the bodies of functions."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield child
            yield from _at_import_time(child)


def modules(root: Path, package: str) -> list[Path]:
    found = sorted((root / "src" / package).rglob("*.py"))
    assert found, f"no modules found in src/{package}"
    return found


@pytest.mark.parametrize("package", MAY_IMPORT_OF_OURS)
def test_packages_import_only_their_neighbors(root: Path, package: str) -> None:
    allowed = MAY_IMPORT_OF_OURS[package] | {package}
    wrong = [
        f"{path.relative_to(root)} imports {name}"
        for path in modules(root, package)
        for name, _ in imports(ast.parse(path.read_text()))
        if name in OURS - allowed
    ]
    assert wrong == []


def test_pydelt_needs_numpy_and_scipy_only(root: Path) -> None:
    always = set(sys.stdlib_module_names) | {"numpy", "scipy", "pydelt"}
    wrong = [
        f"{path.relative_to(root)} imports {name}{' lazily' if lazy else ''}"
        for path in modules(root, "pydelt")
        for name, lazy in imports(ast.parse(path.read_text()))
        if name not in always and not (lazy and name == "sklearn")
    ]
    assert wrong == []


def test_reader_tells_lazy_imports_from_eager_ones() -> None:
    source = (
        "import a.b\nif True:\n    import c\ndef f():\n    from d.e import g\nfrom . import h\n"
    )
    assert dict(imports(ast.parse(source))) == {"a": False, "c": False, "d": True}
