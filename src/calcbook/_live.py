"""The live face of a moving figure: ipywidgets controls that call the drawing function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import plotly.graph_objects as go

from calcbook import style
from calcbook._controls import Control

PLOTLY_MIME = "application/vnd.plotly.v1+json"


def face(
    draw: Callable[..., go.Figure], controls: Sequence[Control], *, alt: str, height: int
) -> dict[str, Any]:
    """Return the MIME bundle of the figure with its controls, or without where they are missing."""

    def shown(**values: Any) -> go.Figure:
        figure = draw(**values)
        return figure.update_layout(template=style.TEMPLATE, height=height)

    start = {control.name: control.values[control.start] for control in controls}
    try:
        import ipywidgets
    except ImportError:
        note = " (install ipywidgets to move it)" if controls else ""
        return _still(shown(**start), alt + note)
    if not controls:
        return _still(shown(), alt)
    widgets = {control.name: _widget(ipywidgets, control) for control in controls}
    output = ipywidgets.interactive_output(lambda **values: _display(shown(**values), alt), widgets)
    box = ipywidgets.VBox([*widgets.values(), output])
    return box._repr_mimebundle_() | {"text/plain": alt}


def _still(figure: go.Figure, alt: str) -> dict[str, Any]:
    """Return a figure as JupyterLab shows it, and also as HTML where plotly asks for that."""
    import plotly.io

    shown = figure.to_plotly_json()
    # Colab has no viewer of plotly's own type.
    html = plotly.io.renderers["colab"] if plotly.io.renderers.default == "colab" else None
    return {
        PLOTLY_MIME: shown,
        "text/plain": alt,
        **(html.to_mimebundle(shown) if html else {}),
    }


def _display(figure: go.Figure, alt: str) -> None:
    from IPython.display import display

    display(_still(figure, alt), raw=True)


def _widget(ipywidgets: Any, control: Control) -> Any:
    kind = ipywidgets.SelectionSlider if control.kind == "range" else ipywidgets.Dropdown
    return kind(
        options=list(zip(control.labels, control.values, strict=True)),
        index=control.start,
        description=control.label,
        continuous_update=False,
        style={"description_width": "initial"},
    )
