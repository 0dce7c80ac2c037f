"""Hotkeys, on the floor of services."""
