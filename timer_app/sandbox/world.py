"""What the services hold at the beginning: a plain world for tests, a lived-in one for the demo."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from .clock import whole_second
from .exchange import new_token
from .kaiten_state import EMPLOYEE, Card, KaitenState, LogForm, Person, Place, Role, Space
from .timecrowd_model import Team, User
from .timecrowd_state import TimeCrowdState

if TYPE_CHECKING:
    from datetime import datetime

TEAM_ID, SECOND_TEAM_ID, FOREIGN_TEAM_ID = 11609, 11710, 11711
CATEGORY_ID = 36543
SECOND_CATEGORY_ID, CALL_TASK_ID, INVOICE_TASK_ID, FOREIGN_TASK_ID = 41001, 41003, 41004, 41006
SPACE_ID, SECOND_SPACE_ID = 6001, 6002
APP_BOARD_ID, SITE_BOARD_ID = 7001, 7002
MATE_ID, USER_ID = 14380, 14381
KAITEN_MATE_ID, KAITEN_USER_ID = 500, 501
DESIGNER = 102

CARD_ID, KEYED_CARD_ID, ARCHIVED_CARD_ID, FORBIDDEN_CARD_ID = 63258149, 63258150, 63258155, 63258156
CARD_KEY = "DEMO-12"

_BOARDS = {"app": Place(APP_BOARD_ID, "Timer App"), "site": Place(SITE_BOARD_ID, "Сайт компании")}
_SPACES = (
    Space(SPACE_ID, "Product", (_BOARDS["app"], Place(7003, "Ideas"))),
    Space(SECOND_SPACE_ID, "Маркетинг", (_BOARDS["site"],)),
)
_COLUMNS = {1: Place(8001, "Queue"), 2: Place(8002, "В работе"), 3: Place(8003, "完了")}
_CARDS = (
    # id, title, board, state, key, minutes logged before
    (CARD_ID, "Ship the tray timer", "app", 2, None, 135),
    (KEYED_CARD_ID, "Keep an entry exactly once when the network drops", "app", 2, CARD_KEY, 40),
    (63258151, "Перенести справку на новый сайт", "site", 1, "DEMO-13", 0),
    (63258152, "Ошибка: отчёт за месяц пуст, если нет команды", "site", 2, "DEMO-14", 75),
    (63258153, "ログイン画面の文言を見直す", "app", 1, "DEMO-15", 0),
    (63258154, "議事録: 週次ミーティングの振り返り", "site", 3, None, 20),
    (ARCHIVED_CARD_ID, "Try the old importer", "app", 3, "DEMO-7", 310),
    (FORBIDDEN_CARD_ID, "Salaries 2026", "site", 1, None, 0),
)


@dataclass
class World:
    """Both services' beginnings, the user who owns the tokens, and ids worth knowing."""

    timecrowd: TimeCrowdState
    kaiten: KaitenState
    timecrowd_user_id: int = USER_ID
    kaiten_user_id: int = KAITEN_USER_ID
    team_id: int = TEAM_ID
    category_id: int = CATEGORY_ID
    card_ids: tuple[int, ...] = tuple(row[0] for row in _CARDS[:6])
    card_key: str = CARD_KEY
    archived_card_id: int = ARCHIVED_CARD_ID
    forbidden_card_id: int = FORBIDDEN_CARD_ID
    timecrowd_token: str = field(default_factory=new_token, repr=False)
    kaiten_token: str = field(default_factory=new_token, repr=False)


def plain_world(now: datetime) -> World:
    """One user and a team mate, a team, nested categories, eight cards; no entry and no log."""
    return World(_timecrowd(now), _kaiten(now))


def demo_world(now: datetime) -> World:
    """The plain world, lived in: other teams, yesterday's work, and a team mate at work now."""
    world = plain_world(now)
    add_teams(world, now)
    yesterday = whole_second(now) - timedelta(days=1)
    for card_id, hours_ago, minutes in (
        (CARD_ID, 6, 95),
        (63258152, 4, 50),
        (KEYED_CARD_ID, 3, 40),
    ):
        began = yesterday - timedelta(hours=hours_ago)
        _work_on(world, card_id, began, timedelta(minutes=minutes))
    mate = whole_second(now) - timedelta(minutes=37)
    task = world.timecrowd.add_task(
        TEAM_ID, "採用面接の準備", "https://example.com/hiring/41", CATEGORY_ID + 3, mate
    )
    world.timecrowd.add_entry(MATE_ID, task.id, mate, None, mate)
    return world


