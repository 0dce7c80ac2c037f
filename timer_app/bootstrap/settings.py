"""The settings in force, and changing one of them."""

from __future__ import annotations

import os
from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING

from timer_app.adapters.paths import Paths
from timer_app.adapters.setup.secret_origins import SecretOrigins
from timer_app.adapters.setup.settings import reader as settings_file
from timer_app.adapters.setup.settings.reader import Settings, SettingsError
from timer_app.domain.delivery.service_messages import Destinations
from timer_app.domain.entries.goals import WeekGoals, week_goals
from timer_app.domain.entries.minutes import Rounding
from timer_app.domain.entries.route import Routing, RoutingRule
from timer_app.domain.errors import BadInput
from timer_app.domain.hotkeys import HotKeyAction, KeyCombination, parse_combination
from timer_app.domain.messages import SettingMessageId
from timer_app.domain.service import Service
from timer_app.domain.setup.secrets import ProxySecret, SecretName
from timer_app.services.entries.logging_context import LoggingRules

if TYPE_CHECKING:
    from timer_app.services.entries.route_lists import PlainRoute


def secret_origin(settings: Settings, name: SecretName) -> str:
    """The address that a secret is for by the settings, "" if they do not name one.

    A proxy without a user name gets no password.
    """
    if isinstance(name, Service):
        return settings.get_text(f"{name.value}.url")
    address = settings.get_text("network.proxy")
    if address in ("", "none"):
        return ""
    from timer_app.adapters.http.proxies import read_proxy

    proxy = read_proxy(address)
    return proxy.address if proxy.user else ""


class ActiveSettings:
    """The settings in force; `reload` reads the file again."""

    def __init__(self, path: str, value: Settings | None = None) -> None:
        """`value` is in force until then, without it what the file says. Raises SettingsError."""
        self._path = path
        self.value = value or settings_file.load(path)

    def reload(self) -> Settings:
        """Take what the file says now. Raises SettingsError, and then the old ones stay."""
        self.value = settings_file.load(self._path)
        return self.value

    def kaiten_url(self) -> str:
        """Kaiten's address, "" if it is not set up."""
        return self.value.get_text("kaiten.url")

    def is_remote_sync_enabled(self) -> bool:
        """Whether what other devices do is asked for and followed."""
        return bool(self.value["timecrowd.follow_devices"])

    def has_log_references(self) -> bool:
        """Whether a log in Kaiten ends its comment with the name of its entry."""
        return bool(self.value["kaiten.reference"])

    def sends_comments(self) -> bool:
        """Whether TimeCrowd gets the comments of entries."""
        return bool(self.value["timecrowd.comments"])

    def idle_after(self) -> timedelta | None:
        """How long without input is being away; None: idle time is not watched."""
        return self.value.get_duration("time.idle_after")

    def daily_goal(self) -> int:
        """How many seconds a day is to have; 0 without a goal."""
        goal = self.value.get_duration("time.daily_goal")
        return int(goal.total_seconds()) if goal else 0

    def goals(self, workdays: Collection[int]) -> WeekGoals:
        """The goal of each weekday; `workdays` (0 is Monday) are those of the region."""
        return week_goals(self.daily_goal(), self.value.get_text("time.weekday_goals"), workdays)

    def first_weekday(self, usual: int) -> int:
        """With which weekday a week begins, Monday is 1; `usual` is the region's."""
        named = {"monday": 1, "saturday": 6, "sunday": 7}
        return named.get(self.value.get_text("time.week_start"), usual)

    def hotkeys(self) -> dict[HotKeyAction, KeyCombination]:
        """The combinations that are set, by what they do."""
        typed = {action: self.value.get_text(f"hotkeys.{action.value}") for action in HotKeyAction}
        return {action: parse_combination(text) for action, text in typed.items() if text}

    def rules(self) -> LoggingRules:
        """What they mean for entries."""
        configured = self.value.configured
        return LoggingRules(
            Destinations(configured["timecrowd"], configured["kaiten"], self.sends_comments()),
            Rounding(self.value.get_text("time.rounding")),
            self.value.day_start,
            self.kaiten_url(),
            self.routing(),
            self.has_log_references(),
        )

    def plain_route(self) -> PlainRoute:
        """Team and category of what neither a person nor a rule says anything about."""
        from timer_app.services.entries.route_lists import PlainRoute

        value = self.value
        return PlainRoute(
            value.get_number("timecrowd.team_id"), value.get_number("timecrowd.category_id")
        )

    def routing(self) -> Routing:
        """The rules, and the team of the plain settings."""
        rules = tuple(
            RoutingRule(
                each.get("space"), each.get("board"),
                each.get("team_id"), each.get("category_id"), each.get("role_id"),
            )
            for each in self.value.rules
        )  # fmt: skip
        return Routing(rules, self.value.get_number("timecrowd.team_id"))


def change_setting(paths: Paths, key: str, typed: str) -> Settings:
    """Set one key to what a person typed; files that it names are checked. Raises SettingsError.

    A secret that is kept stays the one of the address before.
    """
    from timer_app.adapters.setup.settings import writer

    if key == "network.ca_file" and typed:
        from timer_app.adapters.http.trust import CaFileError, check_ca_file

        try:
            typed = check_ca_file(typed)
        except CaFileError as fault:
            error = BadInput(SettingMessageId.NOT_CERTIFICATES, fault.path, fault.reason)
            raise SettingsError(SettingMessageId.TYPED, key, error.message) from error
    if key in _ADDRESSES:
        adopt_secrets(paths, settings_file.load(paths.settings))
    return writer.change(paths.settings, key, typed)


_ADDRESSES = ("timecrowd.url", "kaiten.url", "network.proxy")


def adopt_secrets(paths: Paths, settings: Settings) -> None:
    """Let secrets that were kept without an address be for the one that they are used for."""
    if not os.path.exists(paths.journal):
        return  # nothing was used yet
    origins = SecretOrigins(paths.secret_origins)
    for name in (*Service, *ProxySecret):
        if name is ProxySecret.PROXY or settings.configured[name.value]:
            origins.adopt(name, secret_origin(settings, name))
