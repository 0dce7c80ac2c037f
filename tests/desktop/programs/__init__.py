"""Small programs that tests start."""
