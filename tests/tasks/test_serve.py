"""A port that can't be had is told at once."""

import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.serve import make_server

ROOT = Path(__file__).resolve().parents[2]


def serve(port: str) -> str:
    command = [sys.executable, "-m", "tasks.serve", "--port", port]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    return done.stderr


def test_busy_port_names_another() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        message = serve(str(port))
    assert f"Port {port} can't be used" in message
    assert "make serve PORT=" in message


@pytest.mark.parametrize("port", ["70000", "-1"])
def test_impossible_port_is_told(port: str) -> None:
    assert "can't be used" in serve(port)


@pytest.mark.parametrize(
    ("error", "told"), [(BrokenPipeError, False), (ConnectionResetError, False), (ValueError, True)]
)
def test_a_browser_that_leaves_is_no_news(
    error: type[Exception], told: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with make_server(tmp_path, 0) as server:
        try:
            raise error("in the middle of an answer")
        except error:
            server.handle_error(None, ("127.0.0.1", 1))
    assert ("in the middle of an answer" in capsys.readouterr().err) == told


ANSWER = '<html data-content_root="/ours/"><a href="/ours/book/one.html">One</a></html>'


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with make_server(tmp_path, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("wrong", ["/no.html", "/deep/down/no"])
def test_a_wrong_address_gets_the_sites_answer(wrong: str, address: str, tmp_path: Path) -> None:
    (tmp_path / "404.html").write_text(ANSWER)
    with pytest.raises(urllib.error.HTTPError) as error:
        urllib.request.urlopen(address + wrong)
    assert error.value.code == 404
    page = error.value.read().decode()
    assert 'href="/book/one.html"' in page  # here the root is the server's
    with urllib.request.urlopen(f"{address}/404.html") as direct:
        assert direct.read().decode() == page


def test_a_site_without_an_answer_says_so_itself(address: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as error:
        urllib.request.urlopen(f"{address}/no.html")
    assert error.value.code == 404
