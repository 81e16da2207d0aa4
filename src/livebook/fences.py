"""The fences of a MyST page, found line by line as its parser finds them."""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

OPENING = re.compile(r"^ *(?:(?P<ticks>`{3,})(?P<info>[^`]*)|(?P<other>~{3,}|:{3,})(?P<rest>.*))$")
DIRECTIVE = re.compile(r"\{([\w:.-]+)\}\s*(.*)")
OPTION = re.compile(r":([\w-]+):\s*(.*)")


@dataclass(frozen=True)
class Fence:
    """A fenced block.

    Attributes
    ----------
    name : str
        Name of the directive; blank for a block of code.
    argument : str
    options : dict of str to object
    body : str
        What stands inside, without the options.
    source : str
        The block as it stands in the page.
    line : int
        Where it begins, from 1.
    """

    name: str
    argument: str
    options: dict[str, object]
    body: str
    source: str
    line: int


def pieces(text: str, first_line: int = 1) -> Iterator[str | Fence]:
    """Yield text and fences in turn; what is inside a fence is left as it stands.

    Raises
    ------
    ValueError
        If a fence is not closed, with its line.
    """
    lines, plain, at = text.splitlines(), list[str](), 0
    while at < len(lines):
        opening = OPENING.match(lines[at])
        if opening is None:
            plain.append(lines[at])
            at += 1
            continue
        fence = opening["ticks"] or opening["other"]
        end = _closing(lines, at, fence)
        if end is None:
            raise ValueError(f"line {first_line + at}: {lines[at].strip()!r} is not closed")
        if plain:
            yield "\n".join(plain)
            plain = []
        info = opening["info"] if opening["ticks"] else opening["rest"]
        yield _fence(lines[at : end + 1], info, first_line + at)
        at = end + 1
    if plain:
        yield "\n".join(plain)


def _closing(lines: list[str], start: int, fence: str) -> int | None:
    closing = re.compile(rf"^\s*{re.escape(fence[0])}{{{len(fence)},}}\s*$")
    return next((at for at in range(start + 1, len(lines)) if closing.match(lines[at])), None)


def _fence(lines: list[str], info: str, line: int) -> Fence:
    directive = DIRECTIVE.fullmatch(info.strip())
    name, argument = directive.groups() if directive else ("", info.strip())
    body = textwrap.dedent("\n".join(lines[1:-1])).split("\n")
    options: dict[str, object] = {}
    if directive and body[0].strip() == "---":
        end = next(at for at, text in enumerate(body[1:], 1) if text.strip() == "---")
        options, body = yaml.safe_load("\n".join(body[1:end])) or {}, body[end + 1 :]
    while directive and body and (option := OPTION.fullmatch(body[0].strip())):
        options[option[1]] = option[2]
        body = body[1:]
    return Fence(name, argument.strip(), options, "\n".join(body), "\n".join(lines), line)
