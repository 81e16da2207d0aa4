"""Small Sphinx projects, built for a test and looked at."""

import json
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

ROOT = Path(__file__).resolve().parents[2]
MIME = "application/vnd.livebook.figure+json"


@dataclass(frozen=True)
class Site:
    """A built project: its folder, what it warned of, and its pages."""

    folder: Path
    warnings: str

    def read(self, page: str) -> str:
        """Return the text of a built file."""
        return (self.folder / page).read_text(encoding="utf-8")


def build_site(folder: Path, files: dict[str, str], builder: str = "html", **config: Any) -> Site:
    """Write the files that are new and build; no kernel is needed, notebooks bring outputs."""
    source, output = folder / "source", folder / "build" / builder
    for name, text in files.items():
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
    settings = {
        "extensions": ["myst_nb", "livebook"],
        "myst_enable_extensions": ["dollarmath", "amsmath"],
        "nb_execution_mode": "off",
        "html_theme": "basic",
        "numfig": True,
        "livebook_node_modules": str(ROOT / "node_modules"),
        "livebook_light": False,
        **config,
    }
    warnings = StringIO()
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            source,
            None,
            output,
            folder / "doctrees",
            builder,
            confoverrides=settings,
            status=None,
            warning=warnings,
        )
        app.build()
    return Site(output, warnings.getvalue())


def exercise(number: str, stars: int = 1) -> str:
    """Return an exercise with its solution, both by the label's number, such as ``2-3``."""
    return f"""```{{exercise-start}} Title
:label: exercise-{number}
:class: stars-{stars} by-hand
```
Do it.

```{{exercise-end}}
```

```{{solution-start}} exercise-{number}
:label: solution-{number}
```
Done.

<div class="verdict verdict-right">right</div>

```{{solution-end}}
```

"""


def bundle(**changes: Any) -> dict[str, Any]:
    """Return a figure of two controls and six positions; the second trace never moves."""
    x = [0, 1, 2, 3]
    heights = [k * s for k in (1, 2, 3) for s in (1, -1)]
    start = [heights[2] * value for value in x]
    figure = {
        "version": 1,
        "alt": "A line through the origin, 'steep' & <thin>.",
        "height": 300,
        "bundle": "cartesian",
        "controls": [
            {
                "name": "slope",
                "label": "slope k",
                "kind": "range",
                "labels": ["1", "2", "3"],
                "start": 1,
            },
            {
                "name": "sign",
                "label": "sign",
                "kind": "select",
                "labels": ["up", "down"],
                "start": 0,
            },
        ],
        "data": [
            {
                "type": "scatter",
                "name": "</script>",
                "x": x,
                "y": start,
                "line": {"color": "#0072b2"},
            },
            {
                "type": "scatter",
                "x": x,
                "y": [0, 0, 0, 0],
                "line": {"color": "#6e7681"},
                "marker": {"color": x, "colorscale": [[0, "#0072b2"], [1, "#6e7681"]]},
            },
        ],
        "layout": {"font": {"color": "#1f2328"}},
        "frames": [{"data": {"0": {"y": [height * value for value in x]}}} for height in heights],
        "dark": {"#0072b2": "#56b4e9", "#1f2328": "#e6e9ed"},
        "poster": '<svg viewBox="0 0 720 300"><path d="M0 0L9 9" '
        'style="stroke:var(--c0072b2,#0072b2)"/></svg>',
    }
    return {**figure, **changes}


def notebook(*bundles: dict[str, Any], title: str = "# Page", **cell: Any) -> str:
    """Return a notebook whose cells show the figures; `cell` goes into each cell's metadata."""
    cells: list[dict[str, Any]] = [{"cell_type": "markdown", "metadata": {}, "source": title}]
    for figure in bundles:
        output = {
            "output_type": "display_data",
            "metadata": {},
            "data": {MIME: figure, "text/plain": figure.get("alt", "")},
        }
        cells.append(
            {
                "cell_type": "code",
                "execution_count": 1,
                "metadata": cell,
                "source": "show()",
                "outputs": [output],
            }
        )
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps(
        {"nbformat": 4, "nbformat_minor": 4, "metadata": {"kernelspec": kernel}, "cells": cells}
    )
