"""Assignments, built once."""

from pathlib import Path

import pytest

from tasks.execute import ROOT
from tasks.grading.build import Assignment, build_assignment, masters
from tasks.grading.masters import Master

MASTERS = masters(ROOT)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Master, Assignment]]:
    """Every assignment, by its name."""
    folder = tmp_path_factory.mktemp("assignments")
    return {path.stem: build_assignment(path, folder) for path in MASTERS}


@pytest.fixture(scope="session")
def example(built: dict[str, tuple[Master, Assignment]]) -> tuple[Master, Assignment]:
    """The assignment on derivatives."""
    return built["02-derivatives"]


@pytest.fixture
def master_text() -> str:
    """The source of that assignment."""
    return (ROOT / "assignments" / "02-derivatives.md").read_text()


@pytest.fixture
def write_master(tmp_path: Path):
    """Write a master of one's own and return its path."""

    def write(text: str, name: str = "02-derivatives") -> Path:
        path = tmp_path / f"{name}.md"
        path.write_text(text)
        return path

    return write
