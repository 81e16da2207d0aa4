"""What can go wrong with live cells ends in a sentence, and the page stays as it was."""

import re
import shutil
from pathlib import Path

import pytest
from live_pages import ROOT, build_live, button, edit, opened, page, run, says, served, shows
from playwright.sync_api import Browser, Page, expect
from sphinx.errors import ExtensionError

from livebook.pyodide import Pyodide, mirror_of

PAGES = {
    "index": page("import numpy as np\nnp.arange(3).sum()", "6 * 7"),
    "memory": page("kept = [bytearray(2**28) for _ in range(64)]", "'well'"),
}
NO_STORAGE = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("denied", "SecurityError"); } });"""


def stands(page: Page) -> None:
    """Check that the page's own text and code are there."""
    expect(page.locator(".cell_input pre").first).to_contain_text("import numpy")
    expect(page.get_by_text("Words.").first).to_be_visible()


def test_browser_without_webassembly(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/index.html", script="delete window.WebAssembly") as page:
        run(page, 1, "This browser cannot run Python: WebAssembly is missing")
        stands(page)


def test_browser_that_stores_nothing(browser: Browser, address: str) -> None:
    script = NO_STORAGE + "delete Navigator.prototype.serviceWorker;"
    with opened(browser, f"{address}/index.html", script, expect_errors=True) as page:
        edit(page, 2, "6 * 8")
        says(page, 2, "the edit lasts until the page is left")
        run(page, 2)
        expect(shows(page, 2)).to_have_text("48")


def test_download_that_breaks_off_is_tried_again(browser: Browser, address: str) -> None:
    broken = []
    with opened(browser, f"{address}/index.html", expect_errors=True) as page:

        def break_twice(route) -> None:
            broken.append(route.request.url)
            if len(broken) <= 2:
                route.abort("connectionreset")
            else:
                route.continue_()

        page.route("**/numpy-*.whl", break_twice)
        run(page, 1)
        expect(shows(page, 1)).to_contain_text("3")
    assert len(broken) == 3


def test_download_that_stays_broken_is_said_and_the_next_run_mends_it(
    browser: Browser, address: str
) -> None:
    with opened(browser, f"{address}/index.html", expect_errors=True) as page:
        page.route(re.compile("numpy-.*whl|python_stdlib"), lambda route: route.abort())
        run(page, 1, "A download broke off: python_stdlib-")
        stands(page)
        page.unroute_all()
        page.route("**/numpy-*.whl", lambda route: route.abort())
        run(page, 1, "A download broke off: numpy")
        page.unroute_all()
        run(page, 1)
        expect(shows(page, 1)).to_contain_text("3")


def test_site_that_is_gone_is_said(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/index.html", expect_errors=True) as page:
        page.route("**/site.json", lambda route: route.abort())
        run(page, 2, "Python cannot be reached")
        page.unroute_all()
        run(page, 2)


def test_memory_that_runs_out_is_said_and_python_goes_on(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/memory.html") as page:
        run(page, 1, "Ended with an error")
        expect(shows(page, 1)).to_contain_text("Cell 1, line 1")
        expect(shows(page, 1)).to_contain_text("MemoryError")
        expect(shows(page, 1)).to_contain_text("Python had no memory left")
        edit(page, 1, "pass")
        run(page, 2)
        expect(shows(page, 2)).to_contain_text("well")


def test_wheel_that_is_not_the_locks_stops_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pyodide = Pyodide.at(ROOT / "node_modules" / "pyodide")
    mirror = tmp_path / "mirror"
    shutil.copytree(mirror_of(pyodide, ROOT), mirror, symlinks=True)
    wheel = mirror / pyodide.packages["numpy"]["file_name"]
    content = bytearray(wheel.read_bytes())
    content[1000] ^= 1
    wheel.chmod(0o644)
    wheel.write_bytes(content)
    monkeypatch.setenv("PYODIDE_MIRROR", str(mirror))
    with pytest.raises(ExtensionError, match=r"numpy-.* is not the file that Pyodide's lock names"):
        build_live(tmp_path / "site", {"index": PAGES["index"]})


def test_without_a_mirror_pages_name_the_host_that_they_will_ask(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYODIDE_MIRROR", str(tmp_path / "nothing"))
    site = build_live(tmp_path / "site", {"index": PAGES["index"]})
    assert site.warnings == ""
    asked = []
    with served(site.folder) as server:
        address = f"http://127.0.0.1:{server.server_port}/index.html"
        with opened(browser, address, expect_errors=True) as page:

            def stand_in(route) -> None:
                asked.append(route.request.url)
                wheel = route.request.url.rsplit("/", 1)[1]
                mirror = Path(mirror_of(Pyodide.at(ROOT / "node_modules/pyodide"), ROOT))
                route.fulfill(
                    body=(mirror / wheel).read_bytes(),
                    headers={"access-control-allow-origin": "*"},
                )

            monkeypatch.undo()
            page.route(re.compile("^https://"), stand_in)
            button(page, 1, "Run").click()
            says(page, 1, "Loading Python, once, most of it from cdn.jsdelivr.net")
            says(page, 1, "Ran in")
            expect(shows(page, 1)).to_contain_text("3")
    pattern = r"https://cdn\.jsdelivr\.net/pyodide/v0\.27\.7/full/numpy-[\w.-]+\.whl"
    assert len(asked) == 1
    assert re.fullmatch(pattern, asked[0])
