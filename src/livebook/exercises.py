"""Exercises and their folded solutions, on top of sphinx-exercise.

That extension reads the directives and joins what stands between `exercise-start` and
`exercise-end`. Here each gets the number that its label names, its stars and its kind; a solution
becomes a `<details>` that opens without a script; and what does not fit is warned of.
"""

from html import escape
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator
from sphinx_exercise import directive as theirs
from sphinx_exercise.nodes import exercise_subtitle, is_exercise_node, solution_node

from livebook.assets import add_style
from livebook.exercise_labels import (
    LABEL,
    MOST_STARS,
    complaints,
    kind_of,
    number_of,
    starry,
    stars_of,
)

logger = logging.getLogger(__name__)


class folded_solution(nodes.General, nodes.Element):  # noqa: N801 - docutils' way of names
    """A solution; its first id is its label, and `number` that of its exercise."""


def warn(message: str, location: Any) -> None:
    """Warn of an exercise or a solution."""
    logger.warning(message, location=location, type="livebook", subtype="exercise")


def found_on_page(env: BuildEnvironment, kind: str) -> dict[str, str]:
    """Return the exercises, or exercises solved, of the page being read: label -> location."""
    return env.temp_data.setdefault(f"livebook_{kind}", {})


class CheckedExercise(SphinxDirective):
    """An exercise whose label and classes are checked."""

    def run(self) -> list[nodes.Node]:
        """Read it, note it for the page's check, and warn of what does not fit."""
        read = list(super().run())
        label, title = self.options.get("label", ""), " ".join(self.arguments)
        place = self.get_location()
        for complaint in complaints(label, self.options.get("class", []), title, self.env.docname):
            warn(f"exercise {label!r}: {complaint}", place)
        found_on_page(self.env, "exercises")[label] = place
        return read


class CheckedSolution(SphinxDirective):
    """A solution whose label fits that of its exercise."""

    def run(self) -> list[nodes.Node]:
        """Read it, note it for the page's check, and warn if its label does not fit."""
        read, place = list(super().run()), self.get_location()
        exercise, label = self.arguments[0], self.options.get("label", "")
        wanted = exercise.replace("exercise", "solution", 1)
        if label != wanted:
            warn(f"the solution of {exercise!r} needs the label of its own: {wanted}", place)
        solved = found_on_page(self.env, "solutions")
        if exercise in solved:
            warn(f"{exercise!r} has a solution already, at {solved[exercise]}", place)
        solved[exercise] = place
        return read


class Exercise(CheckedExercise, theirs.ExerciseDirective):
    """``{exercise}``."""


class ExerciseStart(CheckedExercise, theirs.ExerciseStartDirective):
    """``{exercise-start}``, for an exercise with cells."""


class Solution(CheckedSolution, theirs.SolutionDirective):
    """``{solution}``."""


class SolutionStart(CheckedSolution, theirs.SolutionStartDirective):
    """``{solution-start}``, for a solution with cells."""


class FinishExercises(SphinxTransform):
    """Give exercises their titles and fold solutions, once what belongs to each is joined."""

    default_priority = 15

    def apply(self, **kwargs: Any) -> None:
        """Finish all exercises and solutions of the page."""
        for node in list(self.document.findall(is_exercise_node)):
            title, content = node.children
            node[:] = [exercise_heading(node, title), *content.children]
        for node in list(self.document.findall(solution_node)):
            node.replace_self(self._folded(node))

    def _folded(self, node: solution_node) -> folded_solution:
        number = number_of(node["target_label"])
        return folded_solution("", *node.children[1].children, ids=[node["label"]], number=number)


def exercise_heading(node: nodes.Element, title: nodes.Element) -> nodes.title:
    """Return the heading: stars, words and kind; Sphinx writes the number before it."""
    stars, kind = stars_of(node["classes"]), kind_of(node["classes"])
    label = escape(f"{stars} of {MOST_STARS} stars")
    picture = f'<span class="exercise-stars" role="img" aria-label="{label}">{starry(stars)}</span>'
    words = [child for part in title.findall(exercise_subtitle) for child in part.children]
    return nodes.title(
        "",
        "",
        nodes.raw("", picture, format="html"),
        nodes.Text(" "),
        nodes.inline("", "", *words, classes=["exercise-title"]),
        nodes.Text(" "),
        nodes.inline("", kind, classes=["exercise-kind"]),
    )


def name_of(solution: folded_solution) -> str:
    """Return what a solution is called."""
    return f"Solution to exercise {solution['number']}"


def name_solutions(app: Sphinx, doctree: nodes.document) -> None:
    """Let links to a solution say its name."""
    labels = cast(StandardDomain, app.env.get_domain("std")).labels
    for solution in doctree.findall(folded_solution):
        label = solution["ids"][0]
        labels[label] = (app.env.docname, label, name_of(solution))


def check_page(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of exercises without a solution, and of solutions to none."""
    exercises, solutions = (found_on_page(app.env, kind) for kind in ("exercises", "solutions"))
    for label, place in exercises.items():
        if label not in solutions:
            warn(
                f"{label!r} has no solution on this page; add `{{solution-start}} {label}` "
                "and `{solution-end}`",
                place,
            )
    for label, place in solutions.items():
        if label not in exercises:
            known = ", ".join(exercises) or "none"
            warn(f"there is no exercise {label!r} on this page; its exercises: {known}", place)


def number_by_label(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Put the numbers from the labels where Sphinx has counted; links show them too."""
    for label, entry in getattr(env, "sphinx_exercise_registry", {}).items():
        if LABEL.fullmatch(label):
            page = env.toc_fignumbers.setdefault(entry["docname"], {})
            numbers = tuple(int(part) for part in number_of(label).split("."))
            page.setdefault("exercise", {})[label] = numbers
    return []


def visit_solution(self: HTML5Translator, node: folded_solution) -> None:
    """Open the folded block."""
    self.body.append(self.starttag(node, "details", "", CLASS="solution"))
    self.body.append(f"<summary>{escape(name_of(node))}</summary>\n")


def depart_solution(self: HTML5Translator, node: folded_solution) -> None:
    """Close the folded block."""
    self.body.append("</details>\n")


def add_page_assets(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Load our style in the pages that hold an exercise, and theirs in none."""
    theirs = [css for css in context["css_files"] if str(css.filename).endswith("exercise.css")]
    context["css_files"][:] = [css for css in context["css_files"] if css not in theirs]
    if 'class="exercise-stars"' in context.get("body", ""):
        add_style(app, "exercises.css")


def setup(app: Sphinx) -> None:
    """Set up sphinx-exercise and put our directives and titles in place of its own."""
    app.setup_extension("sphinx_exercise")
    for directive in (Exercise, ExerciseStart, Solution, SolutionStart):
        app.add_directive(directive.name, directive, override=True)
    app.add_node(folded_solution, html=(visit_solution, depart_solution))
    app.add_transform(FinishExercises)
    app.connect("doctree-read", check_page)
    app.connect("doctree-read", name_solutions)
    app.connect("env-get-updated", number_by_label, priority=600)  # after Sphinx has counted
    app.connect("html-page-context", add_page_assets)
