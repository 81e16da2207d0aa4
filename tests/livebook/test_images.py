"""Images without words are warned of."""

from collections.abc import Callable

import pytest

PIXEL = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg>'


@pytest.mark.parametrize(
    ("image", "silent"),
    [
        ("![](wave.svg)", False),
        ("![wave.svg](wave.svg)", False),
        ("![wave](wave.svg)", False),
        ("```{figure} wave.svg\nCaption.\n```", False),
        ("![A wave that fades to the right.](wave.svg)", True),
        ("```{image} wave.svg\n:alt: A wave that fades.\n```", True),
    ],
)
def test_image_must_say_what_it_shows(build: Callable, image: str, silent: bool) -> None:
    site = build({"index.md": f"# T\n\ntext\n\n{image}\n", "wave.svg": PIXEL})
    if silent:
        assert site.warnings == ""
    else:
        assert "index.md:5: WARNING: the image wave.svg has no alternative text" in site.warnings
