"""The figures' script in a real browser, on a page opened as a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from small_sites import build_site, bundle, notebook

HEIGHTS = "el => el.querySelector('.moving-figure-chart').data[0].y"
COLORS = """el => { const chart = el.querySelector('.moving-figure-chart');
                    const scale = chart.data[1].marker.colorscale;
                    return [chart.data[0].line.color, chart.data[1].line.color, scale[0][1]] }"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of a page with one figure, far below the first screen."""
    title = "# Page\n\n" + "<br>" * 80
    site = build_site(
        tmp_path_factory.mktemp("site"), {"index.ipynb": notebook(bundle(), title=title)}
    )
    assert site.warnings == ""
    return (site.folder / "index.html").as_uri()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Open the page; no error may have reached the console at the end."""
    context = browser.new_context(viewport={"width": 1000, "height": 700})
    opened, errors = context.new_page(), []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    opened.goto(address)
    yield opened
    context.close()
    assert errors == []


@pytest.fixture
def figure(page: Page) -> Locator:
    """Return the figure."""
    return page.locator(".moving-figure")


def drawn(figure: Locator) -> Locator:
    """Return the chart; expecting it waits for it."""
    return figure.locator(".moving-figure-chart .main-svg").first


def test_nothing_is_loaded_until_the_reader_comes_near(page: Page, figure: Locator) -> None:
    loaded = (
        "performance.getEntriesByType('resource').filter(e => e.name.includes('plotly')).length"
    )
    page.mouse.move(200, 200)
    page.wait_for_timeout(300)
    assert page.evaluate(loaded) == 0
    page.mouse.wheel(0, 5000)
    expect(drawn(figure)).to_be_visible()
    expect(figure.locator(".moving-figure-poster")).to_have_count(0)


def test_arrow_keys_move_the_figure_and_say_the_value(page: Page, figure: Locator) -> None:
    slider = figure.locator("input")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(figure).to_have_attribute("data-frame", "4")
    assert figure.evaluate(HEIGHTS) == [0, 3, 6, 9]
    expect(slider).to_have_attribute("aria-valuetext", "3")
    expect(figure.locator("output")).to_have_text("3")


def test_moves_made_before_loading_are_kept(page: Page, figure: Locator) -> None:
    page.route("**/plotly-*", lambda route: (page.wait_for_timeout(500), route.continue_()))
    figure.locator("input").focus()
    page.keyboard.press("ArrowLeft")
    figure.locator("select").select_option("down")
    expect(figure).to_have_attribute("data-frame", "1")
    assert figure.evaluate(HEIGHTS) == [0, -1, -2, -3]


def test_a_click_on_a_point_makes_the_choice_it_names(browser: Browser, tmp_path: Path) -> None:
    named = bundle()
    named["data"][0] |= {"mode": "markers", "customdata": ["steep", "down", "up", "down"]}
    built = build_site(tmp_path, {"index.ipynb": notebook(named, title="# Page")})
    opened = browser.new_page(viewport={"width": 1000, "height": 700})
    opened.goto((built.folder / "index.html").as_uri())
    figure = opened.locator(".moving-figure")
    figure.locator("input").press("ArrowRight")
    expect(figure).to_have_attribute("data-frame", "4")

    def click(number: int) -> None:
        point = figure.locator(".scatterlayer .point").nth(number).bounding_box()
        assert point
        opened.mouse.move(point["x"] + point["width"] / 2 - 3, point["y"] + point["height"] / 2)
        opened.mouse.move(point["x"] + point["width"] / 2, point["y"] + point["height"] / 2)
        opened.wait_for_timeout(200)  # plotly notices a hovered point with a delay
        opened.mouse.down()
        opened.mouse.up()

    click(1)
    expect(figure).to_have_attribute("data-frame", "5")
    expect(figure.locator("select")).to_have_value("1")
    click(0)  # words that no menu knows
    opened.wait_for_timeout(300)
    expect(figure).to_have_attribute("data-frame", "5")
    opened.close()


def test_moving_back_gives_the_start_again(page: Page, figure: Locator) -> None:
    figure.locator("input").focus()
    for key, frame in (("End", "4"), ("ArrowLeft", "2")):
        page.keyboard.press(key)
        expect(figure).to_have_attribute("data-frame", frame)
    assert figure.evaluate(HEIGHTS) == [0, 2, 4, 6]


def test_colors_follow_the_theme(page: Page, figure: Locator) -> None:
    path = figure.locator(".moving-figure-poster path")
    stroke = "el => getComputedStyle(el).stroke"
    assert path.evaluate(stroke) == "rgb(0, 114, 178)"
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert path.evaluate(stroke) == "rgb(86, 180, 233)"
    figure.locator("input").press("End")
    expect(figure).to_have_attribute("data-frame", "4")
    assert figure.evaluate(COLORS) == ["#56b4e9", "#6e7681", "#56b4e9"]
    page.evaluate("document.documentElement.dataset.theme = 'light'")
    page.wait_for_function(f"({COLORS})(document.querySelector('.moving-figure'))[0] === '#0072b2'")


def test_room_is_the_same_before_and_after_drawing(page: Page, figure: Locator) -> None:
    before = figure.bounding_box()
    figure.locator("input").press("End")
    expect(figure).to_have_attribute("data-frame", "4")
    after = figure.bounding_box()
    assert before
    assert after
    assert after["height"] == before["height"]


def test_keyboard_goes_through_the_controls_and_out(page: Page, figure: Locator) -> None:
    figure.locator("input").press("End")
    expect(figure).to_have_attribute("data-frame", "4")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SELECT"
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.closest('.moving-figure') !== null")


def test_print_is_light_and_without_controls(page: Page, figure: Locator) -> None:
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    figure.locator("input").press("End")
    expect(figure).to_have_attribute("data-frame", "4")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert figure.evaluate(COLORS)[0] == "#0072b2"
    expect(figure.locator(".moving-figure-controls")).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.wait_for_function(f"({COLORS})(document.querySelector('.moving-figure'))[0] === '#56b4e9'")


def test_missing_library_is_said_beside_the_poster(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/plotly-*", lambda route: route.abort())
    page.goto(address)
    figure = page.locator(".moving-figure")
    figure.locator("input").press("End")
    expect(figure.locator(".moving-figure-error")).to_contain_text("cannot move now")
    expect(figure.locator(".moving-figure-poster")).to_be_visible()
    page.close()


def test_without_scripts_the_poster_stands_alone(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    expect(page.locator(".moving-figure-poster")).to_be_visible()
    expect(page.locator(".moving-figure-controls")).to_be_hidden()
    context.close()


def test_phone_has_legend_below_tall_targets_and_no_sideways_scroll(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(address)
    figure = page.locator(".moving-figure")
    figure.locator("input").press("End")
    expect(figure).to_have_attribute("data-frame", "4")
    layout = "document.querySelector('.moving-figure-chart').layout"
    assert page.evaluate(f"[{layout}.legend.orientation, {layout}.dragmode]") == ["h", False]
    for control in figure.locator("input, select").all():
        box = control.bounding_box()
        assert box
        assert box["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_wide_formulas_scroll_and_take_focus_only_where_they_overflow(
    browser: Browser, tmp_path: Path
) -> None:
    wide = " + ".join(["x_1"] * 60)
    site = build_site(tmp_path, {"index.md": f"# T\n\n$$\na = b\n$$\n\n$$\n{wide}\n$$\n"})
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto((site.folder / "index.html").as_uri())
    boxes = page.locator(".math-scroll")
    expect(boxes.nth(1)).to_have_attribute("tabindex", "0")
    expect(boxes.nth(0)).not_to_have_attribute("tabindex", "0")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    boxes.nth(1).focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelectorAll('.math-scroll')[1].scrollLeft > 0")
    page.close()
