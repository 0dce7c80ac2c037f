"""Tests: they mirror timer_app/; whole runs lie in app/, the helpers in support/."""
