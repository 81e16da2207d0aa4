"""One assignment from its master: student's notebook, solution, and the autograder's archive."""

import contextlib
import io
import logging
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import nbformat
import yaml

from livebook.notebook_setup import filled_in
from tasks.execute import ROOT
from tasks.grading.masters import Master, for_otter, read_master
from tasks.grading.students import student_notebook

MASTERS = "assignments"


@dataclass(frozen=True)
class Assignment:
    """Where a built assignment lies."""

    folder: Path

    @property
    def name(self) -> str:
        """Return its name, as `02-derivatives`."""
        return self.folder.name

    @property
    def student(self) -> Path:
        """Return the notebook that students get."""
        return self.folder / "student" / f"{self.name}.ipynb"

    @property
    def solution(self) -> Path:
        """Return the notebook with the solutions, for the teacher alone."""
        return self.folder / "solution" / f"{self.name}.ipynb"

    @property
    def autograder(self) -> Path:
        """Return the archive that Otter grades with, here as in Docker or Gradescope."""
        return self.folder / "autograder.zip"


def masters(root: Path) -> list[Path]:
    """Return the masters of a checkout, in the chapters' order."""
    return sorted((root / MASTERS).glob("[0-9]*.md"))


def requirements() -> list[str]:
    """Return what Docker or Gradescope have to install: our packages, from the repository."""
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    installs = config["sphinx"]["config"]["livebook_notebook_installs"]
    repository = config["repository"]
    return [filled_in(installs, repository["url"], repository["branch"])["calcbook"]]


def build_assignment(path: Path, output: Path) -> tuple[Master, Assignment]:
    """Build an assignment from its master into a folder of its own name.

    Raises
    ------
    MasterError
        If the master is not written as it should be.
    """
    from otter.assign import main as otter_assign

    master = read_master(path)
    built = Assignment(output / master.name)
    shutil.rmtree(built.folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / f"{master.name}.ipynb"
        nbformat.write(for_otter(master, requirements()), source)
        logging.getLogger("otter").setLevel(logging.WARNING)
        with contextlib.redirect_stdout(io.StringIO()):
            otter_assign(str(source), str(Path(scratch) / "dist"), no_pdfs=True, no_run_tests=True)
        dist = Path(scratch) / "dist"
        for folder in (built.student.parent, built.solution.parent):
            folder.mkdir(parents=True)
        stripped = nbformat.read(dist / "student" / source.name, 4)
        nbformat.write(student_notebook(master, stripped), built.student)
        shutil.copy(dist / "autograder" / source.name, built.solution)
        (archive,) = (dist / "autograder").glob("*.zip")
        shutil.copy(archive, built.autograder)
    return master, built
