"""What Lighthouse says of every page of the built site: ``python -m benchmarks.page_speed``.

The site is served as a good host would serve it: compressed, and files below `_static`, whose
names or queries change with their content, kept by the browser. Lighthouse measures as on a phone
of the middle class, which other work on this machine makes look slower: of each page the best of
some runs counts, and the load is printed beside the table.
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
import threading
from dataclasses import astuple, dataclass
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tasks import chromium
from tasks.execute import table_of_contents

ROOT = Path(__file__).resolve().parents[1]
TOOL = ROOT / "benchmarks" / "page-speed"
LIGHTHOUSE = TOOL / "node_modules" / "lighthouse" / "cli" / "index.js"
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
SQUEEZED = ("text/", "application/json", "application/javascript", "image/svg")
YEAR = 365 * 24 * 3600
CHROMIUM = "--headless=new --no-sandbox --disable-gpu"


class Host(SimpleHTTPRequestHandler):
    """A host that compresses what is text and lets static files be kept."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *words: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Send a file with its headers."""
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        content, kind = path.read_bytes(), self.guess_type(str(path))
        self.send_response(HTTPStatus.OK)
        if kind.startswith(SQUEEZED):
            content = gzip.compress(content)
            self.send_header("Content-Encoding", "gzip")
        utf8 = "; charset=utf-8" if kind.startswith("text/") else ""
        self.send_header("Content-Type", kind + utf8)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", f"max-age={YEAR if '_static' in path.parts else 600}")
        self.end_headers()
        self.wfile.write(content)


@dataclass(frozen=True, order=True)
class Scores:
    """Lighthouse's four scores out of 100, and three measurements of a page."""

    performance: int
    accessibility: int
    best_practices: int
    seo: int
    blocked: float  # ms
    largest_paint: float  # s
    shift: float
    kilobytes: float
    requests: int

    @property
    def passes(self) -> bool:
        """Tell whether all four are what they must be."""
        return all(
            score >= least for score, least in zip(astuple(self), LEAST.values(), strict=False)
        )


def read(report: dict[str, Any]) -> Scores:
    """Return what a report of Lighthouse says."""
    audits = report["audits"]
    fetched = audits["network-requests"]["details"]["items"]
    return Scores(
        *(round(100 * (report["categories"][name]["score"] or 0)) for name in LEAST),
        blocked=audits["total-blocking-time"]["numericValue"],
        largest_paint=audits["largest-contentful-paint"]["numericValue"] / 1000,
        shift=audits["cumulative-layout-shift"]["numericValue"],
        kilobytes=sum(item.get("transferSize", 0) for item in fetched) / 1000,
        requests=len(fetched),
    )


def measure(address: str, browser: Path) -> Scores:
    """Run Lighthouse once on a page.

    Raises
    ------
    RuntimeError
        If it gives no report; the message is Lighthouse's own.
    """
    node = Path(sys.executable).with_name("node")
    options = ["--output=json", "--quiet", f"--only-categories={','.join(LEAST)}"]
    done = subprocess.run(
        [str(node), str(LIGHTHOUSE), address, *options, f"--chrome-flags={CHROMIUM}"],
        env={**os.environ, "CHROME_PATH": str(browser)},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"Lighthouse failed on {address}: {done.stderr.strip()[-500:]}")
    return read(json.loads(done.stdout))


def install() -> None:
    """Install Lighthouse from its lock file where it is not."""
    if not LIGHTHOUSE.exists():
        print("installing Lighthouse", flush=True)
        npm = Path(sys.executable).with_name("npm")
        subprocess.run([str(npm), "ci", "--silent"], cwd=TOOL, check=True)


def main() -> None:
    """Measure the pages, print a table, and fail where a score is too low."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pages", nargs="*", help="such as book/02-derivatives; default: all")
    parser.add_argument("--runs", type=int, default=3, help="at most, until a page passes")
    options = parser.parse_args()
    browser = chromium.find()
    if browser is None:
        sys.exit(chromium.MEND)
    install()
    site = ROOT / "_build" / "html"
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("perf  a11y  best   seo  blocked ms  paint s  shift     kB  requests  load  page")
    low = []
    for page in options.pages or [*table_of_contents(), "search", "genindex"]:
        best: Scores | None = None
        for _ in range(options.runs):
            found = measure(f"http://127.0.0.1:{server.server_port}/{page}.html", Path(browser))
            best = max(best or found, found)
            if best.passes:
                break
        assert best is not None
        low += [] if best.passes else [page]
        numbers = "{:4d}  {:4d}  {:4d}  {:4d}  {:10.0f}  {:7.1f}  {:5.3f}  {:5.0f}  {:8d}"
        print(numbers.format(*astuple(best)), f" {os.getloadavg()[0]:4.1f}  {page}", flush=True)
    if low:
        sys.exit(f"Lower than {LEAST}: {', '.join(low)}")


if __name__ == "__main__":
    main()
