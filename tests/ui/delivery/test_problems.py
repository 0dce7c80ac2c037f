"""The problems window: each with its reason, words and buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import CARD, NOW
from timer_app.domain.delivery.outbox import (
    Delivery,
    DeliveryState,
    LoggedEntry,
)
from timer_app.domain.delivery.outcomes import Refused, RemoteEntry
from timer_app.domain.delivery.service_messages import (
    CommentEntry,
    CorrectTimes,
    DeleteEntry,
    DeleteLog,
    FindCard,
    LogTime,
    Message,
    RecordEntry,
    RemoveDuplicateEntry,
    RemoveDuplicateLog,
    StartEntry,
    StopEntry,
    UpdateLog,
)
from timer_app.domain.entries.card import CardKey
from timer_app.domain.entries.entry import Entry, Source
from timer_app.domain.entries.route import Route
from timer_app.domain.messages import OutcomeMessageId
from timer_app.domain.user_message import UserMessage
from timer_app.services.delivery.problems import Problem, Resolution
from timer_app.ui.delivery import problem_words
from timer_app.ui.delivery.problems import ProblemsWindow
from timer_app.ui.design.buttons import ButtonKind, kind_of

MOSCOW = ZoneInfo("Europe/Moscow")
TODAY = date(2026, 11, 23)
HOUR = timedelta(hours=1)
assert CARD.card is not None
LOG = LogTime(CARD.card, TODAY, 60, "")
REMOTE = RemoteEntry("101", "7", NOW - HOUR, NOW - timedelta(minutes=20))


def problem(
    message: Message = LOG,
    *,
    number: int = 3,
    state: DeliveryState = DeliveryState.BLOCKED,
    error: str = "Category is already deleted. (HTTP 409)",
    remote: RemoteEntry | None = None,
) -> Problem:
    left = state is DeliveryState.UNKNOWN
    refused = 409 if "(HTTP" in error else None
    delivery = Delivery(
        number, "e1", message, state, 1, None, error, None, left, refused_status=refused
    )
    entry = Entry("e1", CARD, NOW - HOUR, Source.CLICK)
    return Problem.for_delivery(LoggedEntry(entry, NOW, (delivery,), remote), delivery)


@dataclass
class Deciding:
    """Implements `Deciding`: notes what is wanted."""

    taken: list[tuple[int, Resolution]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    answer: str = ""

    def resolve(self, problem: Problem, resolution: Resolution) -> str:
        """See Deciding."""
        self.taken.append((problem.delivery.id, resolution))
        return self.answer

    def choose_route(self, problem: Problem, route: Route) -> str:
        """See Deciding."""
        self.others.append(f"{problem.delivery.id} {route.team_id} {route.category_id}")
        return self.answer

    def retry_all(self) -> str:
        """See Deciding."""
        self.others.append("retry all")
        return self.answer

    def undo_drop(self) -> str:
        """See Deciding."""
        self.others.append("undo")
        return self.answer


@pytest.fixture
def deciding() -> Deciding:
    """Who is told."""
    return Deciding()


@pytest.fixture
def window(qtbot: QtBot, deciding: Deciding) -> ProblemsWindow:
    """The window, open, with nothing in it."""
    window = ProblemsWindow(deciding, lambda: MOSCOW)
    qtbot.addWidget(window)
    window.show_problems((), 0)
    window.open()
    qtbot.waitExposed(window)
    return window


def show(window: ProblemsWindow, problems: Sequence[Problem], count: int) -> None:
    """Show them; Qt puts what is new on a window that is seen a moment later."""
    window.show_problems(problems, count)
    QApplication.processEvents()


def texts(window: ProblemsWindow) -> list[str]:
    return [each.text() for each in window.findChildren(QLabel) if each.isVisible()]


def buttons(window: ProblemsWindow) -> dict[str, QPushButton]:
    return {each.text(): each for each in window.findChildren(QPushButton) if each.isVisible()}


def test_nothing_needs_you(window: ProblemsWindow) -> None:
    assert texts(window) == ["Nothing needs your attention."]
    assert buttons(window) == {}


def test_reason_words_and_buttons(window: ProblemsWindow, deciding: Deciding) -> None:
    show(window, (problem(),), 1)
    assert texts(window) == [
        "Ship the tray timer",
        "Kaiten: 60 min on Mon 23 Nov  ·  Mon 23 Nov 14:00 – 15:00",
        "Kaiten refused. The time is kept here until you decide.",
        "“Category is already deleted. (HTTP 409)”",
    ]
    assert list(buttons(window)) == ["Try again", "Log it on another card…", "Never send it"]
    buttons(window)["Try again"].click()
    assert deciding.taken == [(3, Resolution.SEND_AGAIN)]


@pytest.mark.parametrize(("status", "first"), [
    (404, "Log it on another card…"), (403, "Log it on another card…"), (409, "Try again"),
])  # fmt: skip
def test_the_best_way_out_is_the_first_and_the_primary_one(
    window: ProblemsWindow, status: int, first: str
) -> None:
    shown = problem()
    delivery = replace(shown.delivery, refused_status=status)
    show(window, (Problem.for_delivery(shown.logged, delivery),), 1)
    kinds = {text: kind_of(button) for text, button in buttons(window).items()}
    assert next(iter(kinds)) == first
    assert [text for text, kind in kinds.items() if kind is ButtonKind.PRIMARY] == [first]
    assert kinds["Never send it"] is ButtonKind.QUIET


def test_by_keyboard_and_taken_back(window: ProblemsWindow, deciding: Deciding) -> None:
    show(window, (problem(),), 1)
    window.open()
    focused = window.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.text() == "Try again"
    for _ in range(2):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    assert deciding.taken == [(3, Resolution.NEVER_SEND)]
    show(window, (), 0)
    assert "Will not be sent: Kaiten: 60 min on Mon 23 Nov" in texts(window)
    QTest.mouseClick(buttons(window)["&Undo"], Qt.MouseButton.LeftButton)
    assert deciding.others == ["undo"]
    assert buttons(window) == {}


def test_what_could_not_be_done_says_why(window: ProblemsWindow, deciding: Deciding) -> None:
    deciding.answer = "The journal cannot be written. Nothing was changed. (disk full)"
    show(window, (problem(),), 1)
    buttons(window)["Never send it"].click()
    assert deciding.answer in texts(window)
    assert "&Undo" not in buttons(window)


def test_a_change_elsewhere_leaves_the_focus_where_it_is(window: ProblemsWindow) -> None:
    show(window, (problem(),), 1)
    before = buttons(window)["Log it on another card…"]
    before.setFocus()
    show(window, (problem(),), 1)
    assert buttons(window)["Log it on another card…"] is before
    show(window, (problem(number=9),), 1)
    focused = window.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.text() == "Try again"


def test_many(window: ProblemsWindow, deciding: Deciding) -> None:
    show(window, [problem(number=each) for each in range(1, 4)], 1234)
    assert "And 1,231 more." in texts(window)
    buttons(window)["Try &all again"].click()
    assert deciding.others == ["retry all"]


def test_escape_puts_it_away(window: ProblemsWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


KEPT = RemoteEntry("102", "7", NOW, None)
MESSAGES: list[tuple[Message, str]] = [
    (StartEntry(CARD, NOW), "TimeCrowd: the start"),
    (StopEntry(NOW), "TimeCrowd: the stop"),
    (RecordEntry(CARD, NOW - HOUR, NOW), "TimeCrowd: the entry"),
    (CorrectTimes(NOW - HOUR, NOW), "TimeCrowd: the true times"),
    (DeleteEntry(), "TimeCrowd: the removal of the entry"),
    (RemoveDuplicateEntry(1, "101", KEPT), "TimeCrowd: the entry is there twice"),
    (LOG, "Kaiten: 60 min on Mon 23 Nov"),
    (UpdateLog(3, CARD.card, TODAY, 30, ""), "Kaiten: the log of Mon 23 Nov changed to 30 min"),
    (DeleteLog(3, CARD.card, TODAY), "Kaiten: the removal of the log of Mon 23 Nov"),
    (
        RemoveDuplicateLog(3, CARD.card, TODAY, "1", "2"),
        "Kaiten: the log of Mon 23 Nov is there twice",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("message", "said"), MESSAGES)
@pytest.mark.parametrize("state", [DeliveryState.BLOCKED, DeliveryState.UNKNOWN])
def test_everything_has_its_words(message: Message, said: str, state: DeliveryState) -> None:
    shown = problem(message, state=state)
    assert problem_words.message_description(shown.delivery) == said
    assert problem_words.explanation(shown, MOSCOW).endswith(".")
    assert all(str(resolution.label) for resolution in shown.resolutions)


def test_a_refusal_without_a_word_is_not_reported_as_the_services_words() -> None:
    refused = Refused(422, ())
    shown = problem(error=refused.reason)
    shown = replace(shown, delivery=replace(shown.delivery, refused_status=refused.status))
    assert problem_words.service_error(shown) == ""
    assert problem_words.explanation(shown, MOSCOW) == (
        "Kaiten does not take it like this. The time is kept here until you decide. No reason was"
        " given (HTTP 422)."
    )


def test_both_stopped_it() -> None:
    shown = problem(StopEntry(NOW), remote=REMOTE, error="Another device …")
    assert problem_words.explanation(shown, MOSCOW) == (
        "Another device stopped this entry at 14:40; here it was stopped at 15:00. TimeCrowd's"
        " stop is left as it is until you decide."
    )
    assert problem_words.service_error(shown) == ""
    assert [str(resolution.label) for resolution in shown.resolutions] == [
        "Take the other device's stop", "Keep the stop made here (TimeCrowd is corrected)",
        "Leave both stops",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (None, "Kaiten refused."),
        (400, "Kaiten refused."),
        (402, "Kaiten does not allow this with your company's plan."),
        (403, "Kaiten does not show this to you"),
        (404, "Kaiten does not show this to you"),
        (422, "Kaiten does not take it like this."),
    ],
)
def test_a_refusal_in_plain_words(status: int | None, said: str) -> None:
    shown = problem()
    refused = replace(shown.delivery, refused_status=status)
    assert problem_words.explanation(replace(shown, delivery=refused), MOSCOW).startswith(said)


def test_a_key_without_a_card_says_what_is_safe_and_what_to_do(window: ProblemsWindow) -> None:
    search = FindCard(CardKey("https://acme.kaiten.ru", "ABC-1"))
    show(window, (problem(search, error="Kaiten has no such card. (HTTP 404)"),), 1)
    assert texts(window)[1].startswith("Kaiten: the card ABC-1, which TimeCrowd names  ·  ")
    (told,) = texts(window)[2:]
    assert told.startswith("TimeCrowd names the card ABC-1, and Kaiten does not show it to you.")
    assert "are safe" in told
    assert told.endswith("Choose its card, or try again once Kaiten shows it.")
    assert list(buttons(window)) == ["Try again", "Log it on another card…", "Never send it"]


def test_an_unconfirmed_comment_is_not_sent_again(
    window: ProblemsWindow, deciding: Deciding
) -> None:
    show(window, (problem(CommentEntry("Review"), state=DeliveryState.UNKNOWN, error="cut"),), 1)
    assert texts(window)[1].startswith("TimeCrowd: the comment  ·  ")
    (told,) = texts(window)[2:]
    assert "It is not sent again" in told
    assert "are safe" in told
    assert list(buttons(window)) == ["I looked in TimeCrowd"]
    buttons(window)["I looked in TimeCrowd"].click()
    assert deciding.taken == [(3, Resolution.COMMENT_CHECKED)]


def test_our_own_words_are_not_quoted_as_the_services(window: ProblemsWindow) -> None:
    ours = problem(error="The log's number in Kaiten is not known.")
    delivery = replace(ours.delivery, refused_status=None)
    show(window, (replace(ours, delivery=delivery),), 1)
    assert not [text for text in texts(window) if text.startswith("“")]


@pytest.mark.parametrize(
    ("message", "reason", "labels", "dropped"),
    [
        (
            replace(LOG, similar_log="9004"),
            (
                "Kaiten already holds a log with these minutes and without a name (9004): it may be"
                " your own."
            ),
            ["It is this entry's", "Log this one too"],
            "Nothing is sent: the log in Kaiten is this entry's.",
        ),
        (
            DeleteLog(2, LOG.card, TODAY, asks=True),
            "This entry was deleted in TimeCrowd. Its log in Kaiten stays until you decide.",
            ["Remove the log too", "Keep the log"],
            "The log stays in Kaiten.",
        ),
    ],
)
def test_what_another_device_did_is_asked_with_both_answers(
    window: ProblemsWindow, message: Message, reason: str, labels: list[str], dropped: str
) -> None:
    show(window, (problem(message, error="asked"),), 1)
    assert texts(window)[-1] == reason
    assert list(buttons(window)) == labels
    assert problem_words.dropped_message(problem(message).delivery) == dropped


def test_what_we_refused_ourselves_is_said_in_our_words_and_not_as_the_services() -> None:
    words = str(UserMessage(OutcomeMessageId.REMOVE_LOG, "77"))
    shown = problem(error=words)
    assert problem_words.explanation(shown, MOSCOW) == words
    assert problem_words.service_error(shown) == ""
    redirect = str(UserMessage(OutcomeMessageId.REDIRECT, "Kaiten", "login.example"))
    shown = problem(error=f"{redirect} (HTTP 302)")
    assert problem_words.explanation(shown, MOSCOW) == redirect
    assert problem_words.service_error(shown) == ""
