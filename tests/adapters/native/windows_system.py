"""Windows' libraries as far as a hidden window needs them, played: a message is a call."""

from __future__ import annotations

import ctypes
from types import SimpleNamespace
from typing import Any

from timer_app.adapters.native.hidden_window import Procedure, WindowClass

HANDLE = 77
DEFAULT_ANSWER = 5


class PlayedFunction:
    """A function of a library: it may be told its types, and answers what it is told to."""

    restype: object = None
    argtypes: object = None

    def __init__(self, name: str, calls: list[tuple[Any, ...]], answer: object) -> None:
        self._name = name
        self._calls = calls
        self.answer = answer

    def __call__(self, *values: object) -> object:
        self._calls.append((self._name, *values))
        return self.answer(*values) if callable(self.answer) else self.answer


class PlayedLibrary:
    """Each function succeeds unless `answers` says something else."""

    def __init__(self, calls: list[tuple[Any, ...]], answers: dict[str, object]) -> None:
        self._calls = calls
        self._answers = answers
        self._functions: dict[str, PlayedFunction] = {}

    def __getattr__(self, name: str) -> PlayedFunction:
        if name not in self._functions:
            answer = self._answers.get(name, 1)
            self._functions[name] = PlayedFunction(name, self._calls, answer)
        return self._functions[name]


class PlayedWindows:
    """`libraries` for a HiddenWindow; `send` is what the system does with a message."""

    def __init__(self, **answers: object) -> None:
        self.calls: list[tuple[Any, ...]] = []
        self._procedures: dict[str, Any] = {}
        answers = {
            "RegisterClassW": self._register,
            "CreateWindowExW": HANDLE,
            "DefWindowProcW": DEFAULT_ANSWER,
            **answers,
        }
        self.libraries = SimpleNamespace(
            **{
                name: PlayedLibrary(self.calls, answers)
                for name in ("user32", "kernel32", "wtsapi32")
            }
        )

    def names(self) -> list[str]:
        """The functions that were called, in order."""
        return [call[0] for call in self.calls]

    def send(self, window: str, message: int, first: int = 0, second: int = 0) -> int:
        """Send a message to the window of that class; its answer."""
        return int(self._procedures[window](HANDLE, message, first, second))

    def _register(self, reference: Any) -> int:  # noqa: ANN401 - what ctypes.byref makes
        kind = reference._obj
        assert isinstance(kind, WindowClass)
        self._procedures[kind.name] = ctypes.cast(kind.procedure, type_of_procedure())
        return 1


def type_of_procedure() -> Any:  # noqa: ANN401 - a type of ctypes
    """What a window's procedure is called as."""
    return Procedure
