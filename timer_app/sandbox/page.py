"""The small web page that shows what each service holds. Pure: a stage in, HTML out.

Everything that came from outside is escaped; no script, no picture, nothing from elsewhere.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from .kaiten_state import KaitenState
    from .requests import Record
    from .stage import AnySite, Stage
    from .timecrowd_model import TimeEntry
    from .timecrowd_state import TimeCrowdState

_SHOWN = 25
_STYLE = """
:root { color-scheme: light dark; --line: #8886; --soft: #8882; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 24px auto; max-width: 1240px;
  padding: 0 16px; }
h1 { font-size: 22px; margin: 0 } h2 { font-size: 18px; margin: 28px 0 4px }
h3 { font-size: 15px; margin: 16px 0 4px }
p { margin: 4px 0 8px }
.both { display: grid; gap: 0 32px;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 520px), 1fr)) }
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
th, td { text-align: left; padding: 4px 12px 4px 0; border-bottom: 1px solid var(--line);
  vertical-align: top; overflow-wrap: anywhere }
th { font-weight: 600; font-size: 13px } td.n, th.n { text-align: right }
.now { background: var(--soft); border-left: 4px solid; padding: 8px 12px; margin: 8px 0 }
.none { opacity: .7 } code { font-size: 13px; overflow-wrap: anywhere }
"""


def page(stage: Stage) -> str:
    """The whole page, refreshing itself every two seconds."""
    now = stage.clock()
    clock = f"{now:%Y-%m-%d %H:%M:%S} UTC"
    if stage.clock.offset:
        clock += f" (moved by {stage.clock.offset.total_seconds():+g} s)"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        '<meta http-equiv="refresh" content="2"><title>Timer App sandbox</title>'
        f"<style>{_STYLE}</style></head><body><h1>Timer App sandbox</h1>"
        f"<p>Local stand-ins of TimeCrowd and Kaiten. Their clock says {escape(clock)}.</p>"
        f'<div class="both"><section>{_timecrowd(stage, now)}</section>'
        f"<section>{_kaiten(stage)}</section></div>{_requests(stage)}</body></html>"
    )


def _timecrowd(stage: Stage, now: datetime) -> str:
    site = stage.timecrowd
    state, me = site.state, site.user_id
    others = [state.running(person) for person in sorted(state.users) if person != me]
    at_work = [
        f"{state.users[entry.user_id].nickname}: {state.tasks[entry.task_id].title}"
        for entry in others
        if entry
    ]
    entries = state.entries_of(me)
    return (
        f"<h2>TimeCrowd</h2><p>{_address(site)}</p>"
        f'<p class="now">{_running(state, state.running(me), now)}</p>'
        f"<p>Others at work: {escape('; '.join(at_work) or 'nobody')}.</p>"
        f"<h3>Time entries: {len(entries)}</h3>"
        + _table(
            ("Id", "Task", "Started", "Stopped", "Duration"),
            (_entry_row(state, entry, now) for entry in entries[:_SHOWN]),
        )
    )


def _running(state: TimeCrowdState, entry: TimeEntry | None, now: datetime) -> str:
    if entry is None:
        return "Nothing runs."
    title = state.tasks[entry.task_id].title
    return f"Running for {_span(entry, now)}: <strong>{escape(title)}</strong> (entry {entry.id})"


def _entry_row(state: TimeCrowdState, entry: TimeEntry, now: datetime) -> tuple[str, ...]:
    stopped = "running" if entry.stopped_at is None else f"{entry.stopped_at:%m-%d %H:%M:%S}"
    started = f"{entry.started_at:%m-%d %H:%M:%S}"
    return str(entry.id), state.tasks[entry.task_id].title, started, stopped, _span(entry, now)


def _kaiten(stage: Stage) -> str:
    site = stage.kaiten
    state = site.state
    logs = sorted(state.logs.values(), key=lambda log: log.id, reverse=True)
    return (
        f"<h2>Kaiten</h2><p>{_address(site)}</p>"
        f"<p>Turned away by the rate limit: {stage.rate.refused}.</p>"
        f"<h3>Time logs: {len(logs)}</h3>"
        + _table(
            ("Id", "Card", "Date", "Minutes", "Comment"),
            (
                (
                    str(log.id),
                    state.cards[log.card_id].title,
                    log.for_date.isoformat(),
                    str(log.time_spent),
                    log.comment or "",
                )
                for log in logs[:_SHOWN]
            ),
        )
        + f"<h3>Cards: {len(state.cards)}</h3>"
        + _table(("Id", "Key", "Title", "Place", "Minutes"), _card_rows(state))
    )


def _card_rows(state: KaitenState) -> Iterable[tuple[str, ...]]:
    for card in state.cards.values():
        marks = [
            *(["archived"] if card.archived else []),
            *(["forbidden"] if card.id in state.forbidden_card_ids else []),
        ]
        title = f"{card.title} ({', '.join(marks)})" if marks else card.title
        place = f"{card.board.title} / {card.column.title}"
        yield str(card.id), card.key or "", title, place, str(state.minutes_on(card))


def _requests(stage: Stage) -> str:
    faults = [
        (name, fault.kind.value, fault.method, fault.path or "any", _times(fault.times))
        for name, site in stage.sites.items()
        for fault in site.faults.active
    ]
    records = [
        (record, name) for name, site in stage.sites.items() for record in site.requests.records
    ]
    records.sort(key=lambda pair: (pair[0].at, pair[0].number), reverse=True)
    return (
        "<h2>Planned faults</h2>"
        + _table(("Service", "Fault", "Method", "Path", "Times"), faults)
        + f"<h2>Recent requests</h2><p>{len(records)} remembered.</p>"
        + _table(
            ("At", "Service", "Request", "Body", "Ended with"),
            (_request_row(record, name) for record, name in records[:_SHOWN]),
        )
    )


def _times(times: int | None) -> str:
    return "always" if times is None else str(times)


def _request_row(record: Record, service: str) -> tuple[str, ...]:
    query = f"?{record.query}" if record.query else ""
    ended = [
        *([] if record.sent is None else [str(record.sent)]),
        *([] if record.fault is None else [record.fault.value]),
        *([] if record.ended else ["still open"]),
    ]
    request = f"{record.method} {record.path}{query}"
    return f"{record.at:%H:%M:%S}", service, request, record.body[:200], ", ".join(ended)


def _table(heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    head = "".join(f"<th{_side(name)}>{escape(name)}</th>" for name in heads)
    sides = [_side(name) for name in heads]
    body = "".join(
        "<tr>"
        + "".join(f"<td{side}>{escape(cell)}</td>" for side, cell in zip(sides, row, strict=True))
        + "</tr>"
        for row in rows
    )
    if not body:
        return '<p class="none">None.</p>'
    return f'<div class="scroll"><table><tr>{head}</tr>{body}</table></div>'


def _side(head: str) -> str:
    return ' class="n"' if head in ("Minutes", "Duration") else ""


def _address(site: AnySite) -> str:
    revoked = "" if site.token in site.state.tokens else " · the token is revoked"
    return f"<code>{escape(site.url)}</code>{revoked}"


def _span(entry: TimeEntry, now: datetime) -> str:
    seconds = max(0, int(((entry.stopped_at or now) - entry.started_at).total_seconds()))
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
