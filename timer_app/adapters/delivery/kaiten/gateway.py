"""Kaiten as the sender and the windows see it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from timer_app.adapters.delivery.kaiten import wire
from timer_app.adapters.delivery.kaiten.refusals import read_refusal
from timer_app.adapters.http.exchange import as_not_sent
from timer_app.domain.delivery.log_reference import split_comment
from timer_app.domain.delivery.matching import Candidate, LookupResult, SafeToRepeat
from timer_app.domain.delivery.outbox import DueDelivery
from timer_app.domain.delivery.outcomes import (
    CardLog,
    Done,
    FoundCard,
    NothingToRemove,
    Outcome,
    Refused,
    RemoteLog,
    Removed,
)
from timer_app.domain.delivery.service_messages import (
    DeleteLog,
    FindCard,
    KaitenMessage,
    LogTime,
    RemoveDuplicateLog,
    UpdateLog,
)
from timer_app.domain.entries.card import Card, CardInfo, CardKey
from timer_app.domain.messages import OutcomeMessageId
from timer_app.domain.setup.accounts import Account, Choice
from timer_app.domain.user_message import UserMessage
from timer_app.services.delivery.ports import OnSend, ServiceCallError

if TYPE_CHECKING:
    from timer_app.adapters.http.client import ServiceClient
    from timer_app.adapters.http.exchange import Request, Response

_BAD_REQUEST = 400


def _candidate(log: wire.RemoteLogDetails, message: LogTime) -> Candidate | None:
    """The log if it may be the one that was sent: by name, else by its values.

    A log without any name is one of an older version, or a person's own.
    """
    if log.for_date != message.for_date:
        return None
    words, reference = split_comment(log.comment)
    answer = RemoteLog(log.id, log.minutes, words)
    sent = wire.named_comment(message.comment, message.reference)
    if message.reference and (reference == message.reference or log.comment == sent):
        return Candidate(answer, log.created, is_exact=True)
    plain = wire.truncate_comment(message.comment)
    if log.minutes == message.minutes and log.comment == plain:
        return Candidate(RemoteLog(log.id), log.created)
    return None


def _card_log(log: wire.RemoteLogDetails) -> CardLog:
    words, reference = split_comment(log.comment)
    return CardLog(log.id, log.minutes, log.for_date, words, reference or "", log.created)


class KaitenGateway:
    """A `Gateway` to time logs on cards, and the `CardDirectory`.

    `origin` is the configured Kaiten; a card of another one is refused and never sent.
    `role_id` is the role under which time is logged where an entry has none of its own (-1:
    Employee). `on_shown` is called with cards that Kaiten showed.
    """

    def __init__(
        self,
        client: ServiceClient,
        origin: str,
        role_id: int,
        *,
        on_shown: Callable[[Sequence[CardInfo]], None] = lambda _: None,
    ) -> None:
        self._on_shown = on_shown
        self._client = client
        self._origin = origin
        self._role_id = role_id

    # -- deliveries

    async def deliver(self, due: DueDelivery, on_send: OnSend) -> Outcome:
        """See the port."""
        message = due.delivery.message
        if not isinstance(message, KaitenMessage):
            return Refused(None, ("A time entry belongs to TimeCrowd, not to Kaiten.",))
        card = message.card_key if isinstance(message, FindCard) else message.card
        if (refused := self._refuse_foreign_card(card)) is not None:
            return refused
        try:
            return await self._deliver(due, message, on_send)
        except ServiceCallError as problem:  # of a question that comes before the change
            return as_not_sent(problem.outcome)

    async def _deliver(self, due: DueDelivery, message: KaitenMessage, on_send: OnSend) -> Outcome:
        match message:
            case LogTime():
                return await self._add_log(message, due.entry.route.role_id, on_send)
            case FindCard(card_key):
                return await self._find_card(card_key)
            case UpdateLog(_, card, _, minutes, comment, reference) if due.log_id is not None:
                return await self.update_log(
                    card, due.log_id, minutes=minutes, comment=comment, reference=reference
                )
            case DeleteLog(_, card, for_date) if due.log_id is not None:
                return await self._delete_if_there(card, for_date, due.log_id)
            case RemoveDuplicateLog():
                return await self._remove_duplicate(message)
            case _:
                return _refused(OutcomeMessageId.LOG_NUMBER_UNKNOWN)

    async def _add_log(self, message: LogTime, role_id: int | None, on_send: OnSend) -> Outcome:
        card_id = message.card.id
        role = self._role_id if role_id is None else role_id
        form = wire.LogForm(
            role, message.minutes, message.for_date, message.comment, message.reference
        )

        def made(response: Response) -> RemoteLog:
            return wire.created_log(response, card_id, form)

        request = replace(wire.add_log(card_id, form), on_send=on_send)
        return await self._client.send(request, made, read_refusal)

    async def _find_card(self, card_key: CardKey) -> Outcome:
        """Ask which card has the key. A question: nothing changes in Kaiten."""
        try:
            return Done(FoundCard((await self.card(card_key)).card))
        except ServiceCallError as problem:
            outcome = problem.outcome
            if not isinstance(outcome, Refused):
                return as_not_sent(outcome)
            words = UserMessage(OutcomeMessageId.CARD_OF_KEY, card_key.key)
            return Refused(outcome.status, (*outcome.messages, str(words)))

    async def _delete_if_there(self, card: Card, for_date: date, log_id: str) -> Outcome:
        """Remove a log that is among one's own; one that is not there is gone already.

        Kaiten looks at a log's id alone, and answers 403 for one that does not exist, too.
        """
        if not await self._has_log(card, for_date, log_id):
            return Done(Removed())
        outcome = await self.delete_log(card, log_id)
        # A no, 404 too, may be a gateway's word: only what is not there any more is removed.
        if isinstance(outcome, Refused) and not await self._has_log(card, for_date, log_id):
            return Done(Removed())
        return outcome

    async def _has_log(self, card: Card, for_date: date, log_id: str) -> bool:
        return log_id in {log.id for log in await self._visible_logs(card, for_date)}

    async def _remove_duplicate(self, message: RemoveDuplicateLog) -> Outcome:
        """Remove ours of two, while both are there."""
        held = {log.id for log in await self._visible_logs(message.card, message.for_date)}
        if message.kept not in held:
            return Done(NothingToRemove())
        if message.removed is None:
            return _refused(OutcomeMessageId.REMOVE_LOG, message.kept)
        return await self._delete_if_there(message.card, message.for_date, message.removed)

    async def query_time(self) -> None:
        """See the port."""
        await self._client.query(wire.current_user(), wire.account)

    async def find_candidates(
        self, due: DueDelivery, ago: timedelta
    ) -> LookupResult | SafeToRepeat:
        """Own logs on the card and date that have the name or the values of what was sent.

        Raises ServiceCallError.
        """
        del ago  # all logs of the date come at once
        message = due.delivery.message
        if not isinstance(message, LogTime):
            return SafeToRepeat()
        found = await self._visible_logs(message.card, message.for_date)
        alike = [each for log in found if (each := _candidate(log, message)) is not None]
        is_named = message.reference != ""
        return LookupResult(
            tuple(each for each in alike if each.is_exact or not is_named),
            self._client.skew,
            tuple(_card_log(log) for log in found),
            tuple(each for each in alike if is_named and not each.is_exact),
        )

    async def fetch_remote_version(self, due: DueDelivery) -> UpdateLog | None:
        """The log that a change is about, as Kaiten holds it. Raises ServiceCallError.

        None is certain: the card is shown, and does not have it.
        """
        message = due.delivery.message
        if not isinstance(message, UpdateLog):
            return None
        for log in await self._visible_logs(message.card, message.for_date):
            if log.id == due.log_id:
                words, reference = split_comment(log.comment)
                return replace(
                    message, minutes=log.minutes, comment=words, reference=reference or ""
                )
        return None

    async def logs(self, card: Card, for_date: date) -> tuple[CardLog, ...]:
        """See the port `CardLogs`."""
        return tuple(_card_log(log) for log in await self.list_logs(card, for_date))

    async def update_log(
        self,
        card: Card,
        log_id: str,
        *,
        minutes: int | None = None,
        for_date: date | None = None,
        comment: str | None = None,
        reference: str = "",
    ) -> Outcome:
        """Change a log of ours; None stays as it is. Done(RemoteLog).

        A server that does not take an empty comment refuses it with 400, but only where the log
        has a comment that would have to go.
        """
        if (refused := self._refuse_foreign_card(card)) is not None:
            return refused
        change = wire.LogUpdate(minutes, for_date, comment, reference)
        outcome = await self._send_update(card, log_id, change)
        is_refused = isinstance(outcome, Refused) and outcome.status == _BAD_REQUEST
        if not is_refused or comment != "" or minutes is None:
            return outcome
        kept = ""

        def without_comment(response: Response) -> RemoteLog:
            nonlocal kept
            kept = wire.comment_of_log(response)
            return wire.created_log(response, card.id, change)

        request = wire.update_log(card.id, log_id, replace(change, comment=None))
        again = await self._client.send(request, without_comment, read_refusal)
        return outcome if kept else again

    async def _send_update(self, card: Card, log_id: str, change: wire.LogUpdate) -> Outcome:

        def changed(response: Response) -> RemoteLog:
            return wire.created_log(response, card.id, change)

        request = wire.update_log(card.id, log_id, change)
        return await self._client.send(request, changed, read_refusal)

    async def delete_log(self, card: Card, log_id: str) -> Outcome:
        """Remove a log; only ever by an id that our own POST returned. Done(Removed)."""
        if (refused := self._refuse_foreign_card(card)) is not None:
            return refused
        request = wire.delete_log(card.id, log_id)
        return await self._client.send(request, wire.removed, read_refusal)

    # -- questions

    async def list_logs(self, card: Card, for_date: date) -> tuple[wire.RemoteLogDetails, ...]:
        """The owner's logs on a card for a date. Raises ServiceCallError.

        It is empty for a card that does not exist, too: it proves nothing about the card.
        """
        self._require_own_kaiten(card)
        found: dict[str, wire.RemoteLogDetails] = {}
        while True:
            request = wire.list_logs(card.id, for_date, len(found))
            page = await self._client.query(request, wire.remote_logs, read_refusal)
            fresh = [each for each in page if each.id not in found]
            found.update((each.id, each) for each in fresh)
            if len(page) < wire.MAX_FOUND or not fresh:
                return tuple(found.values())

    async def _visible_logs(self, card: Card, for_date: date) -> tuple[wire.RemoteLogDetails, ...]:
        """The same, when it matters that something is not there: the card must be seen then."""
        logs = await self.list_logs(card, for_date)
        if not logs:
            await self.card(card)
        return logs

    async def card(self, card: Card | CardKey) -> CardInfo:
        """The card by its number or key. Raises ServiceCallError."""
        self._require_own_kaiten(card)
        reference = card.key if isinstance(card, CardKey) else card.id

        def requested_card(response: Response) -> CardInfo:
            return wire.requested_card(response, reference, self._origin)

        info = await self._client.query(wire.card(reference), requested_card, read_refusal)
        if isinstance(card, CardKey) and info.key not in (None, card.key):
            other = info.key or info.card.id
            raise ServiceCallError(_refused(OutcomeMessageId.ANOTHER_CARD, other))
        self._on_shown((info,))
        return info

    async def search(self, words: str, most: int) -> tuple[CardInfo, ...]:
        """Live cards that match the words, the latest first. Raises ServiceCallError."""
        return await self._cards(wire.search(words, most))

    async def my_cards(self) -> tuple[CardInfo, ...]:
        """See the port `CardDirectory`. Whether members include who is responsible is not known."""
        user_id = (await self.account()).id
        found = await asyncio.gather(
            self._cards(wire.cards_of_member(user_id)),
            self._cards(wire.cards_of_responsible(user_id)),
        )
        live = {info.card: info for cards in found for info in cards if not info.archived}
        never = datetime.min.replace(tzinfo=UTC)
        return tuple(sorted(live.values(), key=lambda each: each.updated or never, reverse=True))

    async def _cards(self, request: Request) -> tuple[CardInfo, ...]:
        def found(response: Response) -> tuple[CardInfo, ...]:
            return wire.cards(response, self._origin)

        infos = await self._client.query(request, found)
        self._on_shown(infos)
        return infos

    async def account(self) -> Account:
        """Whose token it is. Raises ServiceCallError."""
        return await self._client.query(wire.current_user(), wire.account)

    async def spaces(self) -> tuple[Choice, ...]:
        """The spaces that one sees. Raises ServiceCallError."""
        return await self._client.query(wire.spaces(), wire.choices)

    async def boards(self, space_id: int) -> tuple[Choice, ...]:
        """The boards of a space. Raises ServiceCallError."""
        return await self._client.query(wire.boards(space_id), wire.choices)

    async def roles(self) -> tuple[Choice, ...]:
        """The roles under which time can be logged, Employee among them. ServiceCallError."""
        return await self._client.query(wire.user_roles(), wire.roles)

    def _refuse_foreign_card(self, card: Card | CardKey) -> Refused | None:
        if card.origin == self._origin:
            return None
        return _refused(OutcomeMessageId.FOREIGN_CARD, card.origin, self._origin)

    def _require_own_kaiten(self, card: Card | CardKey) -> None:
        if (refused := self._refuse_foreign_card(card)) is not None:
            raise ServiceCallError(refused)


def _refused(message_id: OutcomeMessageId, *values: object) -> Refused:
    """What we ourselves refuse, before or after Kaiten was asked."""
    return Refused(None, (str(UserMessage(message_id, *values)),))
