"""A port that can't be had is told at once."""

import socket
import subprocess
import sys
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
