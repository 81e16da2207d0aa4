"""Which names a cell gives to others and takes from them, so that a cell can run without all above.

Read from the syntax tree, without running anything, and always on the safe side: where a cell may
change what a name stands for, it counts as changing it.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

# What draws random numbers changes with every use, whoever uses it.
GENERATORS = ("default_rng", "RandomState", "Generator", "manual_seed", "iter")
BODIES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass
class CellNames:
    """What one cell does with names.

    Attributes
    ----------
    binds : set
        Names that stand for something new after the cell, whatever they stood for before.
    touches : set
        Names whose object, or whose binding, the cell may change.
    uses : set
        Names that it takes from earlier cells, those that its functions take when called included.
    """

    binds: set[str] = field(default_factory=set)
    touches: set[str] = field(default_factory=set)
    uses: set[str] = field(default_factory=set)

    def listed(self) -> dict[str, list[str]]:
        """Return the names as sorted lists, empty ones left out."""
        kinds = {"binds": self.binds, "touches": self.touches, "uses": self.uses}
        return {kind: sorted(names) for kind, names in kinds.items() if names}


@dataclass
class _Function:
    """What a function of a page takes from, and changes in, the cells around it."""

    takes: set[str]
    changes: set[str]


class PageNames:
    """The names of a page's cells, in order."""

    def __init__(self) -> None:
        self.modules: set[str] = set()
        self.generators: set[str] = set()
        self.functions: dict[str, _Function] = {}

    def cell(self, source: str) -> CellNames:
        """Return the names of the next cell; one that is no Python has none."""
        try:
            tree = ast.parse(source)
        except SyntaxError:
            return CellNames()
        found = CellNames()
        for statement in tree.body:
            self._statement(statement, found)
        return found

    def _statement(self, statement: ast.stmt, found: CellNames) -> None:
        taken = _free(statement)
        changed = self._changed(statement)
        for name in list(taken):
            if name in self.functions:
                taken |= self.functions[name].takes
                changed |= self.functions[name].changes
            if name in self.generators:
                changed.add(name)
        found.uses |= taken - found.binds
        found.touches |= changed
        if isinstance(statement, ast.Import | ast.ImportFrom):
            bound = {(each.asname or each.name).split(".")[0] for each in statement.names}
            self.modules |= bound
        else:
            bound = set(_bound(statement))
            self.modules -= bound
        if any(word in ast.unparse(statement) for word in GENERATORS):
            self.generators |= bound
        for name in bound:
            self.functions.pop(name, None)
        self._remember(statement, bound)
        found.touches |= set(_stored(statement)) - bound
        found.binds |= bound

    def _remember(self, statement: ast.stmt, bound: set[str]) -> None:
        """Note what the functions in a statement take, by the names that it binds."""
        bodies = [node for node in ast.walk(statement) if isinstance(node, BODIES)]
        if not bodies and not isinstance(statement, ast.ClassDef):
            return
        takes, changes = _free(statement) - bound, self._changed(statement) - bound
        for name in list(takes):
            if name in self.functions:
                takes |= self.functions[name].takes
                changes |= self.functions[name].changes
            if name in self.generators:
                changes.add(name)
        for name in bound:
            self.functions[name] = _Function(takes, changes)

    def _changed(self, statement: ast.stmt) -> set[str]:
        """Return the names whose objects a statement may change."""
        changed: set[str] = set()
        local = _local(statement)
        for node in ast.walk(statement):
            if isinstance(node, ast.Subscript | ast.Attribute) and not isinstance(
                node.ctx, ast.Load
            ):
                changed |= _root(node)
            elif isinstance(node, ast.AugAssign | ast.Delete):
                targets = [node.target] if isinstance(node, ast.AugAssign) else node.targets
                changed |= set().union(*map(_root, targets))
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                root = _root(node.func)
                alone = isinstance(statement, ast.Expr) and statement.value is node
                changed |= root if alone else root - self.modules  # alone, such as np.seterr()
        return changed - local


def _root(node: ast.AST) -> set[str]:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Starred):
        node = node.value
    if isinstance(node, ast.Tuple | ast.List):
        return set().union(*map(_root, node.elts))
    return {node.id} if isinstance(node, ast.Name) else set()


def _local(statement: ast.stmt) -> set[str]:
    """Return names that belong to the functions, comprehensions and classes in a statement."""
    names: set[str] = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.comprehension):
            names |= {n.id for n in ast.walk(node.target) if isinstance(n, ast.Name)}
        elif isinstance(node, DEFINITIONS):
            outside = {n for inner in ast.walk(node) if isinstance(inner, ast.Global | ast.Nonlocal)
                       for n in inner.names}  # fmt: skip
            stored = {n.id for n in ast.walk(node)
                      if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)}  # fmt: skip
            names |= stored - outside
    return names


def _free(statement: ast.stmt) -> set[str]:
    """Return the names that a statement takes from outside, now or when its functions run."""
    loaded = {
        node.id
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    for node in ast.walk(statement):
        if isinstance(node, ast.AugAssign):
            loaded |= _root(node.target)
    looped = set(_names(statement.target)) if isinstance(statement, ast.For) else set()
    return loaded - _local(statement) - looped


def _bound(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement binds in any case."""
    match statement:
        case ast.Assign(targets=targets):
            for target in targets:
                yield from _names(target)
        case ast.AnnAssign(target=target, value=value) if value is not None:
            yield from _names(target)
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.With(items=items, body=body):
            for item in items:
                if item.optional_vars is not None:
                    yield from _names(item.optional_vars)
            for inner in body:
                yield from _bound(inner)


def _names(target: ast.AST) -> Iterator[str]:
    if isinstance(target, ast.Name):
        yield target.id
    elif isinstance(target, ast.Tuple | ast.List):
        for element in target.elts:
            yield from _names(element)
    elif isinstance(target, ast.Starred):
        yield from _names(target.value)


def _stored(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement may bind, in a branch or in a loop."""
    local = _local(statement)
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            if node.id not in local:
                yield node.id
        elif isinstance(node, ast.FunctionDef) and not isinstance(statement, DEFINITIONS):
            yield node.name
        elif isinstance(node, ast.Global):
            yield from node.names
