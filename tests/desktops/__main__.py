"""`python -m tests.desktops [DESKTOP …] [PART …]`: the app on six desktops of Linux.

Builds the container in build/desktops, unless DESKTOPS_LAB names another folder, puts the app of
this checkout into it, and plays each part on each desktop: a mouse and keys at one end, the app's
own words at the other. Prints what was seen; a picture of what was not is kept in the folder. As
root on Debian, with apt. Slow, so `make test` does not come here.
"""

from __future__ import annotations

import os
import re
import sys
import time
from pathlib import Path

from tests.desktops import sessions
from tests.desktops.container import Container, Failed, missing_on_this_machine
from tests.desktops.parts import PARTS, Scene
from tests.desktops.sessions import DESKTOPS, Desktop
from tests.support.environment import ROOT

FOLDER = Path(os.environ.get("DESKTOPS_LAB") or ROOT / "build" / "desktops")
_NOT_PLAYED = "not played"


def _play(desktop: Desktop, container: Container, wanted: list[str]) -> dict[str, str]:
    """What was seen of each part: "seen", with what was, or "NOT", with why."""
    seen: dict[str, str] = {}
    try:
        scene = Scene(desktop, container, sessions.start(desktop, container))
        scene.start_app()
        for name in wanted:
            seen[name] = _play_part(scene, name)
            print(f"desktops: {desktop.title}, {name}: {seen[name]}", flush=True)
    except Failed as error:
        print(f"desktops: {desktop.title}: {error}", flush=True)
    finally:
        sessions.end(container)
    return seen


def _play_part(scene: Scene, name: str) -> str:
    try:
        return f"seen, {PARTS[name](scene)}"
    except Failed as error:
        path = FOLDER / f"not-seen-{scene.desktop.name}-{name.replace(' ', '-')}.png"
        try:
            scene.hands.save(path)
        except Failed:
            return f"NOT seen, {error}"
        return f"NOT seen, {error} ({path})"


def _table(seen: dict[str, dict[str, str]], wanted: list[str]) -> str:
    """What, where, seen or not; one column for each desktop."""
    titles = {desktop.name: desktop.title for desktop in DESKTOPS}
    lines = [["", *(titles[name] for name in seen)]]
    for part in wanted:
        words = [found.get(part, _NOT_PLAYED) for found in seen.values()]
        lines.append([part, *(re.split(r", ", each)[0] for each in words)])
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(
        "  ".join(word.ljust(width) for word, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def main(words: list[str]) -> int:
    """Play what is named, or all; 0 if each was seen."""
    desktops = [each for each in DESKTOPS if each.name in words] or list(DESKTOPS)
    wanted = [each for each in PARTS if each in words] or list(PARTS)
    unknown = set(words) - {each.name for each in DESKTOPS} - set(PARTS)
    if unknown:
        known = ", ".join([*(each.name for each in DESKTOPS), *PARTS])
        print(f"desktops: there is no {', '.join(sorted(unknown))}, only {known}.")
        return 2
    if missing := missing_on_this_machine():
        print("desktops: this machine cannot play it.", *missing, sep="\n  ")
        return 2
    begun = time.monotonic()
    container = Container(FOLDER)
    packages = {"common": sessions.COMMON, **{each.name: each.packages for each in desktops}}
    try:
        container.build(packages)
        container.boot()
        container.install_app()
        seen = {each.name: _play(each, container, wanted) for each in desktops}
    except Failed as error:
        print(f"desktops: {error}")
        return 2
    finally:
        container.halt()
    print(f"\n{_table(seen, wanted)}\n\ndesktops: {time.monotonic() - begun:.0f} s")
    played = [found.get(part, "") for found in seen.values() for part in wanted]
    return 0 if all(each.startswith("seen") for each in played) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
