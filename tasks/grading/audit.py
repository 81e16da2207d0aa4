"""What a submission may use: a list of packages, and nothing that reaches out of the notebook.

This keeps honest mistakes and simple tricks out of a run on the teacher's machine. It is no
sandbox; against ill will, use Otter's Docker backend.
"""

import ast
from collections.abc import Iterable
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager

# fmt: off
ALLOWED = frozenset((
    "calcbook", "collections", "dataclasses", "fractions", "functools", "itertools", "math",
    "matplotlib", "numpy", "pandas", "plotly", "pydelt", "random", "scipy", "sklearn",
    "statistics", "sympy", "time", "torch", "typing", "warnings",
))
REFUSED_CALLS = frozenset((
    "breakpoint", "compile", "delattr", "eval", "exec", "exit", "get_ipython", "getattr",
    "globals", "input", "locals", "open", "quit", "setattr", "vars", "__import__",
))
# fmt: on
HARMLESS_ATTRIBUTES = ("__init__", "__name__", "__doc__")
HARMLESS_MAGICS = ("matplotlib", "time", "timeit")


def refusals(notebook: Any, allowed: Iterable[str] = ()) -> list[str]:
    """Return what in a notebook's code is not allowed, each with the number of its code cell.

    Parameters
    ----------
    notebook : NotebookNode
    allowed : iterable of str
        Packages that the teacher allows besides the usual ones.

    Notes
    -----
    A cell that is no Python is left to fail when it runs.
    """
    packages, found = ALLOWED | set(allowed), []
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(code, start=1):
        try:
            tree = ast.parse(_python(cell.source))
        except SyntaxError:
            continue
        found += [f"code cell {number}: {reason}" for reason in _reasons(tree, packages)]
    return found


def _python(source: str) -> str:
    """Return a cell as Python: magics and shell commands turn into calls of `get_ipython`."""
    lines = []
    for line in source.splitlines():
        words = line.strip().lstrip("%").split()
        if line.strip().startswith("%") and words and words[0] in HARMLESS_MAGICS:
            line = "pass"
        lines.append(line)
    return TransformerManager().transform_cell("\n".join(lines) + "\n")


def _reasons(tree: ast.AST, packages: frozenset[str] | set[str]) -> list[str]:
    reasons = []
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "." * node.level]
        reasons += [f"imports {name}" for name in names if name.split(".")[0] not in packages]
        if isinstance(node, ast.Name) and node.id in REFUSED_CALLS:
            shell = node.id == "get_ipython"
            reasons.append("runs a shell or magic command" if shell else f"uses {node.id}")
        if isinstance(node, ast.Attribute) and node.attr not in HARMLESS_ATTRIBUTES:
            reasons += [f"uses .{node.attr}"] if node.attr.startswith("__") else []
    return list(dict.fromkeys(reasons))
