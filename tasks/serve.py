"""Build the book and serve it on this machine until Ctrl+C."""

import argparse
import functools
import sys
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tasks.build import BuildError, build_site


class QuietHandler(SimpleHTTPRequestHandler):
    """Serve files; print only what went wrong."""

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Say nothing of requests that were answered."""


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
