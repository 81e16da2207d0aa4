"""No decimal number in the prose was typed from a result: it is a setting of the page's code."""

import re

import pytest
from prose import cells, prose

from tasks.execute import table_of_contents

NAMED = r"(?<![Ss]ection )(?<![Cc]hapter )(?<!version )(?<!Python )"  # no amounts, but names
DECIMAL = re.compile(NAMED + r"(?<![\w.,])\d+\.\d+(?!\w|\.\d)")
LITERAL = re.compile(r"(?<![\w.])\d*\.?\d+(?:e-?\d+)?")
# Numbers that are neither settings of the code nor results of it.
MEANT = {
    "book/reference/how-pydelt-works": {"97.5": "the quantile that a band of 95% ends at"},
    "book/reference/benchmarks": {"1.2": "an example of how the tables' numbers are read"},
}


def typed_results(page: str) -> list[str]:
    """Return the decimals of a page's prose that its code does not hold, with their surroundings.

    A percentage may stand in the code as a fraction.
    """
    text = prose(page)
    settings = {float(literal) for literal in LITERAL.findall(cells(page)[1])}
    settings |= {round(100 * value, 9) for value in settings}
    return [
        text[max(0, found.start() - 40) : found.end() + 20].replace("\n", " ")
        for found in DECIMAL.finditer(text)
        if float(found[0]) not in settings and found[0] not in MEANT.get(page, {})
    ]


@pytest.mark.parametrize("page", table_of_contents())
def test_decimals_are_settings(page: str) -> None:
    assert typed_results(page) == [], "quote a result with `number` or `claim` and {glue:text}"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("It fell by 0.37 in all.", "It fell by 0.37 in all."),
        ("With $h = 0.37$ and `0.37`,\n{glue:text}`x-0.37` [here](a-0.37.html).", ""),
        ("```{quiz} Is it 0.37?\n:name: q-0.41\n\n- [x] 0.38\n\n  0.39.\n- [ ] 0.36\n```", "0.39"),
        ("````{note}\n```python\nx = 0.37\n```\n0.38\n````", "0.38"),
        ("$$\n0.37\n$$", ""),
        ("See chapter 8.1, section 2.3 and Python 3.12, but 0.37.", "0.37"),
    ],
)
def test_what_counts_as_prose(
    text: str, left: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prose.cells", lambda page: (text, ""))
    assert DECIMAL.findall(prose("page")) == DECIMAL.findall(left)


def test_allowed_numbers_are_still_there() -> None:
    for page, numbers in MEANT.items():
        assert set(numbers) <= set(DECIMAL.findall(prose(page))), page
