"""Every setting once: key, kind, range, default, and what its page says of it.

The reader and writer of settings.toml, `timer-app config` and the plain pages of the settings
window are made from this table. A kind raises BadInput for a value that is out of its range.
Light on purpose, every command reads the settings: no dataclass, and what a usual value does not
need is imported where it is needed. Source of keys and defaults: README, "Settings".
"""

from __future__ import annotations

import re

from timer_app.domain.translatable import QT_TRANSLATE_NOOP

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from timer_app.domain.errors import BadInput

TIMECROWD_ADDRESS = "https://timecrowd.net"
LARGEST_ID = 2**63 - 1
OFF = "off"
_HOUR = 3600
# Texts, compiled where they are used: `status` reads this module, and each takes a part of a ms.
_DURATION = r"(?a:(?:(\d{1,18})h)?(?:(\d{1,18})m)?(?:(\d{1,18})s)?)"
_TIME_OF_DAY = r"([01][0-9]|2[0-3]):[0-5][0-9]"
_NUMBER = r"[+-]?[0-9]{1,20}"
_NORMAL_ADDRESS = r"https://[a-z0-9-]+(?:\.[a-z0-9-]+)+"  # needs no parsing
NORMAL_HOTKEY = r"(Ctrl\+(Alt\+)?|Alt\+)(Shift\+)?(Super\+)?([A-Z0-9]|F[1-9])"
"""The same."""
_PROXY = r"(?:https?|socks5h?)://(?:[^\s/@:?#]+@)?(?:[^\s/@:?#\[\]]+|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?/?"


class SettingKind:
    """What a key accepts."""

    def check(self, value: object) -> object:
        """The value as it is kept. Raises BadInput."""
        raise NotImplementedError

    def parse(self, typed: str) -> object:
        """What was typed as a value of the file; None takes the key away. Raises BadInput."""
        return typed


class Switch(SettingKind):
    """True or false."""

    def check(self, value: object) -> bool:
        """See SettingKind."""
        if not isinstance(value, bool):
            raise _bad("NOT_A_SWITCH")
        return value

    def parse(self, typed: str) -> object:
        """See SettingKind."""
        return {"true": True, "false": False}.get(_plain(typed), typed)


class RemoteId(SettingKind):
    """The number of something at a service, above 0. `special` is one number more."""

    def __init__(self, special: int | None = None) -> None:
        self.special = special

    def check(self, value: object) -> int:
        """See SettingKind."""
        number = value if isinstance(value, int) and not isinstance(value, bool) else 0
        if 0 < number <= LARGEST_ID or (number and number == self.special):
            return number
        raise _bad("NOT_AN_ID" if self.special is None else "NOT_A_ROLE", str(LARGEST_ID))

    def parse(self, typed: str) -> object:
        """See SettingKind. Nothing takes the key away, where there is no special number."""
        from timer_app.domain.setup.typed_text import normalize_typed

        typed = normalize_typed(typed)
        if not typed and self.special is None:
            return None
        return int(typed) if re.fullmatch(_NUMBER, typed) else typed


class ChoiceValue:
    """One of the values of a Choice, with its name and what is said while it is chosen."""

    __slots__ = ("explanation", "name", "value")

    def __init__(self, value: str, name: str, explanation: str = "") -> None:
        self.value = value
        self.name = name
        self.explanation = explanation


class OneOf(SettingKind):
    """One of a few words."""

    def __init__(self, *choices: ChoiceValue) -> None:
        self.choices = choices

    def check(self, value: object) -> str:
        """See SettingKind."""
        words = [each.value for each in self.choices]
        if value not in words:
            raise _bad("NOT_A_CHOICE", ", ".join(f'"{word}"' for word in words))
        return str(value)

    def parse(self, typed: str) -> object:
        """See SettingKind."""
        return _plain(typed)


class Text(SettingKind):
    """Text of one line, not longer than `most` characters."""

    def __init__(self, most: int) -> None:
        self.most = most

    def check(self, value: object) -> str:
        """See SettingKind."""
        if not isinstance(value, str):
            raise _bad("NOT_TEXT")
        text = self.plain(value)
        if len(text) > self.most:
            raise _bad("TOO_LONG", str(self.most))
        if not text.isprintable():
            odd = next(letter for letter in text if not letter.isprintable())
            raise _bad("NO_TEXT", f"U+{ord(odd):04X}")
        return self.normalize(text)

    def plain(self, text: str) -> str:
        """What was written, without what input methods and web pages put around and between."""
        return _plain(text)

    def normalize(self, text: str) -> str:
        """The text as it is kept. Raises BadInput."""
        return text


