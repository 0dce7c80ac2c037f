"""A panel's tray, seen from the bus: StatusNotifierWatcher and host in one, for tests.

It needs no screen and no coordinates: an item's icon, tooltip and menu are read as data, and
Activate or a menu entry is called as a panel would. It may start late, stop and start again.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any, Self, TypeVar

from dbus_fast import DBusError, Message, NameFlag, PropertyAccess
from dbus_fast.annotations import DBusBool, DBusInt32, DBusSignature, DBusStr
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal
from dbus_fast.signature import Variant

from tests.support.bus import BusClient
from tests.support.limits import TIME_LIMIT
from tests.support.tray_menu import Menu, read_menu

T = TypeVar("T")

_WATCHER = "org.kde.StatusNotifierWatcher"
_WATCHER_PATH = "/StatusNotifierWatcher"
_ITEM = "org.kde.StatusNotifierItem"
_ITEM_PATH = "/StatusNotifierItem"
_MENU = "com.canonical.dbusmenu"
_GONE = {
    "org.freedesktop.DBus.Error.NoReply",
    "org.freedesktop.DBus.Error.ServiceUnknown",
    "org.freedesktop.DBus.Error.UnknownMethod",  # the object is there, its menu is not any more
    "org.freedesktop.DBus.Error.UnknownObject",
}


@dataclass(frozen=True)
class Pixmap:
    """An icon's picture: ARGB, 32 bits a pixel, in network byte order."""

    width: int
    height: int
    data: bytes


@dataclass(frozen=True)
class ItemFacts:
    """What an item shows at one moment."""

    id: str
    title: str
    status: str  # Active, Passive or NeedsAttention
    icon_name: str
    icon: tuple[Pixmap, ...]
    tooltip_title: str
    tooltip_text: str
    menu_path: str

    @property
    def tooltip(self) -> str:
        """Both parts of the tooltip, as a panel shows them one below the other."""
        return "\n".join(part for part in (self.tooltip_title, self.tooltip_text) if part)


class _Watcher(ServiceInterface):
    """The name that applications register their tray items with."""

    def __init__(self, on_item: Callable[[str], None]) -> None:
        super().__init__(_WATCHER)
        self._on_item = on_item
        self.items: dict[str, float] = {}  # bus name -> the monotonic time it registered

    @dbus_method(name="RegisterStatusNotifierItem")
    def register_item(self, service: DBusStr) -> None:
        """An application's new item. Qt passes its bus name; the path is the standard one."""
        self.items[service] = time.monotonic()
        self.item_registered(service)
        self._on_item(service)

    @dbus_method(name="RegisterStatusNotifierHost")
    def register_host(self, service: DBusStr) -> None:
        """Another host: there is none beside this one."""

    @dbus_property(access=PropertyAccess.READ, name="RegisteredStatusNotifierItems")
    def registered_items(self) -> Annotated[list[str], DBusSignature("as")]:
        """The items' bus names."""
        return list(self.items)

    @dbus_property(access=PropertyAccess.READ, name="IsStatusNotifierHostRegistered")
    def host_registered(self) -> DBusBool:
        """Qt shows no icon unless someone says here that it will be drawn."""
        return True

    @dbus_property(access=PropertyAccess.READ, name="ProtocolVersion")
    def protocol_version(self) -> DBusInt32:
        """The only version there is."""
        return 0

    @dbus_signal(name="StatusNotifierItemRegistered")
    def item_registered(self, service: str) -> DBusStr:
        """Tells the bus about a new item."""
        return service

    @dbus_signal(name="StatusNotifierItemUnregistered")
    def item_unregistered(self, service: str) -> DBusStr:
        """Tells the bus that an item is gone."""
        return service


