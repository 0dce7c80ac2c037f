"""The parts of the command line; `timer_app.cli` puts them together."""
