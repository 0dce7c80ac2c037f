"""A connection to the X server for what needs no extension that python-xlib knows."""

from __future__ import annotations

from Xlib.display import Display


class CoreDisplay(Display):
    """A display whose extensions are not asked for.

    Otherwise python-xlib imports a module and makes classes for each extension of the server: half
    a megabyte, and a dozen questions to the server, of which nothing is used.
    """

    def list_extensions(self) -> list[str]:
        """None: a caller that needs an extension asks for it by name (`query_extension`)."""
        return []
