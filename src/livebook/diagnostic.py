"""The directive `diagnostic`: quizzes that are checked together and name the chapter to start with.

Each chapter brings its own, in its front matter:

    diagnostic:
    - question: At the weight $w$ the slope is $-2$. What does the loss do as $w$ rises?
      choices: |
        - [x] It falls.

          A negative slope means just that.
        - [ ] It rises.

          It would if the slope were positive.

The choices are written as those of a `quiz`. Whoever answers wrong is sent to that chapter, or to
the page that the question names by `start`. The chapter to start with is that of the first question
which was not answered right, in the order of the book.
"""

import json
from pathlib import Path
from typing import Any, ClassVar

import yaml
from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html import HTMLTranslator

from livebook.assets import add_script, add_style
from livebook.chapters import chapter_reference
from livebook.lessons import chapters, is_written, warn
from livebook.quiz_html import CHECK
from livebook.quiz_nodes import quiz
from livebook.toc import pages_in_order

ASKED = "livebook_asked"  # metadata of a page with the diagnostic: the questions it was made of


class diagnostic(nodes.General, nodes.Element):  # noqa: N801 - as docutils names nodes
    """Quizzes that share one button; each knows that it is a `part`, and of which `page`."""


def questions(env: BuildEnvironment, docname: str) -> list[dict[str, str]]:
    """Return what a page asks: `question`, `choices` and the page to `start` with.

    Its file is read, since Sphinx may not have come to it yet.

    Raises
    ------
    ValueError
        If an entry lacks its question or its choices.
    """
    path = Path(env.doc2path(docname))
    text = path.read_text(encoding="utf-8") if path.suffix == ".md" else ""
    if not text.startswith("---\n"):
        return []
    entries = (yaml.safe_load(text.split("\n---\n")[0]) or {}).get("diagnostic", [])
    try:
        return [
            {
                "question": " ".join(entry["question"].split()),
                "choices": entry["choices"],
                "start": entry.get("start", docname),
            }
            for entry in entries
        ]
    except (AttributeError, KeyError, TypeError):
        raise ValueError("each of `diagnostic` must have a `question` and `choices`") from None


def all_questions(env: BuildEnvironment) -> dict[str, list[dict[str, str]]]:
    """Return the questions of all pages that ask any; what makes no sense is warned of."""
    found = {}
    for docname in sorted(env.found_docs):
        try:
            found[docname] = questions(env, docname)
        except ValueError as error:
            warn(docname, str(error))
    return {docname: asked for docname, asked in found.items() if asked}


class Diagnostic(SphinxDirective):
    """``{diagnostic}`` with the option ``name``."""

    option_spec: ClassVar[dict[str, Any]] = {"name": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """Return the quizzes of all pages; they are put in order when all pages are read."""
        whole = diagnostic()
        found = all_questions(self.env)
        self.env.metadata[self.env.docname][ASKED] = json.dumps(found)
        for docname, asked in found.items():
            for number, entry in enumerate(asked, 1):
                whole += self._part(docname, number, entry)
        self.set_source_info(whole)
        self.add_name(whole)
        return [whole]

    def _part(self, docname: str, number: int, entry: dict[str, str]) -> quiz:
        """Return a question as a quiz, made as if it stood in the page."""
        text = (
            f"`````{{quiz}} {entry['question']}\n:chapter: {entry['start']}\n\n"
            f"{entry['choices']}\n`````"
        )
        body = nodes.Element()
        lines = StringList(text.splitlines(), source=str(self.env.doc2path(docname)))
        self.state.nested_parse(lines, self.content_offset, body)
        if len(body.children) != 1 or not isinstance(body[0], quiz):
            raise self.error(f"question {number} of {docname!r} cannot be asked as it stands there")
        part = body[0]
        part["part"], part["page"] = True, docname
        return part


class OrderQuestions(SphinxPostTransform):
    """Put the questions in the order of the book, and number them and their chapters."""

    default_priority = 4  # before the references to chapters are resolved

    def run(self, **kwargs: Any) -> None:
        """Order each diagnostic; what the book does not list is left out."""
        rank = {docname: place for place, (docname, _) in enumerate(pages_in_order(self.env))}
        for whole in list(self.document.findall(diagnostic)):
            parts = [part for part in whole.findall(quiz) if part["page"] in rank]
            parts.sort(key=lambda part: rank[part["page"]])
            whole.children = list(parts)
            for number, part in enumerate(parts, 1):
                part["title"] = f"{number} of {len(parts)}"
                for reference in part.findall(chapter_reference):
                    self._name(reference)

    def _name(self, reference: chapter_reference) -> None:
        """Let a reference to a chapter begin with the chapter's number."""
        numbered = [lesson.docname for lesson in chapters(self.env)]
        if (page := reference["target"]) in numbered:
            title = self.env.titles[page].deepcopy().children
            reference += [nodes.Text(f"{numbered.index(page)}. "), *title]
            reference["titled"] = True


def read_again(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Have the diagnostic's page read again when any page's questions have changed."""
    now = json.dumps(all_questions(env))
    return [docname for docname, meta in env.metadata.items() if meta.get(ASKED, now) != now]


def check_questions(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of chapters that ask nothing, and of questions that lead to no page."""
    holders = [docname for docname, meta in env.metadata.items() if ASKED in meta]
    order = [docname for docname, _ in pages_in_order(env)]
    asked = json.loads(env.metadata[holders[0]][ASKED]) if holders else {}
    for lesson in chapters(env) if holders else []:
        if lesson.docname not in [*holders, *asked]:
            warn(
                lesson.docname,
                "the chapter has no question in the `diagnostic` of its front matter",
            )
    for docname, entries in asked.items():
        for start in {entry["start"] for entry in entries} - set(order):
            if not is_written(env, start):
                warn(docname, f"a question leads to {start!r}, which is not a page of the book")


def visit_html(self: HTMLTranslator, node: diagnostic) -> None:
    """Open the form."""
    self.body.append(self.starttag(node, "form", CLASS="diagnostic"))


def depart_html(self: HTMLTranslator, node: diagnostic) -> None:
    """Write the button and the result's place, and close the form."""
    self.body.append(f'{CHECK}<div class="diagnostic-result" role="status"></div>\n</form>\n')


def say_quizzes_alone(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Leave the quizzes alone for builders other than HTML."""
    if app.builder.format != "html":
        for whole in list(doctree.findall(diagnostic)):
            whole.replace_self(whole.children)


def add_page_assets(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Load the script and the style in the pages that hold a diagnostic."""
    if doctree is not None and any(True for _ in doctree.findall(diagnostic)):
        add_style(app, "diagnostic.css")
        add_script(app, "diagnostic.js")


def setup(app: Sphinx) -> None:
    """Register the directive, its node, its checks and their assets."""
    app.add_node(diagnostic, html=(visit_html, depart_html))
    app.add_directive("diagnostic", Diagnostic)
    app.add_post_transform(OrderQuestions)
    app.connect("env-get-outdated", read_again)
    app.connect("env-check-consistency", check_questions)
    app.connect("doctree-resolved", say_quizzes_alone)
    # Its script reads what that of the quizzes has restored, so it is loaded after it.
    app.connect("html-page-context", add_page_assets, priority=510)
