"""What every part of the core is made on: settings, journal, clock, secrets and the timer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from timer_app.adapters.entries.journal.recovery import JournalRecovery, open_or_recover
from timer_app.adapters.entries.journal.store import SqliteJournal
from timer_app.adapters.paths import Paths
from timer_app.adapters.setup.cached_secrets import CachedSecrets
from timer_app.adapters.setup.secret_origins import SecretOrigins
from timer_app.adapters.setup.settings.reader import Settings
from timer_app.adapters.system_clock import SystemClock
from timer_app.bootstrap.settings import ActiveSettings, adopt_secrets, secret_origin
from timer_app.domain.reminders.notice import Notice
from timer_app.services.delivery.backoff import Jitter
from timer_app.services.entries.entry_writer import EntryWriter
from timer_app.services.entries.ports import Clock
from timer_app.services.entries.timer_service import TimerService
from timer_app.services.entries.true_clock import TrueClock
from timer_app.services.reminders.notices import Notices
from timer_app.services.setup.ports import Secrets


@dataclass(frozen=True, slots=True)
class Foundation:
    """What every other part is made on."""

    settings: ActiveSettings
    clock: TrueClock
    journal: SqliteJournal
    secrets: CachedSecrets
    notices: Notices
    timer: TimerService
    jitter: Jitter
    seconds: Callable[[], float]
    set_aside: JournalRecovery | None

    def entry_writer(self) -> EntryWriter:
        """What writes entries that were not recorded here."""
        return EntryWriter(self.journal, self.clock, self.settings.rules, new_id)


def make_foundation(
    paths: Paths,
    secrets: Secrets,
    settings: Settings | None,
    clock: Clock | None,
    jitter: Jitter,
    seconds: Callable[[], float],
    on_notice: Callable[[Notice], None],
) -> Foundation:
    """Settings, journal, clock, secrets and the timer. Raises as `make_core` does."""
    active_settings = ActiveSettings(paths.settings, settings)
    own_clock = clock or SystemClock()
    connection, set_aside = open_or_recover(paths.journal, own_clock.now())
    journal = SqliteJournal(connection)
    true_clock = TrueClock(own_clock, journal.service_clock())
    adopt_secrets(paths, active_settings.value)
    cached_secrets = CachedSecrets(
        secrets,
        SecretOrigins(paths.secret_origins),
        lambda name: secret_origin(active_settings.value, name),
    )
    return Foundation(
        active_settings,
        true_clock,
        journal,
        cached_secrets,
        Notices(on_notice),
        TimerService(journal, true_clock, active_settings.rules, new_id),
        jitter,
        seconds,
        set_aside,
    )


def new_id() -> str:
    """An id for an entry or an edit."""
    import uuid

    return uuid.uuid4().hex[:12]
