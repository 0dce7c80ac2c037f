"""The commands that change entries, and the list of them."""

from __future__ import annotations

import asyncio
from datetime import datetime

from timer_app.domain.delivery.outbox import LoggedEntry
from timer_app.domain.delivery.outcomes import call_problem_message
from timer_app.domain.entries.entry import Source
from timer_app.domain.entries.task import with_other_card
from timer_app.domain.entries.timer import Running
from timer_app.domain.errors import BadInput, NotPossible
from timer_app.domain.messages import (
    CommandMessageId,
    DeliveryMessageId,
    EntryMessageId,
    TaskMessageId,
)
from timer_app.domain.setup.local_time import parse_end, parse_within
from timer_app.domain.user_message import UserMessage
from timer_app.services.command_context import (
    ENTRIES_PER_STEP,
    TITLE_SHARE,
    UNDO,
    CommandContext,
    CommandReply,
)
from timer_app.services.command_words import (
    CommandArgs,
    typed_comment,
    typed_dates,
    typed_instant,
    typed_span,
    typed_stop,
    wait_seconds,
)
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.services.entries.card_lookup import CardRefused
from timer_app.services.entries.documents import Document, card_document
from timer_app.services.entries.editor import EntryEdit
from timer_app.services.entries.listing import EntryFilter
from timer_app.services.exit_codes import ExitCode


async def start(context: CommandContext, args: CommandArgs) -> CommandReply:
    """Start an entry at the instant of the command, however long Kaiten takes."""
    pressed, at = context.clock.reading(), typed_instant(args, "at", context.clock)
    comment = typed_comment(args) or ""
    task, notes = await context.task(args)
    route = await context.route(args, task)
    transition = context.timer.start(
        task, Source.CLI, comment=comment, at=at, pressed=pressed, route=route
    )
    return await context.deliver_transition(
        transition, args, notes + context.ambiguous_time_notes(at)
    )


async def stop(context: CommandContext, args: CommandArgs) -> CommandReply:
    """Stop the running entry."""
    pressed = context.clock.reading()
    comment, at = typed_comment(args), typed_stop(args, context.clock)
    if at is None and not isinstance(context.timer.state, Running):  # it may run elsewhere
        await context.poll(wait_seconds(args) * TITLE_SHARE)
    transition = context.timer.stop(comment=comment, at=at, pressed=pressed)
    return await context.deliver_transition(transition, args, context.ambiguous_time_notes(at))


async def toggle(context: CommandContext, args: CommandArgs) -> CommandReply:
    """Do what a click on the tray does."""
    return await context.deliver_transition(context.timer.toggle(Source.CLI), args)


async def cancel(context: CommandContext, args: CommandArgs) -> CommandReply:
    """Discard the running entry."""
    return await context.deliver_transition(context.timer.cancel(), args)


async def add(context: CommandContext, args: CommandArgs) -> CommandReply:
    """Record a finished entry."""
    started_at, stopped_at = typed_span(args, context.clock)
    comment = typed_comment(args) or ""
    task, notes = await context.task(args)
    route = await context.route(args, task)
    notes += context.overlap_notes(started_at, stopped_at) + context.ambiguous_time_notes(
        started_at, stopped_at
    )
    transition = context.timer.add(
        task, Source.MANUAL, started_at, stopped_at, comment=comment, route=route
    )
    return await context.deliver_transition(transition, args, notes)


async def edit(context: CommandContext, args: CommandArgs) -> CommandReply:
    """Change a finished entry."""
    logged = _known_entry(context, args)
    entry_id = logged.entry.id
    edit, notes = await _edit(context, args, logged)
    if context.editor.keeps_first_comment(entry_id, edit):
        notes += (str(UserMessage(DeliveryMessageId.COMMENT_KEPT)),)
    touched = context.editor.edit(entry_id, edit)
    return await context.deliver_edit(list(touched), args, notes)


async def delete(context: CommandContext, args: CommandArgs) -> CommandReply:
    """Remove a finished entry."""
    touched = context.editor.delete(_known_entry(context, args).entry.id)
    return await context.deliver_edit(list(touched), args, (UNDO,))


