"""A moving figure as HTML: the poster, native controls, and the data for the script.

Standard library only: the page's own Python writes its figures with it too.
"""

import json
from html import escape
from typing import Any


def control_html(control: dict[str, Any], uid: str) -> str:
    """Return one labeled native control: a slider with its value, or a list to choose from."""
    name, labels, start = control["name"], control["labels"], control["start"]
    ident = f"{uid}-{name}"
    label = f'<label for="{escape(ident)}">{escape(control["label"])}</label>'
    common = f'id="{escape(ident)}" data-name="{escape(name)}" autocomplete="off"'
    if control["kind"] == "select":
        options = "".join(
            f'<option value="{i}"{" selected" if i == start else ""}>{escape(text)}</option>'
            for i, text in enumerate(labels)
        )
        return (
            f'<div class="moving-figure-control">{label}<select {common}>{options}</select></div>'
        )
    return (
        f'<div class="moving-figure-control">{label}'
        f'<output for="{escape(ident)}" aria-live="polite">{escape(labels[start])}</output>'
        f'<input type="range" {common} min="0" max="{len(labels) - 1}" step="1" value="{start}" '
        f'aria-valuetext="{escape(labels[start])}" data-labels="{escape(json.dumps(labels))}">'
        "</div>"
    )


def hint_html(bundle: dict[str, Any]) -> str:
    """Return the words that say what can be dragged; nothing where nothing can."""
    count = len(bundle.get("handles", ()))
    if not count:
        return ""
    what = "the ringed point" if count == 1 else "a ringed point"
    return f'<p class="moving-figure-hint">Drag {what}, or use the controls.</p>'


def drawn_data(bundle: dict[str, Any], library_name: str) -> str:
    """Return what the script draws a figure from, as JSON that can stand in a page."""
    drawn = {key: bundle[key] for key in ("height", "data", "layout", "frames", "dark")}
    if bundle.get("handles"):
        drawn["handles"] = bundle["handles"]
    drawn["library"] = library_name
    # No "<" may stand in the data: it could end the script element.
    return json.dumps(drawn, separators=(",", ":"), ensure_ascii=False).replace("<", "\\u003c")


def figure_html(bundle: dict[str, Any], uid: str, data: str = "", file: str = "") -> str:
    """Return the whole figure.

    Parameters
    ----------
    bundle : dict
        The figure as its notebook gave it.
    uid : str
        The element's id; those of the controls begin with it.
    data : str
        What it is drawn from (`drawn_data`), to stand in the page itself.
    file : str
        Where the data lie instead, in the folder of the figures' script.
    """
    alt, height = escape(bundle["alt"]), f"{bundle['height']:g}px"
    controls = "".join(control_html(control, uid) for control in bundle["controls"])
    if controls:
        controls = (
            '<div class="moving-figure-controls" role="group" '
            f'aria-label="Controls of the figure">{hint_html(bundle)}{controls}</div>'
        )
    source = f' data-file="{escape(file)}"' if file else ""
    inline = f'<script type="application/json">{data}</script>' if data else ""
    return (
        f'<div class="moving-figure" id="{escape(uid)}"{source} style="--figure-height:{height}">'
        f'<div class="moving-figure-plot" role="img" aria-label="{alt}">'
        f'<div class="moving-figure-poster" aria-hidden="true">{bundle["poster"]}</div></div>'
        f"{controls}{inline}</div>\n"
    )
