"""The set-up says what is missing, and does a step again only when it has to."""

import subprocess
import sys
from pathlib import Path

import pytest

from tasks import chromium, environment, torch_cpu


def test_unsupported_python_without_another_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment.sys, "version_info", (3, 10, 2))
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SystemExit, match=r"3\.11, 3\.12 or 3\.13; this is 3\.10"):
        environment.choose_python()


def test_failed_step_prints_output_and_mend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = [sys.executable, "-c", "print('no route to host'); raise SystemExit(3)"]
    with pytest.raises(SystemExit, match=r"fetching: failed\. Check the network"):
        environment.run("fetching", command, "Check the network.")
    assert "no route to host" in capsys.readouterr().out


def test_step_is_done_once_per_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "VENV", tmp_path)
    done = []
    for key in ("a", "a", "b"):
        environment.once("step", key, lambda: done.append(1))
    assert len(done) == 2


def test_failed_step_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "VENV", tmp_path)

    def fail() -> None:
        raise SystemExit("failed")

    for _ in range(2):
        with pytest.raises(SystemExit):
            environment.once("step", "a", fail)


def test_unreachable_torch_index_falls_back(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = []

    def run(command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
        asked.append("--index-url" in command)
        return subprocess.CompletedProcess(command, returncode=1 if asked[-1] else 0)

    monkeypatch.setattr(torch_cpu, "installed", lambda: False)
    monkeypatch.setattr(torch_cpu.subprocess, "run", run)
    torch_cpu.install()
    assert asked == [True, False]
    assert "taking the default index" in capsys.readouterr().out


def test_missing_chromium_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium, "find", lambda: None)
    monkeypatch.setattr(chromium.shutil, "which", lambda name: None)

    def fail(command: list[str], **options: object) -> None:
        raise subprocess.CalledProcessError(1, command)

    monkeypatch.setattr(chromium.subprocess, "run", fail)
    with pytest.raises(SystemExit, match="need Chromium, and none could be found or installed"):
        chromium.install()
