"""The user's part of Windows' registry. Tested with one in memory, run under Wine."""

from __future__ import annotations

import sys
from typing import Protocol


class Registry(Protocol):
    """The part of HKEY_CURRENT_USER that is needed. Each call raises OSError."""

    def get(self, key: str, name: str) -> str | bytes | None:
        """A value; None if it is not there."""
        ...

    def set(self, key: str, name: str, value: str) -> None:
        """Write a text."""
        ...

    def remove(self, key: str, name: str) -> None:
        """Take a value out, if it is there."""
        ...

    def remove_key(self, key: str) -> None:
        """Take a key out with all below it, if it is there."""
        ...


def program_of_line(line: str) -> str:
    """The program of a command line as list2cmdline writes one."""
    if line.startswith('"'):
        return line[1:].partition('"')[0]
    return line.partition(" ")[0]


if sys.platform == "win32":
    import winreg

    class UserRegistry:
        """Implements `Registry` by winreg."""

        def get(self, key: str, name: str) -> str | bytes | None:
            """See Registry."""
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                    value, _ = winreg.QueryValueEx(opened, name)
            except FileNotFoundError:
                return None
            return value if isinstance(value, str | bytes) else None

        def set(self, key: str, name: str, value: str) -> None:
            """See Registry."""
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
                winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, value)

        def remove(self, key: str, name: str) -> None:
            """See Registry."""
            try:
                with winreg.OpenKey(
                    winreg.HKEY_CURRENT_USER, key, 0, winreg.KEY_SET_VALUE
                ) as opened:
                    winreg.DeleteValue(opened, name)
            except FileNotFoundError:
                return

        def remove_key(self, key: str) -> None:
            """See Registry."""
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                    count, _, _ = winreg.QueryInfoKey(opened)
                    below = [winreg.EnumKey(opened, number) for number in range(count)]
                for each in below:
                    self.remove_key(rf"{key}\{each}")
                winreg.DeleteKey(winreg.HKEY_CURRENT_USER, key)
            except FileNotFoundError:
                return
