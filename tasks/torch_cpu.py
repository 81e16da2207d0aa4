"""Install PyTorch's CPU build: from its own index first, else from the default one.

The default index may bring gigabytes of GPU libraries, so it comes second; where the CPU index
cannot be reached, one short attempt is made and the default takes over.
"""

import importlib.metadata
import subprocess
import sys

VERSION = "2.13.0"
CPU_INDEX = "https://download.pytorch.org/whl/cpu"


def installed() -> bool:
    """Tell whether the pinned version is there, whatever its build."""
    try:
        return importlib.metadata.version("torch").split("+")[0] == VERSION
    except importlib.metadata.PackageNotFoundError:
        return False


def install() -> None:
    """Install PyTorch into the running interpreter's environment."""
    if installed():
        return
    pip = [sys.executable, "-m", "pip", "install", "--quiet", f"torch=={VERSION}"]
    cpu_only = ["--no-deps", "--index-url", CPU_INDEX, "--retries", "0", "--timeout", "10"]
    # A configured extra index would be asked too, and could answer with a GPU build.
    if subprocess.run([*pip, *cpu_only, "--isolated"], capture_output=True).returncode != 0:
        print(
            "  PyTorch's CPU index can't be reached or lacks this build: taking the default index"
        )
    subprocess.run(pip, check=True)  # the dependencies, or everything


if __name__ == "__main__":
    install()
