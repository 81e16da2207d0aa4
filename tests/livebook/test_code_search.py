"""What the search knows of the pages' code."""

import json
from collections.abc import Callable

from small_sites import exercise

PAGE = """# Rates

Text with `inline_code`.

```python
import numpy as np

    rise = np.diff(u)
```

## Exercises

```text
no_code = 1
```

"""
SOLUTION = exercise("2-3").replace("Done.", "```python\nsecret = 42\n```")


def lines(build: Callable, text: str) -> list:
    config = {"extensions": ["myst_nb", "sphinx_exercise", "livebook"]}
    site = build({"index.md": text}, **config)
    return json.loads(site.read("_static/livebook/code-lines.json"))


def test_code_is_kept_by_page_and_section(build: Callable) -> None:
    ((address, title, sections),) = lines(build, PAGE)
    assert (address, title) == ("index.html", "Rates")
    assert sections == [["rates", "Rates", "import numpy as np\nrise = np.diff(u)"]]


def test_solutions_are_left_out(build: Callable) -> None:
    assert "secret" not in json.dumps(lines(build, PAGE + SOLUTION))
    shown = SOLUTION.split("```{solution-start}")[0] + "```python\nsecret = 42\n```\n"
    assert "secret" in json.dumps(lines(build, PAGE + shown))


def test_a_page_without_code_is_not_listed(build: Callable) -> None:
    assert lines(build, "# Words\n\nAlone.\n") == []
