"""Documents as text for people. Light: `status` uses it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    Document = Mapping[str, Any]

_STATES = {
    "waiting": "waiting", "sending": "being sent", "unknown": "unknown", "blocked": "refused",
}  # fmt: skip
_CAUSES = {
    "idle": "no input", "asleep": "asleep", "locked": "screen locked", "ended": "logged out",
}  # fmt: skip
_CLOCK_SHIFTS = (-7200, -3600, -1800, 1800, 3600, 7200)
"""By how many seconds clocks are set back somewhere."""
_NAMES = {"timecrowd": "TimeCrowd", "kaiten": "Kaiten"}


def render(  # noqa: PLR0911 - a text for each command
    command: str,
    document: Any,  # noqa: ANN401 - any JSON
) -> str:
    """What a command prints without --json."""
    match command:
        case "status" | "sync":
            return "\n".join([*taken_in(document.get("taken_in")), status(document)])
        case "log":
            return log(document) or "No entries."
        case "cards":
            return "\n".join(map(card, document)) or "No card in progress is yours."
        case "audit":
            return audit(document)
        case "problems" | "away" if isinstance(document, list):
            return needing_user(command, document)
        case "drop":
            return "Dropped."
        case _:
            return "\n".join([*map(entry_line, document["entries"]), status(document)])


def status(document: Document) -> str:
    """The running entry, today's total, and every problem."""
    entry = document["entry"]
    lines = ["Nothing is running."]
    if entry:
        elapsed = format_duration(document["elapsed_seconds"])
        lines = [f"{entry['task']}  {elapsed}  since {local_start(entry)}"]
        shown = (entry.get(key) for key in ("address", "card_url", "comment"))
        lines += [f"  {_one_line(each)}" for each in shown if each]
    lines.append(f"Today {format_duration(document['today_seconds'])}")
    counts = document["deliveries"]
    waiting = [f"{counts[state]} {word}" for state, word in _STATES.items() if counts[state]]
    lines += [f"Deliveries: {', '.join(waiting)}"] if waiting else []
    lines += [
        f"{_NAMES[name]}: {service['detail'] or service['state'].replace('_', ' ')}"
        for name, service in document["services"].items()
        if service["state"] != "ok"
    ]
    return "\n".join(lines)


def taken_in(document: Document | None) -> list[str]:
    """What `sync --from` took in, if it was that."""
    if document is None:
        return []
    counts = ", ".join(f"{document[name]} {name}" for name in ("added", "changed", "deleted"))
    return [f"Taken in since {document['from']}: {counts}"]


def log(entries: Sequence[Document]) -> str:
    """The entries, a line each, with a line for each delivery."""
    lines = []
    for entry in entries:
        lines.append(entry_line(entry))
        lines += [delivery_line(delivery) for delivery in entry["deliveries"]]
        lines += [covered_line(day) for day in entry.get("covered_dates", ())]
    return "\n".join(lines)


def covered_line(day: str) -> str:
    """That Kaiten has the minutes of that date already."""
    return f"  {'–':>6}  Kaiten log  for {day}  in an earlier log"


def entry_line(entry: Document) -> str:
    """An entry in one line."""
    about = "  ".join(
        _one_line(entry[key])
        for key in ("task", "address", "card_url", "comment")
        if entry.get(key)
    )
    about += "  (deleted)" if entry.get("deleted") else ""
    return f"{entry['id']}  {entry_span(entry)}  {format_duration(entry['seconds'])}  {about}"


def entry_span(entry: Document) -> str:
    """From when to when, in local time; with the date of an end that is on another."""
    began, ended = str(entry["started_at"]), entry["stopped_at"]
    if not ended:
        return f"{local_start(entry)}–…"
    day = "" if ended[:10] == began[:10] else f"{ended[:10]} "
    return f"{local_start(entry)}–{day}{ended[11:16]}{_zone_suffix(ended)}"


def _is_near_clock_change(instant: str) -> bool:
    """Whether the clocks show an ISO instant's time of day once more, an hour before or after."""
    import time
    from datetime import datetime

    seconds = datetime.fromisoformat(instant).timestamp()
    try:
        shown = time.localtime(seconds)[:6]
        return any(time.localtime(seconds + shift)[:6] == shown for shift in _CLOCK_SHIFTS)
    except OSError:  # Windows knows a local time from 1970 to 3000 only
        return False


def _zone_suffix(instant: str) -> str:
    """What distinguishes two instants of the same time of day: CEST, or the offset."""
    import time
    from datetime import datetime

    if not _is_near_clock_change(instant):
        return ""
    moment = datetime.fromisoformat(instant)
    here, offset = time.localtime(moment.timestamp()), moment.utcoffset()
    is_named = offset is not None and here.tm_gmtoff == offset.total_seconds()
    return f" {here.tm_zone}" if is_named else f" {instant[-6:]}"


