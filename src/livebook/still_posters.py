"""A figure's poster as a picture of a fixed size, for programs that know SVG and little CSS.

On a page a poster follows the page's width: lines keep their width where a drawing is stretched,
colors are variables, and the legend is HTML. Here the stretching is worked into the paths.
"""

import re
import xml.etree.ElementTree as ET
from itertools import cycle
from typing import NamedTuple

NAMESPACE = "http://www.w3.org/2000/svg"
VARIABLE = re.compile(r"var\(--[\w-]+,([^()]*)\)")
PATH_PART = re.compile(r"([A-Za-z])([^A-Za-z]*)")
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?")
INSET = re.compile(r"(?:margin|inset):(-?\d+)px (\d+)px (?:var\(--below,)?(\d+)(?:px)?\)? (\d+)px")


class Box(NamedTuple):
    """A rectangle in pixels."""

    left: float
    top: float
    width: float
    height: float


def scaled_path(data: str, x: float, y: float) -> str:
    """Return a path's data, of lines alone, scaled by one factor across and one down."""
    parts = []
    for command, numbers in PATH_PART.findall(data):
        factors = {"h": (x,), "v": (y,)}.get(command.lower(), (x, y))
        values = [float(number) for number in NUMBER.findall(numbers)]
        scaled = [f"{value * factor:.2f}" for value, factor in zip(values, cycle(factors))]
        parts.append(command + " ".join(scaled))
    return "".join(parts)


def length(text: str, whole: float) -> float:
    """Return a length in pixels; one in percent is a share of the whole."""
    return float(text[:-1]) / 100 * whole if text.endswith("%") else float(text)


def unstretch(element: ET.Element, width: float, height: float) -> None:
    """Work the stretching of every drawing below an element of this size into its paths."""
    for child in list(element):
        if child.tag != f"{{{NAMESPACE}}}svg":
            if child.tag == f"{{{NAMESPACE}}}foreignObject":
                element.remove(child)
            unstretch(child, width, height)
            continue
        own_width = length(child.get("width", "100%"), width)
        own_height = length(child.get("height", "100%"), height)
        unstretch(child, own_width, own_height)
        if child.get("preserveAspectRatio") == "none":
            *_, units_across, units_down = map(float, child.attrib.pop("viewBox").split())
            for path in child.iter(f"{{{NAMESPACE}}}path"):
                factors = own_width / units_across, own_height / units_down
                path.set("d", scaled_path(path.get("d", ""), *factors))


def plot_box(style: str, width: float, height: float) -> Box:
    """Return where a poster of this size has its plot, from the style of its root."""
    found = INSET.search(style)
    if found is None:
        raise ValueError("the poster's root says neither margins nor insets")
    top, right, bottom, left = map(float, found.groups())
    inner = width - left - right, height - top - bottom
    if ratio := re.search(r"aspect-ratio:([\d.]+)", style):
        across = min(inner[0], inner[1] * float(ratio[1]))
        down = across / float(ratio[1])
        return Box(left + (inner[0] - across) / 2, top + (inner[1] - down) / 2, across, down)
    return Box(left, top, *inner)


def still_poster(poster: str, width: float, height: float) -> str:
    """Return a poster as SVG of a fixed size, without its legend.

    Parameters
    ----------
    poster : str
        The SVG that the figure brings.
    width, height : float
        Size of the whole figure in pixels; the height is the one it was drawn for.

    Raises
    ------
    ValueError
        If the poster is of another make.
    """
    ET.register_namespace("", NAMESPACE)
    style = ET.fromstring(poster).get("style", "")
    root = ET.fromstring(VARIABLE.sub(r"\1", poster))
    box = plot_box(style, width, height)
    unstretch(root, box.width, box.height)
    words = ";".join(re.findall(r"(?:font-size|fill):[^;]+", root.attrib.pop("style")))
    for name, value in zip(("x", "y", "width", "height"), box, strict=True):
        root.set(name, f"{value:g}")
    root.set("overflow", "visible")
    root.set("style", words)
    return ET.tostring(root, encoding="unicode")
