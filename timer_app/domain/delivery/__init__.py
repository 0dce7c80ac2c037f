"""What the services must be told: outbox, outcomes, matching."""
