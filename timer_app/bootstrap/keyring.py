"""The keyring of a command."""

from __future__ import annotations

import sys
import time

from timer_app.adapters.setup.secrets import KeyringSecrets


def keyring_with_timeout(seconds: float) -> KeyringSecrets:
    """The keyring for a command of which a person waits that long."""

    async def is_locked() -> bool | None:
        if sys.platform != "linux":
            return None
        from timer_app.adapters.dbus.keyring_watch import keyring_is_locked

        return await keyring_is_locked()

    return KeyringSecrets(until=time.monotonic() + seconds, is_locked=is_locked)
