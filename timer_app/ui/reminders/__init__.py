"""Reminders, on the floor of ui."""
