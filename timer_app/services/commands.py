"""The commands of the outside contract, as one place that app and command line both run.

A command comes as a name and the words the user typed; it goes back as an exit code, a JSON
document and sentences for people. Each folder's `commands.py` has the commands of its subject;
`command_words` parses the words, so that both front ends read them alike.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from timer_app.domain.errors import BadInput, JournalError, NotPossible
from timer_app.domain.reminders.notice import notice_message
from timer_app.domain.setup.local_time import EndBeforeStart
from timer_app.services.absence import commands as absence
from timer_app.services.command_context import CommandContext, CommandReply
from timer_app.services.command_words import CommandArgs, wait_seconds
from timer_app.services.delivery import commands as delivery
from timer_app.services.entries import commands as entries
from timer_app.services.entries.card_lookup import CardRefused
from timer_app.services.exit_codes import ExitCode
from timer_app.services.retry import LOCKED_PAUSE, is_locked

Command = Callable[[CommandContext, CommandArgs], Awaitable[CommandReply]]

_LOCKED_LIMIT = timedelta(seconds=5)
"""How long to wait for a journal that another program has locked."""


@dataclass(frozen=True, slots=True)
class Commands:
    """Runs commands."""

    context: CommandContext

    async def run(self, name: str, args: CommandArgs) -> CommandReply:
        """Run one command; every way it can end is a Reply."""
        command = _COMMANDS.get(name)
        if command is None:
            return CommandReply(ExitCode.USAGE, messages=(f"There is no command {name!r}.",))
        try:
            wait_seconds(args)  # a wrong one is wrong usage, and nothing is done then
            with self.context.notices.capture() as captured:
                reply = await self._run_with_retries(command, args)
            zone = self.context.clock.zone()
            messages = tuple(str(notice_message(notice, zone)) for notice in captured)
            return replace(reply, messages=(*messages, *reply.messages))
        except EndBeforeStart as error:  # it can be read, and is refused for what it means
            return CommandReply(ExitCode.REFUSED, messages=(str(error),))
        except BadInput as error:
            return CommandReply(ExitCode.USAGE, messages=(str(error),))
        except (NotPossible, CardRefused) as error:
            return CommandReply(ExitCode.REFUSED, messages=(str(error),))
        except JournalError as error:
            return CommandReply(ExitCode.JOURNAL, messages=(str(error),))

    async def _run_with_retries(self, command: Command, args: CommandArgs) -> CommandReply:
        """Run it, and again while another program has the journal locked, _LOCKED_LIMIT at most."""
        now = asyncio.get_running_loop().time
        until = now() + _LOCKED_LIMIT.total_seconds()
        while True:
            try:
                return await command(self.context, args)
            except JournalError as error:
                if not is_locked(error) or now() >= until:
                    raise
                await asyncio.sleep(LOCKED_PAUSE.total_seconds())


async def _status(context: CommandContext, args: CommandArgs) -> CommandReply:
    """What runs, today's total, how deliveries and services are."""
    del args
    return CommandReply(ExitCode.DONE, context.status(), context.question_notes())


async def _audit(context: CommandContext, args: CommandArgs) -> CommandReply:
    """Few commands are audits, and what compares takes time to import."""
    from timer_app.services.audit.commands import audit

    return await audit(context, args)


_COMMANDS: dict[str, Command] = {
    "start": entries.start,
    "stop": entries.stop,
    "toggle": entries.toggle,
    "cancel": entries.cancel,
    "add": entries.add,
    "edit": entries.edit,
    "delete": entries.delete,
    "split": entries.split,
    "undo": entries.undo,
    "log": entries.log,
    "cards": entries.cards,
    "status": _status,
    "audit": _audit,
    "sync": delivery.sync,
    "problems": delivery.show_problems,
    "retry": delivery.retry,
    "drop": delivery.drop,
    "away": absence.away,
}
