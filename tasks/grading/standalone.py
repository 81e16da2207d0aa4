"""Each test runs by itself: what another test has defined is not there when it runs."""

import symtable
from collections.abc import Sequence


def borrowed(tests: Sequence[str], others: Sequence[str]) -> list[tuple[int, str]]:
    """Return the names that tests use although only another test defines them.

    Parameters
    ----------
    tests, others : sequence of str
        The sources of the test cells and of all other code cells of a notebook.

    Returns
    -------
    list of (int, str)
        The place of the test and the name.
    """
    there = set[str]().union(*(_names(source)[0] for source in others))
    bound, used = zip(*map(_names, tests), strict=True) if tests else ((), ())
    found = []
    for place, wanted in enumerate(used):
        elsewhere = set[str]().union(*bound[:place], *bound[place + 1 :])
        missing = (wanted & elsewhere) - bound[place] - there
        found += [(place, name) for name in sorted(missing)]
    return found


def _names(source: str) -> tuple[set[str], set[str]]:
    """Return the names that a cell defines for other cells, and those it needs from outside."""
    try:
        top = symtable.symtable(source, "cell", "exec")
    except SyntaxError:  # a cell with a magic; what is wrong shows when the solution runs
        return set(), set()
    bound = {s.get_name() for s in top.get_symbols() if s.is_assigned() or s.is_imported()}
    used = {s.get_name() for s in top.get_symbols() if s.is_referenced()}
    inner = list(top.get_children())
    while inner:
        table = inner.pop()
        used |= {s.get_name() for s in table.get_symbols() if s.is_referenced() and s.is_global()}
        inner += table.get_children()
    return bound, used
