"""Entries, on the floor of ui."""
