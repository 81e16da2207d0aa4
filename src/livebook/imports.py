"""What code imports, read from its syntax tree without running it."""

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path


def imported_modules(source: str, *, eager: bool = False) -> set[str]:
    """Return the full names of the modules that the source imports, relative ones left out.

    Parameters
    ----------
    source : str
        Python; a cell that is none imports nothing.
    eager : bool
        Only what is imported when the code runs, not what its functions import when called.
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return set()
    names: set[str] = set()
    for node in _eager_nodes(tree) if eager else ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def _eager_nodes(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        typing_only = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
        if not typing_only and not isinstance(
            child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
        ):
            yield child
            yield from _eager_nodes(child)


def top_levels(modules: Iterable[str]) -> set[str]:
    """Return the first parts of module names, those of the standard library left out."""
    return {name.split(".")[0] for name in modules} - set(sys.stdlib_module_names)


def package_imports(folder: Path, *, eager: bool) -> set[str]:
    """Return the top-level names that the modules below a folder import, its own left out."""
    names: set[str] = set()
    for path in folder.rglob("*.py"):
        names |= imported_modules(path.read_text(encoding="utf-8"), eager=eager)
    return top_levels(names) - {folder.name}


def module_file(folders: Iterable[Path], module: str) -> Path | None:
    """Return the file of a module of one of the packages in `folders`, None if it is none."""
    first, *rest = module.split(".")
    for folder in folders:
        if folder.name == first:
            place = folder.joinpath(*rest)
            for file in (place.with_suffix(".py"), place / "__init__.py"):
                if rest and file.is_file():
                    return file
    return None


class Blocked:
    """Which cells of a page a browser's Python cannot run, and for want of what.

    Parameters
    ----------
    available : set of str
        Top-level names that can be imported there, the standard library's aside.
    packages : list of Path
        Folders of our packages, whose modules are looked into.
    """

    def __init__(self, available: set[str], packages: list[Path]) -> None:
        self.available = available | {folder.name for folder in packages}
        self.packages = packages

    def missing(self, source: str) -> set[str]:
        """Return the top-level names that a cell needs and the browser lacks."""
        modules = imported_modules(source)
        for module in list(modules):
            if file := module_file(self.packages, module):
                modules |= imported_modules(file.read_text(encoding="utf-8"))
        return top_levels(modules) - self.available

    def cells(self, sources: list[str], refused: dict[int, str]) -> dict[int, set[str]]:
        """Return what is missing by the number of each cell that cannot run.

        A cell that uses a name which only such a cell defines cannot run either.

        Parameters
        ----------
        sources : list of str
            The page's cells, in order.
        refused : dict
            What cells need for another reason, by their number.
        """
        blocked: dict[int, set[str]] = {}
        absent: dict[str, set[str]] = {}  # a name that is not there -> for want of what
        for number, source in enumerate(sources):
            defined, used = names_in(source)
            wanting = self.missing(source) | ({refused[number]} if number in refused else set())
            for name in used & absent.keys():
                wanting |= absent[name]
            if wanting:
                blocked[number] = wanting
            for name in defined:
                absent.pop(name, None)
                if wanting:
                    absent[name] = wanting
        return blocked


def names_in(source: str) -> tuple[set[str], set[str]]:
    """Return (names a cell defines for later cells, names it takes from earlier ones)."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return set(), set()
    defined: set[str] = set()
    used: set[str] = set()
    for statement in tree.body:
        stored, loaded = _names(statement)
        used |= loaded - defined
        defined |= stored
    return defined, used


def _names(statement: ast.stmt) -> tuple[set[str], set[str]]:
    stored: set[str] = set()
    loaded: set[str] = set()
    local: set[str] = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.Name):
            (loaded if isinstance(node.ctx, ast.Load) else stored).add(node.id)
        elif isinstance(node, ast.arg):
            local.add(node.arg)
        elif isinstance(node, ast.alias):
            stored.add((node.asname or node.name).split(".")[0])
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        local |= stored  # the body's names end with it
        stored = {statement.name}
    return stored, loaded - local - (stored if isinstance(statement, ast.For) else set())
