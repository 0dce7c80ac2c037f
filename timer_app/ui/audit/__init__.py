"""Audit, on the floor of ui."""
