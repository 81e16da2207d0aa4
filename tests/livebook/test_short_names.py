"""Links by the last part of a documented name."""

import re
from collections.abc import Callable
from typing import Any

PAGES = {
    "index.md": """# Home

{py:obj}`Spline` and {py:obj}`fit` and {py:obj}`Spline.fit`

```{toctree}
one
two
```
""",
    "one.md": """# One

```{eval-rst}
.. py:class:: package.door.Spline
   :canonical: package._room.Spline

   .. py:method:: fit()
```
""",
    "two.md": """# Two

```{eval-rst}
.. py:class:: package.door.Local

   .. py:method:: fit()
```
""",
}


def build_pages(build: Callable[..., Any]) -> Any:
    return build(PAGES, nitpicky=True)


def test_a_short_name_finds_its_page(build: Callable[..., Any]) -> None:
    site = build_pages(build)
    text = site.read("index.html")
    assert re.search(r'href="one\.html#package\.door\.Spline"[^>]*><code[^>]*>.*?Spline<', text)
    assert re.search(r'href="one\.html#package\.door\.Spline\.fit"', text)


def test_what_two_objects_are_called_is_no_link_and_is_warned_of(
    build: Callable[..., Any],
) -> None:
    site = build_pages(build)
    warnings = [line for line in site.warnings.splitlines() if "not found" in line]
    assert len(warnings) == 1
    assert "py:obj reference target not found: fit" in warnings[0]
