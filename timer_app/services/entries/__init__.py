"""Entries, on the floor of services."""
