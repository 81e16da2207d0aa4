"""Time and memory of live cells, from the click on Run: ``python -m benchmarks.live_cells``.

A cold run has a fresh browser profile; a warm one is a second visit with the same profile, whose
service worker has kept Python. Other work on the machine lengthens both: the load is printed beside
each, and so is the processor time, which depends on it less.
"""

import argparse
import os
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from playwright.sync_api import BrowserContext, Page, sync_playwright

from tasks import chromium
from tasks.serve import QuietHandler, make_server

ROOT = Path(__file__).resolve().parents[1]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PAGE = "live-cells-timed.html"
CELLS = {
    "numpy": "import numpy as np\nfloat(np.linspace(0, 1, 11).sum())",
    "scipy and matplotlib": (
        "import numpy as np\nfrom matplotlib import pyplot as plt\n"
        "from scipy.interpolate import CubicSpline\nt = np.linspace(0, 6, 9)\n"
        "u = np.linspace(0, 6, 200)\nplt.plot(u, CubicSpline(t, np.sin(t))(u))\nplt.show()"
    ),
    "moving figure": (
        "import numpy as np\nfrom calcbook import charts, moving_figure\n"
        "t = np.linspace(0, 1, 50)\n"
        "moving_figure(lambda power: charts.curves({'curve': (t, t**power)}),\n"
        "              alt='Powers of t.', power=[1, 2, 3])"
    ),
}
TARGETS = {"numpy": (5, 3), "scipy and matplotlib": (15, 9)}  # seconds, cold and warm
KEPT = """async () => {
  const keys = (await caches.keys()).filter((key) => key.endsWith(" python"));
  if (!keys.length || !navigator.serviceWorker.controller) return false;
  const cache = await caches.open(keys[0]);
  return (await cache.keys()).some(({ url }) => url.endsWith("/site.json"));
}"""


@dataclass(frozen=True)
class Run:
    """One run: seconds from the click, the browser's processor seconds, MB, and the load."""

    seconds: float
    processor: float
    received: float
    memory: float
    load: float


class CountingHandler(QuietHandler):
    """Serve files, and count the bytes."""

    served = 0

    def copyfile(self, source: IO[bytes], outputfile: IO[bytes]) -> None:  # type: ignore[override]
        """Send a file."""
        CountingHandler.served += os.fstat(source.fileno()).st_size
        shutil.copyfileobj(source, outputfile)

    def log_error(self, *words: object) -> None:
        """Say nothing: the browser asks for an icon that the page does not have."""


def html(site: Path, code: str) -> str:
    """Return a page of one cell that loads what the site's own pages load."""
    (start,) = (site / "_static/livebook/live").glob("start-*.js")
    code = code.replace("&", "&amp;").replace("<", "&lt;")
    return (
        '<!doctype html><html lang="en" data-content_root="./"><title>Timed</title>'
        '<script type="application/json" id="live-cells">{"cells": [{}]}</script>'
        f'<div class="cell"><div class="cell_input"><div class="highlight"><pre>{code}</pre></div>'
        f'</div></div><script type="module" src="_static/livebook/live/{start.name}"></script>'
    )


def family(root: int) -> list[int]:
    """Return a process and all that descend from it."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has just ended
                continue
            parents.setdefault(int(fields[1]), []).append(int(entry.name))
    found = [root]
    for process in found:
        found += parents.get(process, [])
    return found


def used(processes: list[int]) -> tuple[float, float]:
    """Return (processor seconds, MB of memory) of processes; shared pages are counted once."""
    ticks = memory = 0
    for process in processes:
        try:
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
        memory += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return ticks / os.sysconf("SC_CLK_TCK"), memory / 1000


@contextmanager
def profile() -> Iterator[tuple[BrowserContext, int]]:
    """Start a browser with a fresh profile; yield its context and its process."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        sync_playwright() as play,
    ):
        context = play.chromium.launch_persistent_context(
            folder, executable_path=chromium.find(), args=ARGUMENTS
        )
        mark = f"--user-data-dir={folder}\0".encode()
        (process, *_) = sorted(
            int(entry.name)
            for entry in Path("/proc").iterdir()
            if entry.name.isdigit() and mark in (entry / "cmdline").read_bytes()
        )
        yield context, process
        context.close()


def run(page: Page, address: str, process: int) -> Run:
    """Open the page, click Run, wait for the result."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    CountingHandler.served = 0
    load, before = os.getloadavg()[0], used(family(process))[0]
    start = time.perf_counter()
    page.get_by_role("button", name="Run: cell 1", exact=True).click()
    page.wait_for_function(
        "() => /^(Ran in|Ended)/.test(document.querySelector('.live-status').textContent)"
        " && document.querySelector('.live-output').childElementCount",
        timeout=180_000,
        polling=20,
    )
    seconds = time.perf_counter() - start
    if page.locator(".live-error").count():
        raise SystemExit(page.locator(".live-error").inner_text())
    received = CountingHandler.served / 1e6
    after, memory = used(family(process))
    return Run(seconds, after - before, received, memory, load)


def measure(address: str, repeats: int) -> tuple[list[Run], list[Run]]:
    """Return the cold runs and the warm ones."""
    cold, warm = [], []
    for _ in range(repeats):
        with profile() as (context, process):
            page = context.pages[0]
            cold.append(run(page, address, process))
            for _ in range(600):
                if page.evaluate(KEPT):
                    break
                page.wait_for_timeout(100)
            page.wait_for_timeout(2000)
            page.close()
            page = context.new_page()
            warm.append(run(page, address, process))
    return cold, warm


def main() -> None:
    """Measure each cell and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, default=ROOT / "_build" / "html")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--cells", nargs="+", choices=CELLS, default=list(CELLS))
    arguments = parser.parse_args()
    site = arguments.site.resolve()
    server = make_server(site, 0, CountingHandler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    head = ("best s", "median s", "target s", "processor s", "MB read", "MB memory", "load")
    print(" ".join(f"{word:>11}" for word in head) + "  cell")
    try:
        for name in arguments.cells:
            (site / PAGE).write_text(html(site, CELLS[name]), encoding="utf-8")
            both = measure(f"http://127.0.0.1:{server.server_port}/{PAGE}", arguments.repeats)
            for place, (kind, runs) in enumerate(zip(("cold", "warm"), both, strict=True)):
                best = min(runs, key=lambda each: each.seconds)
                row = (
                    f"{best.seconds:.1f}",
                    f"{statistics.median(each.seconds for each in runs):.1f}",
                    str(TARGETS[name][place]) if name in TARGETS else "",
                    f"{min(each.processor for each in runs):.1f}",
                    f"{best.received:.1f}",
                    f"{best.memory:.0f}",
                    "/".join(f"{each.load:.1f}" for each in runs),
                )
                print(" ".join(f"{text:>11}" for text in row) + f"  {name}, {kind}", flush=True)
    finally:
        (site / PAGE).unlink(missing_ok=True)
        server.shutdown()


if __name__ == "__main__":
    main()
