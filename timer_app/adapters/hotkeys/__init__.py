"""Global hot keys: one back end for each kind of desktop, chosen in `choosing`."""
