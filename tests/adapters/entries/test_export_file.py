"""Where an export is written: the file that is meant, and nothing in place of what is no file."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from timer_app.adapters.entries.export_file import ExportFile


def _export(path: Path | str, text: str = "ünï") -> None:
    file = ExportFile(str(path), for_spreadsheets=False)
    file.write(text)
    file.commit()


def test_a_new_file_is_its_owners_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    _export(tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == "ünï".encode()
    assert stat.S_IMODE((tmp_path / "a.csv").stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o660])
def test_a_file_that_is_there_keeps_its_mode(tmp_path: Path, mode: int) -> None:
    (tmp_path / "a.csv").write_text("before")
    (tmp_path / "a.csv").chmod(mode)
    _export(tmp_path / "a.csv")
    assert stat.S_IMODE((tmp_path / "a.csv").stat().st_mode) == mode
    assert (tmp_path / "a.csv").read_text() == "ünï"


@pytest.mark.parametrize("exists", [True, False])
def test_a_link_is_followed(tmp_path: Path, *, exists: bool) -> None:
    (tmp_path / "shared").mkdir()
    target, link = tmp_path / "shared" / "real.csv", tmp_path / "link.csv"
    if exists:
        target.write_text("before")
    link.symlink_to(target)
    _export(link)
    assert link.is_symlink()
    assert target.read_text() == "ünï"
    assert [each.name for each in (tmp_path / "shared").iterdir()] == ["real.csv"]


def test_what_is_discarded_leaves_the_file_of_before(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("before")
    file = ExportFile(str(tmp_path / "a.csv"), for_spreadsheets=True)
    file.write("half")
    file.discard()
    assert (tmp_path / "a.csv").read_text() == "before"
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_a_pipe_is_written_to_and_one_that_nobody_reads_is_an_error(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="No such device"):
        _export(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        writing = threading.Thread(target=_export, args=(pipe,))
        writing.start()
        writing.join()
        assert os.read(reader, 100) == "ünï".encode()
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="there is no /dev/stdout")
@pytest.mark.parametrize("into_file", [True, False])
def test_the_output_of_the_process_is_not_replaced(tmp_path: Path, *, into_file: bool) -> None:
    program = (
        "import sys\n"
        "from timer_app.adapters.entries.export_file import ExportFile\n"
        "file = ExportFile('/dev/stdout', for_spreadsheets=False)\n"
        "file.write('text')\n"
        "file.commit()\n"
    )
    before = os.lstat("/dev/stdout")
    with (tmp_path / "out").open("wb") as out:
        run = subprocess.run(
            [sys.executable, "-c", program],
            stdout=out if into_file else subprocess.PIPE,
            check=True,
            cwd=Path(__file__).parents[3],
        )
        inode = os.fstat(out.fileno()).st_ino
    written = (tmp_path / "out").read_bytes() if into_file else run.stdout
    assert written == b"text"
    assert (tmp_path / "out").stat().st_ino == inode
    assert os.lstat("/dev/stdout").st_ino == before.st_ino
