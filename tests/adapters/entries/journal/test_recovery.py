"""A damaged journal: set aside whole, what can be read carried over, nothing sent blindly."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from pathlib import Path

import pytest

from tests.adapters.entries.journal.support import (
    CARD,
    DAY,
    NINE,
    dump,
    entry,
    finished,
    open_journal,
)
from tests.support.windows_files import WindowsFiles
from timer_app.adapters.entries.journal import connection, recovery, schema
from timer_app.adapters.entries.journal.connection import (
    JournalDamaged,
    JournalUnusable,
    connect,
)
from timer_app.adapters.entries.journal.recovery import JournalRecovery, open_or_recover
from timer_app.adapters.entries.journal.store import SqliteJournal
from timer_app.domain.delivery.outbox import Delivery, DeliveryState
from timer_app.domain.delivery.service_messages import StartEntry
from timer_app.domain.entries.minutes import CardDayTotals
from timer_app.domain.entries.timer import Effect, Idle, Running, Transition
from timer_app.domain.errors import JournalError
from timer_app.domain.messages import JournalFileMessageId, JournalMessageId
from timer_app.domain.service import Service

PAGE = 4096
DOUBT = "The journal was damaged: whether this was sent is not certain."
ENTRIES = 400
S = DeliveryState


def make(folder: Path) -> Path:
    """A closed journal of many pages: done, refused and waiting deliveries, and one that runs."""
    journal = open_journal(folder)
    with journal.transaction():
        for number in range(ENTRIES):
            journal.apply_transition(finished(number))
    journal.connection.execute("UPDATE delivery SET state = 'done', remote_id = 'r' || id")
    for state in (S.WAITING, S.SENDING, S.BLOCKED, S.UNKNOWN, S.DROPPED):
        journal.set_state(2 * ENTRIES - list(S).index(state), state, "as it was")
    running = entry(ENTRIES)
    journal.apply_transition(
        Transition(
            Running(running),
            effects=(Effect(running.id, StartEntry(running.task, running.started_at)),),
        )
    )
    journal.close()
    return folder / "journal.sqlite3"


def flip(path: Path, page: int) -> None:
    """Overwrite one page (counted from 1) as a dying disk would."""
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(b"\xa5" * PAGE)


def pages_of(path: Path, name: str) -> list[int]:
    """The leaf pages of a table or an index, in order."""
    connection = sqlite3.connect(path)
    root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,))
    root_page = int(root.fetchone()[0])
    connection.close()
    raw = path.read_bytes()
    return list(_leaves(raw, root_page))


def _leaves(raw: bytes, number: int) -> list[int]:
    page = raw[(number - 1) * PAGE : number * PAGE]
    if page[0] != 5:  # not an inner page of a table
        return [number]
    cells = int.from_bytes(page[3:5], "big")
    offsets = [int.from_bytes(page[12 + 2 * n : 14 + 2 * n], "big") for n in range(cells)]
    children = [int.from_bytes(page[at : at + 4], "big") for at in offsets]
    children.append(int.from_bytes(page[8:12], "big"))
    return [leaf for child in children for leaf in _leaves(raw, child)]


def meet_the_damage(path: Path) -> None:
    """Read until it shows, as some command does one day. From then on the file is suspected."""
    connection = connect(str(path))
    with pytest.raises(JournalError, match="cannot be read"):
        read_everything(connection)
    connection.close()
    assert Path(f"{path}.suspect").exists()


def read_everything(connection: sqlite3.Connection) -> None:
    connection.execute("SELECT count(*) FROM entry NOT INDEXED WHERE comment = ''").fetchone()
    connection.execute("SELECT message FROM delivery NOT INDEXED").fetchall()
    for day in connection.execute("SELECT for_date FROM stretch ORDER BY for_date"):
        assert day


def test_a_file_is_checked_only_when_it_is_suspected(tmp_path: Path) -> None:
    """The check takes longer the more the journal holds; a start must not."""
    path = make(tmp_path)
    Path(f"{path}.suspect").touch()
    connection, set_aside = open_or_recover(str(path), NINE)
    connection.close()
    assert set_aside is None
    assert [p.name for p in tmp_path.iterdir()] == ["journal.sqlite3"]
    flip(path, pages_of(path, "stretch_by_date")[-1])
    connection, set_aside = open_or_recover(str(path), NINE)
    assert set_aside is None
    connection.close()


def test_a_commit_that_meets_damage_says_so_and_changes_nothing(tmp_path: Path) -> None:
    path = make(tmp_path)
    flip(path, pages_of(path, "stretch_by_date")[-1])
    journal = SqliteJournal(connect(str(path)))
    with pytest.raises(JournalError, match=r"cannot be read\. Nothing was changed"):
        journal.apply_transition(finished(ENTRIES + 1))
    assert not journal.connection.in_transaction
    journal.close()
    assert Path(f"{path}.suspect").exists()


def test_where_no_new_one_can_be_made_all_is_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "journal.sqlite3"
    path.write_bytes(b"not a database at all " * 400)
    monkeypatch.setattr(recovery, "_carry_over", full_disk)
    with pytest.raises(JournalUnusable, match="left where it is"):
        open_or_recover(str(path), NINE)
    assert [p.name for p in tmp_path.iterdir()] == ["journal.sqlite3"]
    assert path.read_bytes().startswith(b"not a database")


def full_disk(*_: object) -> JournalRecovery:
    raise sqlite3.OperationalError("database or disk is full")


def open_damaged(path: Path) -> tuple[SqliteJournal, JournalRecovery]:
    before = path.read_bytes()
    connection, set_aside = open_or_recover(str(path), NINE)
    assert set_aside
    assert set_aside.backup_path == f"{path}.damaged-20261122-090000"
    assert Path(set_aside.backup_path).read_bytes() == before
    return SqliteJournal(connection), set_aside


def test_a_sound_one_is_opened_as_it_is(tmp_path: Path) -> None:
    path = make(tmp_path)
    connection, set_aside = open_or_recover(str(path), NINE)
    assert set_aside is None
    assert len(dump(connection)["entry"]) == ENTRIES + 1
    connection.close()
    assert [p.name for p in tmp_path.iterdir()] == ["journal.sqlite3"]


@pytest.mark.parametrize("garbage", [b"not a database at all " * 400, b"\0" * PAGE])
def test_garbage(tmp_path: Path, garbage: bytes) -> None:
    path = tmp_path / "journal.sqlite3"
    path.write_bytes(garbage)
    journal, set_aside = open_damaged(path)
    assert (set_aside.entries, set_aside.deliveries) == (0, 0)
    assert set_aside.notice == (
        f"The journal was damaged. It is kept unchanged as {set_aside.backup_path}, and a new one"
        " was begun with what could be read: 0 entries and 0 deliveries. Deliveries that were still"
        " open wait for your decision in Problems."
    )
    journal.apply_transition(finished(1))  # it works
    journal.close()


@pytest.mark.skipif(sys.platform == "win32", reason="the user's folder is closed to others there")
def test_the_new_one_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    path.write_bytes(b"not a database at all " * 400)
    path.chmod(0o644)
    journal, _ = open_damaged(path)
    journal.close()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_flipped_page_of_an_index_loses_nothing_and_sends_nothing(tmp_path: Path) -> None:
    path = make(tmp_path)
    sound = connect(str(path))
    before = dump(sound)
    sound.close()
    flip(path, pages_of(path, "stretch_by_date")[-1])
    meet_the_damage(path)
    journal, set_aside = open_damaged(path)
    after = dump(journal.connection)
    assert (set_aside.entries, set_aside.deliveries) == (ENTRIES + 1, 2 * ENTRIES + 1)
    for table in ("task", "entry", "stretch"):
        assert after[table] == before[table]
    assert journal.state() == Running(entry(ENTRIES))
    assert journal.card_day_totals(CARD, DAY, DAY) == {DAY: CardDayTotals(15 * 3600, 15 * 60)}
    first_open = 2 * ENTRIES - 5
    assert {
        number: (d.state, d.error, d.remote_id)
        for number in range(first_open, 2 * ENTRIES + 2)
        if (d := delivery(journal, number)).state is not S.DONE
    } == {
        2 * ENTRIES + 1: (S.UNKNOWN, DOUBT, None),
        2 * ENTRIES - list(S).index(S.WAITING): (S.UNKNOWN, DOUBT, f"r{2 * ENTRIES}"),
        2 * ENTRIES - list(S).index(S.SENDING): (S.UNKNOWN, DOUBT, f"r{2 * ENTRIES - 1}"),
        2 * ENTRIES - list(S).index(S.UNKNOWN): (S.UNKNOWN, "as it was", f"r{2 * ENTRIES - 2}"),
        2 * ENTRIES - list(S).index(S.BLOCKED): (S.BLOCKED, "as it was", f"r{2 * ENTRIES - 3}"),
        2 * ENTRIES - list(S).index(S.DROPPED): (S.DROPPED, "as it was", f"r{2 * ENTRIES - 5}"),
    }
    check_tally(journal)
    journal.close()
    again, set_aside_again = open_or_recover(str(path), NINE)
    assert set_aside_again is None
    again.close()


def delivery(journal: SqliteJournal, number: int) -> Delivery:
    logged = journal.entry_of_delivery(number)
    assert logged
    return next(each for each in logged.deliveries if each.id == number)


def check_tally(journal: SqliteJournal) -> None:
    query = "SELECT state, count(*) FROM delivery GROUP BY state"
    counted = dict(journal.connection.execute(query).fetchall())
    assert {state.value: n for state, n in journal.counts().items() if n} == counted


@pytest.mark.parametrize("table", ["delivery", "entry"])
@pytest.mark.parametrize("which", [0, 0.5, -1])
def test_a_flipped_page_of_a_table_loses_its_rows_alone(
    tmp_path: Path, table: str, which: float
) -> None:
    """What lies behind the bad page is the newest, and matters most."""
    path = make(tmp_path)
    leaves = pages_of(path, table)
    assert len(leaves) > 3
    flip(path, leaves[int(which * len(leaves)) if which > 0 else int(which)])
    meet_the_damage(path)
    journal, set_aside = open_damaged(path)
    whole = {"entry": ENTRIES + 1, "delivery": 2 * ENTRIES + 1}[table]
    carried = {"entry": set_aside.entries, "delivery": set_aside.deliveries}[table]
    assert whole * (1 - 2 / len(leaves)) < carried < whole
    if which != -1:
        assert journal.state() == Running(entry(ENTRIES))
    check_tally(journal)
    assert [journal.next_due(service) for service in Service] == [None, None]
    for number in (1, 2 * ENTRIES):
        journal.entry_of_delivery(number)
    assert journal.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    journal.close()


def damage(path: Path, which: str) -> int:
    """Damage the file; how many of its pages are lost."""
    if which == "first page":
        flip(path, 1)
        return 1
    if which == "cut off":
        size = path.stat().st_size // PAGE
        with path.open("r+b") as file:
            file.truncate(size * 3 // 4 * PAGE)
        return size - size * 3 // 4
    if which == "inner pages":
        lost = [roots_of(path)["entry"], roots_of(path)["delivery"]]
    elif which == "tasks":
        lost = [roots_of(path)["task"]]
    elif which == "stretches":
        lost = [roots_of(path)["stretch"], *pages_of(path, "delivery")[1:3]]
    else:
        lost = [each for name in ("entry", "delivery") for each in pages_of(path, name)[1::3]]
    for page in lost:
        flip(path, page)
    return len(lost)


def roots_of(path: Path) -> dict[str, int]:
    """The first page of each table."""
    connection = sqlite3.connect(path)
    found = dict(
        connection.execute("SELECT tbl_name, rootpage FROM sqlite_master WHERE type = 'table'")
    )
    connection.close()
    return found


@pytest.mark.parametrize(
    "which", ["first page", "cut off", "inner pages", "tasks", "stretches", "every third page"]
)
def test_whatever_is_on_a_sound_page_is_carried_over(tmp_path: Path, which: str) -> None:
    """One bad page on the way to many sound ones hides them from SQLite."""
    path = make(tmp_path)
    a_page = ENTRIES // (len(pages_of(path, "entry")) - 1)
    lost = damage(path, which)
    Path(f"{path}.suspect").touch()
    journal, set_aside = open_damaged(path)
    entries = dump(journal.connection)["entry"]
    assert set_aside.entries == len(entries)
    if which in ("first page", "inner pages", "tasks", "stretches"):
        assert len(entries) == ENTRIES + 1
        assert journal.state() == Running(entry(ENTRIES))
    assert len(entries) >= ENTRIES + 1 - lost * (a_page + 2)
    shown = journal.connection.execute("SELECT count(DISTINCT entry_id) FROM stretch").fetchone()
    finished_ones = "SELECT count(*) FROM entry WHERE stopped_at IS NOT NULL"
    assert shown == journal.connection.execute(finished_ones).fetchone()  # or no list shows them
    assert journal.connection.execute("SELECT title FROM task").fetchall() == [
        (entry(0).task.title,)
    ]
    check_tally(journal)
    assert journal.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    journal.apply_transition(finished(5000, Idle()))
    journal.close()


def test_long_texts_go_on_over_pages(tmp_path: Path) -> None:
    path = make(tmp_path)
    connection = sqlite3.connect(path)
    comment = "слово " * 4000
    connection.execute("UPDATE entry SET comment = ? WHERE rowid = 7", (comment,))
    connection.commit()
    connection.close()
    flip(path, 1)
    journal, set_aside = open_damaged(path)
    assert set_aside.entries == ENTRIES + 1
    assert journal.connection.execute(
        "SELECT comment FROM entry WHERE length(comment) > 999"
    ).fetchall() == [(comment,)]
    journal.close()


def test_late_checks_go_on(tmp_path: Path) -> None:
    """A request that was thought lost may still arrive: somebody goes on looking."""
    path = make(tmp_path)
    _change(path, "INSERT INTO watch VALUES (4, 'kaiten', 1, 2, NULL, NULL)")
    flip(path, roots_of(path)["task"])
    Path(f"{path}.suspect").touch()
    journal, _ = open_damaged(path)
    assert journal.connection.execute("SELECT delivery_id FROM watch").fetchall() == [(4,)]
    journal.close()


def test_a_schema_that_is_no_text(tmp_path: Path) -> None:
    """SQLite's message quotes it, and Python cannot read that."""
    path = make(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE entry", b"CRE\xff\xb9E TABLE entry"))
    journal, set_aside = open_damaged(path)
    assert set_aside.entries == ENTRIES + 1
    journal.close()


_SHORTER_INDEX = (
    "UPDATE sqlite_master SET sql = sql || ' WHERE seconds > 0' WHERE name = 'stretch_by_date'"
)
_WHOLE_INDEX = (
    "UPDATE sqlite_master SET sql = replace(sql, ' WHERE seconds > 0', '')"
    " WHERE name = 'stretch_by_date'"
)


def test_an_index_that_lacks_a_row(tmp_path: Path) -> None:
    """Every page of it can be read, and still no list shows that row."""
    path = make(tmp_path)
    _change(path, "PRAGMA writable_schema = ON", _SHORTER_INDEX)
    _change(path, "UPDATE stretch SET seconds = 0 WHERE entry_id = (SELECT min(id) FROM entry)")
    _change(path, "PRAGMA writable_schema = ON", _WHOLE_INDEX)
    Path(f"{path}.suspect").touch()
    journal, set_aside = open_damaged(path)
    assert set_aside.entries == ENTRIES + 1
    assert journal.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    journal.close()


def _change(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_truncated(tmp_path: Path) -> None:
    path = make(tmp_path)
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) // 2 // PAGE * PAGE])
    journal, _ = open_damaged(path)
    check_tally(journal)
    journal.apply_transition(finished(5000, Idle()))
    journal.close()


def after_a_power_cut(tmp_path: Path) -> Path:
    """A journal whose newest rows are in its -wal, not in the file itself, which is damaged."""
    live, folder = tmp_path / "live", tmp_path / "after"
    folder.mkdir()
    path = folder / "journal.sqlite3"
    journal = open_journal(live)
    journal.connection.execute("PRAGMA wal_autocheckpoint = 0")
    with journal.transaction():
        for number in range(ENTRIES):
            journal.apply_transition(finished(number))
    journal.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    journal.apply_transition(Transition(Running(entry(999))))
    for suffix in ("", "-wal"):
        shutil.copyfile(f"{live / path.name}{suffix}", f"{path}{suffix}")
    journal.close()
    flip(path, pages_of(live / path.name, "delivery")[0])  # which the -wal does not hold
    Path(f"{path}.suspect").touch()
    return path


def check_nothing_newest_is_lost(path: Path) -> JournalRecovery:
    connection, set_aside = open_or_recover(str(path), NINE)
    assert set_aside
    assert SqliteJournal(connection).state() == Running(entry(999))
    assert set_aside.entries == ENTRIES + 1
    assert 2 * ENTRIES - 40 < set_aside.deliveries < 2 * ENTRIES
    connection.close()
    return set_aside


def test_what_is_only_in_the_wal_is_carried_over(
    tmp_path: Path, windows_files: WindowsFiles
) -> None:
    path = after_a_power_cut(tmp_path)
    set_aside = check_nothing_newest_is_lost(path)
    assert not Path(f"{set_aside.backup_path}-wal").exists()  # closing has folded it in
    assert windows_files.refused == []  # we do not keep it open ourselves


@pytest.mark.skipif(
    sys.platform == "win32", reason="nothing that another program reads is set aside there"
)
def test_a_wal_that_another_program_reads_is_set_aside_too(tmp_path: Path) -> None:
    path = after_a_power_cut(tmp_path)
    reader = sqlite3.connect(path)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM tally").fetchall()
    set_aside = check_nothing_newest_is_lost(path)
    assert Path(f"{set_aside.backup_path}-wal").exists()
    reader.close()


def test_a_name_in_use_is_never_taken(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    kept = []
    for number in range(3):
        path.write_bytes(b"garbage %d " % number * 100)
        connection, set_aside = open_or_recover(str(path), NINE)
        connection.close()
        assert set_aside
        kept.append(set_aside.backup_path)
        path.unlink()
    stamp = f"{path}.damaged-20261122-090000"
    assert kept == [stamp, f"{stamp}-2", f"{stamp}-3"]
    assert [Path(name).read_bytes()[:9] for name in kept] == [
        b"garbage 0", b"garbage 1", b"garbage 2",
    ]  # fmt: skip


def test_a_newer_journal_is_not_taken_for_a_damaged_one(tmp_path: Path) -> None:
    path = make(tmp_path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(JournalUnusable, match="newer Timer App"):
        open_or_recover(str(path), NINE)
    assert path.read_bytes() == before


@pytest.mark.parametrize("damage", ["no database", "a page", "a suspected page"])
@pytest.mark.parametrize("has_wal", [False, True])
def test_windows_renames_no_open_file(
    tmp_path: Path, windows_files: WindowsFiles, damage: str, *, has_wal: bool
) -> None:
    path = after_a_power_cut(tmp_path) if has_wal else make(tmp_path)
    if damage == "no database":
        path.write_bytes(b"not a database at all " * 400)
    elif damage == "a page":
        flip(path, 1)
    else:
        flip(path, pages_of(path, "delivery")[0])
        Path(f"{path}.suspect").touch()
    connection, set_aside = open_or_recover(str(path), NINE)
    assert set_aside
    journal = SqliteJournal(connection)
    journal.apply_transition(finished(5000))
    journal.close()
    assert windows_files.refused == []


def test_windows_removes_no_open_file_where_no_new_one_can_be_made(
    tmp_path: Path, windows_files: WindowsFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "journal.sqlite3"
    path.write_bytes(b"not a database at all " * 400)

    def full(_backup: str, fresh: sqlite3.Connection) -> JournalRecovery:
        rows = fresh.execute("SELECT * FROM sqlite_master")
        assert rows.fetchone()
        raise JournalError(JournalMessageId.FULL)

    monkeypatch.setattr(recovery, "_carry_over", full)
    with pytest.raises(JournalUnusable, match="left where it is"):
        open_or_recover(str(path), NINE)
    assert [p.name for p in tmp_path.iterdir()] == ["journal.sqlite3"]
    assert path.read_bytes().startswith(b"not a database")
    assert windows_files.refused == []


def test_one_that_another_program_has_open_is_set_aside_whole_or_not_at_all(
    tmp_path: Path, windows_files: WindowsFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, wal = tmp_path / "journal.sqlite3", tmp_path / "journal.sqlite3-wal"
    path.write_bytes(b"not a database at all " * 400)
    wal.write_bytes(b"the newest")
    windows_files.hold(path, tries=1000)
    with monkeypatch.context() as with_wal:
        with_wal.setattr(connection, "connect", damaged)  # SQLite's own takes such a -wal away
        with pytest.raises(JournalUnusable, match="aside: another program is using it"):
            open_or_recover(str(path), NINE)
    assert sorted(tmp_path.iterdir()) == [path, wal]
    windows_files.hold(path, tries=3)
    journal, _ = open_damaged(path)
    journal.close()


def damaged(path: str) -> sqlite3.Connection:
    raise JournalDamaged(JournalFileMessageId.DAMAGED, path)


@pytest.mark.parametrize("tables", ["", "CREATE TABLE entry (id TEXT)"], ids=["none", "another"])
def test_a_file_that_calls_itself_a_journal_and_has_no_tables_is_set_aside(
    tmp_path: Path, tables: str
) -> None:
    path = tmp_path / "journal.sqlite3"
    made = sqlite3.connect(path)
    made.executescript(f"PRAGMA application_id = {schema.APPLICATION_ID}; {tables};")
    made.execute("PRAGMA user_version = 4")
    made.commit()
    made.close()
    before = path.read_bytes()
    connection, set_aside = open_or_recover(str(path), NINE)
    connection.close()
    assert set_aside
    assert Path(set_aside.backup_path).read_bytes() == before


def test_a_format_below_zero_is_another_programs(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    made = sqlite3.connect(path)
    made.executescript(f"PRAGMA application_id = {schema.APPLICATION_ID}; PRAGMA user_version = -1")
    made.close()
    before = path.read_bytes()
    with pytest.raises(JournalUnusable, match="belongs to another program"):
        open_or_recover(str(path), NINE)
    assert path.read_bytes() == before
