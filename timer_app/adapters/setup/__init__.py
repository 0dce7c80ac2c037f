"""Setup, on the floor of adapters."""
