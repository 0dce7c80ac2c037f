"""Sources that tell whether anybody is there; choosing.py says which fit here."""
