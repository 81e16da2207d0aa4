"""The committed results are complete and of the present version."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from benchmarks.report import PACKAGES, RESULTS, targets
from benchmarks.signals import DEVELOPMENT, SET_ASIDE

ROOT = Path(__file__).resolve().parents[2]
PER_SHARE = {"first-100", "first-1000", "second", "edge", "worst", "noise-free", "outliers"} | {
    "coverage-value", "coverage-first", "coverage-second", "gradient", "gradient-coverage",
}  # fmt: skip


@pytest.fixture(scope="module")
def results() -> dict[str, Any]:
    return json.loads(RESULTS.read_text())


def pins(name: str) -> dict[str, str]:
    lines = [line.split("#")[0].strip() for line in (ROOT / name).read_text().splitlines()]
    return dict(line.lower().split("==") for line in lines if line)


def test_every_target_is_measured(results: dict[str, Any]) -> None:
    rows = {row["key"]: row for row in results["rows"]}
    assert set(rows) == set(targets())
    for key, row in rows.items():
        shares = {"development", "set aside"} if key in PER_SHARE else {"all"}
        assert set(row["measured"]) == shares, key
        assert all(value is not None for value in row["measured"].values()), key


def test_errors_stand_beside_those_of_the_best_peer(results: dict[str, Any]) -> None:
    rows = {row["key"]: row for row in results["rows"]}
    for key in ("first-100", "first-1000", "second", "edge"):
        assert rows[key]["peer"], key
        assert rows[key]["peer_value"] > 1, key


def test_verdicts_follow_from_targets(results: dict[str, Any]) -> None:
    for row in results["rows"]:
        target = targets()[row["key"]]
        assert row["target"] == target.text(), row["key"]
        assert row["met"] == {share: target.met(v) for share, v in row["measured"].items()}


def test_results_are_of_the_present_version(results: dict[str, Any]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert results["versions"]["calculus-from-data"] == project["version"]
    pinned = pins("benchmarks/requirements.txt")
    assert {name: results["versions"][name] for name in PACKAGES} == {
        name: pinned[name.lower()] for name in PACKAGES
    }


def test_the_peers_run_on_the_books_versions() -> None:
    book, peers = pins("requirements.txt"), pins("benchmarks/requirements.txt")
    shared = set(book) & set(peers)
    assert {"numpy", "scipy", "scikit-learn"} <= shared
    assert {name: book[name] for name in shared} == {name: peers[name] for name in shared}


def test_every_signal_and_peer_is_in_the_tables(results: dict[str, Any]) -> None:
    signals = {line[1] for line in results["tables"]["signals"]["lines"]}
    assert signals == set(DEVELOPMENT) | set(SET_ASIDE)
    named = " ".join(str(line[0]) for line in results["tables"]["methods"]["lines"])
    for package in ("PyNumDiff", "csaps", "derivative", "statsmodels", "findiff", "scikit-learn"):
        assert package in named
    for function in ("make_smoothing_spline", "UnivariateSpline", "savgol", "RBF", "gradient"):
        assert function in named
    assert "pydelt 0.8.0" in named


def test_the_page_shows_every_row() -> None:
    page = (ROOT / "book" / "reference" / "benchmarks.md").read_text()
    assert [key for key in targets() if f'"{key}"' not in page] == []


def test_the_date_is_a_day(results: dict[str, Any]) -> None:
    year, month, day = map(int, results["date"].split("-"))
    assert year >= 2025
    assert 1 <= month <= 12
    assert 1 <= day <= 31
