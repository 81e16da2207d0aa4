"""The live face, and glued numbers, in real kernels."""

import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient

WIDGET = "application/vnd.jupyter.widget-view+json"
DRAW = """
import numpy as np
from calcbook import charts, moving_figure
drawn = []
def draw(power, kind):
    drawn.append((power, kind))
    x = np.linspace(0, 1, 9)
    return charts.curves({"curve": (x, x**power)})
"""
SHOW = 'moving_figure(draw, alt="Powers.", power=[1, 2, 3], kind=["thin", "thick"])'


def run(monkeypatch, *cells, static=False):
    monkeypatch.delenv("LIVEBOOK_STATIC", raising=False)
    if static:
        monkeypatch.setenv("LIVEBOOK_STATIC", "1")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    return [cell.outputs for cell in notebook.cells]


def test_a_live_figure_has_widgets_that_draw_again(monkeypatch):
    move = """
import gc, ipywidgets
slider, = [w for w in gc.get_objects() if isinstance(w, ipywidgets.SelectionSlider)]
menu, = [w for w in gc.get_objects() if isinstance(w, ipywidgets.Dropdown)]
slider.value = 3
menu.index = 1
print(drawn)
"""
    outputs = run(monkeypatch, DRAW, SHOW, move)
    assert WIDGET in outputs[1][0].data
    assert outputs[1][0].data["text/plain"] == "Powers."
    assert outputs[2][0].text.strip() == "[(1, 'thin'), (3, 'thin'), (3, 'thick')]"


def test_without_ipywidgets_the_start_state_is_shown_and_says_so(monkeypatch):
    hide = "import sys; sys.modules['ipywidgets'] = None"
    outputs = run(monkeypatch, hide, DRAW, SHOW)
    assert "application/vnd.plotly.v1+json" in outputs[2][0].data
    assert "install ipywidgets" in outputs[2][0].data["text/plain"]


def test_on_colab_figures_are_html_too(monkeypatch):
    hide = "import sys; sys.modules['ipywidgets'] = None"
    (elsewhere,) = run(monkeypatch, hide, DRAW, SHOW)[2]
    assert "text/html" not in elsewhere.data
    monkeypatch.setenv("COLAB_NOTEBOOK_ID", "1")  # by which plotly knows Colab
    (shown,) = run(monkeypatch, hide, DRAW, SHOW)[2]
    assert "Plotly.newPlot" in shown.data["text/html"]


def test_while_the_book_is_built_the_bundle_is_the_output(monkeypatch):
    (shown,) = run(monkeypatch, DRAW, SHOW, static=True)[1]
    assert len(shown.data["application/vnd.livebook.figure+json"]["frames"]) == 6


def test_a_failing_claim_stops_the_notebook(monkeypatch):
    with pytest.raises(Exception, match="claim 'half' does not hold"):
        run(monkeypatch, "from calcbook import claim\nclaim('half', 0.6, at_most=0.5)")


def test_glued_numbers_stand_in_the_prose(tmp_path):
    (tmp_path / "conf.py").write_text("extensions = ['myst_nb']\nnb_execution_mode = 'force'\n")
    (tmp_path / "index.md").write_text(
        "---\njupytext:\n  text_representation:\n    extension: .md\n    format_name: myst\n"
        "kernelspec:\n  name: python3\n  display_name: Python 3\n---\n# Page\n\n"
        "```{code-cell} ipython3\nfrom calcbook import claim, number\n"
        "number('tiny', 3.25e-7)\n_ = claim('worst', [0.2, -0.5], near=0, within=1)\n```\n\n"
        "It is {glue:text}`tiny` or {glue:text}`worst`.\n"
    )
    build = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html"]
    subprocess.run([*build, tmp_path, tmp_path / "out"], check=True, timeout=120)
    page = (tmp_path / "out" / "index.html").read_text()
    assert "3.25 × 10⁻⁷" in page
    assert "−0.5" in page
