"""Absence, on the floor of ui."""
