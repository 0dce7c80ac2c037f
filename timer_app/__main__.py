"""`python -m timer_app` is `timer-app`."""

import sys

from timer_app.cli.main import main

sys.exit(main())
