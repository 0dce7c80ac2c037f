"""Absence: sensors report it, a person resolves it."""
