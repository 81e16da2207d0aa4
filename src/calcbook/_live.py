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
        return {PLOTLY_MIME: shown(**start).to_plotly_json(), "text/plain": alt + note}
    if not controls:
        return {PLOTLY_MIME: shown().to_plotly_json(), "text/plain": alt}
    widgets = {control.name: _widget(ipywidgets, control) for control in controls}
    output = ipywidgets.interactive_output(lambda **values: _display(shown(**values), alt), widgets)
    box = ipywidgets.VBox([*widgets.values(), output])
    return box._repr_mimebundle_() | {"text/plain": alt}


def _display(figure: go.Figure, alt: str) -> None:
    from IPython.display import display

    display({PLOTLY_MIME: figure.to_plotly_json(), "text/plain": alt}, raw=True)


def _widget(ipywidgets: Any, control: Control) -> Any:
    kind = ipywidgets.SelectionSlider if control.kind == "range" else ipywidgets.Dropdown
    return kind(
        options=list(zip(control.labels, control.values, strict=True)),
        index=control.start,
        description=control.label,
        continuous_update=False,
        style={"description_width": "initial"},
    )
