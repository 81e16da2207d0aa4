"""Drawing for the chapters: each helper returns a plotly figure in the book's style.

What several chapters use is named here; a chapter's own drawing stands in a module of its theme
beside these, imported with ``from calcbook.charts import <theme>``.
"""

from calcbook.charts.bars import bars
from calcbook.charts.fields import contours, heat
from calcbook.charts.lines import curves, stack

__all__ = ["bars", "contours", "curves", "heat", "stack"]
