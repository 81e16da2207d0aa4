"""Every requirement of the book and of its tests names one exact version."""

import json
import re
import tomllib
from pathlib import Path

import pytest

PIN = re.compile(r"^[A-Za-z0-9][\w.-]*(\[[\w,-]+\])?==\d[\w.+!]*$")


def requirements(path: Path) -> list[str]:
    lines = [line.split("#")[0].strip() for line in path.read_text().splitlines()]
    return [line for line in lines if line and not line.startswith("-r ")]


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-course.txt", "requirements-dev.txt"]
)
def test_requirements_are_pinned(root: Path, name: str) -> None:
    lines = requirements(root / name)
    assert lines
    assert [line for line in lines if not PIN.match(line)] == []


def test_pattern_refuses_loose_requirements() -> None:
    assert PIN.match("myst-nb==1.4.0")
    assert not any(map(PIN.match, ("numpy", "numpy>=2", "numpy==2.*", "numpy==2; python<'3'")))


def test_torch_is_left_to_its_own_step(root: Path) -> None:
    names = [line.split("==")[0].lower() for line in requirements(root / "requirements.txt")]
    assert "torch" not in names
    assert len(names) == len(set(names))


def test_javascript_is_pinned_and_locked(root: Path) -> None:
    package = json.loads((root / "package.json").read_text())
    locked = json.loads((root / "package-lock.json").read_text())["packages"]
    for name, version in {**package["dependencies"], **package["devDependencies"]}.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), f"{name}: {version}"
        assert locked[f"node_modules/{name}"]["version"] == version
    assert all("integrity" in entry for path, entry in locked.items() if path)


def test_binder_gets_a_python_that_the_book_supports(root: Path) -> None:
    wanted = (root / "runtime.txt").read_text().strip().removeprefix("python-")
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    least = project["requires-python"].removeprefix(">=")
    assert tuple(map(int, wanted.split("."))) >= tuple(map(int, least.split(".")))
