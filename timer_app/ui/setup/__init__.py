"""Setup, on the floor of ui."""
