"""Mouse, keyboard and eyes of a GNOME Shell without a monitor, by its own services on the bus.

gnome.py serve    keeps mouse and keyboard plugged in, and plays what it is told
gnome.py WORD …   move X Y | click BUTTON | down KEY | up KEY | sleep SECONDS | picture FILE

KEY is a letter, or one of `KEYS`. The shell must run with --unsafe-mode. A key that is held is
repeated by Mutter itself.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

from dbus_fast import Message, MessageType
from dbus_fast.aio import MessageBus

REMOTE = "org.gnome.Mutter.RemoteDesktop"
KEYS = {"Control_L": 0xFFE3, "Alt_L": 0xFFE9, "super": 0xFFEB, "Return": 0xFF0D, "Tab": 0xFF09,
        "Escape": 0xFF1B, "space": 0x20}  # fmt: skip
BUTTONS = {"1": 0x110, "2": 0x112, "3": 0x111}


class Shell:
    """The shell, on the session's bus."""

    def __init__(self, bus: MessageBus) -> None:
        self._bus = bus
        self._session = ""

    async def call(
        self, name: str, path: str, interface: str, member: str, signature: str = "", *body: object
    ) -> list[Any]:
        """What a method answers; its error ends this program."""
        reply = await self._bus.call(
            Message(name, path, interface, member, signature=signature, body=list(body))
        )
        if reply.message_type is MessageType.ERROR:
            raise SystemExit(f"{member}: {reply.body}")
        return list(reply.body)

    async def start(self) -> None:
        """Plug mouse and keyboard in; the shell must know them before their first word."""
        (self._session,) = await self.call(
            REMOTE, "/org/gnome/Mutter/RemoteDesktop", REMOTE, "CreateSession"
        )
        await self._remote("Start")
        await asyncio.sleep(0.8)

    async def play(self, word: str, words: list[str]) -> None:
        """Do what a word says; it takes its values from those that follow."""
        match word:
            case "move":
                x, y = float(words.pop(0)), float(words.pop(0))
                was_x, was_y = await self._place()
                await self._remote("NotifyPointerMotionRelative", "dd", x - was_x, y - was_y)
            case "click":
                button = BUTTONS[words.pop(0)]
                for is_down in (True, False):
                    await self._remote("NotifyPointerButton", "ib", button, is_down)
                    await asyncio.sleep(0.05)
            case "down" | "up":
                key = words.pop(0)
                keysym = KEYS.get(key) or ord(key)
                await self._remote("NotifyKeyboardKeysym", "ub", keysym, word == "down")
            case "sleep":
                await asyncio.sleep(float(words.pop(0)))
            case "picture":
                await self._picture(words.pop(0))
            case _:
                raise SystemExit(f"There is no word {word!r}.")
        await asyncio.sleep(0.08)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Play the words of one call, and say when it is done."""
        words = json.loads(await reader.readline())
        while words:
            await self.play(words.pop(0), words)
        writer.write(b"done\n")
        writer.close()

    async def _picture(self, path: str) -> None:
        """Write what the screen shows."""
        name = "org.gnome.Shell.Screenshot"
        await self.call(
            name, "/org/gnome/Shell/Screenshot", name, "Screenshot", "bbs", False, False, path
        )

    async def _place(self) -> tuple[float, float]:
        """Where the pointer is: absolute motion would need a stream of pictures."""
        asked = "global.get_pointer().slice(0, 2)"
        name = "org.gnome.Shell"
        _, told = await self.call(name, "/org/gnome/Shell", name, "Eval", "s", asked)
        x, y = json.loads(told)
        return float(x), float(y)

    async def _remote(self, member: str, signature: str = "", *body: object) -> None:
        session = f"{REMOTE}.Session"
        await self.call(REMOTE, self._session, session, member, signature, *body)


async def serve(path: Path) -> None:
    """Keep mouse and keyboard plugged in until this is ended."""
    shell = Shell(await MessageBus().connect())
    await shell.start()
    server = await asyncio.start_unix_server(shell.answer, path)
    await server.serve_forever()


async def ask(path: Path, words: list[str]) -> None:
    """Have the words played, and wait until they are."""
    reader, writer = await asyncio.open_unix_connection(path)
    writer.write(json.dumps(words).encode() + b"\n")
    if await reader.readline() != b"done\n":
        raise SystemExit(f"{words} were not played.")
    writer.close()


def main(words: list[str]) -> None:
    """Serve, or have the words played."""
    path = Path(os.environ["XDG_RUNTIME_DIR"]) / "hands"
    if words == ["serve"]:
        path.unlink(missing_ok=True)
    asyncio.run(serve(path) if words == ["serve"] else ask(path, words))


if __name__ == "__main__":
    main(sys.argv[1:])
