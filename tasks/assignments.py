"""Build every assignment: notebooks for students, solutions, and archives that grade them.

usage: python -m tasks.assignments [--output FOLDER] [NAME ...]

Each solution is graded with its own archive first; the build stops where one does not earn all
points.
"""

import argparse
import time
from pathlib import Path

from tasks.execute import ROOT
from tasks.grading.build import build_assignment, masters
from tasks.grading.grader import Limits, grade_file
from tasks.grading.marks import Rules
from tasks.grading.masters import MasterError

OUTPUT = ROOT / "_build" / "assignments"


def main() -> None:
    """Build what the command line names, or all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="assignments such as 02-derivatives")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    paths = [p for p in masters(ROOT) if not arguments.names or p.stem in arguments.names]
    if unknown := set(arguments.names) - {path.stem for path in paths}:
        raise SystemExit(f"no assignment is called {', '.join(sorted(unknown))}")
    for path in paths:
        start = time.monotonic()
        try:
            master, built = build_assignment(path, arguments.output)
        except MasterError as error:
            raise SystemExit(str(error)) from None
        mark = grade_file(built.solution, built, Limits(), Rules())
        print(
            f"{master.name}: {len(master.questions)} questions, the solution earns "
            f"{mark.points:g} of {master.points:g} points ({time.monotonic() - start:.0f} s)",
            flush=True,
        )
        if mark.points != master.points:
            raise SystemExit(f"{master.name}: {mark.status}: {mark.notes or mark.questions}")
    print(f"The assignments are in {arguments.output}")


if __name__ == "__main__":
    main()
