"""The command that compares the journal with what each service holds."""

from __future__ import annotations

from datetime import date

from timer_app.services.audit.auditor import Audit
from timer_app.services.audit.documents import audit_document
from timer_app.services.command_context import CommandContext, CommandReply
from timer_app.services.command_words import CommandArgs, typed_dates
from timer_app.services.exit_codes import ExitCode

_EVERY_ROW = "all"


async def audit(context: CommandContext, args: CommandArgs) -> CommandReply:
    """The journal beside what both services hold; repairs the named rows only."""
    first, last = typed_dates(args, context.timer.today())
    if "repair" in args:
        return await _repair(context, first, last, args)
    audit = await context.auditor().audit(first, last)
    return CommandReply(
        _audit_exit_code(audit), audit_document(audit), tuple(map(str, audit.failures))
    )


async def _repair(
    context: CommandContext, first: date, last: date, args: CommandArgs
) -> CommandReply:
    """Commit the repairs, deliver them, and show what it is like then."""
    keys = args["repair"].split()
    every = keys == [_EVERY_ROW]
    repaired = await context.auditor().repair(first, last, None if every else keys)
    notes = [f"Repaired {row.key}: {row.repair.sentence}" for row in repaired.rows
             if row.repair]  # fmt: skip
    notes += [f"Not repaired, it has changed: {row.key}" for row in repaired.changed]
    if not notes:
        notes = ["There is nothing to repair."]
    reply = await context.deliver_edit(list(repaired.entry_ids), args, tuple(notes))
    audit = await context.auditor().audit(first, last)
    document = audit_document(audit) | {"repaired": [row.key for row in repaired.rows]}
    ended = reply.exit_code if repaired.rows else _audit_exit_code(audit)
    return CommandReply(ended, document, (*reply.messages, *map(str, audit.failures)))


def _audit_exit_code(audit: Audit) -> ExitCode:
    """How an audit that changed nothing ends."""
    if audit.needs_user:
        return ExitCode.NEEDS_PERSON
    return (
        ExitCode.STILL_WAITING if audit.has_waiting_rows or not audit.is_complete else ExitCode.DONE
    )
