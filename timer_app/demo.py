"""`timer-app demo`: the whole app against stand-ins of both services on this computer.

No account, no keyring, no settings of the user's: everything lives in a folder that is removed.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import FrameType
from typing import Any, NoReturn
from urllib.request import ProxyHandler, build_opener

from timer_app.adapters.paths import Paths, app_paths
from timer_app.adapters.setup.cached_secrets import FixedSecrets
from timer_app.adapters.setup.settings.writer import change
from timer_app.bootstrap.core import Core, make_core
from timer_app.domain.delivery.log_reference import split_comment
from timer_app.domain.delivery.service_messages import is_same_instant
from timer_app.domain.entries.card import Card
from timer_app.domain.entries.entry import FinishedEntry, Source
from timer_app.domain.entries.minutes import CardDayTotals, minutes_to_log, split_by_day
from timer_app.domain.entries.task import task_for_card, task_with_title
from timer_app.domain.service import Service
from timer_app.services.exit_codes import ExitCode
from timer_app.services.setup.ports import Secrets

WORK_SECONDS = 2
WAIT_SECONDS = "20"
COMMENT = "Played by the demo"

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ServiceRecords:
    """The rows of TimeCrowd's entries and Kaiten's time logs."""

    entries: list[Row]
    logs: list[Row]


@dataclass(frozen=True, slots=True)
class StandIns:
    """Where the stand-ins are and what they accept, as they print it when they start."""

    timecrowd_url: str
    kaiten_url: str
    timecrowd_token: str
    kaiten_token: str
    team_id: int
    category_id: int
    card_ids: tuple[int, ...]

    @property
    def secrets(self) -> Secrets:
        """Their tokens."""
        tokens = {Service.TIMECROWD: self.timecrowd_token, Service.KAITEN: self.kaiten_token}
        return FixedSecrets(tokens)


def run_demo(*, headless: bool) -> int:
    """Run the demo; returns 0 only if both services hold exactly what they should.

    However it ends, short of SIGKILL, the folder is removed and the stand-ins end with it.
    """
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _exit_on_signal)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    with tempfile.TemporaryDirectory(prefix="timer-app-demo-") as home, stand_ins() as services:
        os.environ["TIMER_APP_HOME"] = home
        paths = app_paths()
        _set_up(paths, services)
        print(f"TimeCrowd's stand-in: {services.timecrowd_url}")
        print(f"Kaiten's stand-in:    {services.kaiten_url}")
        if headless:
            return asyncio.run(_run_headless(paths, services))
        return _run_tray(paths, services)


def _exit_on_signal(number: int, _frame: FrameType | None) -> NoReturn:
    """Leave through every `finally`, once."""
    signal.signal(number, signal.SIG_IGN)
    raise SystemExit(128 + number)


@contextmanager
def stand_ins() -> Iterator[StandIns]:
    """Both stand-ins in a process of their own, which ends with this one."""
    command = [sys.executable, "-m", "timer_app.sandbox", "--seed-demo", "--until-stdin-closes"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        try:
            addresses = json.loads(process.stdout.readline() if process.stdout else "")
            names = StandIns.__dataclass_fields__
            yield StandIns(**{name: addresses[name] for name in names})
        finally:
            if process.stdin:
                process.stdin.close()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()


def _set_up(paths: Paths, services: StandIns) -> None:
    paths.make()
    for key, value in (
        ("timecrowd.url", services.timecrowd_url),
        ("timecrowd.team_id", str(services.team_id)),
        ("timecrowd.category_id", str(services.category_id)),
        ("kaiten.url", services.kaiten_url),
    ):
        change(paths.settings, key, value)


def _run_tray(paths: Paths, services: StandIns) -> int:
    from timer_app.tray.process import run_tray_with

    cards = "\n".join(f"  {services.kaiten_url}/{card_id}" for card_id in services.card_ids)
    print(f"Open the addresses in a browser to see what they hold. Cards to try:\n{cards}")
    asyncio.run(_live_in(paths, services))
    return run_tray_with(paths, lambda _late: services.secrets)


async def _live_in(paths: Paths, services: StandIns) -> None:
    """Work a little before the app is seen, and pin a task: every part of its windows shows."""
    core = make_core(paths, services.secrets)
    try:
        now = core.clock.now()
        card = Card(services.kaiten_url, services.card_ids[1])
        pinned = task_for_card(card, "Keep an entry exactly once when the network drops")
        core.journal.pin(pinned, now)
        for task, minutes_ago, minutes in (
            (task_with_title("Планёрка"), 150, 25),
            (pinned, 120, 45),
        ):
            began = now - timedelta(minutes=minutes_ago)
            core.timer.add(task, Source.MANUAL, began, began + timedelta(minutes=minutes))
    finally:
        await core.close()


async def _run_headless(paths: Paths, services: StandIns) -> int:
    before = _service_records(services)
    core = make_core(paths, services.secrets)
    try:
        problem = await _start_and_stop(core, services)
        if problem:
            print(f"FAILED: {problem}", file=sys.stderr)
            return int(ExitCode.REFUSED)
        return _compare(core, services.card_ids[0], before, _service_records(services))
    finally:
        await core.close()


async def _start_and_stop(core: Core, services: StandIns) -> str:
    """Play the main job through the commands; returns what went wrong, if anything did."""

    async def deliver(seconds: float) -> None:
        await core.sender.drain(timedelta(seconds=seconds))

    run = core.commands(deliver).run
    card = f"{services.kaiten_url}/{services.card_ids[0]}"
    print(f"\n$ timer-app start {card} --comment '{COMMENT}'")
    started = await run("start", {"card": card, "comment": COMMENT, "wait": WAIT_SECONDS})
    print(f"  {WORK_SECONDS} seconds of work …\n$ timer-app stop")
    await asyncio.sleep(WORK_SECONDS)
    stopped = await run("stop", {"wait": WAIT_SECONDS})
    for what, reply in (("start", started), ("stop", stopped)):
        if reply.exit_code is not ExitCode.DONE:
            return f"the {what} was not delivered: {' '.join(reply.messages)} {reply.document}"
    return ""


def _compare(core: Core, card_id: int, before: ServiceRecords, after: ServiceRecords) -> int:
    """Show what each service has now that it had not before, and hold it against the journal."""
    today = core.timer.today()
    finished = [
        FinishedEntry(logged.entry, logged.stopped_at)
        for logged in core.journal.entries(today - timedelta(days=1), today)
        if logged.stopped_at
    ]
    rules, zone = core.settings.rules(), core.clock.zone()
    expected_logs = sorted(
        (
            segment.for_date.isoformat(),
            minutes_to_log(rules.rounding, segment.seconds, CardDayTotals()),
        )
        for each in finished
        for segment in split_by_day(each.entry.started_at, each.stopped_at, zone, rules.day_start)
    )
    entries = [row for row in after.entries if row not in before.entries]
    logs = [row for row in after.logs if row not in before.logs]
    print("\nTimeCrowd holds:", *map(_entry_line, entries), sep="\n  ")
    print("Kaiten holds:", *map(_log_line, logs), sep="\n  ")
    same_times = len(entries) == len(finished) == 1 and _has_same_times(finished[0], entries[0])
    same_logs = sorted((row["for_date"], row["time_spent"]) for row in logs) == expected_logs
    same_words = all(
        (row["card_id"], split_comment(row["comment"])[0]) == (card_id, COMMENT) for row in logs
    )
    untouched = all(row in after.entries for row in before.entries) and all(
        row in after.logs for row in before.logs
    )
    if same_times and same_logs and same_words and untouched:
        print("\nBoth match the entry: each exactly once.")
        return int(ExitCode.DONE)
    print(f"\nFAILED: expected {finished} and {expected_logs}.", file=sys.stderr)
    return int(ExitCode.REFUSED)


def _has_same_times(finished: FinishedEntry, held: Row) -> bool:
    """Whether the entry is stopped and within a second of the true times."""
    if held["stopped_at"] is None:
        return False
    started_at, stopped_at = (
        datetime.fromisoformat(held[name]) for name in ("started_at", "stopped_at")
    )
    return is_same_instant(started_at, finished.entry.started_at) and is_same_instant(
        stopped_at, finished.stopped_at
    )


def _entry_line(row: Row) -> str:
    return f"entry {row['id']}: {row['started_at']} – {row['stopped_at'] or 'running'}"


def _log_line(row: Row) -> str:
    about = f"card {row['card_id']}, {row['for_date']}, {row['time_spent']} min, {row['comment']}"
    return f"log {row['id']}: {about}"


def _service_records(services: StandIns) -> ServiceRecords:
    """What both services hold at this moment, as the stand-ins tell it."""
    opener = build_opener(ProxyHandler({}))
    with opener.open(f"{services.timecrowd_url}/_sandbox/state", timeout=10) as answer:
        state = json.load(answer)
    return ServiceRecords(state["timecrowd"]["entries"], state["kaiten"]["logs"])
