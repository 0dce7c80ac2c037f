"""Entries of work: the timer, tasks, minutes and edits."""
