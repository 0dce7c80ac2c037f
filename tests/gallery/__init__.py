"""Every window with something in it: to be looked at, and to be walked through by tests."""
