"""Printing the document by Chromium, twice: the second time with the numbers of its pages."""

import threading
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from playwright.sync_api import sync_playwright

from tasks import chromium
from tasks.pdf.finishing import pages_of_targets
from tasks.serve import make_server

WIDTH = 658  # px; an A4 sheet between its margins, 174 mm
PATIENCE = 600_000  # ms
# Without these, Chromium's own services look for hosts outside.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Makes smaller what is wider than its column; returns what is still cut at the sheet's edge.
FIT = """width => {
  for (const box of document.querySelectorAll(".math-scroll")) {
    const formula = box.querySelector(".katex");
    if (formula && box.scrollWidth > box.clientWidth + 1) {
      const size = parseFloat(getComputedStyle(formula).fontSize);
      formula.style.fontSize = `${(0.98 * size * box.clientWidth) / box.scrollWidth}px`;
    }
  }
  for (const table of document.querySelectorAll("table")) {
    const room = table.parentElement.clientWidth;
    if (table.offsetWidth > room + 1) {
      table.style.zoom = Math.max(0.5, (0.99 * room) / table.offsetWidth);
    }
  }
  const cut = [];
  const drawn = "p, pre, td, th, li, .katex, dt, .moving-figure";
  for (const element of document.querySelectorAll(drawn)) {
    const { right, width: wide } = element.getBoundingClientRect();
    if (wide > 0 && right > width + 2) {
      cut.push(`${element.closest(".chapter")?.id}: ${element.textContent.trim().slice(0, 60)}`);
    }
  }
  return cut;
}"""
FILL = """pages => {
  for (const place of document.querySelectorAll(".page-number")) {
    place.textContent = pages[place.dataset.for] ?? "";
  }
}"""


def print_document(file: Path, say: Callable[[str], None] = print) -> tuple[bytes, list[str]]:
    """Print a document that lies beside the built site.

    Parameters
    ----------
    file : Path
        The document, in a folder beside the site's.
    say : callable
        Told what is done.

    Returns
    -------
    pdf : bytes
    cut : list of str
        What is wider than the sheet.
    """
    path = chromium.find()
    if path is None:
        raise SystemExit(chromium.MEND)
    server = make_server(file.parents[1], 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/{file.parent.name}/{file.name}"
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
            tab = browser.new_page(viewport={"width": WIDTH, "height": 1000}, color_scheme="light")
            tab.set_default_timeout(PATIENCE)
            tab.emulate_media(media="print")
            tab.goto(address)
            tab.evaluate("document.fonts.ready.then(() => true)")
            cut = tab.evaluate(FIT, WIDTH)
            say("  printing, to find the pages' numbers")
            draft = tab.pdf(prefer_css_page_size=True)
            tab.evaluate(FILL, pages_of_targets(BytesIO(draft)))
            say("  printing with the pages' numbers")
            printed = tab.pdf(
                outline=True, tagged=True, prefer_css_page_size=True, print_background=True
            )
            browser.close()
            return printed, cut
    finally:
        server.shutdown()
        server.server_close()
