"""A desktop session whose parts end, hang and begin again while the app runs."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

from tests.app.conftest import keep_tokens
from tests.support.bus import SessionBus
from tests.support.midday import midday_zone, zone_name
from tests.support.secret_service import SecretService
from tests.support.tray_host import TrayHost
from tests.support.whole_app import WholeApp

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import StartProcess
    from tests.support.desktop import Desktop
    from tests.support.environment import Home
    from tests.support.prepared import PreparedInterpreter
    from tests.support.process import Process
    from tests.support.services import Services


class Session:
    """Bus, keyring and tray of one home; each is there once it is begun.

    The bus has the same address each time, as that of a login has.
    """

    def __init__(
        self,
        home: Home,
        desktop: Desktop,
        services: Services,
        app_home: Path,
        start_process: StartProcess,
        prepared: PreparedInterpreter,
    ) -> None:
        self._home = home
        self._desktop = desktop
        self._services = services
        self._app_home = app_home
        self._start_process = start_process
        self._prepared = prepared
        self._zone = zone_name(midday_zone())
        self._parts = ExitStack()
        self.bus = self.begin_bus()

    def begin_bus(self) -> SessionBus:
        """A bus, at the address of the one before."""
        environment = self._home.environment(**self._desktop.environment)
        self.bus = self._parts.enter_context(SessionBus(self._home, **environment))
        return self.bus

    def begin_keyring(self) -> SecretService:
        """An unlocked keyring with what was stored in it before."""
        return self._parts.enter_context(SecretService(self._home, self.bus))

    def begin_tray(self) -> TrayHost:
        """A tray."""
        host = self._parts.enter_context(TrayHost(self.bus.address))
        host.start()
        return host

    def sign_in(self) -> None:
        """Have both tokens in the keyring, and no keyring that runs."""
        with SecretService(self._home, self.bus) as keyring:
            keep_tokens(keyring, self._services)

    @property
    def environment(self) -> dict[str, str]:
        """What programs of this session are started with."""
        return self._home.environment(
            **self._desktop.environment,
            **self.bus.environment,
            TIMER_APP_HOME=str(self._app_home),
            TIMER_APP_LOG="debug",
            TZ=self._zone,
        )

    def start_app(self, *, own_interpreter: bool = False) -> WholeApp:
        """The tray app, listening."""
        begun_in = None if own_interpreter else self._prepared
        process = self._start_process(["timer-app"], env=self.environment, prepared=begun_in)
        app = WholeApp(process, self._app_home)
        app.wait_started()
        return app

    def command(self, *words: str) -> Process:
        """A command of the command line, begun."""
        command = ["timer-app", *words]
        return self._start_process(command, env=self.environment, prepared=self._prepared)

    def close(self) -> None:
        """End all parts."""
        self._parts.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
