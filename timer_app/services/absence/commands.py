"""The command about absences."""

from __future__ import annotations

from timer_app.domain.absence import (
    AbsenceResolution,
    DropAndContinue,
    DropTime,
    KeepTime,
    ReassignTime,
)
from timer_app.domain.errors import BadInput
from timer_app.domain.messages import CommandMessageId
from timer_app.services.absence.documents import question_document
from timer_app.services.command_context import UNDO, CommandContext, CommandReply
from timer_app.services.command_words import CommandArgs, typed_number
from timer_app.services.exit_codes import ExitCode

_ANSWERS: dict[str, AbsenceResolution] = {
    "keep": KeepTime(),
    "drop": DropTime(),
    "continue": DropAndContinue(),
}


async def away(context: CommandContext, args: CommandArgs) -> CommandReply:
    """List the unresolved absences, or resolve one."""
    if "answer" not in args:
        now, zone = context.clock.now(), context.clock.zone()
        rows = [
            question_document(each, now, zone) for each in context.absence_resolver.unresolved()
        ]
        return CommandReply(ExitCode.NEEDS_PERSON if rows else ExitCode.DONE, rows)
    answer, notes = await _answer(context, args)
    number = typed_number(args, "question") if "question" in args else None
    answered = context.absence_resolver.resolve(number, answer)
    notes += (UNDO, *context.question_notes())
    return await context.deliver_edit(list(answered.entry_ids), args, notes)


async def _answer(
    context: CommandContext, args: CommandArgs
) -> tuple[AbsenceResolution, tuple[str, ...]]:
    typed = args["answer"]
    task, notes = await context.task(args)
    if typed == "give" and task is None:
        raise BadInput(CommandMessageId.NO_TASK)
    if typed != "give" and task is not None:
        raise BadInput(CommandMessageId.TASK_NOT_TAKEN, typed)
    if typed == "give" and task is not None:
        return ReassignTime(task), notes
    if typed not in _ANSWERS:
        raise BadInput(CommandMessageId.NOT_AN_ANSWER, typed)
    return _ANSWERS[typed], notes
