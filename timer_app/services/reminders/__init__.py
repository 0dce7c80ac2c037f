"""Reminders, on the floor of services."""
