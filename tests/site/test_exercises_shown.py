"""Exercises as a reader meets them: folded solutions, verdicts, downloads."""

import json
import re
from pathlib import Path

import nbformat
import pytest
from browsing import DESKTOP, PHONE, address_of, visit
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from tasks.execute import ROOT, executable_pages

START = re.compile(r"\{exercise-start\}.*\n:label: (\S+)")
EXERCISES = {
    page: found
    for page in executable_pages()
    if (found := START.findall((ROOT / f"{page}.md").read_text()))
}
PAGES = list(EXERCISES)
CHAPTER = "book/00-why-calculus"
SUMMARY = "details.solution > summary"


def test_there_are_exercises() -> None:
    assert CHAPTER in PAGES


@pytest.mark.parametrize("page", PAGES)
def test_every_exercise_is_followed_by_its_folded_solution(page: str, site: Path) -> None:
    document = BeautifulSoup((site / f"{page}.html").read_text(), "html.parser")
    shown = [str(exercise["id"]) for exercise in document.select("div.exercise")]
    assert shown == EXERCISES[page]
    for label in shown:
        number = label.removeprefix("exercise-").replace("-", ".")
        (exercise,) = document.select(f"div.exercise#{label}")
        (solution,) = document.select(
            f"details.solution:not([open])#{label.replace('exercise', 'solution')}"
        )
        title = exercise.select_one(".admonition-title")
        assert title is not None
        assert title.get_text().startswith(f"Exercise {number} ★")
        assert "put your answer in place of the dots" in exercise.get_text()
        assert exercise.find_next("details", class_="solution") is solution
        assert f"✓ {number}: right" in solution.get_text()


@pytest.mark.parametrize("page", PAGES)
def test_download_is_stripped(page: str, site: Path) -> None:
    document = BeautifulSoup((site / f"{page}.html").read_text(), "html.parser")
    (button,) = {
        str(a["href"]) for a in document.select("a[href$='.ipynb']") if "://" not in a["href"]
    }
    path = ((site / page).parent / button).resolve()
    notebook = nbformat.read(path, 4)
    text = json.dumps(notebook)
    assert path == (site / "notebooks" / f"{page.removeprefix('book/')}.ipynb").resolve()
    assert "### Exercise" in text
    assert "solution-" not in text
    assert not re.search(r"\{(glue|chapter|cite|numref|ref|exercise|solution)", text)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_solution_opens_by_keyboard_also_without_scripts(
    page: str, script: bool, browser: Browser, site_url: str
) -> None:
    address = address_of(site_url, page)
    with visit(browser, address, **DESKTOP, java_script_enabled=script) as tab:
        summary = tab.locator(SUMMARY).first
        prose = tab.locator("details.solution > p").first
        assert not prose.is_visible()
        summary.focus()
        tab.keyboard.press("Enter")
        assert prose.is_visible()
        tab.keyboard.press("Enter")
        assert not prose.is_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_solutions_are_printed(script: bool, browser: Browser, site_url: str) -> None:
    address = address_of(site_url, CHAPTER)
    with visit(browser, address, **DESKTOP, java_script_enabled=script) as tab:
        if script:
            tab.evaluate("dispatchEvent(new Event('beforeprint'))")
            assert tab.locator("details.solution:not([open])").count() == 0
            tab.evaluate("dispatchEvent(new Event('afterprint'))")
            assert tab.locator("details.solution[open]").count() == 0
        else:
            tab.emulate_media(media="print")
            assert tab.locator("details.solution > p").first.is_visible()


LIGHTNESS = """element => {
    const canvas = document.createElement('canvas').getContext('2d');
    const lightness = color => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = color;
        canvas.fillRect(0, 0, 1, 1);
        const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
        return a < 255 ? null : (0.3 * r + 0.6 * g + 0.1 * b) / 255;
    };
    let behind = element, ground = null;
    while (behind && ground === null) {
        ground = lightness(getComputedStyle(behind).backgroundColor);
        behind = behind.parentElement;
    }
    return [lightness(getComputedStyle(element).color), ground];
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_verdicts_follow_the_theme(
    theme: str, size: dict[str, object], browser: Browser, site_url: str
) -> None:
    with visit(browser, address_of(site_url, CHAPTER), **size, color_scheme=theme) as tab:
        text, ground = tab.locator(".exercise .verdict").first.evaluate(LIGHTNESS)
        assert (ground > 0.8) if theme == "light" else (ground < 0.3)
        assert abs(text - ground) > 0.5


def test_summary_is_large_enough_to_touch(browser: Browser, site_url: str) -> None:
    with visit(browser, address_of(site_url, CHAPTER), **PHONE) as tab:
        for summary in tab.locator(SUMMARY).all():
            box = summary.bounding_box()
            assert box is not None
            assert box["height"] >= 24
