"""Whether somebody is there, and whether the computer sleeps."""
