"""The data of the assignments: every student's own, following from the name."""

from calcbook.coursework.names import generator, student_seed

__all__ = ["generator", "student_seed"]
