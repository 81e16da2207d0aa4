"""After a visit with a run the site reads and runs with no network; a new deploy replaces it."""

from pathlib import Path

import pytest
from live_pages import build_live, edit, opened, page, run, served, shows
from playwright.sync_api import Browser, Page, expect

from livebook.offline import write_service_worker

PAGES = {
    "index": page("import numpy as np\nnp.arange(3).sum()"),
    "second": page("6 * 7"),
}
# The one cache of the site's text that is complete, once there is no other.
KEPT = """async () => {
  const texts = (await caches.keys()).filter((key) => key.startsWith("livebook /book/ "))
    .filter((key) => !key.endsWith(" python"));
  if (texts.length !== 1) return null;
  return (await (await caches.open(texts[0])).match("digests")) ? texts[0] : null;
}"""
PYTHON_KEPT = """async () => {
  const cache = await caches.open("livebook /book/ python");
  const names = (await cache.keys()).map((request) => request.url);
  return ["pyodide.mjs", "pyodide.asm.js", "site.json", ".wasm", "stdlib-", "/numpy-", "/lock-"]
    .filter((part) => !names.some((name) => name.includes(part)));
}"""
CONTROLLED = "() => Boolean(navigator.serviceWorker.controller)"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site into a subfolder of what is served; return the folder served."""
    root = tmp_path_factory.mktemp("served")
    site = build_live(tmp_path_factory.mktemp("live"), PAGES)
    assert site.warnings == ""
    site.folder.rename(root / "book")
    return root


def wait_until_kept(page: Page, other_than: str = "") -> str:
    """Wait until the site and its Python are kept; return the name of the text's cache."""
    for _ in range(300):
        text, lacking = page.evaluate(KEPT), page.evaluate(PYTHON_KEPT)
        if text and text != other_than and not lacking and page.evaluate(CONTROLLED):
            return text
        page.wait_for_timeout(200)
    pytest.fail(f"not kept after a minute: text {text}, of Python not {lacking}")


def test_reads_and_runs_with_the_server_stopped(browser: Browser, folder: Path) -> None:
    with served(folder) as server:
        port = server.server_port
        address = f"http://127.0.0.1:{port}/book"
        with opened(browser, f"{address}/index.html", expect_errors=True) as page:
            run(page, 1)
            wait_until_kept(page)
            server.shutdown()
            server.server_close()
            page.reload()
            edit(page, 1, "import numpy as np\nint(np.arange(4).sum())")
            run(page, 1)
            expect(shows(page, 1)).to_have_text("6")
            page.goto(f"{address}/second.html")
            run(page, 1)
            expect(shows(page, 1)).to_have_text("42")
            page.goto(f"{address}/search.html?q=words")
            expect(page.locator("#search-results li a").first).to_be_visible()
            page.goto(f"{address}/")
            expect(page.locator("h1")).to_contain_text("Page")


def test_new_deploy_replaces_the_old_and_leaves_other_sites_alone(
    browser: Browser, folder: Path
) -> None:
    with served(folder) as server:
        address = f"http://127.0.0.1:{server.server_port}/book"
        with opened(browser, f"{address}/index.html", expect_errors=True) as page:
            page.evaluate("caches.open('livebook /other/ python')")
            run(page, 1)
            old = wait_until_kept(page)
            second = folder / "book" / "second.html"
            before = second.read_text()
            worker = folder / "book" / "sw.js"
            original = worker.read_text()
            try:
                second.write_text(before.replace("Words.", "New words."))
                write_service_worker(folder / "book")
                page.goto(f"{address}/second.html")
                expect(page.get_by_text("New words.").first).to_be_visible()
                wait_until_kept(page, other_than=old)
                keys = page.evaluate("caches.keys()")
                assert old not in keys
                assert "livebook /other/ python" in keys
            finally:
                second.write_text(before)
                worker.write_text(original)
