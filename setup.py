"""What pyproject.toml cannot say: the package list, and the commit that a build was made of.

`resources/` stays at the top of the checkout, where translators and designers look for it, and is
installed as `timer_app.resources`. pyproject.toml takes either a search for packages or a map of
folders, not both; a list kept by hand would one day miss a package in the wheel.
"""

import subprocess
from pathlib import Path

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist

ROOT = Path(__file__).resolve().parent
COMMIT = "timer_app/commit.txt"
"""Written into what is built, never into the checkout: there git itself is asked."""


def commit() -> str:
    """The commit of this checkout; in an unpacked source distribution, the one it was made of."""
    if (ROOT / ".git").exists():
        name = _git("rev-parse", "--short=12", "HEAD")
        return f"{name} with changes" if _git("status", "--porcelain", "-uno") else name
    told = ROOT / COMMIT
    return told.read_text(encoding="utf-8") if told.exists() else ""


def _git(*words: str) -> str:
    command = ["git", "-C", str(ROOT), *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _note_commit(folder: str) -> None:
    if name := commit():
        note = Path(folder, COMMIT)
        note.unlink(missing_ok=True)  # perhaps a hard link to a file of the checkout
        note.write_text(name, encoding="utf-8")


class BuildWithCommit(build_py):
    """The packages, and of which commit they are."""

    def run(self) -> None:
        """Build them; an editable install asks git when it is asked itself."""
        super().run()
        if not self.editable_mode:
            _note_commit(self.build_lib)


class SourceWithCommit(sdist):
    """The sources, and of which commit they are."""

    def make_release_tree(self, base_dir: str, files: list[str]) -> None:
        """Lay them out in `base_dir`."""
        super().make_release_tree(base_dir, files)
        _note_commit(base_dir)


setup(
    packages=[*find_packages(include=["timer_app", "timer_app.*"]), "timer_app.resources"],
    package_dir={"timer_app.resources": "resources"},
    # Data is what package_data names; setuptools' own search takes resource folders for packages.
    include_package_data=False,
    package_data={
        "timer_app": ["py.typed"],
        "timer_app.resources": ["icons/*", "*.desktop", "i18n/*.qm"],
    },
    # Where shells and `man` look below a prefix: pip's --user and pipx's manual pages among them.
    data_files=[
        ("share/man/man1", ["packaging/manual/timer-app.1"]),
        ("share/bash-completion/completions", ["packaging/completions/bash/timer-app"]),
        ("share/zsh/site-functions", ["packaging/completions/zsh/_timer-app"]),
        ("share/fish/vendor_completions.d", ["packaging/completions/fish/timer-app.fish"]),
    ],
    cmdclass={"build_py": BuildWithCommit, "sdist": SourceWithCommit},
)