class TrayItem:
    """One tray icon, as a panel knows it."""

    def __init__(self, client: BusClient, service: str, registered_at: float) -> None:
        self._client = client
        self.service = service
        self.registered_at = registered_at  # time.monotonic()

    @property
    def pid(self) -> int:
        """The process that owns the icon."""
        return self._client.pid_of(self.service)

    def facts(self) -> ItemFacts:
        """What it shows now."""
        found = self._client.properties(self.service, _ITEM_PATH, _ITEM)
        _icon, _pixmaps, title, text = found.get("ToolTip", ("", [], "", ""))
        return ItemFacts(
            id=found.get("Id", ""),
            title=found.get("Title", ""),
            status=found.get("Status", ""),
            icon_name=found.get("IconName", ""),
            icon=tuple(Pixmap(*picture) for picture in found.get("IconPixmap", [])),
            tooltip_title=title,
            tooltip_text=text,
            menu_path=found.get("Menu", ""),
        )

    def wait(
        self, wanted: Callable[[ItemFacts], bool], what: str, limit: float = TIME_LIMIT
    ) -> ItemFacts:
        """What it shows once it is as `wanted`; looks again at each of its signals."""

        def look() -> ItemFacts | None:
            facts = self.facts()
            return facts if wanted(facts) else None

        return self._client.wait(look, what, limit, lambda: self.facts().tooltip)

    def wait_tooltip(self, part: str, limit: float = TIME_LIMIT) -> str:
        """The tooltip, once it holds `part`."""
        facts = self.wait(lambda facts: part in facts.tooltip, f"{part!r} in the tooltip", limit)
        return facts.tooltip

    def activate(self, x: int = 0, y: int = 0) -> None:
        """The left click."""
        self._client.call(self.service, _ITEM_PATH, _ITEM, "Activate", "ii", x, y)

    def secondary_activate(self, x: int = 0, y: int = 0) -> None:
        """The middle click."""
        self._client.call(self.service, _ITEM_PATH, _ITEM, "SecondaryActivate", "ii", x, y)

    def menu(self) -> Menu:
        """The whole menu, opened and closed again as a panel does, its submenus too."""
        menu = self._open_menu()
        self._event(0, "closed")
        return menu

    def menu_revision(self) -> int:
        """The number of the whole menu's layout, as a host that keeps one compares it."""
        revision, _root = self._menu_call("GetLayout", "iias", 0, 0, [])
        assert isinstance(revision, int)
        return revision

    def wait_menu(
        self, wanted: Callable[[Menu], bool], what: str, limit: float = TIME_LIMIT
    ) -> Menu:
        """The menu, once it is as `wanted`; looks again at each of its signals."""

        def look() -> Menu | None:
            menu = self.menu()
            return menu if wanted(menu) else None

        return self._client.wait(look, what, limit)

    def click(self, *labels: str) -> None:
        """Open the menu and click the entry under these labels, one a level."""
        entry = self._open_menu().find(*labels)
        if not entry.enabled:
            raise AssertionError(f"the menu entry {entry.label!r} is disabled")
        try:
            self._event(entry.id, "clicked")
            self._event(0, "closed")
        except DBusError as error:
            # "Quit" takes the menu away, or the whole program, before it has answered: rightly.
            if error.type not in _GONE:
                raise

    def _open_menu(self) -> Menu:
        self._show(0)
        for entry in self._layout().children:
            if entry.children:
                self._show(entry.id)
        return self._layout()

    def _show(self, entry: int) -> None:
        self._menu_call("AboutToShow", "i", entry)

    def _layout(self) -> Menu:
        _revision, root = self._menu_call("GetLayout", "iias", 0, -1, [])
        return read_menu(root)

    def _event(self, entry: int, kind: str) -> None:
        self._menu_call("Event", "isvu", entry, kind, Variant("s", ""), 0)

    def _menu_call(self, member: str, signature: str, *body: object) -> list[Any]:
        path = self.facts().menu_path
        return self._client.call(self.service, path, _MENU, member, signature, *body)


class TrayHost:
    """The tray of a panel. Nothing is in the tray until `start`, as on a desktop without one."""

    def __init__(self, address: str) -> None:
        self._client = BusClient(address)
        self._watcher = _Watcher(lambda _service: self._client.note_change())
        self.layout_updates: list[tuple[int, int]] = []  # revision, id of the entry above
        self._client.bus.add_message_handler(self._on_message)
        self._client.bus.export(_WATCHER_PATH, self._watcher)
        for interface in (_ITEM, _MENU):
            self._client.listen(f"type='signal',interface='{interface}'")

    def start(self) -> None:
        """Appear on the bus, as a panel that was just started."""
        self._client.run(self._client.bus.request_name(_WATCHER, NameFlag.DO_NOT_QUEUE))

    def stop(self) -> None:
        """Leave the bus and forget every item, as a panel that crashed."""
        self._client.run(self._client.bus.release_name(_WATCHER))
        self._watcher.items.clear()

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Keep the name and answer nothing meanwhile."""
        go_on = threading.Event()
        self._client.soon(go_on.wait, TIME_LIMIT)
        try:
            yield
        finally:
            go_on.set()

    def _on_message(self, message: Message) -> None:
        """Note what menus tell of themselves; forget an item whose program has left the bus."""
        if message.interface == _MENU and message.member == "LayoutUpdated":
            revision, parent = message.body
            self.layout_updates.append((revision, parent))
        if message.member != "NameOwnerChanged":
            return
        name, _before, after = message.body
        if not after and self._watcher.items.pop(name, None) is not None:
            self._watcher.item_unregistered(name)

    def items(self) -> list[TrayItem]:
        """The icons in the tray, oldest first."""
        items = dict(self._watcher.items)
        return [TrayItem(self._client, service, at) for service, at in items.items()]

    def wait_item(self, pid: int | None = None, limit: float = TIME_LIMIT) -> TrayItem:
        """The tray's icon, or the one that belongs to process `pid`, once it is there."""

        def look() -> TrayItem | None:
            return next((item for item in self.items() if pid in (None, item.pid)), None)

        owner = "" if pid is None else f" of process {pid}"
        return self._client.wait(look, f"a tray icon{owner}", limit)

    def wait_no_item(self, limit: float = TIME_LIMIT) -> None:
        """Wait until the tray is empty."""
        self._client.wait(lambda: None if self.items() else True, "an empty tray", limit)

    def close(self) -> None:
        """Leave the bus for good."""
        self._client.run(self._stop_listening())
        self._client.close()

    async def _stop_listening(self) -> None:
        """An item that goes from now on is not told to a bus that we are leaving."""
        self._client.bus.remove_message_handler(self._on_message)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
