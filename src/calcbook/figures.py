"""Figures that move: one call, a live face in a kernel and a static face in the published page.

In a live kernel the controls are ipywidgets and every move calls the drawing function. While the
book is built (environment variable ``LIVEBOOK_STATIC=1``) all states are drawn once and go
into one bundle, which the page moves through with native controls, no kernel and no network.
Where the page's own Python runs, it draws each state when the reader asks for it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

import plotly.graph_objects as go

from calcbook._bundle import MIME, bundle
from calcbook._controls import Control
from calcbook._frames import Frames
from calcbook._handles import Handle


class MovingFigure:
    """A drawing function with its controls; displays itself. Made by `moving_figure`."""

    def __init__(
        self,
        draw: Callable[..., go.Figure],
        controls: Sequence[Control],
        *,
        alt: str,
        height: int,
        fixed_axes: bool,
        drag: Sequence[Handle] = (),
    ) -> None:
        if not isinstance(alt, str) or not alt.strip():
            raise ValueError("`alt` is blank; say in a sentence what the figure shows.")
        if not callable(draw):
            raise TypeError(f"`draw` must be a function, got {type(draw).__name__}.")
        if height < 100:
            raise ValueError(f"`height` is {height} pixels; give at least 100.")
        self.draw = draw
        self.controls = list(controls)
        self.alt = " ".join(alt.split())
        self.height = int(height)
        self.fixed_axes = fixed_axes
        self.handles = [handle.described(self.controls) for handle in drag]

    def bundle(self) -> dict[str, Any]:
        """Draw every state and return the static page's bundle.

        Raises
        ------
        FigureError
            If a drawing is no figure, holds a trace type the book cannot draw, the states differ
            in their traces, or the figure is too large.
        """
        return bundle(
            self.draw,
            self.controls,
            alt=self.alt,
            height=self.height,
            fixed_axes=self.fixed_axes,
            handles=self.handles,
        )

    def _livebook_frames_(self) -> Frames:
        """Return the states one by one, for the page's own Python."""
        return Frames(self)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        if os.environ.get("LIVEBOOK_STATIC") == "1":
            return {MIME: self.bundle(), "text/plain": self.alt}
        from calcbook import _live

        return _live.face(self.draw, self.controls, alt=self.alt, height=self.height)

    def __repr__(self) -> str:
        moves = ", ".join(control.name for control in self.controls) or "nothing"
        return f"<figure moved by {moves}: {self.alt}>"


def moving_figure(
    draw: Callable[..., go.Figure],
    *,
    alt: str,
    height: int = 420,
    fixed_axes: bool = True,
    drag: Sequence[Handle] = (),
    **controls: Control | Sequence[Any],
) -> MovingFigure:
    """Make a figure that the reader can move.

    Parameters
    ----------
    draw : callable
        Called with one value for each control by keyword; returns a plotly figure, with the same
        traces in the same order for all values. At most 300 points to a trace keep a page light.
    alt : str
        What the figure shows, for readers who do not see it.
    height : int
        Height in pixels.
    fixed_axes : bool
        Axes for which ``draw`` sets no range get one that holds all states, so that only the data
        move. With False each state has its own.
    drag : sequence of Handle
        Places of the plot that the reader can also drag, in the page and wherever its script draws.
        In a kernel the controls alone move the figure; they remain the way of the keyboard.
    **controls : sequence or Control
        The values of each parameter of ``draw``: numbers make a slider, strings a menu. The product
        of the lengths is at most 150, and 700 with a handle, so that dragging is smooth.

    Returns
    -------
    MovingFigure
        Displays itself as a cell's last expression.

    Raises
    ------
    ValueError
        If ``alt`` is blank, there is no control, a control's values are empty, or a handle asks
        for what is no control.

    Examples
    --------
    >>> from calcbook import charts, moving_figure
    >>> import numpy as np
    >>> x = np.linspace(0, 1, 50)
    >>> figure = moving_figure(
    ...     lambda power: charts.curves({"x to the power": (x, x**power)}, x="x", y="y"),
    ...     alt="A power of x between 0 and 1, which bends more as the exponent grows.",
    ...     power=[1, 2, 3],
    ... )
    >>> len(figure.bundle()["frames"])
    3
    """
    if not controls:
        raise ValueError("a moving figure needs a control; use `still_figure` for one without.")
    named = [
        (values if isinstance(values, Control) else Control(values)).named(name)
        for name, values in controls.items()
    ]
    return MovingFigure(draw, named, alt=alt, height=height, fixed_axes=fixed_axes, drag=drag)


def still_figure(figure: go.Figure, *, alt: str, height: int = 420) -> MovingFigure:
    """Show a figure with no controls, in the same style and with the same poster.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
    alt : str
        What the figure shows, for readers who do not see it.
    height : int
        Height in pixels.
    """
    return MovingFigure(lambda: figure, [], alt=alt, height=height, fixed_axes=True)
