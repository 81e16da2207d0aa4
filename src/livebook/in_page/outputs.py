"""What a cell's value looks like in the page: the richest form that the page can show."""

import base64
import io
import json
import sys
from typing import Any

from livebook.in_page import messages
from livebook.in_page.messages import emit
from livebook.in_page.moving import show_bundle, show_moving

FORMS = (
    ("text/html", "_repr_html_"),
    ("image/svg+xml", "_repr_svg_"),
    ("image/png", "_repr_png_"),
    ("text/latex", "_repr_latex_"),
    ("text/markdown", "_repr_markdown_"),
)
SOLID = ("surface", "mesh3d", "isosurface", "volume", "cone", "streamtube")


def display(*values: Any) -> None:
    """Show values, unless the cell is quiet: then nothing is drawn either."""
    for value in values if not messages.quiet else ():
        _display(value)


def _display(value: Any) -> None:
    if isinstance(value, type):  # a class has its objects' methods, and cannot call them
        emit("output", mime="text/plain", content=repr(value))
    elif hasattr(value, "_livebook_frames_"):
        show_moving(value)
    elif _is_from(value, "plotly.basedatatypes", "BaseFigure"):
        _show_plotly(json.loads(value.to_json()))
    elif _is_from(value, "matplotlib.figure", "Figure"):
        show_picture(value)
    else:
        mime, content = _richest(value)
        emit("output", mime=mime, content=content)


def show_pictures() -> None:
    """Show the figures that matplotlib holds, and close them."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        for number in pyplot.get_fignums() if not messages.quiet else ():
            show_picture(pyplot.figure(number))
        pyplot.close("all")


def show_picture(figure: Any) -> None:
    """Show one figure of matplotlib."""
    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=2 * figure.dpi, bbox_inches="tight")
    titles = [axes.get_title() for axes in figure.axes if axes.get_title()]
    words = ", ".join(titles) or "Plot that this cell drew"
    emit("output", mime="image/png", content=_encoded(picture.getvalue()), alt=words)


def _is_from(value: Any, module: str, name: str) -> bool:
    return module in sys.modules and isinstance(value, getattr(sys.modules[module], name))


def _show_plotly(figure: dict[str, Any]) -> None:
    data, layout = figure["data"], figure["layout"]
    kinds = {trace.get("type", "scatter") for trace in data}
    solid = any(kind.endswith("3d") or kind in SOLID for kind in kinds)
    layout.setdefault("paper_bgcolor", "#fff")  # its template is made for a white page
    layout.setdefault("plot_bgcolor", "#fff")
    show_bundle(
        {
            "alt": layout.get("title", {}).get("text") or "Plot that this cell drew",
            "height": layout.get("height") or 420,
            "bundle": "gl3d" if solid else "cartesian",
            "controls": [],
            "data": data,
            "layout": layout,
            "frames": [],
            "dark": {},
            "poster": "",
        }
    )


def _richest(value: Any) -> tuple[str, str]:
    """Return (MIME type, content) of the first form that the value has."""
    for mime, method in FORMS:
        try:
            content = getattr(value, method)()
        except Exception:  # as in a notebook: a form that fails is one that is not there
            continue
        if content is not None:
            if mime == "text/markdown":
                return _from_markdown(content)
            return mime, _encoded(content) if isinstance(content, bytes) else content
    return "text/plain", repr(value)


def _from_markdown(text: str) -> tuple[str, str]:
    """Return (MIME type, content) of Markdown: HTML, or itself on a site without markdown-it-py."""
    try:
        from markdown_it import MarkdownIt
    except ModuleNotFoundError:
        return "text/plain", text
    return "text/html", MarkdownIt("commonmark").enable("table").render(text)


def _encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()
