"""The key that ties executed outputs to the sources they were made with.

The notebook cache recognizes a page by its code cells alone. What the cells import and read can
change while the page does not, so the outputs carry a key over those files beside them.
"""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the key is also computed where no site is built
    from sphinx.application import Sphinx

KEY_FILE = "execution-key.txt"


def execution_key(root: Path, inputs: Iterable[str]) -> str:
    """Return a digest over the paths and contents of all files that match the patterns.

    Parameters
    ----------
    root : Path
        Folder that the patterns are relative to.
    inputs : iterable of str
        Glob patterns; `**` stands for any number of folders.

    Raises
    ------
    ValueError
        If a pattern matches no file: a misspelled pattern would watch nothing.
    """
    found: set[Path] = set()
    for pattern in inputs:
        files = {path for path in root.glob(pattern) if path.is_file()}
        if not files:
            raise ValueError(
                f"livebook_execution_inputs: {pattern!r} matches no file below {root}; "
                "correct the pattern or remove it"
            )
        found |= files
    digest = hashlib.sha256()
    for path in sorted(found):
        name, content = path.relative_to(root).as_posix().encode(), path.read_bytes()
        for part in (name, content):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def warn_if_stale(app: "Sphinx") -> None:
    """Warn if the notebook cache was filled with other sources than those that stand here."""
    if not app.config.livebook_execution_inputs:
        return
    cache = app.config.nb_execution_cache_path or Path(app.outdir).parent / ".jupyter_cache"
    stamp = Path(cache) / KEY_FILE
    current = execution_key(Path(app.confdir), app.config.livebook_execution_inputs)
    if stamp.exists() and stamp.read_text().strip() != current:
        from sphinx.util import logging

        logging.getLogger(__name__).warning(
            "the outputs in the cache %s were made with other sources than the present ones; "
            "run `make serve`, which executes the pages again",
            cache,
            type="livebook",
            subtype="execution",
        )


def setup(app: "Sphinx") -> None:
    """Check the cache when the build starts, and ask executed pages for static figures."""
    os.environ["LIVEBOOK_STATIC"] = "1"
    app.add_config_value("livebook_execution_inputs", [], "", types=frozenset({list}))
    app.connect("builder-inited", warn_if_stale)