class Optional(Text):
    """A text that a word turns off; `suggestion` is what it is when it is turned on."""

    def __init__(self, most: int, *, off: str, suggestion: str) -> None:
        super().__init__(most)
        self.off = off
        self.suggestion = suggestion


class Duration(Optional):
    """A length within a range, or "off". Kept as `1h30m`, whatever was written."""

    def __init__(self, longest: int, suggestion: str, *, takes_hours: bool = False) -> None:
        """`longest` in seconds; the shortest is one.

        A bare number is minutes; with `takes_hours` one up to 24 is hours, as in a goal of 8.
        """
        super().__init__(100, off=OFF, suggestion=suggestion)
        self.longest = longest
        self.takes_hours = takes_hours

    def normalize(self, text: str) -> str:
        """See Text."""
        if text.casefold() == OFF:
            return OFF
        seconds = duration_seconds(text)
        if seconds is None:
            seconds = _typed_seconds(text, takes_hours=self.takes_hours)
        if not 0 < seconds <= self.longest:
            raise _bad("LENGTH_OUT_OF_RANGE", "1s", duration_text(self.longest))
        return duration_text(seconds)


class TimeOfDay(Text):
    """A time of day, kept as `04:30`."""

    def __init__(self) -> None:
        super().__init__(40)

    def normalize(self, text: str) -> str:
        """See Text."""
        if re.fullmatch(_TIME_OF_DAY, text):
            return text
        from timer_app.domain.errors import BadInput
        from timer_app.domain.setup.time_grammar import parse_time_of_day

        try:
            return f"{parse_time_of_day(text):%H:%M}"
        except BadInput:
            raise _bad("NOT_A_TIME_OF_DAY") from None


class WorkingHoursText(Optional):
    """Ranges of working hours, or nothing."""

    def __init__(self, suggestion: str) -> None:
        super().__init__(2_000, off="", suggestion=suggestion)

    def normalize(self, text: str) -> str:
        """See Text."""
        if text:
            from timer_app.domain.reminders.working_hours import parse_working_hours

            parse_working_hours(text)
        return text


class WeekdayGoals(Optional):
    """Goals of single weekdays, or nothing."""

    def __init__(self, suggestion: str) -> None:
        super().__init__(500, off="", suggestion=suggestion)

    def normalize(self, text: str) -> str:
        """See Text."""
        if text:
            from timer_app.domain.entries.goals import parse_weekday_goals

            parse_weekday_goals(text)
        return text


class Hotkey(Text):
    """A combination of keys, or nothing."""

    def __init__(self) -> None:
        super().__init__(100)

    def normalize(self, text: str) -> str:
        """See Text."""
        if text and not re.fullmatch(NORMAL_HOTKEY, text):
            from timer_app.domain.hotkeys import parse_combination

            parse_combination(text)
        return text


class ServiceAddress(Text):
    """A service's address. An empty text is `unset`, as if the key were not there."""

    def __init__(self, bare_domain: str | None, unset: str = "") -> None:
        super().__init__(2_000)
        self.bare_domain = bare_domain
        self.unset = unset

    def normalize(self, text: str) -> str:
        """See Text."""
        if not text or re.fullmatch(_NORMAL_ADDRESS, text):
            return text or self.unset
        from timer_app.domain.setup.addresses import parse_origin

        return parse_origin(text, bare_domain=self.bare_domain)


class ProxyAddress(Text):
    """A proxy's address without a password, "none", or nothing for the system's."""

    def __init__(self) -> None:
        super().__init__(2_000)

    def normalize(self, text: str) -> str:
        """See Text."""
        match = re.fullmatch(_PROXY, text)
        if text in ("", "none") or (match and 0 < int(match[1] or 1) < 65536):
            return text
        raise _bad("NOT_A_PROXY")


