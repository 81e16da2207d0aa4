"""What a submission earns: the points of its questions, less what it is late by."""

import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Rules:
    """A course's rules for late work.

    Attributes
    ----------
    due : datetime, optional
        None: nothing is late.
    per_day : float
        Percent of the points that each begun day costs, after which nothing is below zero.
    """

    due: datetime | None = None
    per_day: float = 10.0

    def days_late(self, submitted: datetime) -> int:
        """Return the begun days after the deadline."""
        if self.due is None or submitted <= self.due:
            return 0
        return math.ceil((submitted - self.due) / DAY)

    def after_penalty(self, points: float, days: int) -> float:
        """Return what is left of points after some days."""
        return round(points * max(0.0, 1 - self.per_day / 100 * days), 4)


@dataclass
class Mark:
    """The result for one submitted file.

    Attributes
    ----------
    status : str
        ``graded``, ``stopped`` (a limit), ``refused`` (what it uses), ``no submission``, ``failed``
        (the grading itself).
    questions : dict
        Of each question: points, possible, and its tests.
    errors, notes : list of str
        What its cells raised; what else the teacher should know.
    """

    file: str
    student: str = ""
    status: str = "graded"
    questions: dict[str, dict] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    days_late: int = 0
    seconds: float = 0.0
    final: float = 0.0

    @property
    def points(self) -> float:
        """Return the points before any penalty."""
        return sum(question["points"] for question in self.questions.values())
