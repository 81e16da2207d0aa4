"""A page for each student: points, what failed and a hint, and what was put right or refused."""

import re
from html import escape
from pathlib import Path

from tasks.grading.marks import Mark
from tasks.grading.masters import Master

SAID = {
    "graded": "Graded.",
    "stopped": "The run was stopped, so nothing could be graded.",
    "refused": "Not run, since it uses what an assignment may not use.",
    "no submission": "This file could not be read as a submission.",
    "failed": "The grading itself failed. This is not your fault; please tell your teacher.",
}
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto;
  padding: 0 1rem }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #8888;
  vertical-align: top }}
td.number, th.number {{ text-align: right; white-space: nowrap }}
li {{ overflow-wrap: anywhere }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{student}: <strong>{final:g} of {possible:g} points</strong>{penalty}. {said}</p>
{table}
{errors}
{notes}
</body>
</html>
"""


def write_report(mark: Mark, master: Master, folder: Path) -> Path:
    """Write the page of one submission; return where it lies."""
    penalty = ""
    if mark.days_late:
        days = "1 day" if mark.days_late == 1 else f"{mark.days_late} days"
        penalty = f" ({mark.points:g} before the deduction for {days} late)"
    text = PAGE.format(
        title=escape(f"Assignment {master.name}"),
        student=escape(mark.student or mark.file),
        final=mark.final,
        possible=master.points,
        penalty=penalty,
        said=SAID[mark.status],
        table=_table(mark),
        errors=_list("Cells that raised an error", mark.errors),
        notes=_list("Notes", mark.notes),
    )
    name = re.sub(r"[^\w.-]+", "_", mark.file)
    path = folder / f"{name}.html"
    path.write_text(text, encoding="utf-8")
    return path


def _table(mark: Mark) -> str:
    if not mark.questions:
        return ""
    rows = []
    for name, question in mark.questions.items():
        missed = [_why(test) for test in question["tests"] if not test["passed"]]
        said = "".join(f"<li>{escape(text)}</li>" for text in dict.fromkeys(missed))
        rows.append(
            f"<tr><th scope='row'>{escape(name)}</th>"
            f"<td class='number'>{question['points']:g} of {question['possible']:g}</td>"
            f"<td>{f'<ul>{said}</ul>' if said else 'right'}</td></tr>"
        )
    head = "<tr><th>question</th><th class='number'>points</th><th>what the checks say</th></tr>"
    return f"<table>{head}{''.join(rows)}</table>"


def _why(test: dict) -> str:
    """Return what a student may know of a failed test: of a hidden one, its hint alone."""
    if test["hidden"]:
        return test["hint"] or "A check that is not shown failed."
    return test["hint"] or test["message"]


def _list(title: str, lines: list[str]) -> str:
    if not lines:
        return ""
    items = "".join(f"<li>{escape(line)}</li>" for line in dict.fromkeys(lines))
    return f"<h2>{title}</h2><ul>{items}</ul>"
