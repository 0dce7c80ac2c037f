"""Audit, on the floor of services."""
