"""What the app does, talking to Protocols only."""
