"""Tests of the history window."""
