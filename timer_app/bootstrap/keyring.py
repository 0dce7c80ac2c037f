"""The keyring of a command."""

from __future__ import annotations

import sys
import time

from timer_app.adapters.setup.secrets import KEYRING_TIMEOUT, KeyringSecrets


def keyring_with_timeout(seconds: float, *, is_patient: bool = False) -> KeyringSecrets:
    """The keyring for a command of which a person waits that long.

    `is_patient`: an answer is given all of it, and a prompt that is known to wait as long as it
    takes the person.
    """

    async def is_locked() -> bool | None:
        if sys.platform == "linux":
            from timer_app.adapters.dbus.keyring_watch import keyring_is_locked

            return await keyring_is_locked()
        else:  # noqa: RET505 - mypy checks the branch of one platform at a time
            return None

    async def start_service() -> bool:
        if sys.platform == "linux":
            from timer_app.adapters.dbus.keyring_start import start_keyring_service_once

            return await start_keyring_service_once()
        else:  # noqa: RET505 - mypy checks the branch of one platform at a time
            return False

    return KeyringSecrets(
        timeout=seconds if is_patient else KEYRING_TIMEOUT,
        until=time.monotonic() + seconds,
        is_patient=is_patient,
        is_locked=is_locked,
        start_service=start_service,
    )
