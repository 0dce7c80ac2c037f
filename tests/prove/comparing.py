"""The journal beside what both services hold: what is lost, doubled or wrong, in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.prove.counts import Counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tests.support.services import HeldEntry, HeldLog

JsonObject = dict[str, Any]
_NEAR = timedelta(seconds=1)


@dataclass
class Findings:
    """What was found to be different from the promise, each as a sentence."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def counts(self) -> Counts:
        """How many."""
        return Counts(lost=len(self.lost), doubled=len(self.doubled), wrong=len(self.wrong))

    def __str__(self) -> str:
        """One line for each."""
        named = {"LOST": self.lost, "DOUBLED": self.doubled, "WRONG": self.wrong}
        return "\n".join(f"    {name}: {text}" for name, texts in named.items() for text in texts)


def compare_entries(
    told: Sequence[JsonObject], held: Sequence[HeldEntry], findings: Findings
) -> None:
    """TimeCrowd must hold each finished entry once, at its times, and nothing else."""
    missing, left = list(told), list(held)
    for entry in told:
        if (same := next((one for one in left if _same(entry, one)), None)) is not None:
            missing.remove(entry)
            left.remove(same)
    for one in left:
        if any(_same(entry, one) for entry in told):
            findings.doubled.append(f"TimeCrowd has twice: {one}")
        elif (moved := next((e for e in missing if _key(e) == one.key), None)) is not None:
            missing.remove(moved)
            findings.wrong.append(f"TimeCrowd has {one}, the journal {_shown(moved)}")
        else:
            findings.doubled.append(f"TimeCrowd has what the journal does not: {one}")
    findings.lost += [f"TimeCrowd has nothing of {_shown(entry)}" for entry in missing]


def _same(entry: JsonObject, held: HeldEntry) -> bool:
    return (
        _key(entry) == held.key
        and held.stopped_at is not None
        and abs(held.started_at - _instant(entry["started_at"])) <= _NEAR
        and abs(held.stopped_at - _instant(entry["stopped_at"])) <= _NEAR
    )


def compare_minutes(
    told: Sequence[JsonObject], held: Iterable[HeldLog], refused: str, findings: Findings
) -> None:
    """Kaiten must hold the minutes of each card and date; those of card `refused` it does not take.

    Nothing here comes near midnight, so an entry belongs to the date on which it began.
    """
    seconds: Counter[tuple[int, date]] = Counter()
    for entry in told:
        if entry["card_id"] is not None and entry["card_url"] != refused:
            length = _instant(entry["stopped_at"]) - _instant(entry["started_at"])
            seconds[entry["card_id"], _instant(entry["started_at"]).date()] += int(
                length.total_seconds()
            )
    minutes: Counter[tuple[int, date]] = Counter()
    for log in held:
        minutes[log.card_id, log.for_date] += log.minutes
    for day in sorted(seconds.keys() | minutes.keys()):
        expected = max(1, (seconds[day] + 30) // 60) if day in seconds else 0
        _compare_day(f"card {day[0]} on {day[1]}", expected, minutes[day], findings)


def _compare_day(where: str, expected: int, found: int, findings: Findings) -> None:
    text = f"Kaiten has {found} minutes for {where}, of {expected}"
    if found > expected:
        findings.doubled.append(text)
    elif not found and expected:
        findings.lost.append(text)
    elif found < expected:
        findings.wrong.append(text)


def compare_comments(
    told: Sequence[JsonObject], posts: Sequence[tuple[int, str]], findings: Findings
) -> None:
    """TimeCrowd must have got the comment of an entry at most once, and one that is not in doubt.

    A comment is in doubt where a kill came between: it is dropped then, and never sent again.
    """
    for number, count in Counter(number for number, _ in posts).items():
        if count > 1:
            findings.doubled.append(f"TimeCrowd got the comment of {number} {count} times: {posts}")
    for entry in told:
        comments = [each for each in entry["deliveries"] if each["kind"] == "comment"]
        ids = {each["remote_id"] for each in entry["deliveries"] if each["service"] == "timecrowd"}
        arrived = any(str(number) in ids for number, _ in posts)
        if entry["comment"] and not comments and not arrived:  # a done one is not listed
            findings.lost.append(f"TimeCrowd has no comment of {_shown(entry)}")


def compare_acknowledged(
    acknowledged: Mapping[str, JsonObject | None], told: Sequence[JsonObject], findings: Findings
) -> None:
    """The journal must hold what commands have printed; None stands for what must be gone."""
    kept = {entry["id"]: entry for entry in told}
    for entry_id, printed in acknowledged.items():
        entry = kept.get(entry_id)
        if printed is None and entry is not None:
            findings.doubled.append(f"it was said to be gone: {_shown(entry)}")
        elif printed is not None and entry is None:
            findings.lost.append(f"it was said to be kept: {_shown(printed)}")
        elif printed is not None and entry is not None and not _keeps(printed, entry):
            findings.wrong.append(f"said: {_shown(printed)}, kept: {_shown(entry)}")


def _keeps(printed: JsonObject, entry: JsonObject) -> bool:
    """Whether the entry is as it was printed; one that ran may have been stopped since."""
    names = ["comment", "started_at"]
    is_number = printed["task"].startswith("TimeCrowd ")  # what it is may have been learned since
    if not is_number:
        names.append("card_url")
    if printed["card_url"] is None and not is_number:
        names.append("task")  # a card's title may have been found since
    if printed["stopped_at"] is not None:
        names.append("stopped_at")
    return all(printed[name] == entry[name] for name in names)


def _key(entry: JsonObject) -> str:
    return str(entry.get("address") or entry["card_url"] or entry["task"])


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _shown(entry: JsonObject) -> str:
    times = f"{entry['started_at']} to {entry['stopped_at']}"
    return f"{entry['id']} {entry['task']} {_key(entry)} {times} {entry['comment']!r}"
