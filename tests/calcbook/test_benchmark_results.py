"""Results of the benchmark turn into tables and a chart; nothing missed is hidden."""

from typing import Any

import pytest

from calcbook import benchmark_results
from calcbook.charts import benchmarks

ROWS = [
    {
        "key": "first", "what": "error of f'", "target": "≤ 1.2", "peer": "scipy",
        "peer_value": 2.5, "measured": {"development": 1.1, "set aside": 1.3},
        "met": {"development": True, "set aside": False}, "note": "",
    },
    {
        "key": "memory", "what": "memory", "target": "≤ 1.5", "peer": "", "peer_value": None,
        "measured": {"all": 0.00012}, "met": {"all": True}, "note": "",
    },
]  # fmt: skip
FIGURE = {
    "columns": ["method", "signal", "noise", "n", "f′"],
    "lines": [["pydelt", "sine", 0.05, 1000, 1.1], ["pydelt", "sine", 0.05, 100, 1.2]],
}


@pytest.fixture(autouse=True)
def small_results(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    found = {"rows": ROWS, "tables": {"figure": FIGURE}}
    monkeypatch.setattr(benchmark_results, "results", lambda: found)
    return found


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.234567, "1.23"),
        (2.5e-13, "2.5·10⁻¹³"),
        (8.4e5, "8.4·10⁵"),
        (3051.0, "3051"),
        (0.0, "0"),
        (12, "12"),
    ],
)
def test_numbers_are_short(value: float, text: str) -> None:
    assert benchmark_results.cell(value) == text


def test_what_was_not_measured_is_a_dash_and_bars_stay_in_their_cell() -> None:
    assert benchmark_results.cell(None) == "–"
    assert benchmark_results.cell("|u|") == "\\|u\\|"


def test_a_missed_target_says_so() -> None:
    text = benchmark_results.targets_table("first", "memory")._repr_markdown_()
    head, _, first, memory = text.splitlines()
    assert head == "| what | target | seen | unseen | measured |"
    assert first == "| error of f'<br>*best peer: 2.5, scipy* | ≤ 1.2 | 1.1 | 1.3 **missed** | – |"
    assert memory == "| memory | ≤ 1.5 | – | – | 1.2·10⁻⁴ |"
    assert [each.split(":")[0] for each in benchmark_results.unmet()] == ["error of f'"]


def test_rows_and_lines_are_found() -> None:
    assert benchmark_results.worst("first") == 1.3
    assert [line["n"] for line in benchmark_results.lines("figure", signal="sine")] == [1000, 100]
    with pytest.raises(KeyError, match="no row 'other'"):
        benchmark_results.row("other")


def test_chart_orders_sample_sizes_and_keeps_its_traces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benchmarks, "lines", benchmark_results.lines)
    assert benchmarks.signals() == ["sine"]
    shown = benchmarks.error_over_samples("sine", 0.05)
    empty = benchmarks.error_over_samples("sine", 0.01)
    assert [trace.name for trace in shown.data] == [trace.name for trace in empty.data]
    ours = next(trace for trace in shown.data if trace.name == "pydelt")
    assert list(ours.x) == [100, 1000]
    assert list(ours.y) == [1.2, 1.1]
