"""The table of targets: joined with what was measured, printed, and kept."""

from __future__ import annotations

import datetime
import json
import os
import platform
import tomllib
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from .rows import Row, Table

TARGETS = Path(__file__).with_name("targets.toml")
RESULTS = Path(__file__).parents[1] / "book" / "data" / "benchmarks.json"
PACKAGES = (
    "numpy", "scipy", "scikit-learn", "PyNumDiff", "csaps", "derivative", "findiff", "statsmodels",
)  # fmt: skip


@dataclass(frozen=True)
class Target:
    """What a row has to reach; see ``targets.toml``."""

    what: str
    at_most: float = np.inf
    at_least: float = -np.inf
    quick: float | None = None
    slack: float = 1.05
    apart: bool = False

    def met(self, value: float) -> bool:
        """Whether the value reaches the target; NaN never does."""
        return self.at_least <= value <= self.at_most

    def missed_by_more_than_noise(self, value: float) -> bool:
        """Whether the quick mode's value is worse than both the target and the last review."""
        if self.quick is None:
            return not self.met(value)
        most = self.slack * self.quick if self.apart else max(self.at_most, self.slack * self.quick)
        least = min(self.at_least, self.quick / self.slack)
        return not least <= value <= most

    def text(self) -> str:
        """Write the target out."""
        if np.isfinite(self.at_least):
            return f"{self.at_least:g} to {self.at_most:g}"
        return f"≤ {self.at_most:g}"


def targets() -> dict[str, Target]:
    """Read all targets, by key."""
    entries = tomllib.loads(TARGETS.read_text())
    return {key: Target(**entry) for key, entry in entries.items()}


def line(row: Row) -> dict[str, Any]:
    """Join a row with its target."""
    target = targets()[row.key]
    return {
        **asdict(row),
        "what": target.what,
        "target": target.text(),
        "met": {share: target.met(value) for share, value in row.measured.items()},
    }


def print_rows(rows: list[Row]) -> None:
    """Print one line a row."""
    for each in map(line, rows):
        measured = " | ".join(f"{share} {value:.3g}" for share, value in each["measured"].items())
        verdict = "met" if all(each["met"].values()) else "MISSED"
        peer = f"  [{each['peer']}: {each['peer_value']:.3g}]" if each["peer"] else ""
        print(f"{verdict:7} {each['what']}: {each['target']}; {measured}{peer}  {each['note']}")


def save(rows: list[Row], tables: list[Table], minutes: float, path: Path = RESULTS) -> None:
    """Write rows, tables, versions, date and machine as JSON."""
    document = {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
        "minutes": round(minutes, 1),
        "versions": {"calculus-from-data": _ours()} | {name: _version(name) for name in PACKAGES},
        "rows": [line(row) for row in rows],
        "tables": {table.key: asdict(table) for table in tables},
    }
    path.write_text(json.dumps(_rounded(document), indent=1, ensure_ascii=False) + "\n")


def _ours() -> str:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())
    return project["project"]["version"]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _rounded(value: Any) -> Any:
    """Four digits are enough; JSON has no NaN."""
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(each) for each in value]
    if isinstance(value, np.bool_):
        return bool(value)
    if isinstance(value, float | np.floating):
        return float(f"{value:.4g}") if np.isfinite(value) else None
    return value
