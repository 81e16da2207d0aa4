"""A quiz as HTML: a form that works once the script has taken it over, and a text until then."""

import hashlib
from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.writers.html import HTMLTranslator

from livebook.quiz_nodes import quiz, quiz_answers, quiz_choice, quiz_question
from livebook.titles import plain_words

CHECK = '<button type="submit" class="quiz-check">Check</button>\n'


def quiz_of(node: nodes.Node) -> quiz:
    """Return the quiz that a node is a part of."""
    while not isinstance(node, quiz):
        node = node.parent
    return node


def tag_of(node: quiz) -> str:
    """Return the tag of a quiz: as a part it stands in another's form."""
    return "div" if node["part"] else "form"


def digest(node: quiz) -> str:
    """Return what changes along with the text: a stored answer to another text is forgotten."""
    return hashlib.sha256(node.astext().encode()).hexdigest()[:12]


def spoken(self: HTMLTranslator, node: nodes.Element) -> str:
    """Return the attribute by which a control is called where the words on it hold formulas.

    Taken out of a formula's markup, a power or a fraction would be heard as its digits in a row.
    """
    if not any(True for _ in node.findall(nodes.math)):
        return ""
    return f' aria-label="{escape(plain_words(self.builder.config, node))}"'


def visit_quiz(self: HTMLTranslator, node: quiz) -> None:
    """Open the form and the group of its controls."""
    attributes = {"data-uid": node["uid"], "data-digest": digest(node)}
    self.body.append(self.starttag(node, tag_of(node), CLASS="quiz", **attributes))
    question = next(node.findall(quiz_question))
    self.body.append(f"<fieldset{spoken(self, question)}>\n")


def depart_quiz(self: HTMLTranslator, node: quiz) -> None:
    """Close the group and the form."""
    self.body.append(f"</fieldset></{tag_of(node)}>\n")


def visit_question(self: HTMLTranslator, node: quiz_question) -> None:
    """Open the group's name: title and question."""
    title = escape(quiz_of(node)["title"])
    self.body.append(f'<legend><span class="quiz-title">{title}</span> ')
    self.body.append('<span class="quiz-question">')


def depart_question(self: HTMLTranslator, node: quiz_question) -> None:
    """Close it, and say if more than one choice may be picked."""
    several = " <small>Choose all that hold.</small>" if quiz_of(node)["several"] else ""
    self.body.append(f"</span>{several}</legend>\n")


def visit_choice(self: HTMLTranslator, node: quiz_choice) -> None:
    """Open a label with its radio button or checkbox."""
    asked = quiz_of(node)
    kind = "checkbox" if asked["several"] else "radio"
    right = " data-right" if node["right"] else ""
    self.body.append(
        f'<label><input type="{kind}" name="{escape(asked["uid"])}"{right}{spoken(self, node)} '
        'autocomplete="off"><span>'
    )


def depart_choice(self: HTMLTranslator, node: quiz_choice) -> None:
    """Close the label."""
    self.body.append("</span></label>")


def visit_answers(self: HTMLTranslator, node: quiz_answers) -> None:
    """Write the button and the place of the feedback, and open the folded answers."""
    if quiz_of(node)["part"]:  # the whole has the button, and says the result
        self.body.append('<div class="quiz-feedback"></div>\n')
    else:
        self.body.append(CHECK + '<div class="quiz-feedback" role="status"></div>\n')
    self.body.append('<details class="quiz-answers"><summary>Answers</summary>\n')


def depart_answers(self: HTMLTranslator, node: quiz_answers) -> None:
    """Close the answers."""
    self.body.append("</details>\n")


def setup(app: Sphinx) -> None:
    """Register the nodes; builders other than HTML meet none of them."""
    app.add_node(quiz, html=(visit_quiz, depart_quiz))
    app.add_node(quiz_question, html=(visit_question, depart_question))
    app.add_node(quiz_choice, html=(visit_choice, depart_choice))
    app.add_node(quiz_answers, html=(visit_answers, depart_answers))
