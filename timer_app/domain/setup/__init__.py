"""Addresses, connection problems and the parsing of what is typed."""
