"""Wheels for the browser, made from what lies here: our packages, and installed pure ones."""

import base64
import hashlib
import importlib.metadata
import io
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from sphinx.errors import ExtensionError

from livebook.bytecode_writer import EPOCH

# Of an installed package, what the page's Python has no use for, scripts aside.
UNREAD = ("/labextension/", "/__pycache__/", "/tests/")


def wheel_name(distribution: str, version: str) -> str:
    """Return the file name of a pure wheel."""
    return f"{distribution.replace('-', '_')}-{version}-py3-none-any.whl"


def make_wheel(distribution: str, version: str, files: dict[str, bytes]) -> bytes:
    """Return a wheel; equal contents give equal bytes.

    Parameters
    ----------
    distribution, version : str
        Its name and version.
    files : dict
        Contents by path as installed.
    """
    info = f"{distribution.replace('-', '_')}-{version}.dist-info"
    head = "Metadata-Version: 2.1\n"
    files = {
        **files,
        f"{info}/METADATA": f"{head}Name: {distribution}\nVersion: {version}\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = f"{info}/RECORD"
    lines = [f"{name},{_record_hash(files[name])},{len(files[name])}" for name in sorted(files)]
    files[record] = "\n".join([*lines, f"{record},,", ""]).encode()
    return make_zip(files)


def make_zip(files: dict[str, bytes]) -> bytes:
    """Return a zip archive; equal contents give equal bytes."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), files[name], zipfile.ZIP_DEFLATED)
    return result.getvalue()


def _record_hash(content: bytes) -> str:
    digest = hashlib.sha256(content).digest()
    return "sha256=" + base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def package_files(folder: Path, wanted: Callable[[str], bool] = lambda name: True) -> dict:
    """Return the contents of a package's files by their path from the folder that holds it."""
    return {
        name: path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and "__pycache__" not in path.parts
        and wanted(name := path.relative_to(folder.parent).as_posix())
    }


def distribution_files(distribution: str) -> tuple[str, dict[str, bytes]]:
    """Return (version, files) of an installed pure distribution, those for pages left out.

    Raises
    ------
    ExtensionError
        If it is not installed or has compiled parts, which no browser can load.
    """
    try:
        found = importlib.metadata.distribution(distribution)
    except importlib.metadata.PackageNotFoundError:
        raise ExtensionError(
            f"{distribution!r} is not installed, and pages use it in the browser; "
            "`pip install` it, or run `make serve`, which does"
        ) from None
    files: dict[str, bytes] = {}
    for path in found.files or ():
        name = path.as_posix()
        outside = name.startswith("..") or ".dist-info/" in name
        if outside or name.endswith(".js") or any(part in name for part in UNREAD):
            continue
        if name.endswith((".so", ".pyd", ".dylib")):
            raise ExtensionError(
                f"{distribution!r} has compiled parts ({name}), which a browser cannot load; "
                "take it out of `livebook_live_distributions`"
            )
        files[name] = Path(str(path.locate())).read_bytes()
    return found.version, files


def top_level_names(names: Iterable[str]) -> list[str]:
    """Return what can be imported from files at these paths."""
    tops = {name.split("/")[0].removesuffix(".py") for name in names}
    return sorted(top for top in tops if top.isidentifier())
