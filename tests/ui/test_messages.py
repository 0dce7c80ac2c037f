"""Every message of the catalogue is translated, and says the same in each language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from timer_app.adapters.setup.settings.reader import SettingsError
from timer_app.adapters.setup.settings.writer import change
from timer_app.domain import messages as catalogue
from timer_app.domain.audit.rows import AuditRow, AuditVerdict
from timer_app.domain.delivery.outcomes import (
    NotSent,
    NotSentCause,
    OutcomeUnknown,
    Refused,
    Unauthorized,
)
from timer_app.domain.entries.card import parse_card
from timer_app.domain.errors import BadInput
from timer_app.domain.messages import AuditRowMessageId, ConnectionMessageId, ConnectionProblemKind
from timer_app.domain.service import Service
from timer_app.domain.setup.connection_problems import ConnectionProblem
from timer_app.domain.user_message import MessageId, UserMessage
from timer_app.services.delivery.ports import ServiceCallError
from timer_app.ui import messages, wording
from timer_app.ui.language import Language

EVERY_MESSAGE = [
    each
    for kind in vars(catalogue).values()
    if isinstance(kind, type) and issubclass(kind, MessageId)
    for each in kind
]


@pytest.mark.parametrize("message_id", EVERY_MESSAGE, ids=str)
@pytest.mark.parametrize(
    ("code", "letters"), [("ru", "[а-яёА-ЯЁ]"), ("ja", "[\u3040-\u30ff\u4e00-\u9fff]")]
)
def test_every_message_is_translated(
    language: Language, message_id: MessageId, code: str, letters: str
) -> None:
    language.apply(code)
    values = [f"value{place}" for place in range(1, 10)]
    text = wording.message_text(UserMessage(message_id, *values))
    assert not re.search("[A-Za-z]", re.sub("%[1-9]|HTTP", "", message_id.value)) or re.search(
        letters, text
    )  # some are values alone
    assert set(re.findall(r"value\d", text)) == {
        f"value{place}" for place in re.findall(r"%([1-9])(?!\d)", message_id.value)
    }


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (
            "en",
            "Ship %1 it, 2026-11-22 – now. It is not in TimeCrowd. It is waiting to be sent again.",
        ),
        ("ru", "Ship %1 it, 2026-11-22 – сейчас. В TimeCrowd её нет. Ждёт повторной отправки."),
        ("ja", "Ship %1 it、2026-11-22～現在。TimeCrowdにありません。再送信待ちです。"),
    ],
)
def test_what_an_audit_found(language: Language, code: str, shown: str) -> None:
    language.apply(code)
    entry = UserMessage(AuditRowMessageId.ENTRY_RUNNING, "Ship %1 it", "2026-11-22")
    sentences = (
        UserMessage(AuditRowMessageId.NOT_IN_TIMECROWD, entry),
        UserMessage(AuditRowMessageId.WAITS_BECAUSE, 3, "Wait."),
    )
    row = AuditRow("timecrowd:1", Service.TIMECROWD, AuditVerdict.MISSING, sentences)
    assert messages.audit_row_text(row) == shown
    assert row.detail == (
        "Ship %1 it, 2026-11-22 – now. It is not in TimeCrowd."
        " It is waiting to be sent again. Delivery 3: Wait."
    )


def test_what_was_typed_is_in_it(language: Language) -> None:
    language.apply("ru")
    with pytest.raises(BadInput) as refused:
        parse_card("Node %1", "https://acme.kaiten.ru")
    assert str(refused.value).startswith("“Node %1” is not a card")
    assert messages.error_text(refused.value).startswith("«Node %1» — не карточка")


SILENT = ConnectionProblem(
    ConnectionProblemKind.NO_ANSWER,
    "acme.kaiten.ru",
    detail=UserMessage(ConnectionMessageId.SECONDS, 10),
)


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (
            NotSent(NotSentCause.OFFLINE, "", connection_problem=SILENT),
            "Kaiten: Нет ответа от acme.kaiten.ru за 10 с.",
        ),
        (NotSent(NotSentCause.OFFLINE, ""), "Kaiten не отвечает."),
        (NotSent(NotSentCause.RATE_LIMITED, ""), "Kaiten просит обращаться реже."),
        (OutcomeUnknown(""), "Kaiten не отвечает."),
        (Unauthorized(""), "Kaiten: токена нет или он не принят."),
        (Refused(404, ("No such card.",)), "Kaiten: No such card. (HTTP 404)"),
        (Refused(None, ("Ours.",)), "Kaiten: Ours."),
        (Refused(403, ()), "Kaiten отказал без объяснений (HTTP 403)."),
    ],
)
def test_how_a_question_to_kaiten_ended(
    language: Language, outcome: NotSent | OutcomeUnknown | Unauthorized | Refused, said: str
) -> None:
    language.apply("ru")
    assert messages.error_text(ServiceCallError(outcome)) == said


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        ("time.working_hours", "Mon", "«Mon» — не промежуток рабочего времени."),
        ("hotkeys.toggle", "Ctrl+Ы", "Клавиши «Ы» нет."),
        ("kaiten.url", "http://kaiten.example", "http://kaiten.example — без шифрования"),
        ("time.remind_after", "soon", "Напишите длительность"),
        ("time.day_start", "soon", "Напишите время суток"),
        ("network.proxy", "what", "Напишите адрес, например http://proxy.example:3128"),
        ("timecrowd.team_id", "-1", "Напишите целое число от 1 до"),
        ("kaiten.role_id", "none", "Напишите -1 (сотрудник) или номер роли"),
    ],
)
def test_why_a_setting_is_not_taken(
    language: Language, tmp_path: Path, key: str, typed: str, said: str
) -> None:
    language.apply("ru")
    with pytest.raises(SettingsError) as refused:
        change(str(tmp_path / "settings.toml"), key, typed)
    assert messages.setting_error_text(refused.value).startswith(said)


def test_settings_that_cannot_be_written(language: Language, tmp_path: Path) -> None:
    language.apply("ja")
    (tmp_path / "settings.toml.new").mkdir()
    with pytest.raises(SettingsError) as refused:
        change(str(tmp_path / "settings.toml"), "ui.click", "open")
    said = messages.setting_error_text(refused.value)
    assert said.endswith("設定は元のままです。")
