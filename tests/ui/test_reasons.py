"""Every no has a sentence in the windows' languages, and says the same about the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from timer_app.adapters.settings.reading import SettingsError
from timer_app.adapters.settings.writing import change
from timer_app.domain import reasons as kinds
from timer_app.domain.auditing import Row, Verdict
from timer_app.domain.card import parse_card
from timer_app.domain.delivery import Service
from timer_app.domain.errors import BadInput, Reason
from timer_app.domain.obstacle import Obstacle, Trouble
from timer_app.domain.outcome import NotSent, NotSentCause, OutcomeUnknown, Refused, Unauthorized
from timer_app.domain.reasons import OfRow
from timer_app.domain.saying import said
from timer_app.services.ports import ServiceProblem
from timer_app.ui import reasons
from timer_app.ui.language import Language

EVERY_REASON = [
    each
    for kind in vars(kinds).values()
    if isinstance(kind, type) and issubclass(kind, Reason)
    for each in kind
]


def values_of(reason: Reason) -> list[str]:
    """As many values as the English sentence has."""
    places = re.findall(r"{(\d*)", str(reason.value))
    return [f"value{n}" for n in range(len(set(places)) if "0" in places else len(places))]


@pytest.mark.parametrize("reason", EVERY_REASON, ids=str)
@pytest.mark.parametrize(
    ("code", "letters"), [("ru", "[а-яёА-ЯЁ]"), ("ja", "[\u3040-\u30ff\u4e00-\u9fff]")]
)
def test_every_reason_is_said_in_every_language(
    language: Language, reason: Reason, code: str, letters: str
) -> None:
    language.use(code)
    said = reasons.of(BadInput(reason, *values_of(reason)))
    words = re.search("[a-z]", re.sub("{.*?}", "", str(reason.value)))  # some are values alone
    assert not words or re.search(letters, said)
    assert "%1" not in said


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("en", "Ship %1 it, 2026-11-22 – now. It is not in TimeCrowd. It waits to be sent."),
        ("ru", "Ship %1 it, 2026-11-22 – сейчас. В TimeCrowd её нет. Ждёт отправки."),
        ("ja", "Ship %1 it、2026-11-22～現在。TimeCrowdにありません。送信待ちです。"),
    ],
)
def test_what_an_audit_found(language: Language, code: str, shown: str) -> None:
    language.use(code)
    entry = said(OfRow.ENTRY_RUNNING, "Ship %1 it", "2026-11-22")
    sentences = (said(OfRow.NOT_IN_TIMECROWD, entry), said(OfRow.WAITS_BECAUSE, 3, "No answer."))
    row = Row("timecrowd:1", Service.TIMECROWD, Verdict.MISSING, sentences)
    assert reasons.of_row(row) == shown
    assert row.detail == (
        "Ship %1 it, 2026-11-22–now; not in TimeCrowd. Delivery 3 waits to be sent: No answer."
    )


def test_what_was_typed_is_in_it(language: Language) -> None:
    language.use("ru")
    with pytest.raises(BadInput) as refused:
        parse_card("Node %1", "https://acme.kaiten.ru")
    assert str(refused.value).startswith("'Node %1' is not a card")
    assert reasons.of(refused.value).startswith("«Node %1» — не карточка")


SILENT = Obstacle(Trouble.NO_ANSWER, "acme.kaiten.ru")


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (
            NotSent(NotSentCause.OFFLINE, "", obstacle=SILENT),
            "Kaiten: acme.kaiten.ru не отвечает вовремя.",
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
    language.use("ru")
    assert reasons.of(ServiceProblem(outcome)) == said


def test_what_no_window_can_meet_stays_english(language: Language) -> None:
    language.use("ja")
    assert reasons.of(BadInput("Say where to split it.")) == "Say where to split it."


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        ("time.working_hours", "Mon", "«Mon» — не промежуток рабочего времени."),
        ("hotkeys.toggle", "Ctrl+Ы", "Клавиши «Ы» нет."),
        ("kaiten.url", "http://kaiten.example", "http://kaiten.example без шифрования"),
        ("time.remind_after", "soon", "Напишите длительность"),
        ("time.day_start", "noon", "Напишите время суток"),
        ("network.proxy", "what", "Напишите адрес, например proxy.example:3128"),
        ("timecrowd.team_id", "-1", "Напишите целое число больше нуля."),
        ("kaiten.role_id", "none", "Напишите целое число."),
    ],
)
def test_why_a_setting_is_not_taken(
    language: Language, tmp_path: Path, key: str, typed: str, said: str
) -> None:
    language.use("ru")
    with pytest.raises(SettingsError) as refused:
        change(str(tmp_path / "settings.toml"), key, typed)
    assert reasons.of_setting(key, refused.value).startswith(said)


def test_settings_that_cannot_be_written(language: Language, tmp_path: Path) -> None:
    language.use("ja")
    (tmp_path / "no folder").touch()
    with pytest.raises(SettingsError) as refused:
        change(str(tmp_path / "no folder" / "settings.toml"), "ui.click", "open")
    said = reasons.of_setting("ui.click", refused.value)
    assert said.endswith("設定は元のままです。")
