"""The table of contents as Sphinx has read it, whichever file it came from."""

from collections.abc import Iterator

from sphinx.environment import BuildEnvironment


def pages_in_order(env: BuildEnvironment) -> Iterator[tuple[str, int]]:
    """Yield each page of the table of contents with its depth, in reading order.

    The root stands first with depth 0, and so do the pages listed directly below it.
    """
    seen: set[str] = set()

    def walk(docname: str, depth: int) -> Iterator[tuple[str, int]]:
        if docname in seen:
            return
        seen.add(docname)
        yield docname, max(depth, 0)
        for child in env.toctree_includes.get(docname, []):
            yield from walk(child, depth + 1)

    yield from walk(env.config.root_doc, -1)


def is_listed(env: BuildEnvironment, docname: str) -> bool:
    """Tell whether a page stands in the table of contents."""
    return any(docname == page for page, _ in pages_in_order(env))
