"""The commands about deliveries."""

from __future__ import annotations

import asyncio
from datetime import datetime
from operator import itemgetter

from timer_app.domain.delivery.outbox import LoggedEntry
from timer_app.domain.delivery.service_messages import DeleteLog, LogTime
from timer_app.domain.errors import NotPossible
from timer_app.domain.messages import DeliveryMessageId
from timer_app.services.command_context import (
    PROBLEM,
    QUESTION,
    CommandContext,
    CommandReply,
)
from timer_app.services.command_words import (
    CommandArgs,
    typed_first_date,
    typed_number,
    wait_seconds,
)
from timer_app.services.delivery.documents import import_document
from timer_app.services.delivery.problem_documents import problem_documents
from timer_app.services.delivery.problems import read_in_steps
from timer_app.services.entries.documents import Document
from timer_app.services.exit_codes import ExitCode

_PROBLEMS_PER_STEP = 50


async def sync(context: CommandContext, args: CommandArgs) -> CommandReply:
    """Deliver what is due, and follow what other devices did, since a date if one is given."""
    first = typed_first_date(args, context.timer.today())
    imported = await context.sync(wait_seconds(args), first)
    document = context.status()
    if first is not None and imported is not None:
        document |= {"taken_in": import_document(first, imported)}
    kinds = {person for _, person in context.journal.open_counts()}
    if True in kinds:
        return CommandReply(ExitCode.NEEDS_PERSON, document, (PROBLEM,))
    if context.journal.on_hold_counts():
        return CommandReply(ExitCode.NEEDS_PERSON, document, (QUESTION,))
    if kinds:
        return CommandReply(ExitCode.STILL_WAITING, document, (context.waiting_note(),))
    return CommandReply(ExitCode.DONE, document)


async def show_problems(context: CommandContext, args: CommandArgs) -> CommandReply:
    """The deliveries that need a person."""
    del args
    zone = context.clock.zone()
    found: list[tuple[datetime, list[Document]]] = []
    for step in read_in_steps(context.journal, _PROBLEMS_PER_STEP):
        found += [(each.entry.started_at, problem_documents(each, zone)) for each in step]
        await asyncio.sleep(0)
    found.sort(key=itemgetter(0))
    rows = [row for _, documents in found for row in documents]
    question = context.question_notes()
    return CommandReply(
        ExitCode.NEEDS_PERSON if rows or question else ExitCode.DONE, rows, question
    )


async def retry(context: CommandContext, args: CommandArgs) -> CommandReply:
    """Send a delivery again, to another team or category if one is typed."""
    number = typed_number(args, "delivery")
    route = await context.route(args, _entry_of(context, number).entry.task)
    if route is None:
        logged = context.problems.retry(number)
    else:
        logged = context.problems.retry_elsewhere(number, route)
    return await context.deliver_edit([logged.entry.id], args, ())


def _entry_of(context: CommandContext, number: int) -> LoggedEntry:
    """The delivery's entry. Raises NotPossible, also while the journal is locked."""
    found = context.journal.entry_of_delivery(number)
    if found is None:
        raise NotPossible(DeliveryMessageId.NONE_SUCH, str(number))
    return found


async def drop(context: CommandContext, args: CommandArgs) -> CommandReply:
    """Never send a delivery."""
    number = typed_number(args, "delivery")
    _entry_of(context, number)
    dropped = context.problems.drop(number)
    more = [str(delivery.id) for delivery in dropped if delivery.id != number]
    notes = (f"Dropped with it, since it needs it: {', '.join(more)}.",) if more else ()
    match dropped[0].message:
        case LogTime(similar_log=log_id) if log_id:
            notes = (f"Log {log_id} in Kaiten is this entry's.",)
        case DeleteLog(asks=True):
            notes = ("The log stays in Kaiten.",)
        case _:
            pass
    await context.deliver(wait_seconds(args))  # what waited behind it, or replaces it
    logged = context.journal.entry_of_delivery(number)
    found = [logged] if logged else []
    ended, message = context.delivery_outcome([each for one in found for each in one.deliveries])
    return CommandReply(ended, context.documents(found), (*notes, *message))
