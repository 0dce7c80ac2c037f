"""The parts of the command line; `timer_app.cli.main` puts them together."""
