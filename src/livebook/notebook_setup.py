"""A notebook's first code cell: installs what the notebook needs where that is missing."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from livebook.imports import imported_modules, module_file, top_levels


def filled_in(requirements: Mapping[str, str], repository: str, branch: str) -> dict[str, str]:
    """Return requirements with the address and the branch of the repository filled in."""
    return {
        module: requirement.format(repository=repository, branch=branch)
        for module, requirement in requirements.items()
    }


def needed_modules(cells: Iterable[str], packages: Iterable[Path]) -> set[str]:
    """Return the top-level names that cells import, themselves or through modules of ours.

    Parameters
    ----------
    cells : iterable of str
        Their code.
    packages : iterable of Path
        Folders of our packages. What a module of theirs imports is needed where a cell imports it.
    """
    packages, seen = list(packages), set[str]()
    pending = {module for code in cells for module in imported_modules(code)}
    while pending:
        seen |= pending
        files = {file for module in pending if (file := module_file(packages, module))}
        sources = (file.read_text(encoding="utf-8") for file in files)
        pending = {module for source in sources for module in imported_modules(source)} - seen
    return top_levels(seen)


def setup_code(needed: Iterable[str], installs: Mapping[str, str]) -> str:
    """Return the code of the set-up cell, empty where there is nothing to install.

    Parameters
    ----------
    needed : iterable of str
        The modules that the notebook needs.
    installs : mapping
        Module -> the requirement that brings it, for modules that may be missing.
    """
    wanted = {module: installs[module] for module in installs if module in set(needed)}
    if not wanted:
        return ""
    lines = [
        f'if find_spec("{module}") is None:\n    %pip install --quiet "{requirement}"'
        for module, requirement in wanted.items()
    ]
    return (
        "# Set-up: installs what this notebook needs where that is missing, as on Colab.\n"
        "from importlib.util import find_spec\n\n" + "\n".join(lines)
    )
