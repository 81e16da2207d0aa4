"""The project names its own address once, and nothing of the machine it was written on."""

import re
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlparse

import pytest
import yaml

# Files that must be able to hold such strings: this test names them.
SELF = "tests/house/test_addresses.py"
MACHINE_PATH = re.compile(r"(?<![\w.$}~/:])/(?:work|root|home|Users|mnt|opt|private)/[\w.-]+")
DOWNLOAD_ADDRESS = re.compile(
    r"files\.pythonhosted\.org|registry\.npmjs\.org|registry\.yarnpkg\.com|/simple/[\w-]+/"
)


def find(texts: dict[str, str], pattern: re.Pattern[str]) -> list[str]:
    """Return 'file:line: match' for every match outside this file."""
    return [
        f"{name}:{number}: {match.group()}"
        for name, text in texts.items()
        if name != SELF
        for number, line in enumerate(text.splitlines(), 1)
        if (match := pattern.search(line))
    ]


def configured_hosts() -> Iterator[str]:
    """Yield the hosts that pip is told to download from on this machine."""
    command = [sys.executable, "-m", "pip", "config", "list"]
    listing = subprocess.run(command, capture_output=True, text=True).stdout
    for address in re.findall(r"https?://[^\s'\"]+", listing):
        if host := urlparse(address).hostname:
            yield host


def test_repository_address_stands_once(project_texts: dict[str, str]) -> None:
    address = yaml.safe_load(project_texts["_config.yml"])["repository"]["url"]
    owner_and_name = urlparse(address).path.strip("/").removesuffix(".git")
    holders = {
        name: text.count(owner_and_name)
        for name, text in project_texts.items()
        if owner_and_name in text
    }
    assert holders == {"_config.yml": 1}


def test_no_path_of_one_machine(project_texts: dict[str, str]) -> None:
    assert find(project_texts, MACHINE_PATH) == []


def test_no_download_address_is_recorded(project_texts: dict[str, str]) -> None:
    assert find(project_texts, DOWNLOAD_ADDRESS) == []


def test_no_host_of_this_machines_package_index(project_texts: dict[str, str]) -> None:
    hosts = set(configured_hosts()) - {"pypi.org", "download.pytorch.org"}
    for host in hosts:
        assert find(project_texts, re.compile(re.escape(host))) == []


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (MACHINE_PATH, 'open("/home/ann/book/data.csv")'),
        (MACHINE_PATH, "cd /work/book && make"),
        (DOWNLOAD_ADDRESS, '"resolved": "https://registry.npmjs.org/katex/-/katex.tgz"'),
    ],
)
def test_patterns_find_what_they_name(pattern: re.Pattern[str], line: str) -> None:
    assert find({"a": line}, pattern)


def test_pattern_leaves_addresses_alone() -> None:
    assert not find({"a": "https://example.org/home/page and ~/work/x"}, MACHINE_PATH)
