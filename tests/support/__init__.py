"""What tests are made with: real processes, a real desktop, and clocks that limit every wait.

tests/conftest.py hands these out as fixtures; the classes can be used without it, as tests/bench
does. Everything that waits has a time limit, wakes on an event and never sleeps.
"""
