"""Whole runs: the real program on a real desktop, against stand-ins of both services."""
