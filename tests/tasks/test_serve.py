"""A port that can't be had is told at once."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

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
