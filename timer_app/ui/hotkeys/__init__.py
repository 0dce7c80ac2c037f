"""Hotkeys, on the floor of ui."""
