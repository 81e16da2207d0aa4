"""Formulas as plain Unicode text, for the places that hold no markup.

Page titles, link previews, search results and references to headings are text alone; raw TeX does
not belong there. KaTeX's MathML is turned into a line such as ``∂f/∂x = 2x²``.
"""

import re
import xml.etree.ElementTree as ET

SUPERSCRIPTS = str.maketrans("0123456789+−-=()niTx*", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱᵀˣ*")
SUBSCRIPTS = str.maketrans("0123456789+−-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
ACCENTS = {"^": "\u0302", "~": "\u0303", "ˉ": "\u0304", "˙": "\u0307", "⃗": "\u20d7"}
RELATIONS = frozenset("=≈≠<>≤≥→↦∈≪≫∝∼+−±×⋅")
APPLIED_TO = "\u2061"  # stands, unseen, between a function's name and its argument
INVISIBLE = re.compile("[\u2061-\u2064\u200b]")


def plain_formula(html: str) -> str:
    """Return the plain text of a formula that KaTeX has rendered to HTML with MathML."""
    found = re.search(r"<math.*?</math>", html, re.DOTALL)
    if found is None:
        raise ValueError("the rendered formula holds no MathML to read its text from")
    text = _text(ET.fromstring(found.group()))
    text = re.sub(f"{APPLIED_TO}(?! *[(])", " ", text)
    return re.sub(r"\s+", " ", INVISIBLE.sub("", text)).strip()


def _text(element: ET.Element) -> str:
    name = element.tag.rpartition("}")[2]
    if name == "mo":
        sign = element.text or ""
        return f" {sign} " if sign in RELATIONS else sign
    parts = [_text(child) for child in element]
    match name:
        case "mfrac":
            return f"{_grouped(parts[0])}/{_grouped(parts[1])}"
        case "msqrt":
            return "√" + _grouped("".join(parts))
        case "msup":
            return parts[0] + _script("^", parts[1], SUPERSCRIPTS)
        case "msub" | "munder":
            return parts[0] + _script("_", parts[1], SUBSCRIPTS)
        case "msubsup" | "munderover":
            lower = _script("_", parts[1], SUBSCRIPTS)
            return parts[0] + lower + _script("^", parts[2], SUPERSCRIPTS)
        case "mover":
            return parts[0] + ACCENTS.get(parts[1].strip(), "")
        case "mtd" | "mspace":
            return " " + "".join(parts)
    return (element.text or "") + "".join(parts)


def _grouped(text: str) -> str:
    """Return the text in parentheses if more than one thing stands in it."""
    text = text.strip()
    return text if re.fullmatch(r"[^\s/]{1,2}|[^\s/]\w+", text) else f"({text})"


def _script(mark: str, text: str, letters: dict[int, int]) -> str:
    """Return raised or lowered text, in Unicode's own small letters where they exist."""
    text = INVISIBLE.sub("", text).replace(" ", "")
    if text in {"′", "″", "∗", "⊤"}:
        return text
    if all(ord(letter) in letters for letter in text):
        return text.translate(letters)
    return mark + (text if len(text) == 1 else f"({text})")