def _one_line(text: object) -> str:
    """Text of several lines as one, so that a table stays one."""
    return " ".join(str(text).split())


def delivery_line(delivery: Document) -> str:
    """A delivery in one line."""
    parts = [f"  {delivery['id']:>6}  {_NAMES[delivery['service']]} {delivery['kind']}"]
    state = str(delivery["state"])
    is_deleted = delivery["minutes"] == 0 and state == "done"  # no log has 0 minutes
    if delivery["minutes"] is not None:
        minutes = "" if is_deleted else f"{delivery['minutes']} min "
        parts.append(f"{minutes}for {delivery['for_date']}")
    parts.append("deleted" if is_deleted else _STATES.get(state, state))
    parts += [f"id {delivery['remote_id']}"] if delivery["remote_id"] else []
    parts += [_one_line(delivery["error"])] if delivery["error"] else []
    return "  ".join(parts)


def needing_user(command: str, rows: Sequence[Document]) -> str:
    """The deliveries, or the questions, that need a person."""
    if command == "away":
        return "\n\n".join(map(question, rows)) or "There is no question about being away."
    return "\n\n".join(map(problem, rows)) or "No delivery needs your attention."


def problem(row: Document) -> str:
    """A delivery that needs a person: what, why, and the ways out."""
    why = "needs your attention" if row["state"] == "blocked" else "may or may not have arrived"
    width = max(len(way["command"]) for way in row["ways"])
    return "\n".join(
        [
            f"{row['id']}  {_NAMES[row['service']]} {row['kind']}: {why}",
            f"  {row['task']}  {row['started_at'][:16].replace('T', ' ')}",
            f"  {row['error']}",
            *(f"  {way['command']:<{width}}  {way['does']}" for way in row["ways"]),
        ]
    )


def question(row: Document) -> str:
    """A stretch in which nobody was there: when, on what, why, and the answers to choose from."""
    until = row["to"][11:16] if row["to"] else "now"
    why = ", ".join(_CAUSES[cause] for cause in row["causes"])
    width = max(len(way["command"]) for way in row["ways"])
    began = row["from"][:16].replace("T", " ")
    return "\n".join(
        [
            f"{row['id']}  Away {began}–{until}  {format_duration(row['seconds'])}  ({why})",
            f"  {row['task']}" + (f"  {row['card_url']}" if row["card_url"] else ""),
            *(["  Nothing of it is sent before the answer."] if row["held"] else []),
            *(f"  {way['command']:<{width}}  {way['does']}" for way in row["ways"]),
        ]
    )


def audit(document: Document) -> str:
    """What does not match, a line each, with the way to put it right; then the totals."""
    rows = document["rows"]
    apart = [row for row in rows if row["verdict"] != "matched"]
    span = f"--from {document['from']} --to {document['to']}"
    lines = []
    for row in apart:
        lines.append(f"{row['verdict']:<9}  {row['key']}  {row['detail']}")
        if row["repair"]:
            lines.append(f"           timer-app audit {span} --repair {row['key']}")
            lines[-1] += f"  {row['repair']}"
        elif row["help"]:
            lines.append(f"           {row['help']}")
    gap = "" if document["complete"] else " Not everything could be asked."
    totals = _totals(document)
    return "\n".join([*lines, f"{document['from']} to {document['to']}: {totals}.{gap}"])


def _totals(audited: Document) -> str:
    """How many rows of each verdict, or in words that there is nothing to put right."""
    counts = dict.fromkeys(("matched", "missing", "extra", "different"), 0)
    for row in audited["rows"]:
        counts[row["verdict"]] += 1
    if audited["complete"] and counts["matched"] == len(audited["rows"]):
        return f"all {counts['matched']} agree" if counts["matched"] else "nothing to compare"
    return ", ".join(f"{number} {verdict}" for verdict, number in counts.items())


def card(row: Document) -> str:
    """A card in one line: number, title, time logged so far, where it lies, address."""
    where = " / ".join(_one_line(row[key]) for key in ("space", "board", "column") if row[key])
    logged = f"{row['minutes'] // 60}:{row['minutes'] % 60:02}"
    name = f"#{row['card_id']}" + (f" {row['key']}" if row["key"] else "")
    parts = (name, _one_line(row["title"]), logged, where, row["card_url"])
    return "  ".join(part for part in parts if part)


def local_start(entry: Document) -> str:
    """When an entry began, in local time."""
    began = str(entry["started_at"])
    return began[:16].replace("T", " ") + _zone_suffix(began)


def format_duration(seconds: int) -> str:
    """Seconds as h:mm:ss."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
