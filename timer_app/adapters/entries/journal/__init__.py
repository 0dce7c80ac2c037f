"""The journal: state and deliveries in one SQLite file, one transaction for each event.

Import what you need from its modules: `summary` and `schema` stay light for the command line.
"""
