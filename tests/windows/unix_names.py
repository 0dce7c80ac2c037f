"""What only Unix has and the tests' fixtures ask for: a plugin of pytest's."""

from __future__ import annotations

import signal
import time

for _name, _number in (("SIGHUP", 1), ("SIGKILL", 9)):
    if not hasattr(signal, _name):
        setattr(signal, _name, _number)
if not hasattr(time, "tzset"):
    time.tzset = lambda: None  # tzlocal reads TZ itself
