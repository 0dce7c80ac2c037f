"""Tray, on the floor of tray."""