def add_teams(world: World, now: datetime) -> None:
    """A second team of the user's, with tasks that were worked on; and a team of others alone."""
    made = whole_second(now) - timedelta(days=90)
    state, next_task_id = world.timecrowd, world.timecrowd.next_task_id
    for team_id, name, members in (
        (SECOND_TEAM_ID, "Client projects", {MATE_ID, USER_ID}),
        (FOREIGN_TEAM_ID, "経理部", {MATE_ID}),
    ):
        state.teams[team_id] = Team(team_id, name, made, frozenset(members))
    state.next_task_id = SECOND_CATEGORY_ID
    clients = state.add_category(SECOND_TEAM_ID, "Clients", made)
    state.add_category(SECOND_TEAM_ID, "Созвоны", made, parent_id=clients.id)
    call = state.add_task(
        SECOND_TEAM_ID, "Weekly call with Acme", "https://example.com/calls/7", clients.id, made
    )
    invoices = state.add_task(SECOND_TEAM_ID, "請求書の確認", None, clients.id, made)
    books = state.add_category(FOREIGN_TEAM_ID, "経理", made)
    state.add_task(FOREIGN_TEAM_ID, "給与計算", None, books.id, made)
    state.next_task_id = next_task_id
    for task, days_ago in ((call, 3), (call, 10), (invoices, 5)):
        began = whole_second(now) - timedelta(days=days_ago)
        state.add_entry(USER_ID, task.id, began, began + timedelta(minutes=30), began)


def _work_on(world: World, card_id: int, began: datetime, took: timedelta) -> None:
    """What both services hold after the app recorded that work on the card."""
    title, url = world.kaiten.cards[card_id].title, f"https://example.kaiten.ru/{card_id}"
    task = world.timecrowd.add_task(TEAM_ID, title, url, CATEGORY_ID + 1, began)
    world.timecrowd.add_entry(USER_ID, task.id, began, began + took, began + took)
    minutes = int(took.total_seconds()) // 60
    form = LogForm(EMPLOYEE, minutes, began.date(), None)
    world.kaiten.add_log(KAITEN_USER_ID, card_id, form, began + took)


def _timecrowd(now: datetime) -> TimeCrowdState:
    made = whole_second(now) - timedelta(days=400)
    state = TimeCrowdState(next_task_id=CATEGORY_ID)
    state.users = {
        MATE_ID: User(MATE_ID, "佐藤 花子", "hanako@example.com", made, "Asia/Tokyo", "ja"),
        USER_ID: User(USER_ID, "Dana Demo", "dana@example.com", made),
    }
    state.teams = {TEAM_ID: Team(TEAM_ID, "Demo team", made, frozenset({MATE_ID, USER_ID}))}
    development = state.add_category(TEAM_ID, "Development", made)
    state.add_category(TEAM_ID, "Timer App", made, parent_id=development.id)
    state.add_category(TEAM_ID, "Поддержка", made, parent_id=development.id)
    state.add_category(TEAM_ID, "社内業務", made)
    return state


def _kaiten(now: datetime) -> KaitenState:
    state = KaitenState(forbidden_card_ids={FORBIDDEN_CARD_ID})
    state.people = {
        KAITEN_MATE_ID: Person(KAITEN_MATE_ID, "Мария Иванова", "maria@example.com", "maria"),
        KAITEN_USER_ID: Person(KAITEN_USER_ID, "Dana Demo", "dana@example.com", "dana"),
    }
    state.roles = [
        Role(EMPLOYEE, "Employee", None),
        Role(101, "Developer"),
        Role(DESIGNER, "Дизайнер"),
    ]
    state.spaces = {each.id: each for each in _SPACES}
    made = whole_second(now) - timedelta(days=30)
    for age, (card_id, title, board, column, key, minutes) in enumerate(_CARDS):
        state.cards[card_id] = Card(
            id=card_id,
            title=title,
            board=_BOARDS[board],
            column=_COLUMNS[column],
            created=made,
            updated=whole_second(now) - timedelta(days=1 + age),
            key=key,
            state=column,
            archived=card_id == ARCHIVED_CARD_ID,
            member_ids=(KAITEN_USER_ID,) if age % 2 == 0 else (KAITEN_USER_ID, KAITEN_MATE_ID),
            responsible_id=KAITEN_USER_ID if age < 4 else KAITEN_MATE_ID,
            other_minutes=minutes,
        )
    return state
