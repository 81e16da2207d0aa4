"""What pyproject.toml cannot say: an installed `calcbook` brings the book's data along."""

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

DATA = Path("book/data")


class BuildWithData(build_py):
    """Copy the data files into the package; a checkout, installed editable, holds them itself."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        target = Path(self.build_lib) / "calcbook" / "data" / "files"
        self.mkpath(str(target))
        for path in sorted(DATA.iterdir()):
            if path.suffix in (".csv", ".json", ".md"):  # README.md has their licenses
                self.copy_file(str(path), str(target / path.name))


setup(cmdclass={"build_py": BuildWithData})
