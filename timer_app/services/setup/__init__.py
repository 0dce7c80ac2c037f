"""Setup, on the floor of services."""