class FeedAddress(Text):
    """The page that tells the newest version, or nothing."""

    def __init__(self) -> None:
        super().__init__(2_000)

    def normalize(self, text: str) -> str:
        """See Text."""
        if not text:
            return text
        from timer_app.domain.errors import BadInput
        from timer_app.domain.setup.addresses import parse_origin, split_address

        try:
            parts = split_address(text, text)
            parse_origin(f"{parts.scheme}://{parts.netloc}")
        except BadInput as error:
            raise _bad("NOT_A_FEED") from error
        if " " in text:
            raise _bad("NOT_A_FEED")
        return text


class FilePath(Text):
    """A file's name. Whether it is there may change while the app runs: its user says so then."""

    def plain(self, text: str) -> str:
        """See Text. A name may hold any character."""
        return text.strip()

    def __init__(self) -> None:
        super().__init__(4_096)


class Page:
    """Names of the settings window's pages that are made from this table alone."""

    TIME = "time"
    REMINDERS = "reminders"
    LOOK = "look"


class Setting:
    """One key. `label`, `hint` and `field_label` are source texts of the context "Settings".

    `field_label` names the field below the switch of a setting that can be off. `page` is "" where
    a page of its own shows the setting.
    """

    __slots__ = ("default", "field_label", "hint", "key", "kind", "label", "page")

    def __init__(
        self,
        key: str,
        kind: SettingKind,
        default: object,
        label: str = "",
        hint: str = "",
        *,
        field_label: str = "",
        page: str = "",
    ) -> None:
        self.key = key
        self.kind = kind
        self.default = default
        self.label = label
        self.hint = hint
        self.field_label = field_label
        self.page = page

    def as_text(self, value: object) -> str:
        """A value of this key as it is typed: "" for none, true and false as the file has them."""
        if isinstance(value, bool):
            return str(value).lower()
        return "" if value is None else str(value)


