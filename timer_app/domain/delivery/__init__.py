"""Delivery: outbox, outcomes, matching, remote changes."""
