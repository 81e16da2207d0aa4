"""The book's colors, their dark twins, and the plotly template every figure wears.

The seven line colors start from the set of Okabe and Ito; purple and gold are darkened so that each
reaches a contrast of 3:1 against a white page. Each has a dark twin that does the same against a
dark page. Tests measure both, and the distance of every pair under three color-vision deficiencies.

References
----------
M. Okabe and K. Ito, "Color Universal Design: how to make figures and presentations that are
friendly to colorblind people", 2002.
"""

from __future__ import annotations

from typing import Any

BLUE = "#0072b2"
VERMILION = "#d55e00"
GREEN = "#009e73"
PURPLE = "#951f60"
GOLD = "#7a5500"
GRAY = "#6e7681"
INK = "#1f2328"
GRID = "#dfe3e8"
AXIS = "#8a929c"

LINE_COLORS = (BLUE, VERMILION, GREEN, PURPLE, GOLD, GRAY, INK)
COLORWAY = (BLUE, VERMILION, GREEN, PURPLE, GOLD, GRAY)
# The names the chapters use for the same thing everywhere keep one color everywhere.
ROLES = {"truth": INK, "data": GRAY}

PAGE_BACKGROUND = {"light": "#ffffff", "dark": "#121212"}
TRANSPARENT = "rgba(0,0,0,0)"

_DARK_TWINS = {
    BLUE: "#56b4e9",
    VERMILION: "#e8772e",
    GREEN: "#1fc79a",
    PURPLE: "#e58ac0",
    GOLD: "#f5dc5a",
    GRAY: "#8b949e",
    INK: "#e6e9ed",
    GRID: "#2d333b",
    AXIS: "#7d8590",
}

# Low values fade into the page, high values stand out, in either theme.
SEQUENTIAL = ("#f3f7fb", "#cfe1f0", "#9dc3e0", "#5f9dca", "#2c74ab", "#0b4a7d")
_SEQUENTIAL_DARK = ("#161d25", "#1b3347", "#234f70", "#30719f", "#4f9bcf", "#93cdf5")
DIVERGING = ("#0b4a7d", "#5f9dca", "#c3d9ea", "#f5f5f4", "#f0cdb0", "#d98a4b", "#9a4300")
_DIVERGING_DARK = ("#93cdf5", "#3f88bb", "#223f55", "#191b1e", "#523622", "#b8672b", "#ffb27a")

BAND_ALPHA = "38"  # hexadecimal opacity of a band, 0.22


def translucent(color: str) -> str:
    """Return ``color`` (``#rrggbb``) with the opacity of an uncertainty band (``#rrggbbaa``)."""
    return color + BAND_ALPHA


def colorscale(colors: tuple[str, ...]) -> list[list[Any]]:
    """Return ``colors`` as a plotly colorscale with evenly spaced stops."""
    last = len(colors) - 1
    return [[round(i / last, 6), color] for i, color in enumerate(colors)]


LIGHT_TO_DARK: dict[str, str] = {
    PAGE_BACKGROUND["light"]: PAGE_BACKGROUND["dark"],
    **_DARK_TWINS,
    **{translucent(light): translucent(dark) for light, dark in _DARK_TWINS.items()},
    **dict(zip(SEQUENTIAL, _SEQUENTIAL_DARK, strict=True)),
    **{
        light: dark
        for light, dark in zip(DIVERGING, _DIVERGING_DARK, strict=True)
        if light not in SEQUENTIAL
    },
}

_AXIS: dict[str, Any] = {
    "gridcolor": GRID,
    "zeroline": False,
    "linecolor": AXIS,
    "showline": True,
    "ticks": "outside",
    "tickcolor": AXIS,
    "ticklen": 4,
    "automargin": True,
    "title": {"standoff": 8, "font": {"size": 13}},
    "exponentformat": "power",
}

TEMPLATE: dict[str, Any] = {
    "layout": {
        "font": {"family": "inherit", "size": 13, "color": INK},
        "paper_bgcolor": TRANSPARENT,
        "plot_bgcolor": TRANSPARENT,
        "margin": {"l": 56, "r": 12, "t": 12, "b": 52},
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1,
            "xanchor": "left",
            "yanchor": "bottom",
            "bgcolor": TRANSPARENT,
        },
        "hovermode": "closest",
        "dragmode": False,
        "title": {"font": {"size": 14}, "x": 0.5, "y": 1, "yanchor": "top", "pad": {"t": 10}},
        "xaxis": _AXIS,
        "yaxis": _AXIS,
    },
}
