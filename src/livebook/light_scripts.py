"""Which scripts a page needs, from its finished HTML: the others are not loaded, the rest wait.

The theme and its extensions load all their scripts on all pages, and those in the head keep the
page from being shown until they have come.
"""

import hashlib
import re
from pathlib import Path

from sphinx.errors import ExtensionError

from livebook.assets import FOLDER

SCRIPT = re.compile(r'<script\b[^>]*\bsrc="([^"]+)"[^>]*>\s*</script>\n?')
PRELOADED = re.compile(r'<link rel="preload" as="script"[^>]*>\n?')
SMALL = 2000  # bytes, below which a script costs more to ask for than to have in the page
NEEDED: dict[str, str | None] = {
    "fontawesome.js": None,  # draws the icons that the theme's font already shows
    **dict.fromkeys(("searchtools.js", "language_data.js", "searchindex.js")),  # see `search`
    "clipboard.min.js": 'class="highlight',
    "copybutton.js": 'class="highlight',
    "design-tabs.js": 'class="sd-tab',
    "togglebutton.js": 'class="(?:[^"]* )?toggle[ "]|class="[^"]*admonition[^"]* dropdown',
}
"""What a page must hold for a script to be loaded, as a pattern; None for scripts not wanted."""
THEME = "scripts/pydata-sphinx-theme.js"
MEASURING = re.compile(
    r',"complete"===document\.readyState\?(\w+)\(\):window\.addEventListener\("load",\1\)'
)
CALM = "/* boxes that scroll: scrolling.js */"


def file_name(address: str) -> str:
    """Return the name of the file at an address."""
    return address.partition("?")[0].rpartition("/")[2]


def is_needed(name: str, content: str) -> bool:
    """Tell whether a page with this content makes use of a script."""
    mark = NEEDED.get(name, "")
    return mark is not None and re.search(mark, content) is not None


def calm_theme(static: Path) -> None:
    """Keep the theme from measuring each box that may scroll right after it changed the last one.

    That lays a chapter out anew for each of its boxes, at the end of its loading and again whenever
    something in it changes; `scrolling.js` does the same without.

    Raises
    ------
    ExtensionError
        If the theme does not do so where it used to.
    """
    script = static / THEME
    if not script.exists():  # another theme
        return
    text = script.read_text(encoding="utf-8")
    if text.startswith(CALM):
        return
    calm, count = MEASURING.subn("", text)
    if count != 1:
        raise ExtensionError(
            f"{THEME} no longer measures the page's boxes as it did; see whether calm_theme in "
            "livebook.light_scripts is still needed"
        )
    script.write_text(CALM + calm, encoding="utf-8")


def versioned(address: str, file: Path) -> str:
    """Return a script's address with a digest of what it holds now, whatever the theme's says."""
    digest = hashlib.sha256(file.read_bytes()).hexdigest()[:8]
    return f"{address.partition('?')[0]}?v={digest}"


def light_scripts(html: str, site: Path) -> str:
    """Return the page with only the scripts that it needs, all of which wait for the page.

    Their addresses change with their content, so that browsers may keep them for good.

    Small ones of ours become part of the page, as modules, which wait too. So does Sphinx's
    `documentation_options.js`, at once: inline scripts that follow change what it says.

    Parameters
    ----------
    html : str
        A page as Sphinx wrote it, or as this function returned it.
    site : Path
        The folder of the site, with the scripts.
    """
    content = html.partition("<body")[2]

    def kept(match: re.Match[str]) -> str:
        tag, name = match[0], file_name(match[1])
        file = site / "_static" / match[1].partition("?")[0].partition("_static/")[2]
        if name == "documentation_options.js":
            return f"<script>{file.read_text(encoding='utf-8').strip()}</script>\n"
        if not is_needed(name, content):
            return ""
        if file.parent.name == FOLDER and file.stat().st_size < SMALL:
            return f'<script type="module">\n{file.read_text(encoding="utf-8")}</script>\n'
        tag = tag.replace(match[1], versioned(match[1], file))
        if re.search(r'\b(?:defer|async)\b|type="module"', tag):
            return tag
        return tag.replace("<script", "<script defer", 1)

    return SCRIPT.sub(kept, PRELOADED.sub("", html))