def _known_entry(context: CommandContext, args: CommandArgs) -> LoggedEntry:
    """The entry of the arguments. Raises NotPossible, also while the journal is locked."""
    entry_id = args.get("entry", "")
    logged = context.journal.entry(entry_id)
    if logged is None or logged.is_deleted:
        raise NotPossible(EntryMessageId.NONE_SUCH, entry_id)
    return logged


async def split(context: CommandContext, args: CommandArgs) -> CommandReply:
    """Make two entries of a finished one."""
    entry_id = args.get("entry", "")
    logged = context.journal.entry(entry_id)
    at = _split_time(context, args, logged)
    if at is None:
        raise BadInput(CommandMessageId.NO_SPLIT_TIME)
    touched = list(context.editor.split(entry_id, at))
    return await context.deliver_edit(touched, args, context.ambiguous_time_notes(at))


def _split_time(
    context: CommandContext, args: CommandArgs, logged: LoggedEntry | None
) -> datetime | None:
    """A time of day alone is one of the entry's dates."""
    if logged is None or logged.stopped_at is None or "at" not in args:
        return typed_instant(args, "at", context.clock)
    now, zone = context.clock.now(), context.clock.zone()
    at = parse_within(args["at"], logged.entry.started_at, logged.stopped_at, now, zone)
    if at is None:
        raise NotPossible(EntryMessageId.NOT_WITHIN, args["at"])
    return at


async def undo(context: CommandContext, args: CommandArgs) -> CommandReply:
    """Undo the latest edit, deletion, split or cancellation."""
    return await context.deliver_edit(list(context.editor.undo()), args, ())


async def _edit(
    context: CommandContext, args: CommandArgs, logged: LoggedEntry
) -> tuple[EntryEdit, tuple[str, ...]]:
    """A time of day alone is one of the entry's own date."""
    began = logged.entry.started_at
    started_at = typed_instant(args, "from", context.clock, began)
    stopped_at = _new_end(context, args, started_at or began, logged)
    comment = typed_comment(args)
    task, notes = await context.task(args)
    if task is not None and "task" not in args:
        task = with_other_card(logged.entry.task, task)
    notes += context.ambiguous_time_notes(started_at, stopped_at)
    if started_at or stopped_at:
        span = started_at or began, stopped_at or logged.stopped_at or context.clock.now()
        notes += context.overlap_notes(*span, leaving_out=logged.entry.id)
    return EntryEdit(started_at, stopped_at, comment, task), notes


def _new_end(
    context: CommandContext, args: CommandArgs, started_at: datetime, logged: LoggedEntry
) -> datetime | None:
    """A time of day alone is also one of the date that the entry ends on now."""
    if "to" not in args:
        return None
    now, zone = context.clock.now(), context.clock.zone()
    return parse_end(args["to"], started_at, now, zone, logged.stopped_at)


async def log(context: CommandContext, args: CommandArgs) -> CommandReply:
    """The entries of some dates, today's by default."""
    first, last = typed_dates(args, context.timer.today())
    entry_filter = EntryFilter(first=first, last=last, running=last >= context.timer.today())
    documents: list[Document] = []
    cursor = None
    while True:
        page = context.journal.page(entry_filter, cursor, ENTRIES_PER_STEP, oldest_first=True)
        found = context.journal.entries_by_id(page.ids)
        documents += context.documents([found[each] for each in page.ids if each in found])
        cursor = page.next_cursor
        if cursor is None:
            return CommandReply(ExitCode.DONE, documents)
        await asyncio.sleep(0)  # a click does not wait for ten thousand entries


async def cards(context: CommandContext, args: CommandArgs) -> CommandReply:
    """The person's own cards in progress, the latest changed first."""
    del args
    directory = context.card_directory()
    if directory is None:
        raise CardRefused(TaskMessageId.KAITEN_NOT_SET_UP)
    try:
        found = await directory.my_cards()
    except ServiceCallError as problem:
        message = call_problem_message(problem.outcome, "Kaiten")
        return CommandReply(ExitCode.REFUSED, messages=(str(message),))
    return CommandReply(ExitCode.DONE, [card_document(info) for info in found])
