"""The settings in force, and changing one of them."""

from __future__ import annotations

from datetime import timedelta

from timer_app.adapters.setup.settings import reader as settings_file
from timer_app.adapters.setup.settings.reader import Settings, SettingsError
from timer_app.domain.delivery.outbox import Destinations
from timer_app.domain.entries.minutes import Rounding
from timer_app.domain.errors import BadInput
from timer_app.domain.hotkeys import HotKeyAction, KeyCombination, parse_combination
from timer_app.domain.messages import SettingMessageId
from timer_app.services.entries.logging_context import LoggingRules


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

    def idle_after(self) -> timedelta | None:
        """How long without input is being away; None: idle time is not watched."""
        return self.value.get_duration("time.idle_after")

    def daily_goal(self) -> int:
        """How many seconds a day is to have; 0 without a goal."""
        goal = self.value.get_duration("time.daily_goal")
        return int(goal.total_seconds()) if goal else 0

    def hotkeys(self) -> dict[HotKeyAction, KeyCombination]:
        """The combinations that are set, by what they do."""
        typed = {action: self.value.get_text(f"hotkeys.{action.value}") for action in HotKeyAction}
        return {action: parse_combination(text) for action, text in typed.items() if text}

    def rules(self) -> LoggingRules:
        """What they mean for entries."""
        configured = self.value.configured
        return LoggingRules(
            Destinations(configured["timecrowd"], configured["kaiten"]),
            Rounding(self.value.get_text("time.rounding")),
            self.value.day_start,
        )


def change_setting(path: str, key: str, typed: str) -> Settings:
    """Set one key to what a person typed; files that it names are checked. Raises SettingsError."""
    from timer_app.adapters.setup.settings import writer

    if key == "network.ca_file" and typed:
        from timer_app.adapters.http.trust import CaFileError, check_ca_file

        try:
            typed = check_ca_file(typed)
        except CaFileError as fault:
            error = BadInput(SettingMessageId.NOT_CERTIFICATES, fault.path, fault.reason)
            raise SettingsError(SettingMessageId.TYPED, key, error.message) from error
    return writer.change(path, key, typed)
