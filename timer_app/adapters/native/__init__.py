"""Calls of Windows and macOS that several adapters share."""
