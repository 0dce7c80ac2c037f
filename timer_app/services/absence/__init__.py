"""Absence, on the floor of services."""
