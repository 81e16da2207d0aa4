"""Numbers in prose look printed."""

import pytest

from calcbook._text import typeset


@pytest.mark.parametrize(
    ("raw", "printed"),
    [
        ("0.25", "0.25"),
        ("-0.25", "−0.25"),
        ("3.2e-05", "3.2 × 10⁻⁵"),
        ("1e-05", "10⁻⁵"),
        ("-1e+12", "−10¹²"),
        ("-2.5e+03", "−2.5 × 10³"),
        ("1,000", "1,000"),
        ("12%", "12%"),
        ("L-BFGS", "L-BFGS"),
    ],
)
def test_typeset(raw, printed):
    assert typeset(raw) == printed
