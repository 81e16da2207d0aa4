"""Colors are seen on both pages and told apart by every kind of color vision."""

from itertools import combinations

import numpy as np
import pytest

from calcbook import style

# Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color vision
# deficiency", 2009: full severity, linear RGB.
VISION = {
    "full": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
         [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
         [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
         [0.004733, 0.691367, 0.303900]]
    ),
}  # fmt: skip
THEMES = {
    "light": list(style.LINE_COLORS),
    "dark": [style.LIGHT_TO_DARK[color] for color in style.LINE_COLORS],
}


def linear(color):
    values = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    weights = [0.2126, 0.7152, 0.0722]
    low, high = sorted([linear(one) @ weights, linear(other) @ weights])
    return (high + 0.05) / (low + 0.05)


def lab(rgb):
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    xyz = to_xyz @ np.clip(rgb, 0, 1) / [0.9505, 1, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("theme", THEMES)
def test_lines_stand_out_from_the_page(theme):
    page = style.PAGE_BACKGROUND[theme]
    assert min(contrast(color, page) for color in THEMES[theme]) >= 3
    ink = style.INK if theme == "light" else style.LIGHT_TO_DARK[style.INK]
    assert contrast(ink, page) >= 7


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("vision", VISION)
def test_lines_are_told_apart(theme, vision):
    seen = [lab(VISION[vision] @ linear(color)) for color in THEMES[theme]]
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) > 10


@pytest.mark.parametrize("colors", [style.SEQUENTIAL, style.DIVERGING])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_scales_change_lightness_steadily(colors, theme):
    shown = colors if theme == "light" else [style.LIGHT_TO_DARK[color] for color in colors]
    lightness = np.diff([lab(linear(color))[0] for color in shown])
    half = len(lightness) // 2
    if colors is style.SEQUENTIAL:
        assert (lightness < 0).all() or (lightness > 0).all()
    else:
        assert np.sign(lightness[:half]).tolist() == (-np.sign(lightness[half:])).tolist()


def test_every_color_of_the_style_has_a_dark_twin():
    named = {v for k, v in vars(style).items() if k.isupper() and str(v).startswith("#")}
    assert named <= style.LIGHT_TO_DARK.keys()
    assert style.LIGHT_TO_DARK[style.translucent(style.BLUE)].startswith("#56b4e9")
