"""What a moving figure shows at other positions of its controls, as a table or as pictures."""

import json
import re
from dataclasses import dataclass
from html import escape
from math import prod
from pathlib import Path
from typing import Any

from bs4 import Tag

from calcbook.poster import poster

CHOICES = 6  # a menu is shown whole up to so many
ROWS = 12
PICTURES = 4
TALL = 450  # px; of figures so high fewer fit on a sheet
BREAK = re.compile(r"<br ?/?>")
MARKUP = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Control:
    """A control of a figure: what it is called, what its positions are, and where it starts."""

    label: str
    labels: list[str]
    start: int
    is_menu: bool

    @property
    def shown(self) -> list[int]:
        """The positions to show: a short menu's all, else both ends and the start."""
        last = len(self.labels) - 1
        if self.is_menu and last < CHOICES:
            return list(range(last + 1))
        return sorted({0, self.start, last})

    @property
    def pictured(self) -> list[int]:
        """The positions to draw: a short menu's other choices, else the end far from the start."""
        last = len(self.labels) - 1
        if self.is_menu and last < CHOICES:
            return [place for place in range(last + 1) if place != self.start]
        return [last if last - self.start >= self.start else 0]


def controls_of(figure: Tag) -> list[Control]:
    """Read the controls from a figure's markup."""
    return [_control(box) for box in figure.select(".moving-figure-control")]


def _control(box: Tag) -> Control:
    name = box.select_one("label")
    label = name.get_text(" ", strip=True) if name else ""
    menu = box.select_one("select")
    if menu:
        options = menu.select("option")
        start = next((i for i, option in enumerate(options) if option.has_attr("selected")), 0)
        return Control(label, [option.get_text() for option in options], start, True)
    slider = box.select_one("input")
    if slider is None:
        raise ValueError(f"the control {label!r} is neither a menu nor a slider")
    return Control(label, json.loads(str(slider["data-labels"])), int(str(slider["value"])), False)


def frame_number(positions: tuple[int, ...], controls: list[Control]) -> int:
    """Return the frame of a position: row-major over the controls, the last one fastest."""
    sizes = [len(control.labels) for control in controls]
    return sum(place * prod(sizes[i + 1 :]) for i, place in enumerate(positions))


def positions_shown(controls: list[Control]) -> list[tuple[int, ...]]:
    """Return the start and, one control at a time, the positions to show, in rising order."""
    start = tuple(control.start for control in controls)
    found = {start}
    for i, control in enumerate(controls):
        found |= {(*start[:i], place, *start[i + 1 :]) for place in control.shown}
    return sorted(found)


def read_data(file: Path) -> dict[str, Any]:
    """Return what a figure is drawn from."""
    text = file.read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text[text.index("] = ") + 4 :].rstrip().rstrip(";"))
    return data


def layout_at(data: dict[str, Any], frame: int) -> dict[str, Any]:
    """Return the layout at one position."""
    return {**data["layout"], **((data["frames"][frame] or {}).get("layout") or {})}


def readout(layout: dict[str, Any]) -> list[str]:
    """Return what the figure says in words: its title and its notes."""
    heading = layout.get("title") or {}
    heading = heading.get("text", "") if isinstance(heading, dict) else heading
    words = [heading, *(note.get("text", "") for note in layout.get("annotations", []))]
    return [MARKUP.sub("", BREAK.sub(", ", text)).strip() for text in words if text]


def table(data: dict[str, Any], controls: list[Control]) -> str:
    """Return what the figure says at the positions shown as a table; blank if it always says one.

    Notes that no position changes are left out.
    """
    places = positions_shown(controls)[:ROWS]
    said = [readout(layout_at(data, frame_number(place, controls))) for place in places]
    constant = set.intersection(*map(set, said))
    rows = [["; ".join(t for t in words if t not in constant)] for words in said]
    if len({row[0] for row in rows}) < 2:
        return ""
    moved = [i for i, c in enumerate(controls) if len({place[i] for place in places}) > 1]
    head = "".join(f"<th>{escape(controls[i].label)}</th>" for i in moved)
    body = ""
    for place, (words,) in zip(places, rows, strict=True):
        cells = "".join(f"<td>{escape(controls[i].labels[place[i]])}</td>" for i in moved)
        body += f"<tr>{cells}<td>{escape(words) or 'nothing'}</td></tr>"
    return (
        '<table class="positions"><thead><tr>'
        f"{head}<th>the figure says</th></tr></thead><tbody>{body}</tbody></table>"
    )


def picture(data: dict[str, Any], frame: int) -> str:
    """Draw the figure at one position."""
    changes = (data["frames"][frame] or {}).get("data") or {}
    if isinstance(changes, list):
        changes = {str(i): change for i, change in enumerate(changes)}
    traces = [{**trace, **changes.get(str(i), {})} for i, trace in enumerate(data["data"])]
    return poster(traces, layout_at(data, frame), height=int(data["height"]))[0]


def pictures(data: dict[str, Any], controls: list[Control]) -> str:
    """Return small pictures of the figure, each with one control elsewhere than at the start."""
    start = tuple(control.start for control in controls)
    places = [
        (i, (*start[:i], place, *start[i + 1 :]))
        for i, control in enumerate(controls)
        for place in control.pictured
    ]
    most = PICTURES if data["height"] < TALL else PICTURES // 2
    drawn = "".join(_position(data, controls, i, place) for i, place in places[:most])
    return f'<div class="positions">{drawn}</div>' if drawn else ""


def _position(
    data: dict[str, Any], controls: list[Control], moved: int, place: tuple[int, ...]
) -> str:
    """Return one small picture with the words of the control that was moved."""
    words = f"{controls[moved].label}: {controls[moved].labels[place[moved]]}"
    drawing = picture(data, frame_number(place, controls))
    return (
        '<div class="position"><div class="moving-figure-plot" role="img" '
        f'aria-label="{escape("The same figure; " + words)}" style="height:{data["height"]}px">'
        f'<div class="moving-figure-poster">{drawing}</div></div><p>{escape(words)}</p></div>'
    )


def start_in_words(controls: list[Control]) -> str:
    """Say where the controls stand in the figure as it is printed."""
    said = (f"{control.label}: {control.labels[control.start]}" for control in controls)
    return f'<p class="start">{escape("; ".join(said))}</p>'


def in_place_of_moving(figure: Tag, data: dict[str, Any]) -> str:
    """Return what stands below a printed figure in place of its controls."""
    controls = controls_of(figure)
    if not controls:
        return ""
    return start_in_words(controls) + (table(data, controls) or pictures(data, controls))
