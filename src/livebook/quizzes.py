"""The directive `quiz`: a question, choices, and feedback for each of them.

Its body is a list. An item begins with a box, `[x]` if the choice is right and `[ ]` if not; its
first paragraph is the choice, the rest the feedback. With one right choice a reader picks one, with
more as many as hold. Without script and on paper the choices are a list, and the answers stand
below them.
"""

import re
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import split_explicit_title

from livebook import quiz_html
from livebook.assets import add_script, add_style
from livebook.chapters import chapter_reference
from livebook.quiz_nodes import quiz, quiz_answers, quiz_choice, quiz_question

BOX = re.compile(r"\[([ xX])\]\s+")
logger = logging.getLogger(__name__)


class QuizError(ValueError):
    """A quiz that cannot be asked; `place` is the node that is wrong, if one is."""

    def __init__(self, message: str, place: nodes.Node | None = None) -> None:
        super().__init__(message)
        self.place = place


class Quiz(SphinxDirective):
    """``{quiz} question`` with options ``name``, ``title`` and ``chapter``."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        "name": directives.unchanged,
        "title": directives.unchanged_required,
        "chapter": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        """Return the quiz; warn of one that cannot be asked and leave it out."""
        body = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, body)
        try:
            choices = read_choices(body)
        except QuizError as error:
            logger.warning(
                "quiz: %s",
                error,
                location=error.place if error.place is not None else self.get_location(),
                type="livebook",
                subtype="quiz",
            )
            return []
        words, problems = self.parse_inline(self.arguments[0])
        several = sum(choice["right"] for choice, _ in choices) > 1
        serial = self.env.new_serialno("quiz")
        asked = quiz(
            several=several,
            title=self.options.get("title", "Quiz"),
            part=False,
            chapter="chapter" in self.options,
            uid=nodes.make_id(f"quiz-{self.env.docname}-{serial}"),
        )
        self.set_source_info(asked)
        self.add_name(asked)
        asked += quiz_question(self.arguments[0], "", *words)
        asked += nodes.bullet_list(
            "", *(nodes.list_item("", choice) for choice, _ in choices), classes=["quiz-choices"]
        )
        answers = nodes.bullet_list("", *(answer(*choice) for choice in choices))
        asked += quiz_answers("", answers, *self._chapter())
        return [asked, *problems]

    def _chapter(self) -> list[nodes.Node]:
        """Return the line that names the chapter which the question is about."""
        if "chapter" not in self.options:
            return []
        titled, words, page = split_explicit_title(self.options["chapter"])
        reference = chapter_reference(
            "", words if titled else "", target=page.strip("/"), titled=titled
        )
        self.set_source_info(reference)
        place = nodes.inline("", "", reference, classes=["quiz-chapter"])
        return [nodes.paragraph("", "See ", place, nodes.Text("."))]


def read_choices(body: nodes.Element) -> list[tuple[quiz_choice, list[nodes.Node]]]:
    """Return each choice of a quiz's body with its feedback.

    Raises
    ------
    QuizError
        If the body is no list of choices that can be asked; says what to write instead.
    """
    if len(body.children) != 1 or not isinstance(body[0], nodes.bullet_list):
        raise QuizError("its body must be one list, with an item `- [ ] choice` for each choice")
    items = body[0].children
    choices = [read_choice(item) for item in items]
    if len(choices) < 2:
        raise QuizError("it has a single choice; add the wrong ones that readers may pick")
    if not any(choice["right"] for choice, _ in choices):
        raise QuizError("it has no right choice; mark at least one with `[x]`")
    return choices


def read_choice(item: nodes.Node) -> tuple[quiz_choice, list[nodes.Node]]:
    """Return the choice that an item of the list holds, and its feedback.

    Raises
    ------
    QuizError
        If the item has no box, no words behind it, or no feedback.
    """
    first, *feedback = item.children or [nodes.paragraph()]
    start = first.children[0] if first.children else nodes.Text("")
    box = BOX.match(start.astext() + " ") if isinstance(start, nodes.Text) else None
    if not isinstance(first, nodes.paragraph) or box is None:
        raise QuizError(
            "the item begins with no box; write `- [x] choice` if it is right, "
            "`- [ ] choice` if it is wrong",
            item,
        )
    words = [nodes.Text(start.astext()[box.end() :]), *first.children[1:]]
    if not "".join(word.astext() for word in words).strip():
        raise QuizError("the item is a box alone; write the choice behind it", item)
    if not feedback:
        raise QuizError(
            "the choice has no feedback; write it below the choice, after a blank line and "
            "indented like the choice's text",
            item,
        )
    return quiz_choice("", "", *words, right=box[1] != " "), feedback


def answer(choice: quiz_choice, feedback: list[nodes.Node]) -> nodes.list_item:
    """Return a choice with its verdict in a word, and its feedback."""
    word, name = ("Correct", "quiz-right") if choice["right"] else ("Not correct", "quiz-wrong")
    verdict = nodes.strong("", word, classes=[name])
    words = [word.deepcopy() for word in choice.children]
    return nodes.list_item(
        "", nodes.paragraph("", "", verdict, nodes.Text(": "), *words), *feedback
    )


def say_quizzes(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put ordinary text in a quiz's place for builders other than HTML."""
    if app.builder.format == "html":
        return
    for asked in list(doctree.findall(quiz)):
        question, choices, answers = asked.children
        title = nodes.strong("", f"{asked['title']}:")
        asking = nodes.paragraph("", "", title, nodes.Text(" "), *question.children)
        for choice in list(choices.findall(quiz_choice)):
            choice.replace_self(nodes.paragraph("", "", *choice.children))
        heading = nodes.paragraph("", "", nodes.strong("", "Answers:"))
        asked.replace_self([asking, choices, heading, *answers.children])


def add_page_assets(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Load the script and the style in the pages that hold a quiz."""
    if doctree is not None and any(True for _ in doctree.findall(quiz)):
        add_style(app, "quizzes.css")
        add_script(app, "quizzes.js")


def setup(app: Sphinx) -> None:
    """Register the directive, its nodes and their assets."""
    quiz_html.setup(app)
    app.add_directive("quiz", Quiz)
    app.connect("doctree-resolved", say_quizzes)
    app.connect("html-page-context", add_page_assets)