_SETTINGS = (
    Setting("timecrowd.url", ServiceAddress(None, TIMECROWD_ADDRESS), TIMECROWD_ADDRESS,
            QT_TRANSLATE_NOOP("Settings", "&Address")),
    Setting("timecrowd.team_id", RemoteId(), None,
            QT_TRANSLATE_NOOP("Settings", "Tea&m"),
            QT_TRANSLATE_NOOP("Settings", "The team that gets your entries.")),
    Setting("timecrowd.category_id", RemoteId(), None,
            QT_TRANSLATE_NOOP("Settings", "Cate&gory"),
            QT_TRANSLATE_NOOP("Settings", "New tasks are made in it.")),
    Setting("timecrowd.follow_devices", Switch(), True,
            QT_TRANSLATE_NOOP("Settings", "Follow what other devices start and stop"),
            QT_TRANSLATE_NOOP("Settings", "TimeCrowd is asked now and then what runs.")),
    Setting("timecrowd.comments", Switch(), True,
            QT_TRANSLATE_NOOP("Settings", "Send comments of entries to TimeCrowd"),
            QT_TRANSLATE_NOOP("Settings", "Once an entry is over and has one.")),
    Setting("kaiten.url", ServiceAddress("kaiten.ru"), "",
            QT_TRANSLATE_NOOP("Settings", "&Address"),
            QT_TRANSLATE_NOOP("Settings", "Your company's, as the browser shows it. Empty: nothing"
                              " goes to Kaiten.")),
    Setting("kaiten.role_id", RemoteId(special=-1), -1,
            QT_TRANSLATE_NOOP("Settings", "&Role"),
            QT_TRANSLATE_NOOP("Settings", "The role that time is logged under.")),
    Setting("kaiten.reference", Switch(), True,
            QT_TRANSLATE_NOOP("Settings", "Name each log after its entry"),
            QT_TRANSLATE_NOOP("Settings", "Its comment ends with the entry's number in TimeCrowd,"
                              " so that several computers log each entry once.")),
    Setting("time.rounding", OneOf(
        ChoiceValue("carry", QT_TRANSLATE_NOOP("Settings", "Carry seconds over"),
                    QT_TRANSLATE_NOOP("Settings", "A card's minutes of a day add up to its true"
                                      " time: seconds that are left over go into its next log.")),
        ChoiceValue("nearest", QT_TRANSLATE_NOOP("Settings", "To the nearest minute"),
                    QT_TRANSLATE_NOOP("Settings", "Each entry by itself, from 30 seconds up; never"
                                      " below 1 minute.")),
        ChoiceValue("up", QT_TRANSLATE_NOOP("Settings", "Up"),
                    QT_TRANSLATE_NOOP("Settings", "Each entry by itself: a minute that began"
                                      " counts.")),
        ChoiceValue("down", QT_TRANSLATE_NOOP("Settings", "Down"),
                    QT_TRANSLATE_NOOP("Settings", "Each entry by itself: whole minutes only; never"
                                      " below 1 minute.")),
    ), "carry", QT_TRANSLATE_NOOP("Settings", "How Kaiten's minutes are &rounded"), page=Page.TIME),
    Setting("time.day_start", TimeOfDay(), "00:00",
            QT_TRANSLATE_NOOP("Settings", "A new day &begins at"),
            QT_TRANSLATE_NOOP("Settings", "Work past midnight counts for the day before until then."
                              " For example 04:30"), page=Page.TIME),
    Setting("time.idle_after", Duration(24 * _HOUR, "10m"), "10m",
            QT_TRANSLATE_NOOP("Settings", "Ask what to do with time &away"),
            QT_TRANSLATE_NOOP("Settings", "Asked when you come back after so long, for example"
                              " 10m"),
            field_label=QT_TRANSLATE_NOOP("Settings", "How long you are away before you are asked"),
            page=Page.TIME),
    Setting("time.remind_after", Duration(7 * 24 * _HOUR, "4h", takes_hours=True), "4h",
            QT_TRANSLATE_NOOP("Settings", "Remind me when one entry &runs for"),
            QT_TRANSLATE_NOOP("Settings", "For example 4h, or 1h30m"),
            field_label=QT_TRANSLATE_NOOP("Settings", "How long an entry runs before a reminder"),
            page=Page.REMINDERS),
    Setting("time.working_hours", WorkingHoursText("Mon-Fri 09:00-18:00"), "",
            QT_TRANSLATE_NOOP("Settings", "Remind me within my &working hours"),
            QT_TRANSLATE_NOOP("Settings", "For example Mon-Fri 09:00-18:00, or"
                              " Mon-Thu 09:00-13:00, 14:00-18:00, Fri 09:00-14:00"),
            field_label=QT_TRANSLATE_NOOP("Settings", "Working hours"), page=Page.REMINDERS),
    Setting("time.daily_goal", Duration(24 * _HOUR, "8h", takes_hours=True), "8h",
            QT_TRANSLATE_NOOP("Settings", "Have a &goal for each day"),
            QT_TRANSLATE_NOOP("Settings", "For example 8h, or 7h30m"),
            field_label=QT_TRANSLATE_NOOP("Settings", "Goal of a day"), page=Page.TIME),
    Setting("time.weekday_goals", WeekdayGoals("Sat-Sun off"), "",
            QT_TRANSLATE_NOOP("Settings", "&Other goals on some weekdays"),
            QT_TRANSLATE_NOOP("Settings", "For example Fri 6h, Sat-Sun off. The other days keep"
                              " the goal above."),
            field_label=QT_TRANSLATE_NOOP("Settings", "Goals by weekday"), page=Page.TIME),
    Setting("time.week_start", OneOf(
        ChoiceValue("system", QT_TRANSLATE_NOOP("Settings", "As usual in your region")),
        ChoiceValue("monday", QT_TRANSLATE_NOOP("Settings", "Monday")),
        ChoiceValue("saturday", QT_TRANSLATE_NOOP("Settings", "Saturday")),
        ChoiceValue("sunday", QT_TRANSLATE_NOOP("Settings", "Sunday")),
    ), "system", QT_TRANSLATE_NOOP("Settings", "The &week starts on"), page=Page.TIME),
    Setting("hotkeys.toggle", Hotkey(), "Ctrl+Alt+U"),
    Setting("hotkeys.open", Hotkey(), ""),
    Setting("hotkeys.manual", Hotkey(), ""),
    Setting("network.proxy", ProxyAddress(), ""),
    Setting("network.ca_file", FilePath(), ""),
    Setting("updates.feed", FeedAddress(), "",
            QT_TRANSLATE_NOOP("Settings", "Address that tells the newest &version"),
            QT_TRANSLATE_NOOP("Settings", "Checked once a day. Empty: never. Nothing is"
                              " downloaded."), page=Page.LOOK),
    Setting("ui.language", OneOf(
        ChoiceValue("system", QT_TRANSLATE_NOOP("Settings", "The system's")),
        # Each in itself, so that whoever cannot read the others finds it.
        ChoiceValue("en", "English"), ChoiceValue("ru", "Русский"), ChoiceValue("ja", "日本語"),
    ), "system", QT_TRANSLATE_NOOP("Settings", "&Language"), page=Page.LOOK),
    Setting("ui.click", OneOf(
        ChoiceValue("toggle", QT_TRANSLATE_NOOP("Settings", "Starts or stops"),
                    QT_TRANSLATE_NOOP("Settings", "Middle click opens the panel.")),
        ChoiceValue("open", QT_TRANSLATE_NOOP("Settings", "Opens the panel")),
    ), "toggle", QT_TRANSLATE_NOOP("Settings", "A &click on the tray icon"), page=Page.LOOK),
    Setting("ui.tray_time", Switch(), False,
            QT_TRANSLATE_NOOP("Settings", "Show elapsed time in the tray icon"),
            QT_TRANSLATE_NOOP("Settings", "Minutes, and from an hour on hours above minutes."
                              " Updated once a minute."), page=Page.LOOK),
)  # fmt: skip
SETTINGS: Mapping[str, Setting] = {each.key: each for each in _SETTINGS}
"""Every setting by its full key, in the order in which they are listed."""
TABLES: Sequence[str] = tuple(dict.fromkeys(key.partition(".")[0] for key in SETTINGS))


