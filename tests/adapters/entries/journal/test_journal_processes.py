"""What only whole processes can show: power cuts, full disks, two writers."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.adapters.entries.journal.support import dump, finished, open_journal
from tests.support.environment import ROOT
from tests.support.process import Process
from timer_app.domain.delivery.outbox import DeliveryState

WRITE = """
import sys
from pathlib import Path
from tests.adapters.entries.journal.support import finished, open_journal
journal, first, last = open_journal(Path(sys.argv[1])), int(sys.argv[2]), int(sys.argv[3])
print("ready", flush=True)
for number in range(first, last):
    journal.apply_transition(finished(number))
    print(number, flush=True)  # acknowledged: from here on it must not be lost
journal.close()
"""

FILL = """
import resource, signal, sys
from pathlib import Path
from tests.adapters.entries.journal.support import dump, finished, open_journal
from timer_app.domain.errors import JournalError
journal = open_journal(Path(sys.argv[1]))
journal.apply_transition(finished(0))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
_, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, hard))
number, refused = 0, 0
while refused < 5:
    number += 1
    before = dump(journal.connection)
    try:
        journal.apply_transition(finished(number))
    except JournalError as error:
        refused += 1
        assert "The disk is full. Nothing was changed" in str(error), error
        assert dump(journal.connection) == before
        assert not journal.connection.in_transaction
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
journal.apply_transition(finished(number))
journal.close()
print("written", number - 4, flush=True)
"""


def python(program: str, folder: Path, *arguments: int) -> Process:
    command = [sys.executable, "-c", program, str(folder), *map(str, arguments)]
    return Process(command, env=dict(os.environ) | {"PYTHONPATH": str(ROOT)})


def check(folder: Path) -> set[int]:
    """The journal is sound and consistent; the entries that it holds."""
    journal = open_journal(folder)
    assert journal.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert journal.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    rows = dump(journal.connection)
    entries = {int(str(journal_id)[1:]) for (journal_id,) in
               journal.connection.execute("SELECT id FROM entry")}  # fmt: skip
    assert len(rows["delivery"]) == 2 * len(entries)  # an entry is there with all of its own
    assert len(rows["stretch"]) == len(entries)
    assert journal.counts()[DeliveryState.WAITING] == 2 * len(entries)
    journal.close()
    return entries


def test_killed_while_writing_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    acknowledged: set[int] = set()
    for life in range(4):
        with python(WRITE, tmp_path, life * 100_000, (life + 1) * 100_000) as writer:
            writer.wait_line(f"^{life * 100_000 + 20 + 37 * life}$")
            writer.kill()
            acknowledged |= {int(line) for line in writer.stdout.split() if line != "ready"}
    found = check(tmp_path)
    assert acknowledged <= found
    assert len(found - acknowledged) <= 4  # each life's last may be in without its answer
    assert len(acknowledged) > 4 * 20


def test_two_processes_write_side_by_side(tmp_path: Path) -> None:
    """As the app and the command line do; from a file that neither has made yet."""
    with python(WRITE, tmp_path, 0, 150) as one, python(WRITE, tmp_path, 1000, 1150) as other:
        assert (one.wait(), other.wait()) == (0, 0), one.transcript() + other.transcript()
    assert check(tmp_path) == {*range(150), *range(1000, 1150)}


def test_a_full_disk_changes_nothing_and_harms_nothing(tmp_path: Path) -> None:
    with python(FILL, tmp_path) as filler:
        assert filler.wait() == 0, filler.transcript()
        written = int(filler.wait_line(r"^written (\d+)$")[1])
    assert len(check(tmp_path)) == written + 1 > 10


def test_the_rows_of_the_fixture_are_these(tmp_path: Path) -> None:
    """The checks above would see a row that is missing."""
    journal = open_journal(tmp_path)
    journal.apply_transition(finished(0))
    journal.close()
    assert check(tmp_path) == {0}
