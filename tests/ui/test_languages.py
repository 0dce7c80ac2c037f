"""What languages do differently where a text is made of parts."""

from __future__ import annotations

import os
import subprocess
import sys
from zoneinfo import ZoneInfo

import pytest

from tests.ui.conftest import NOW
from timer_app.domain.messages import ConnectionMessageId, ConnectionProblemKind
from timer_app.domain.setup.connection_problems import ConnectionProblem
from timer_app.domain.user_message import UserMessage
from timer_app.services.entries.history import Bar, BarChart, Scope
from timer_app.ui import wording
from timer_app.ui.entries.history import words
from timer_app.ui.language import Language
from timer_app.ui.wording import message_text

UTC = ZoneInfo("UTC")
_SAYS_MONDAY = """
from PySide6.QtCore import QCoreApplication, QDate, QLocale
from timer_app.ui.language import Language
from timer_app.ui.setup import network_wording

application = QCoreApplication([])
language = Language()
language.apply("system")
date = QDate(2026, 11, 23)
short = QLocale().toString(date, QLocale.FormatType.ShortFormat)
print(language.code, QLocale().toString(date, "ddd"), short)
"""


@pytest.mark.parametrize(
    ("code", "sentences"), [("en", "One. %1 Two."), ("ru", "One. %1 Two."), ("ja", "One.%1Two.")]
)
def test_sentences_follow_each_other(language: Language, code: str, sentences: str) -> None:
    language.apply(code)
    assert wording.join_sentences("One.", "", "%1", "Two.") == sentences
    assert wording.join_sentences("", "") == ""


@pytest.mark.parametrize(
    ("code", "month", "times"),
    [
        ("en", "November 2026", "12:00 – 12:00"),
        ("ru", "ноябрь 2026", "12:00 – 12:00"),
        ("ja", "2026年11月", "12:00～12:00"),
    ],
)
def test_a_month_and_times(language: Language, code: str, month: str, times: str) -> None:
    language.apply(code)
    bars = BarChart(Scope.MONTH, (Bar(NOW.date(), 0),), 0, NOW.date())
    assert words.period_name(bars) == month
    assert words.time_range(NOW, NOW, UTC) == times


@pytest.mark.parametrize(
    ("system", "told"),
    [
        ({"LANG": "ru_RU.UTF-8"}, "ru пн 23.11.2026"),
        ({"LANG": "en_GB.UTF-8"}, "en Mon 23/11/2026"),
        ({"LANG": "en_US.UTF-8", "LC_TIME": "en_GB.UTF-8"}, "en Mon 23/11/2026"),
        ({"LANG": "ru_RU.UTF-8", "LC_TIME": "en_DK.UTF-8"}, "ru пн 23.11.2026"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "ru"}, "ru пн 23.11.2026"),
        ({"LANG": "en_US.UTF-8", "LC_TIME": "ru_RU.UTF-8"}, "en Mon 11/23/26"),
    ],
    ids=str,
)
def test_dates_are_never_in_another_language(system: dict[str, str], told: str) -> None:
    plain = {name: value for name, value in os.environ.items()
             if name not in ("LANG", "LANGUAGE") and not name.startswith("LC_")}  # fmt: skip
    environment = {**plain, **system, "PYTHONIOENCODING": "utf-8"}
    process = subprocess.run(
        [sys.executable, "-c", _SAYS_MONDAY],
        env=environment, capture_output=True, check=True, encoding="utf-8",
    )  # fmt: skip
    assert process.stdout.strip() == told


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("en", "The certificates in /ca.pem cannot be used: it is empty."),
        ("ru", "Сертификаты из файла /ca.pem использовать нельзя: файл пуст."),
        ("ja", "/ca.pemの証明書を使えません：ファイルが空です。"),
    ],
)
def test_what_we_found_ourselves_in_the_way(language: Language, code: str, told: str) -> None:
    language.apply(code)
    connection_problem = ConnectionProblem(
        ConnectionProblemKind.CA_FILE, "/ca.pem", detail=UserMessage(ConnectionMessageId.EMPTY)
    )
    assert message_text(connection_problem.message) == told
    assert connection_problem.sentence == "The certificates in /ca.pem cannot be used: it is empty."
