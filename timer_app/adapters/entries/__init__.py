"""Entries, on the floor of adapters."""
