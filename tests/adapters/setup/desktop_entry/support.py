"""Folders of a desktop, all below one."""

from __future__ import annotations

from pathlib import Path

from timer_app.adapters.setup.desktop_entry.xdg_dirs import XdgDirs


def xdg_dirs_below(root: Path, *desktops: str) -> XdgDirs:
    """The user's and the system's folders below `root`."""
    return XdgDirs(
        config=str(root / "config"),
        data=str(root / "data"),
        system_config=(str(root / "etc"),),
        system_data=(str(root / "share"),),
        desktops=desktops,
    )


def program_at(path: Path) -> tuple[str, ...]:
    """A program there; the command that starts it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return (str(path),)
