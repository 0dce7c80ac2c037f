"""Values to show and somebody who notes what a window asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent

from tests.support.windows import put_all_away
from timer_app.domain.entries.card import Card, CardInfo
from timer_app.domain.entries.entry import Entry, Source
from timer_app.domain.entries.task import Task
from timer_app.domain.errors import BadInput
from timer_app.domain.service import Service
from timer_app.domain.setup.settings_schema import SETTINGS
from timer_app.services.delivery.progress import Progress
from timer_app.services.entries.suggestions import Suggestion, SuggestionSource, TaskSearchResult
from timer_app.services.setup.setting_change import SettingChange, SettingKept, SettingRefused
from timer_app.ui.icon_state import TrayBadge, TrayMark
from timer_app.ui.language import Language
from timer_app.ui.view import View

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ORIGIN = "https://acme.kaiten.ru"
CARD = Task("Ship the tray timer", Card(ORIGIN, 63258149))
OTHER = Task("Перенести справку", Card(ORIGIN, 63258151))
WORDS = Task("tidy the desk")
IDLE = View(
    mark=TrayMark.IDLE,
    badge=TrayBadge.NONE,
    running=None,
    seconds_before_running=7261,
    day_began=NOW - timedelta(hours=12),
    recents=(CARD, OTHER, WORDS),
    pins=(),
    services=(),
    problems=0,
    unconfigured=(),
)


def running(task: Task = CARD, *, seconds: int = 61, comment: str = "", number: int = 1) -> View:
    """The view while a task runs for so long."""
    entry = Entry(f"e{number}", task, NOW - timedelta(seconds=seconds), Source.CLICK, comment)
    return replace(IDLE, mark=TrayMark.RUNNING, running=entry)


DRAINING = replace(
    IDLE,
    badge=TrayBadge.UNDELIVERED,
    waiting=8766,
    progress=Progress(1234, 10_000, timedelta(minutes=29, seconds=13)),
)
"""The view during a long delivery."""
PAUSED = replace(DRAINING, progress=Progress(1234, 10_000), paused=True)


KNOWN = (Suggestion(CARD, SuggestionSource.RECENT), Suggestion(OTHER, SuggestionSource.RECENT))
INFO = CardInfo(Card(ORIGIN, 63258149), "Ship the tray timer", False, "Timer App", "Doing", 135)
ANSWER = TaskSearchResult((Suggestion(CARD, SuggestionSource.KAITEN, INFO),))


@pytest.fixture(autouse=True)
def english(qapp: object) -> Iterator[None]:
    """The windows speak English, plurals and numbers too."""
    assert qapp
    language = Language()
    language.apply("en")
    yield
    language.close()


@pytest.fixture
def language() -> Iterator[Language]:
    """What is spoken, once it is told what."""
    language = Language()
    yield language
    language.close()


@pytest.fixture(autouse=True)
def no_window_stays(qapp: object) -> Iterator[None]:
    """One that a test left would end with the process, when nothing answers it any more."""
    assert qapp
    yield
    put_all_away()


@dataclass
class Asked:
    """Implements `Search`: knows two tasks and what is typed, unless it is told what it knows.

    `answer` is what the latest question waits for.
    """

    recents: Sequence[Suggestion] | None = None
    questions: list[str] = field(default_factory=list)
    pinned: list[tuple[Task, bool]] = field(default_factory=list)
    answer: Callable[[TaskSearchResult], None] = lambda _: None
    sources: frozenset[SuggestionSource] = frozenset({SuggestionSource.KAITEN})
    seconds: Mapping[str, int] = field(default_factory=dict)

    def local_suggestions(self, words: str) -> Sequence[Suggestion]:
        """See Search."""
        if self.recents is not None:
            return self.recents
        found = [each for each in KNOWN if words.casefold() in each.task.title.casefold()]
        return [*found, Suggestion(WORDS, SuggestionSource.WORDS)] if words else found

    def pin(self, task: Task, *, pinned: bool) -> None:
        """See Search."""
        self.pinned.append((task, pinned))
        known = self.local_suggestions("")
        self.recents = [replace(each, pinned=pinned) if each.task == task else each
                        for each in known]  # fmt: skip

    def search(
        self, words: str, answered: Callable[[TaskSearchResult], None]
    ) -> frozenset[SuggestionSource]:
        """See Search."""
        self.questions.append(words)
        self.answer = answered
        return self.sources if words.strip() else frozenset()

    def seconds_today(self) -> Mapping[str, int]:
        """See Search."""
        return self.seconds


@dataclass
class Noted:
    """Implements `Intents`: notes what is wanted, and does nothing."""

    refreshed: int = 0
    wanted: list[tuple[object, ...]] = field(default_factory=list)

    def toggle(self) -> None:
        """See Intents."""
        self.wanted.append(("toggle",))

    def start(self, task: Task, comment: str) -> None:
        """See Intents."""
        self.wanted.append(("start", task, comment))

    def stop(self) -> None:
        """See Intents."""
        self.wanted.append(("stop",))

    def correct_start(self, at: datetime) -> None:
        """See Intents."""
        self.wanted.append(("correct_start", at))

    def undo_start_correction(self) -> None:
        """See Intents."""
        self.wanted.append(("undo_start_correction",))

    def annotate(self, comment: str) -> None:
        """See Intents."""
        self.wanted.append(("annotate", comment))

    def pause_delivery(self) -> None:
        """See Intents."""
        self.wanted.append(("pause_delivery",))

    def resume_delivery(self) -> None:
        """See Intents."""
        self.wanted.append(("resume_delivery",))

    def open_panel(self) -> None:
        """See Intents."""
        self.wanted.append(("open_panel",))

    def open_absence_prompt(self) -> None:
        """See Intents."""
        self.wanted.append(("open_question",))

    def open_manual_entry(self) -> None:
        """See Intents."""
        self.wanted.append(("open_manual_entry",))

    def open_problems(self) -> None:
        """See Intents."""
        self.wanted.append(("open_problems",))

    def open_address(self, address: str) -> None:
        """See Intents."""
        self.wanted.append(("open_address", address))

    def open_history(self, entry_id: str = "") -> None:
        """See Intents."""
        self.wanted.append(("open_history", entry_id) if entry_id else ("open_history",))

    def open_settings(self, service: Service | None = None) -> None:
        """See Intents."""
        self.wanted.append(("open_settings", service))

    def open_first_run(self, service: Service | None = None) -> None:
        """See Intents."""
        self.wanted.append(("open_first_run", service))

    def close_alert(self) -> None:
        """See Intents."""
        self.wanted.append(("close_alert",))

    def unlock_keyring(self) -> None:
        """See Intents."""
        self.wanted.append(("ask_for_keyring",))

    def refresh(self) -> None:
        """See Intents. What is shown stays as the test gave it."""
        self.refreshed += 1

    def quit(self) -> None:
        """See Intents."""
        self.wanted.append(("quit",))

    def take(self) -> list[tuple[object, ...]]:
        """What was wanted since the last call, searching aside."""
        wanted = [want for want in self.wanted if want[0] != "search"]
        self.wanted.clear()
        return wanted


@pytest.fixture
def noted() -> Noted:
    """Who notes what is wanted."""
    return Noted()


@dataclass
class Changes:
    """Implements SettingsIntents: notes each change, and refuses with `reason` if it has one."""

    reason: str = ""
    wanted: list[tuple[str, str]] = field(default_factory=list)

    def change(self, key: str, typed: str) -> SettingChange:
        """See SettingsIntents."""
        self.wanted.append((key, typed))
        return SettingRefused(self.reason) if self.reason else SettingKept(typed)


class StrictChanges(Changes):
    """Takes what the settings file would take, and keeps it as that would."""

    def change(self, key: str, typed: str) -> SettingChange:
        """See SettingsIntents."""
        super().change(key, typed)
        kind = SETTINGS[key].kind
        try:
            return SettingKept(SETTINGS[key].as_text(kind.check(kind.parse(typed))))
        except BadInput as error:
            return SettingRefused(str(error))


@pytest.fixture
def strict() -> StrictChanges:
    """Who takes what the file would take."""
    return StrictChanges()


@pytest.fixture
def changes() -> Changes:
    """Who notes what is wanted."""
    return Changes()


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was announced, in its order."""
    words: list[str] = []

    def update(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            words.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", update)
    return words
