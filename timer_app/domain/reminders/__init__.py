"""Reminders and notifications as values."""
