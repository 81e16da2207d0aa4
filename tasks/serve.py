"""Build the book and serve it on this machine until Ctrl+C.

A wrong address gets the site's own answer, `404.html`, as on the web.
"""

import argparse
import functools
import re
import sys
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tasks.build import BuildError, build_site

NOT_FOUND = "404.html"
ROOT = re.compile(r'data-content_root="(/[^"]*)"')


def not_found_page(site: Path) -> bytes | None:
    """Return the answer to a wrong address; None if the site has none.

    Its links begin at the root that the site has on the web. Here that is the server's.
    """
    path = site / NOT_FOUND
    if not path.is_file():
        return None
    html = path.read_text(encoding="utf-8")
    root = ROOT.search(html)
    return (html.replace(f'"{root[1]}', '"/') if root else html).encode()


class QuietHandler(SimpleHTTPRequestHandler):
    """Serve files; print only what went wrong."""

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Say nothing of requests that were answered."""

    def do_GET(self) -> None:
        """Serve a file; the answer to wrong addresses with links that lead somewhere here."""
        if self.path.partition("?")[0] == f"/{NOT_FOUND}" and self._send_not_found(HTTPStatus.OK):
            return
        super().do_GET()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer a wrong address with the site's own page, anything else as usual."""
        wrong = code == HTTPStatus.NOT_FOUND and self.command == "GET"
        if not (wrong and self._send_not_found(HTTPStatus.NOT_FOUND)):
            super().send_error(code, message, explain)

    def _send_not_found(self, status: HTTPStatus) -> bool:
        page = not_found_page(Path(self.directory))
        if page is None:
            return False
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)
        return True


class PatientServer(ThreadingHTTPServer):
    """A server that takes it quietly when a browser leaves before its answer is complete."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Print what went wrong, unless the connection alone did."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def make_server(
    site: Path, port: int, handler: type[QuietHandler] = QuietHandler
) -> ThreadingHTTPServer:
    """Return a server for the site on this machine's loopback address; port 0 takes a free one."""
    return PatientServer(("127.0.0.1", port), functools.partial(handler, directory=str(site)))


def main() -> None:
    """Claim the port first, so that a busy one is told before the long build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    site = Path(__file__).resolve().parents[1] / "_build" / "html"
    try:
        server = make_server(site, port)
    except (OSError, OverflowError) as error:
        raise SystemExit(
            f"Port {port} can't be used ({error}). Take another: make serve PORT={port % 60000 + 1}"
        ) from None
    try:
        build_site()
    except BuildError as error:
        raise SystemExit(str(error)) from None
    print(f"The book: http://127.0.0.1:{server.server_port}/ (stop with Ctrl+C)", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
