"""Desktop files: their format, our own one, and the command that starts this installation."""
