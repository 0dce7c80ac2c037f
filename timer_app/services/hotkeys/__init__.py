"""Global hot keys."""
