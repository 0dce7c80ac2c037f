"""Where the app's files are, and that they are the owner's alone."""

from __future__ import annotations

import contextlib
import os
import stat
import sys

from timer_app.adapters.folders import make_folder
from timer_app.domain.errors import DomainError

APPLICATION = "timer-app"


class PathUnusable(DomainError):
    """A folder cannot be made or is not ours alone. The text says which and why."""


class Paths:
    """The paths of all files the app writes; making one touches nothing."""

    def __init__(self, settings: str, journal: str, logs: str, run: str) -> None:
        self.settings = settings
        self.journal = journal
        self.logs = logs
        self.run = run

    @property
    def socket(self) -> str:
        """The app's socket."""
        return os.path.join(self.run, "app.sock")

    @property
    def instance_lock(self) -> str:
        """Held by the tray app for as long as it lives."""
        return os.path.join(self.run, "app.lock")

    @property
    def sender_lock(self) -> str:
        """The sender's lock."""
        return os.path.join(self.run, "sender.lock")

    @property
    def reminded(self) -> str:
        """What was reminded of, so that a restart repeats nothing."""
        return os.path.join(self.run, "reminded.json")

    @property
    def menu_offer(self) -> str:
        """Is there once it was offered to put the app into the desktop's menu."""
        return os.path.join(self.run, "menu-offered")

    @property
    def windows(self) -> str:
        """Where windows were and how large."""
        return os.path.join(self.run, "windows.json")

    @property
    def secret_origins(self) -> str:
        """For which address each secret is kept."""
        return os.path.join(self.run, "secret-origins.json")

    def make(self) -> None:
        """Make the folders, readable by their owner only. Raises PathUnusable.

        So are all files in there, also the settings that an editor has made. A folder that is there
        already keeps its mode; one that everybody can write to is refused.
        """
        folders = (os.path.dirname(self.settings), os.path.dirname(self.journal))
        for folder in (*folders, self.logs, self.run):
            _make_private(folder)
        if sys.platform != "win32":
            with contextlib.suppress(OSError):  # none yet; or not ours to change: its folder is
                _make_owner_only(self.settings)


def app_paths() -> Paths:
    """`TIMER_APP_HOME` if it is set, otherwise the platform's own folders.

    Raises PathUnusable.
    """
    home = os.environ.get("TIMER_APP_HOME")
    if home:
        home = _whole_path(home)
        if os.path.exists(home) and not os.path.isdir(home):
            from timer_app.domain.messages import FileProblemId, PathMessageId
            from timer_app.domain.user_message import UserMessage

            in_the_way = UserMessage(FileProblemId.PATH_HAS_FILE)
            raise PathUnusable(PathMessageId.UNUSABLE, home, in_the_way)
        return _paths_below(home, home, os.path.join(home, "log"), os.path.join(home, "run"))
    from platformdirs import PlatformDirs

    dirs = PlatformDirs(APPLICATION, appauthor=False)
    # Not the session's runtime folder: cron and su have none, and two senders on one journal would
    # hold two different locks.
    return _paths_below(
        dirs.user_config_dir, dirs.user_data_dir, dirs.user_log_dir, dirs.user_state_dir
    )


def _whole_path(home: str) -> str:
    try:
        return os.path.abspath(os.path.expanduser(home))
    except FileNotFoundError as error:
        from timer_app.domain.messages import PathMessageId

        raise PathUnusable(PathMessageId.WORKING_FOLDER_GONE, home) from error


def _paths_below(config: str, data: str, logs: str, run: str) -> Paths:
    settings = os.path.join(config, "settings.toml")
    return Paths(settings, os.path.join(data, "journal.sqlite3"), logs, run)


def _make_private(folder: str) -> None:
    try:
        make_folder(folder)
        if sys.platform != "win32":
            _require_ours(folder)
    except OSError as error:
        from timer_app.domain.file_problems import file_problem
        from timer_app.domain.messages import PathMessageId

        raise PathUnusable(PathMessageId.UNUSABLE, folder, file_problem(error)) from error


def _make_owner_only(file: str) -> None:
    """A link stays what it is: where the user keeps the file, it is theirs to close."""
    mode = os.lstat(file).st_mode
    if stat.S_ISREG(mode) and mode & 0o077:
        os.chmod(file, stat.S_IMODE(mode) & 0o700)


def _require_ours(folder: str) -> None:
    """Refuse a folder in which somebody else could put files in the place of ours."""
    status = os.stat(folder)
    if sys.platform != "win32" and status.st_uid != os.geteuid():
        from timer_app.domain.messages import PathMessageId

        raise PathUnusable(PathMessageId.ANOTHER_USERS, folder)
    if status.st_mode & stat.S_IWOTH:
        from timer_app.domain.messages import PathMessageId

        mode = f"{stat.S_IMODE(status.st_mode):o}"
        raise PathUnusable(PathMessageId.SHARED, folder, mode, os.path.join(folder, APPLICATION))
