"""The parts of a quiz in the document, whatever it is written as."""

from docutils import nodes


class quiz(nodes.General, nodes.Element):  # noqa: N801 - docutils names its nodes in lower case
    """A question, a list of choices and the answers.

    Attributes: `several` (whether more than one choice is right), `title`, `uid` (the name of its
    controls), `chapter` (whether it names one) and `part` (whether others share its form).
    """


class quiz_question(nodes.TextElement):  # noqa: N801
    """The question."""


class quiz_choice(nodes.TextElement):  # noqa: N801
    """One choice; attribute `right`."""


class quiz_answers(nodes.Element):  # noqa: N801
    """What is folded: a list of all choices with verdict and feedback, and more to read."""
