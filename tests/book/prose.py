"""The pages as their authors wrote them: the prose without its markup, and the code."""

import re
from functools import cache

import jupytext

from tasks.execute import ROOT

FENCE = re.compile(r"^ *(`{3,}|~{3,})([^\n]*)\n(.*?)^ *\1 *$", re.M | re.S)
CODE_FENCE = re.compile(r"\s*(?!\{)|\s*\{(?:code|code-block|math|eval-rst)\}")
QUIZ = re.compile(r"\s*\{quiz\}")
CHOICE = re.compile(r"^ *[-*] \[[ xX]\].*?(?=\n\s*\n|\Z)", re.M | re.S)
OPTION = re.compile(r"^ *:[\w-]+:.*$", re.M)
NOT_PROSE = re.compile(
    r"\$\$.+?\$\$|\$[^$]+?\$"  # math
    r"|\{[\w:-]+\}`[^`]+`"  # roles
    r"|(?P<ticks>`+).+?(?P=ticks)"  # code
    r"|(?<=\])\([^)\s]+\)|<https?://[^>]+>",  # addresses
    re.S,
)
QUOTED = re.compile(r"\{glue:\w*\}`([^`:]+)(?::[^`]*)?`")


@cache
def cells(page: str) -> tuple[str, str]:
    """Return a page's text, with the figures' captions, and its code."""
    text, code = [], []
    for cell in jupytext.read(ROOT / f"{page}.md", fmt="md:myst").cells:
        (text if cell.cell_type == "markdown" else code).append(cell.source)
        text.append(cell.metadata.get("mystnb", {}).get("figure", {}).get("caption", ""))
    return "\n\n".join(text), "\n\n".join(code)


def quoted(page: str) -> set[str]:
    """Return the names that a page quotes with a role such as ``{glue:text}``."""
    return set(QUOTED.findall(cells(page)[0]))


def prose(page: str) -> str:
    """Return what a page says in words: no math, code, roles, addresses, or options.

    Of a quiz the feedback alone says something; its question and its choices assert nothing.
    """
    text, before = cells(page)[0], ""
    while text != before:  # directives stand in each other
        before, text = text, FENCE.sub(_body, text)
    return NOT_PROSE.sub(" ", OPTION.sub("", text))


def _body(fence: re.Match[str]) -> str:
    _, opening, body = fence.groups()
    if QUIZ.match(opening):
        return CHOICE.sub("", body)
    return "" if CODE_FENCE.match(opening) else f"{opening.partition('}')[2]}\n{body}"
