"""The built site, served from a thread."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tasks.build import BuildError, build_site
from tasks.serve import make_server
from tests.sharing import BUILDING


@pytest.fixture(scope="session")
def site(say: Callable[[str], None]) -> Path:
    """Build the whole book; return the folder of the finished site."""
    say("Building the site for the browser tests")
    try:
        with BUILDING:
            return build_site()
    except BuildError as error:
        pytest.fail(f"the site could not be built\n{error}", pytrace=False)


@pytest.fixture(scope="session")
def site_url(site: Path) -> Iterator[str]:
    """Serve the site from a thread; return its address."""
    server = make_server(site, 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