RULES = "rules"
"""The key of the rules, a list of tables."""
RULE_KEYS: Mapping[str, RemoteId] = {
    "space": RemoteId(),
    "board": RemoteId(),
    "team_id": RemoteId(),
    "category_id": RemoteId(),
    "role_id": RemoteId(special=-1),
}
"""What a rule may say, in the order in which it is written."""


RULE_SETTINGS = (
    Setting("rules.space", RULE_KEYS["space"], None, QT_TRANSLATE_NOOP("Settings", "&Space")),
    Setting("rules.board", RULE_KEYS["board"], None, QT_TRANSLATE_NOOP("Settings", "&Board")),
    Setting("rules.team_id", RULE_KEYS["team_id"], None, QT_TRANSLATE_NOOP("Settings", "Tea&m")),
    Setting("rules.category_id", RULE_KEYS["category_id"], None,
            QT_TRANSLATE_NOOP("Settings", "Cate&gory")),
    Setting("rules.role_id", RULE_KEYS["role_id"], None, QT_TRANSLATE_NOOP("Settings", "&Role")),
)  # fmt: skip
"""The same as the fields of a page show it."""


def settings_of_page(page: str) -> list[Setting]:
    """The settings that one of the plain pages shows, in their order."""
    return [each for each in _SETTINGS if each.page == page]


def duration_seconds(text: str) -> int | None:
    """The seconds of a length such as `1h30m`; None for "off" and for anything else."""
    match = re.fullmatch(_DURATION, text)
    if match is None or not text:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return hours * _HOUR + minutes * 60 + seconds


def duration_text(seconds: int) -> str:
    """Seconds as a length such as `1h30m`."""
    parts = ((seconds // _HOUR, "h"), (seconds // 60 % 60, "m"), (seconds % 60, "s"))
    return "".join(f"{number}{unit}" for number, unit in parts if number)


def _plain(typed: str) -> str:
    """What was typed, in usual letters and digits; see `normalize_typed`."""
    if typed.isascii():
        return typed.strip()
    from timer_app.domain.setup.typed_text import normalize_typed

    return normalize_typed(typed)


def _typed_seconds(text: str, *, takes_hours: bool) -> int:
    """The seconds of a length in any of the spellings that people type."""
    from datetime import timedelta

    from timer_app.domain.errors import BadInput
    from timer_app.domain.setup.time_grammar import parse_duration

    is_hours = takes_hours and text.isdecimal() and len(text) < 3 and int(text) <= 24
    try:
        length = parse_duration(text, timedelta(hours=1) if is_hours else timedelta(minutes=1))
        return int(length.total_seconds())
    except BadInput:
        raise _bad("NOT_A_LENGTH") from None


def _bad(message: str, *values: str) -> BadInput:
    from timer_app.domain.errors import BadInput
    from timer_app.domain.messages import SettingMessageId

    return BadInput(SettingMessageId[message], *values)
