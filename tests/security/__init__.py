"""What SECURITY.md promises, each promise tried."""
