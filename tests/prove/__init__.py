"""Promises tried at full length, each printed with what it came to."""
