"""Cells run in the page, in a real browser by a real Python."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from live_pages import button, cell, edit, opened, page, run, says, served, shows
from playwright.sync_api import Browser, Page, expect

PAGES = {
    "index": page(
        "import numpy as np\nx = np.arange(5.0)\nprint('five numbers')\nx.sum()",
        "y = x * 2\ny",
        "y.max();",
        "import sys, time\nprint('first')\nprint('word', file=sys.stderr)\n"
        "sys.stdout.flush(); time.sleep(2)\nprint('last')",
    ),
    "rich": page(
        "class Table:\n    def _repr_html_(self):\n"
        "        return '<table><tr><td>7</td></tr></table>'\n"
        "class Formula:\n    def _repr_latex_(self):\n        return r'$\\frac{1}{2}$'\n"
        "class Marked:\n    def _repr_markdown_(self):\n"
        "        return '| *a* | `b` |\\n|---|--:|\\n| 1 | **2** |'\n"
        "display(Table(), Formula(), Marked())\nTable",
        "from matplotlib import pyplot as plt\nplt.plot([1, 2])\nplt.title('A line')\n"
        "plt.show()\nprint('after')",
        "import plotly.graph_objects as go\ngo.Figure(go.Scatter(y=[1, 3, 2]))",
        "from calcbook import Handle, charts, moving_figure\nimport numpy as np\n"
        "t = np.linspace(0, 1, 9)\ndrawn = []\ndef draw(power):\n    drawn.append(power)\n"
        "    return charts.curves({'curve': (t, t**power)})\n"
        "halfway = Handle(lambda power: (0.5, 0.5**power))\n"
        "moving_figure(draw, alt='Powers.', drag=[halfway], power=[1, 2, 3])",
        "drawn",
    ),
    "errors": page(
        "def half(value):\n    return value / 0\n\nhalf(1)",
        "print(",
        "import numpy as np\nnp.linalg.inv([[1, 2]])",
        "from pydelt import SplineInterpolator\nSplineInterpolator().fit([1, 2], [1])",
        "input('?')",
        "import importlib\nimportlib.import_module('nowhere')",
        "half(2)",
    ),
    "needs": page("needed = 1", "print('spare')", "one = 5", "needed + 1"),
    "loops": page("kept = 1", "while True:\n    pass", "kept"),
    "hidden": page("a = 20", "b = 22", "a + b", tags={1: "remove-input", 2: "hide-input"}),
    "blocked": page(
        "import math",
        "import torch\nt = torch.zeros(3)",
        "t.sum()",
        "math.pi",
        "1 + 1",
        tags={5: "no-browser"},
    ),
    "lazy": page(
        "from pydelt.interpolation import NeuralNetworkInterpolator\nprint('once')\n"
        "t = [0, 1, 2, 3, 4, 5]\n"
        "fit = NeuralNetworkInterpolator(hidden=(4,), members=1).fit(t, [0, 1, 4, 9, 16, 25])\n"
        "type(fit).__name__"
    ),
}


def test_earlier_cells_run_first_and_output_shows(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/index.html") as page:
        run(page, 2)
        expect(shows(page, 2).locator("pre")).to_have_text("array([0., 2., 4., 6., 8.])")
        says(page, 1, "Ran in")
        expect(shows(page, 1)).to_have_count(0)  # it ran for its variables
        run(page, 1)
        expect(shows(page, 1).locator("pre").nth(0)).to_have_text("five numbers\n")
        expect(shows(page, 1).locator("pre").nth(1)).to_contain_text("10.0")
        run(page, 3)
        expect(shows(page, 3)).to_be_empty()  # a semicolon hides the value


def test_cells_above_that_are_not_needed_do_not_run(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/needs.html") as page:
        run(page, 4)
        expect(shows(page, 4).locator("pre")).to_have_text("2")
        says(page, 1, "Ran in")
        says(page, 2, "")
        edit(page, 4, "one + needed")
        run(page, 4)
        expect(shows(page, 4).locator("pre")).to_have_text("6")
        says(page, 3, "Ran in")
        says(page, 2, "")


def test_download_is_announced_before_it_ends(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/index.html") as page:
        held = []
        page.route("**/numpy-*.whl", lambda route: held.append(route))
        button(page, 1, "Run").click()
        says(page, 1, "Loading Python, once, up to 19 MB")
        bar = cell(page, 1).get_by_role("progressbar")
        page.wait_for_function("bar => 0.5 < bar.value && bar.value < 1", arg=bar.element_handle())
        held[0].continue_()
        says(page, 1, "Ran in")
        expect(bar).to_have_count(0)


def test_streams_come_while_the_cell_runs(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/index.html") as page:
        button(page, 4, "Run").click()
        output = shows(page, 4)
        expect(output.locator(".live-stderr")).to_have_text("word\n", timeout=90_000)
        expect(output).not_to_contain_text("last")
        says(page, 4, "Ran in")
        expect(output.locator("pre")).to_have_text(["first\n", "word\n", "last\n"])


@pytest.fixture(scope="module")
def rich(browser: Browser, address: str) -> Iterator[Page]:
    """Open the page whose cells show values of every kind."""
    with opened(browser, f"{address}/rich.html") as page:
        yield page


def test_values_show_in_their_richest_form(rich: Page) -> None:
    run(rich, 1)
    expect(shows(rich, 1).locator("table td").first).to_have_text("7")
    expect(shows(rich, 1).locator(".katex math").first).to_contain_text("12")
    marked = shows(rich, 1).locator("table").nth(1)
    expect(marked.locator("th")).to_have_text(["a", "b"])
    expect(marked.locator("td strong")).to_have_text("2")
    expect(marked.locator("th code")).to_have_text("b")
    expect(shows(rich, 1).locator("pre")).to_have_text("<class '__main__.Table'>")


def test_matplotlib_draws_without_a_word_of_its_own(rich: Page) -> None:
    run(rich, 2)
    picture = shows(rich, 2).get_by_role("img", name="A line")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 500
    order = shows(rich, 2).evaluate("box => [...box.children].map(e => e.textContent)")
    assert order == ["", "after\n"]


def test_all_that_one_import_names_is_there_at_once(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/loops.html") as page:
        edit(page, 1, "runs = globals().get('runs', 0) + 1\nimport math as m, numpy as np\nruns")
        run(page, 1)
        expect(shows(page, 1).locator("pre")).to_have_text("1")


def test_plotly_figure_is_drawn(rich: Page) -> None:
    run(rich, 3)
    expect(shows(rich, 3).locator(".moving-figure-chart .main-svg").first).to_be_visible()


def test_moving_figure_calls_the_function_again(rich: Page) -> None:
    heights = "el => el.querySelector('.moving-figure-chart').data[0].y.at(-2)"
    run(rich, 4)
    figure = shows(rich, 4).locator(".moving-figure")
    expect(figure.locator(".moving-figure-chart .main-svg").first).to_be_visible()
    assert figure.evaluate(heights) == pytest.approx(7 / 8)
    figure.locator("input").press("End")
    expect(figure).to_have_attribute("data-frame", "2")
    assert figure.evaluate(heights) == pytest.approx((7 / 8) ** 3, rel=1e-4)
    run(rich, 5)
    expect(shows(rich, 5)).to_have_text("[1, 3]")  # each state once, and only those asked for
    ring = figure.locator(".moving-figure-handle")
    ring.hover()
    rich.mouse.down()
    rich.mouse.move(0, 0, steps=3)
    rich.mouse.up()
    expect(figure).to_have_attribute("data-frame", "0")
    assert figure.evaluate(heights) == pytest.approx(7 / 8)


ERRORS = {
    1: ["Cell 1, line 4\n    half(1)", "Cell 1, line 2, in half", "ZeroDivisionError: division"],
    2: ["Cell 2, line 1\n    print(", "SyntaxError"],
    3: ["Cell 3, line 2\n    np.linalg.inv", "LinAlgError"],
    4: ["Cell 4, line 2\n    SplineInterpolator()", 'File "pydelt/', "ValueError"],
    5: ["Cell 5, line 1", "a page cannot wait for input()"],
    6: ["No module named 'nowhere'", "nowhere is not part of the Python in this page."],
}


def test_errors_point_at_the_line_of_the_cell(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/errors.html") as page:
        for number, told in ERRORS.items():
            run(page, number, "Ended with an error")
            for words in told:
                expect(shows(page, number)).to_contain_text(words)
            text = shows(page, number).inner_text()
            assert "pyodide" not in text
            assert "run_cell" not in text
            edit(page, number, "pass")  # one that fails would keep those below from running


def test_cell_below_a_failing_one_says_why_it_did_not_run(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/errors.html") as page:
        run(page, 7, "Did not run, for cell 1 above raised an error")
        expect(shows(page, 1)).to_contain_text("ZeroDivisionError")
        expect(shows(page, 7)).to_have_count(0)


def test_endless_loop_is_stopped_and_the_next_run_starts_anew(
    browser: Browser, address: str
) -> None:
    with opened(browser, f"{address}/loops.html") as page:
        button(page, 2, "Run").click()
        says(page, 2, "Runs")
        page.wait_for_timeout(500)
        button(page, 2, "Stop").click()
        says(page, 2, "Stopped. The variables are gone")
        expect(button(page, 2, "Run")).to_be_focused()
        edit(page, 2, "pass")
        run(page, 3)
        expect(shows(page, 3)).to_have_text("1")


def test_with_shared_memory_a_stop_keeps_the_variables(browser: Browser, folder: Path) -> None:
    isolated = {
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
    }
    with served(folder, **isolated) as server:
        address = f"http://127.0.0.1:{server.server_port}/loops.html"
        with opened(browser, address) as page:
            button(page, 2, "Run").click()
            says(page, 2, "Runs …")
            page.wait_for_timeout(500)
            button(page, 2, "Stop").click()
            expect(shows(page, 2)).to_contain_text("The variables are as the cell left them")
            edit(page, 3, "kept + 1")
            edit(page, 2, "pass")
            run(page, 3)
            expect(shows(page, 3)).to_have_text("2")


def test_editor_by_keyboard_alone(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/index.html") as page:
        edit(page, 1, "if True:")
        page.keyboard.press("Enter")
        page.keyboard.type("print(8 / 2)")  # the slash stays in the editor
        text = "editor => [...editor.querySelectorAll('.cm-line')].map(l => l.textContent)"
        editor = cell(page, 1).get_by_role("textbox")
        assert editor.evaluate(text) == ["if True:", "    print(8 / 2)"]
        page.keyboard.press("Tab")
        assert editor.evaluate(text)[1].startswith("    ")
        expect(editor).to_be_focused()
        page.keyboard.press("Control+Z")
        page.keyboard.press("Shift+Enter")
        says(page, 1, "Ran in")
        expect(editor).to_be_focused()
        expect(shows(page, 1)).to_have_text("4.0\n")
        page.keyboard.press("Escape")
        expect(button(page, 1, "Run")).to_be_focused()


def test_edits_outlast_the_visit_until_reset(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/index.html") as page:
        expect(button(page, 1, "Reset")).to_be_hidden()
        edit(page, 1, "print('mine')")
        page.reload()
        says(page, 1, "Your edit from an earlier visit")
        run(page, 1)
        expect(shows(page, 1)).to_have_text("mine\n")
        button(page, 1, "Reset").click()
        expect(shows(page, 1)).to_have_count(0)
        expect(button(page, 1, "Run")).to_be_focused()
        page.reload()
        expect(cell(page, 1).locator("pre").first).to_contain_text("five numbers")
        expect(button(page, 1, "Reset")).to_be_hidden()


def test_hidden_cells_run_too(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/hidden.html") as page:
        assert page.locator("div.cell .cell_input").count() == 2
        page.get_by_role("button", name="Run: cell 3").click()
        bar = page.get_by_role("group", name="Code cell 3")
        expect(bar.get_by_role("status")).to_contain_text("Ran in", timeout=90_000)
        expect(page.locator(".live-output")).to_have_text("42")


def test_cells_that_no_browser_can_run_say_so(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/blocked.html") as page:
        for number in (2, 3):
            expect(cell(page, number).get_by_role("status")).to_contain_text("it needs torch")
            expect(cell(page, number).get_by_role("button")).to_have_count(0)
        expect(cell(page, 5).get_by_role("status")).to_contain_text("it needs a Python of its own")
        run(page, 4)
        expect(shows(page, 4)).to_contain_text("3.14159")


def test_what_a_function_imports_when_called_is_loaded_then(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/lazy.html") as page:
        run(page, 1)
        expect(shows(page, 1).locator("pre")).to_have_text(
            ["once\n", "'NeuralNetworkInterpolator'"]
        )
        button(page, 1, "Edit").click()
        expect(cell(page, 1).get_by_role("textbox")).to_be_focused()
        expect(cell(page, 1).locator(".live-error-line")).to_have_count(0)  # it ran in the end


def test_before_the_first_run_little_is_loaded(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/index.html") as page:
        page.wait_for_load_state("networkidle")
        loaded = page.evaluate(
            "performance.getEntriesByType('resource').map(e => [e.name, e.decodedBodySize])"
        )
    live = {name: size for name, size in loaded if "/livebook/" in name}
    assert any("/live/start-" in name for name in live)
    assert not any("/python/" in name or "/editor-" in name for name in live)


def test_page_without_scripts_has_no_buttons(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/index.html", java_script_enabled=False) as page:
        expect(page.get_by_role("button", name="Run")).to_have_count(0)
        expect(page.locator(".cell_input pre").first).to_contain_text("np.arange")
