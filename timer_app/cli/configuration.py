"""`config get|set|path`."""

from __future__ import annotations

from timer_app.adapters.paths import Paths
from timer_app.adapters.setup.settings import reader as settings_file
from timer_app.domain.setup.settings_schema import RULES, SETTINGS
from timer_app.services.command_context import CommandReply
from timer_app.services.exit_codes import ExitCode


def get(paths: Paths, key: str | None) -> CommandReply:
    """One setting's value, or all of them. Raises SettingsError."""
    settings = settings_file.load(paths.settings)
    if key is None:
        return CommandReply(ExitCode.DONE, dict(settings.all()))
    if key == RULES:
        return CommandReply(ExitCode.DONE, settings.all()[RULES])
    if key not in SETTINGS:
        raise settings_file.unknown_key_error(key)
    return CommandReply(ExitCode.DONE, settings[key])


def change(paths: Paths, key: str, value: str) -> CommandReply:
    """Set one setting. Raises SettingsError and PathUnusable."""
    from timer_app.bootstrap.settings import change_setting

    paths.make()
    kept = change_setting(paths, key, value)[key]
    if key.endswith(".url") and not str(kept).isascii():
        from timer_app.domain.setup.addresses import shown_origin
        from timer_app.terminal import print_messages

        print_messages([shown_origin(str(kept))])
    return CommandReply(ExitCode.DONE, kept)


def as_text(document: object) -> str:
    """What is printed without --json."""
    if isinstance(document, dict):
        return "\n".join(f"{key} = {_shown(value)}" for key, value in document.items())
    return _shown(document)


def _shown(value: object) -> str:
    if isinstance(value, list):  # of rules, as the file may have them in one line
        rules = (", ".join(f"{key} = {number}" for key, number in each.items()) for each in value)
        return f"[{', '.join(f'{{ {rule} }}' for rule in rules)}]"
    if isinstance(value, bool):
        return str(value).lower()  # as the file writes it
    return "" if value is None else str(value)
